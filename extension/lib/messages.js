// @ts-check
/** Message router of the worker: a closed list of types for each sender, each checked by its shape. */
import { api } from './storage.js';
import { bodyOf, checkedPlace } from './validation.js';
import { createMany } from './batch.js';
import { drop } from './outbox.js';
import { edit, retry, sendNow } from './sending.js';
import { create, pictureOf, show } from './create.js';
import { offerOf } from './offers.js';
import { checkedPicture } from './pictures.js';
import { ownReply, posted, preparedFor } from './prepared-replies.js';
import { takeBack } from './take-back.js';
import { knownIn } from './freshness.js';
import { opened, refreshPlaces } from './places.js';
import { askedAgain, ownAccounts, refreshPosts, withKnown } from './posts.js';
import { pair, unpair } from './pairing.js';
import { injectIntoOpenTabs, register } from './sites.js';
import { draw, refresh } from './badge.js';

const MOST_AT_ONCE = 200;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * @param {any} message
 * @param {any} tab
 * @param {{ url?: string, title?: string }} page
 * @param {{ key?: string, isFromPage?: boolean, frame?: number }} [from]
 * @returns {Promise<Result>}
 */
const make = async (message, tab, page, { key, ...from } = {}) => {
  const body = bodyOf({ ...message, revisit: undefined, capture: { ...message.capture, revisit: undefined } }, page);
  if (body && typeof message.pictureProblem === 'string' && /^[a-z_]{1,20}$/.test(message.pictureProblem))
    body.missing = [...(body.missing ?? []), `screenshot_${message.pictureProblem}`];
  const revisit = body && (await askedAgain(body, message.revisit));
  const result =
    body && tab
      ? await create({
          body: revisit ? { ...body, revisit: revisit.look } : body,
          tab,
          place: checkedPlace(message.place),
          picture: message.picture === null ? null : checkedPicture(message.picture),
          id: UUID.test(message.id) ? message.id : undefined,
          key: revisit?.to ?? key,
          ...from,
        })
      : /** @type {Result} */ ({ outcome: 'unreadable' });
  await draw();
  return result;
};

/** What our own pages may ask. @type {Record<string, (message: any) => Promise<any>>} */
const OURS = {
  create: async (message) => {
    const tab = await api.tabs.get(message.tab);
    return make(message, tab, tab, { key: message.to, frame: Number(message.frame ?? 0) });
  },
  batch: async (message) => {
    const tab = await api.tabs.get(message.tab);
    const items = (Array.isArray(message.items) ? message.items : [])
      .filter((/** @type {any} */ { id }) => UUID.test(id))
      .slice(0, MOST_AT_ONCE)
      .map((/** @type {any} */ item) => ({ id: item.id, index: Number(item.index), body: bodyOf(item, tab) }))
      .filter((/** @type {any} */ { body }) => body);
    const frame = Number(message.frame ?? 0);
    const kept = await createMany({ items, tab, frame, key: message.to, isPictured: message.isPictured === true });
    await draw();
    return kept;
  },
  offer: async (message) => {
    const tab = await api.tabs.get(message.tab);
    void opened(tab);
    return withKnown(await offerOf(tab), tab.url);
  },
  picture: async (message) => pictureOf(await api.tabs.get(message.tab), message.index, message.frame),
  show: (message) => show(message.tab, message.index, message.frame),
  retry: async (message) => {
    await retry(String(message.id));
    return draw();
  },
  drop: async (message) => {
    await drop(String(message.id));
    return draw();
  },
  edit: async (message) => {
    const done = await edit(String(message.id), Object(message.fields), message.to);
    await draw();
    return done;
  },
  send: async () => {
    await sendNow();
    return draw();
  },
  pair: async (message) => {
    const done = await pair({ code: String(message.code), server: String(message.server) });
    await sendNow();
    await refresh();
    void refreshPosts();
    void refreshPlaces();
    return done;
  },
  unpair: async (message) => {
    await unpair(String(message.key));
    return draw();
  },
  takeBack: (message) => takeBack(message.id),
  places: refreshPlaces,
  sites: async () => {
    await register();
    return injectIntoOpenTabs();
  },
};

/**
 * What the script in a page may ask; its tab says where it is.
 * @type {Record<string, (message: any, sender: chrome.runtime.MessageSender) => Promise<any>>}
 */
const PAGES = {
  create: ({ type, id, capture, adapter, place, title, revisit }, { tab, url }) =>
    make(
      { type, id, capture, adapter, place, revisit },
      tab,
      { url: tab?.url ?? url, title: tab?.title ?? title },
      { isFromPage: true },
    ),
  known: knownIn,
  reply: preparedFor,
  posted,
  takeBack: (message) => takeBack(message.id),
  ownAccounts,
  ownReply,
};

/** Answers a message, or undefined for one that is not for us.
 * @param {any} message @param {chrome.runtime.MessageSender} sender @returns {Promise<any> | undefined} */
export const receive = (message, sender) => {
  if (sender.id !== api.runtime.id || typeof message?.type !== 'string') return undefined;
  if (sender.url?.startsWith(api.runtime.getURL('')))
    return Object.hasOwn(OURS, message.type) ? OURS[message.type](message) : undefined;
  return sender.tab && sender.frameId === 0 && Object.hasOwn(PAGES, message.type)
    ? PAGES[message.type](message, sender)
    : undefined;
};
