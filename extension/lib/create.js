// @ts-check
/** Creates a capture: into the outbox, to the server, and its screenshot after it. */
import { api } from './storage.js';
import { attach, entryOf, put, revise } from './outbox.js';
import { pairingFor, pairingOf, remember } from './pairings.js';
import { resultOf } from './results.js';
import { flush, retryNow, outcome } from './sending.js';
import { kept } from './pictures.js';
import { take } from './screenshot.js';
import { inPage } from './tabs.js';
import { offerOf } from './offers.js';
import { rememberMade } from './take-back.js';
import { troubleWords } from './trouble.js';

const PATIENCE = 8_000; // milliseconds after which a person is told that the capture is kept here
const PICTURE_FIRST = 1_500; // milliseconds that a capture waits for word of its picture

const after = (/** @type {number} */ wait) =>
  new Promise((resolve) => {
    setTimeout(resolve, wait);
  });

/**
 * Takes the picture of a capture that is kept already, unless there is one, and says on the capture why there is none,
 * or not all of one; a tall post takes longer than the capture waits: then the picture says it when it is sent.
 * @param {string} id
 * @param {Promise<import('./screenshot.js').Taken>} taking
 * @returns {Promise<{ screenshot: boolean, problem?: string }>}
 */
export const attachPicture = async (id, taking) => {
  const { picture, problem } = await taking;
  if (problem) await revise(id, (body) => ({ ...body, missing: [...(body.missing ?? []), `screenshot_${problem}`] }));
  const screenshot = await attach(
    id,
    picture && { ...(await kept(picture)), ...(problem ? { problem } : {}) },
    problem,
  );
  return { screenshot, problem: picture && !screenshot ? 'no_room' : problem };
};

/**
 * Writes a capture into the outbox, before any request. `result` says why it is not there.
 * @param {{ body: any, tab: { id?: number }, id: string, key?: string, isPictured: boolean }} click
 * @returns {Promise<{ entry?: Entry, to?: Pairing, result?: Result }>}
 */
export const keep = async ({ body, tab, id, key, isPictured }) => {
  const to = await (key === undefined ? pairingFor(body.page.url) : pairingOf(key));
  if (!to) return { result: { outcome: 'unpaired' } };
  const made = new Date().toISOString();
  /** @type {Entry} */
  const entry = {
    id,
    to: to.key,
    server: to.server,
    member: to.member,
    body: { ...body, capturedAt: made },
    made,
    tries: 0,
    next: 0,
    state: 'waiting',
    screenshot: isPictured ? 'taking' : 'none',
    tab: tab.id,
  };
  const stored = await put(entry);
  if (stored !== 'kept') return { result: { outcome: stored } };
  await remember(body.page.url, to.key);
  return { entry, to };
};

/**
 * `key`: the pairing chosen for it, if one was. `picture`: what a person saw and edited, `null` where it was taken out,
 * else one is taken where there is a `place`. `isFromPage`: it was clicked in the page. `frame`: where it stands.
 * @param {{ body: any, tab: { id?: number, windowId: number }, place?: Place, picture?: Picture | null, id?: string,
 *   key?: string, isFromPage?: boolean, frame?: number }} click
 * @returns {Promise<Result>}
 */
export const create = async ({ body, tab, place, picture, id = crypto.randomUUID(), key, ...from }) => {
  const isPictured = Boolean(picture || (picture === undefined && place));
  // the answer to the same click may have been lost; a browser that keeps nothing says so below
  const before = (await entryOf(id).catch(() => undefined))?.case;
  const { entry, to, result: notKept } = await keep({ body, tab, id, key, isPictured });
  if (!entry || !to) return notKept ?? { outcome: 'notKept' };
  const taking = picture ? Promise.resolve({ picture }) : take(tab, from);
  const pictured = isPictured ? attachPicture(id, taking) : undefined;
  if (to.refused) {
    await pictured;
    return { outcome: 'refused', sentence: to.refused };
  }
  const answered = before ? Promise.resolve(resultOf(before)) : outcome(entry);
  if (pictured) await Promise.race([pictured, after(PICTURE_FIRST)]);
  void retryNow(to.key);
  const slow = after(PATIENCE).then(() => /** @type {Result} */ ({ outcome: 'queued' }));
  const result = /** @type {Result} */ (await Promise.race([answered, slow]));
  if (result.outcome === 'created') {
    await rememberMade(entry);
    result.capture = id;
  }
  if (!pictured) return result;
  const { screenshot, problem } = await pictured;
  void flush();
  return { ...result, screenshot, pictureProblem: problem };
};

/** Brings an offered item into view, and says where it stands.
 * @param {number} tab @param {number} index @param {number} [frame] */
export const show = (tab, index, frame = 0) =>
  inPage(tab, frame, (/** @type {number} */ at) => Amends.show?.(at), index);

/**
 * The picture of an offered item, which is brought into view for it.
 * @param {chrome.tabs.Tab} tab
 * @param {number} index
 * @param {number} [frame]
 * @returns {Promise<import('./screenshot.js').Taken>}
 */
export const pictureOf = async (tab, index, frame) =>
  (await show(tab.id ?? -1, index, frame)) ? take(/** @type {any} */ (tab), { frame }) : { problem: 'gone' };

/** Says in the page what became of the click. @param {number} tab @param {Result} result @param {Offer} [offer] */
const tell = (tab, result, offer) =>
  inPage(
    tab,
    offer?.frame ?? 0,
    (/** @type {Result} */ told, /** @type {number} */ at) => Amends.showResult?.(told, at),
    result,
    offer?.chosen ?? 0,
  );

/**
 * Several posts may be meant: a person chooses in the popup, or where it cannot be opened is told to.
 * @param {{ id: number, windowId: number }} tab
 * @param {Offer} offer
 */
const askWhich = async (tab, offer) => {
  try {
    await api.action.openPopup({ windowId: tab.windowId });
  } catch {
    await tell(tab.id, { outcome: 'choose' }, offer); // the browser opens it from its own button only
  }
  return undefined;
};

/**
 * The context menu (`menu` is what it was opened on) and the shortcut: the item meant, at once, answered in the page.
 * @param {any} tab
 * @param {(offer: Offer, at: number, tab: any) => any} shape
 * @param {chrome.contextMenus.OnClickData} [menu]
 * @returns {Promise<Result | undefined>} undefined where the person is asked
 */
export const createAtOnce = async (tab, shape, menu) => {
  if (tab?.id === undefined) return undefined;
  const offer = await offerOf(tab, menu);
  const { chosen, frame, trouble } = offer;
  const body = offer.captures.length ? shape(offer, chosen, tab) : undefined;
  if (body && !offer.sure) return askWhich(tab, offer);
  const place = body && ((await show(tab.id, chosen, frame).catch(() => undefined)) ?? undefined);
  const result = body
    ? await create({ body, tab, place, frame })
    : /** @type {Result} */ ({ outcome: 'unreadable', sentence: troubleWords(trouble) });
  await tell(tab.id, result, offer).catch(() => {}); // a page that nothing may be shown in: the badge says it
  return result;
};
