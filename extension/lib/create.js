// @ts-check
/** Creates a capture: into the outbox, to the server, and its screenshot after it. */
import { api } from './storage.js';
import { attach, put } from './outbox.js';
import { pairingFor, pairingOf, remember } from './pairings.js';
import { flush, retryNow, outcome } from './sending.js';
import { kept, take } from './screenshot.js';
import { inject } from './sites.js';

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
  return screenshot === undefined ? result : { ...result, screenshot };
};

/**
 * @template T
 * @param {number} tab
 * @param {(...parts: any[]) => T} work
 * @param {...unknown} parts
 * @returns {Promise<Awaited<T> | undefined>}
 */
const inPage = async (tab, work, ...parts) =>
  /** @type {any} */ (
    (await api.scripting.executeScript({ target: { tabId: tab }, func: work, args: parts }))[0]?.result
  );

/** What the page of a tab offers. @param {number} tab @returns {Promise<Offer | undefined>} */
export const offerOf = async (tab) => {
  await inject(tab);
  return inPage(tab, () => Amends.offer?.());
};
/** Brings an offered item into view, and says where it stands. @param {number} tab @param {number} index */
export const show = (tab, index) => inPage(tab, (/** @type {number} */ at) => Amends.show?.(at), index);

/**
 * The picture of an offered item, which is brought into view for it.
 * @param {chrome.tabs.Tab} tab
 * @param {number} index
 * @returns {Promise<Picture | undefined>}
 */
export const pictureOf = async (tab, index) =>
  take(/** @type {any} */ (tab), (await show(tab.id ?? -1, index)) ?? undefined);

/**
 * The context menu and the shortcut: the item meant, at once, answered in the page.
 * @param {{ id?: number, windowId: number, url?: string, title?: string } | undefined} tab
 * @param {(offer: Offer, at: number, tab: any) => any} shape
 */
export const createAtOnce = async (tab, shape) => {
  if (tab?.id === undefined) return undefined;
  try {
    const offer = await offerOf(tab.id);
    const body = offer?.captures.length ? shape(offer, offer.chosen, tab) : undefined;
    const place = body && ((await show(tab.id, offer?.chosen ?? 0)) ?? undefined);
    const result = body ? await create({ body, tab, place }) : /** @type {Result} */ ({ outcome: 'unreadable' });
    await inPage(
      tab.id,
      (/** @type {Result} */ told, /** @type {number} */ at) => Amends.showResult?.(told, at),
      result,
      offer?.chosen ?? 0,
    );
    return result;
  } catch {
    return /** @type {Result} */ ({ outcome: 'unreadable' }); // a page of the browser itself, or of its shop
  }
};
