// @ts-check
/** Creates a capture: into the outbox, to the server, and its screenshot after it. */
import { api } from './storage.js';
import { attach, put } from './outbox.js';
import { pairingFor, pairingOf, remember } from './pairings.js';
import { flush, retryNow, outcome } from './sending.js';
import { kept, take } from './screenshot.js';
import { offerOf } from './offers.js';
import { rememberMade } from './take-back.js';
import { troubleWords } from './trouble.js';

const PATIENCE = 8_000; // milliseconds after which a person is told that the capture is kept here

/**
 * `key`: the pairing chosen for it, if one was. `picture`: what a person saw and edited, `null` where it was taken out,
 * else one is taken of `place`.
 * @param {{ body: any, tab: { id?: number, windowId: number }, place?: Place, picture?: Picture | null, id?: string,
 *   key?: string }} click
 * @returns {Promise<Result>}
 */
export const create = async ({ body, tab, place, picture, id = crypto.randomUUID(), key }) => {
  const to = await (key === undefined ? pairingFor(body.page.url) : pairingOf(key));
  if (!to) return { outcome: 'unpaired' };
  const made = new Date().toISOString();
  const isPictured = picture || (picture === undefined && place);
  const attachPicture = async () => {
    const seen = picture ?? (await take(tab, place));
    return attach(id, seen && (await kept(seen)));
  };
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
  if (!(await put(entry))) return { outcome: 'full' };
  await remember(body.page.url, to.key);
  if (to.refused) {
    if (isPictured) await attachPicture();
    return { outcome: 'refused', sentence: to.refused };
  }
  const answered = outcome(entry);
  const pictured = isPictured ? attachPicture() : undefined;
  void retryNow(to.key);
  const slow = new Promise((resolve) => {
    setTimeout(resolve, PATIENCE, /** @type {Result} */ ({ outcome: 'queued' }));
  });
  const result = /** @type {Result} */ (await Promise.race([answered, slow]));
  const screenshot = await pictured;
  if (screenshot !== undefined) void flush();
  if (result.outcome === 'created') {
    await rememberMade(entry);
    result.capture = id;
  }
  return screenshot === undefined ? result : { ...result, screenshot };
};

/**
 * @template T
 * @param {number} tab
 * @param {number} frame
 * @param {(...parts: any[]) => T} work
 * @param {...unknown} parts
 * @returns {Promise<Awaited<T> | undefined>}
 */
const inPage = async (tab, frame, work, ...parts) =>
  /** @type {any} */ (
    (await api.scripting.executeScript({ target: { tabId: tab, frameIds: [frame] }, func: work, args: parts }))[0]
      ?.result
  );

/** Brings an offered item into view, and says where it stands.
 * @param {number} tab @param {number} index @param {number} [frame] */
export const show = (tab, index, frame = 0) =>
  inPage(tab, frame, (/** @type {number} */ at) => Amends.show?.(at), index);

/**
 * The picture of an offered item, which is brought into view for it.
 * @param {chrome.tabs.Tab} tab
 * @param {number} index
 * @param {number} [frame]
 * @returns {Promise<Picture | undefined>}
 */
export const pictureOf = async (tab, index, frame) =>
  take(/** @type {any} */ (tab), (await show(tab.id ?? -1, index, frame)) ?? undefined);

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
    ? await create({ body, tab, place })
    : /** @type {Result} */ ({ outcome: 'unreadable', sentence: troubleWords(trouble) });
  await tell(tab.id, result, offer).catch(() => {}); // a page that nothing may be shown in: the badge says it
  return result;
};
