// @ts-check
/** Who may ask the worker for what? A closed list; every message is checked by its shape before anything is done. */
import { api } from './storage.js';
import { drop, retry, sendNow } from './outbox.js';
import { create, offerOf, pictureOf, show } from './create.js';
import { checkedPicture } from './screenshot.js';
import { posted, preparedFor } from './answers.js';
import { askedAgain, known, refreshPosts, withKnown } from './posts.js';
import { pair, unpair } from './pairing.js';
import { greetOpenTabs, register } from './sites.js';
import { draw, refresh } from './badge.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const KINDS = ['post', 'comment', 'review', 'page'];
/** @param {unknown} value @param {number} [most] */
const words = (value, most = 500) => (typeof value === 'string' ? Amends.clean(value, most) || undefined : undefined);
/** @param {unknown} value */
const link = (value) => (typeof value === 'string' ? Amends.address(value) : undefined);
/** @param {unknown} value */
const amount = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
/** @param {unknown} value @param {(part: any, name: string) => any} each */
const parts = (value, each) => {
  if (!value || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const kept = Object.entries(value).slice(0, 20).map(([name, part]) => [words(name, 40), each(part, name)]).filter(([, part]) => part !== undefined);
  return kept.length ? Object.fromEntries(kept) : undefined;
};
/** @param {unknown} value @param {(part: unknown) => any} each @param {number} most */
const many = (value, each, most) => (Array.isArray(value) ? value.slice(0, most).map(each).filter((part) => part !== undefined) : undefined);

/** A capture with the keys of the contract and nothing else, or undefined if it cannot be one. @param {any} value */
export const checkedCapture = (value) => {
  const url = link(value?.url);
  if (!url || !KINDS.includes(value.kind) || !words(value.platform, 40)) return undefined;
  const rating = amount(value.rating?.value) !== undefined && amount(value.rating?.max) !== undefined;
  const shaped = {
    platform: words(value.platform, 40), id: words(value.id, 2_048), url, kind: value.kind,
    author: parts(value.author, (part, name) => (name === 'url' || name === 'avatar' ? link(part) : words(part))),
    title: words(value.title), text: words(value.text, 100_000), truncated: value.truncated === true || undefined,
    lang: words(value.lang, 35), postedAt: Amends.time(words(value.postedAt, 40)), postedApprox: value.postedApprox === true || undefined,
    timeText: words(value.timeText, 100), rating: rating ? { value: value.rating.value, max: value.rating.max } : undefined,
    metrics: parts(value.metrics, amount), context: parts(value.context, (part) => words(part)),
    media: many(value.media, link, 50), quoted: words(value.quoted, 10_000), missing: many(value.missing, (part) => words(part, 40), 20),
  };
  return Object.fromEntries(Object.entries(shaped).filter(([, part]) => part !== undefined));
};

/** @param {any} value @returns {Place | undefined} */
export const checkedPlace = (value) => {
  const numbers = [value?.rect?.x, value?.rect?.y, value?.rect?.width, value?.rect?.height, value?.viewport?.width, value?.viewport?.height];
  return numbers.every((number) => amount(number) !== undefined) && numbers[4] > 0 ? { rect: value.rect, viewport: value.viewport } : undefined;
};

/** The body of a capture, from what was read, chosen and written. @param {any} message @param {{ url?: string, title?: string }} page */
export const bodyOf = (message, page) => {
  const capture = checkedCapture(message.capture);
  const name = words(message.adapter?.name, 40);
  return capture && {
    ...capture, page: { url: link(page.url) ?? capture.url, title: words(page.title) ?? '' },
    ...(words(message.note, 10_000)?.trim() ? { note: words(message.note, 10_000)?.trim() } : {}),
    ...(UUID.test(message.sameCaseAs) ? { sameCaseAs: message.sameCaseAs } : {}),
    ...(/^s[1-4]$/.test(message.severity) ? { severity: message.severity } : {}),
    ...(name ? { adapter: { name, version: amount(message.adapter.version) ?? 1 } } : {}),
  };
};

/** @param {any} message @param {any} tab @param {{ url?: string, title?: string }} page @returns {Promise<Result>} */
const make = async (message, tab, page) => {
  const body = bodyOf(message, page);
  const revisit = body && await askedAgain(body, message.revisit);
  const result = body && tab ? await create({ body: revisit ? { ...body, revisit } : body, tab, place: checkedPlace(message.place),
    picture: message.picture === null ? null : checkedPicture(message.picture), id: UUID.test(message.id) ? message.id : undefined })
    : /** @type {Result} */ ({ outcome: 'unreadable' });
  await draw();
  return result;
};

/** What our own pages may ask. @type {Record<string, (message: any) => Promise<any>>} */
const OURS = {
  create: async (message) => { const tab = await api.tabs.get(message.tab); return make(message, tab, tab); },
  offer: async (message) => { const tab = await api.tabs.get(message.tab); return withKnown(await offerOf(message.tab), tab.url); },
  picture: async (message) => pictureOf(await api.tabs.get(message.tab), message.index),
  show: (message) => show(message.tab, message.index),
  retry: async (message) => { await retry(String(message.id)); return draw(); },
  drop: async (message) => { await drop(String(message.id)); return draw(); },
  send: async () => { await sendNow(); return draw(); },
  pair: async (message) => { const done = await pair({ code: String(message.code), server: String(message.server) }); await sendNow(); await refresh(); void refreshPosts(); return done; },
  unpair: async () => { await unpair(); return draw(); },
  sites: async () => { await register(); return greetOpenTabs(); },
};

/** What the script in a page may ask; its tab says where it is. @type {Record<string, (message: any, sender: chrome.runtime.MessageSender) => Promise<any>>} */
const PAGES = {
  create: ({ type, capture, adapter, place, title, revisit }, { tab, url }) => make({ type, capture, adapter, place, revisit }, tab, { url: tab?.url ?? url, title: tab?.title ?? title }),
  known: (message) => known(message.keys),
  reply: preparedFor,
  posted,
};

/** Answers a message, or undefined for one that is not for us.
 * @param {any} message @param {chrome.runtime.MessageSender} sender @returns {Promise<any> | undefined} */
export const receive = (message, sender) => {
  if (sender.id !== api.runtime.id || typeof message?.type !== 'string') return undefined;
  if (sender.url?.startsWith(api.runtime.getURL(''))) return Object.hasOwn(OURS, message.type) ? OURS[message.type](message) : undefined;
  return sender.tab && sender.frameId === 0 && Object.hasOwn(PAGES, message.type) ? PAGES[message.type](message, sender) : undefined;
};
