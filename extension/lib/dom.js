// @ts-check
/** DOM builder and translation for the extension's own pages; never HTML from text. */
import '../content/page.js';
import '../content/ask.js';
import { api, getMessage } from './storage.js';

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} properties
 * @param {...(Node | string | undefined | null | false)} children
 */
export const make = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return made;
};

/** @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/** Fills every element that names a text of the catalogue. */
export const translate = () => {
  document.documentElement.lang = getMessage('language');
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-message]')))
    element.textContent = getMessage(element.dataset.message ?? '');
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-label]')))
    element.setAttribute('aria-label', getMessage(element.dataset.label ?? ''));
};

/** A link to our server, which opens beside the page being read. @param {string} href @param {string} words */
export const link = (href, words) =>
  Amends.address(href)
    ? make('a', { href, target: '_blank', rel: 'noopener', textContent: words })
    : make('span', { textContent: words });

/** The reader's own variant of the language that our texts are in, so that dates do not speak another one. */
const region = () =>
  navigator.languages.find((tag) => tag.split('-')[0] === getMessage('language')) ?? getMessage('language');

/** @param {string | undefined} iso */
export const moment = (iso) => {
  if (!iso) return undefined;
  const words = new Intl.DateTimeFormat(region(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
  return make('time', { dateTime: iso, textContent: words });
};

/**
 * Refuses to send a form while a field of it is longer than that: what a person typed is never cut.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {number | undefined} most
 */
export const limit = (field, most = Infinity) => {
  field.oninput = () => field.setCustomValidity(field.value.length > most ? getMessage('tooLong', String(most)) : '');
};

/** Opens the page that says why a server does not answer. @param {string} server */
export const openDoctor = (server) =>
  api.tabs.create({ url: api.runtime.getURL(`options/options.html?check=${encodeURIComponent(server)}`) });

const ONCE = new Set(['pair', 'edit']); // what cannot be received twice: a code is used up, an edited capture renamed

/** Asks the worker. @param {Record<string, unknown>} message @returns {Promise<any>} */
export const sendMessage = (message) =>
  ONCE.has(String(message.type)) ? api.runtime.sendMessage(message) : /** @type {any} */ (Amends).ask(message);
