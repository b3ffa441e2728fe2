// @ts-check
/** Who may ask the worker for what? A closed list; every message is checked by its shape before anything is done. */
import { api } from './storage.js';
import { drop } from './outbox.js';
import { edit, retry, sendNow } from './sending.js';
import { bodyOf, checkedPlace } from './checked.js';
import { create, offerOf, show } from './create.js';
import { pair, unpair } from './pairing.js';
import { greetOpenTabs, register } from './sites.js';
import { draw, refresh } from './badge.js';

/** @param {any} message @param {any} tab @param {{ url?: string, title?: string }} page @param {string} [key] @returns {Promise<Result>} */
const make = async (message, tab, page, key) => {
  const body = bodyOf(message, page);
  const result = body && tab ? await create({ body, tab, place: checkedPlace(message.place), key }) : /** @type {Result} */ ({ outcome: 'unreadable' });
  await draw();
  return result;
};

/** What our own pages may ask. @type {Record<string, (message: any) => Promise<any>>} */
const OURS = {
  create: async (message) => { const tab = await api.tabs.get(message.tab); return make(message, tab, tab, message.to); },
  offer: (message) => offerOf(message.tab),
  show: (message) => show(message.tab, message.index),
  retry: async (message) => { await retry(String(message.id)); return draw(); },
  drop: async (message) => { await drop(String(message.id)); return draw(); },
  edit: async (message) => { const done = await edit(String(message.id), Object(message.fields), message.to); await draw(); return done; },
  send: async () => { await sendNow(); return draw(); },
  pair: async (message) => { const done = await pair({ code: String(message.code), server: String(message.server) }); await sendNow(); await refresh(); return done; },
  unpair: async (message) => { await unpair(String(message.key)); return draw(); },
  sites: async () => { await register(); return greetOpenTabs(); },
};

/** Answers a message, or undefined for one that is not for us. A page's script may only create, and its tab says where it is.
 * @param {any} message @param {chrome.runtime.MessageSender} sender @returns {Promise<any> | undefined} */
export const receive = (message, sender) => {
  if (sender.id !== api.runtime.id || typeof message?.type !== 'string') return undefined;
  if (sender.url?.startsWith(api.runtime.getURL(''))) return Object.hasOwn(OURS, message.type) ? OURS[message.type](message) : undefined;
  if (!sender.tab || sender.frameId !== 0 || message.type !== 'create') return undefined;
  return make(message, sender.tab, { url: sender.tab.url ?? sender.url, title: sender.tab.title ?? message.title });
};
