// @ts-check
/** Pairing with a server by the one-time code on its own page; nothing is typed or copied. */
import { api, removeItems, getMessage } from './storage.js';
import { isPrivate } from './addresses.js';
import { ask } from './api.js';
import { addPairing, keyOf, pairingOf, removePairing } from './pairings.js';

/** Runs in the page. */
const readPage = () => {
  const says = (/** @type {string} */ name) =>
    document.querySelector(`meta[name="amends-${name}"]`)?.getAttribute('content') ?? '';
  return { code: says('pairing'), server: says('server'), member: says('member') };
};

/**
 * What a pairing page offers, or undefined where there is none. `problem` says why it may not be used.
 * @param {{ id?: number, url?: string }} tab
 * @returns {Promise<{ code: string, server: string, member: string, problem?: string } | undefined>}
 */
export const offered = async (tab) => {
  if (tab.id === undefined || !/^https?:/.test(tab.url ?? '')) return undefined;
  const [found] = await api.scripting.executeScript({ target: { tabId: tab.id }, func: readPage }).catch(() => []);
  const { code = '', server = '', member = '' } = found?.result ?? {};
  return code && server ? { code, member: Amends.line(member) ?? '', ...judged(server, tab.url ?? '') } : undefined;
};

/**
 * The server's address if this page may speak for it.
 * @param {string} server
 * @param {string} page
 * @returns {{ server: string, problem?: string }}
 */
export const judged = (server, page) => {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  const shown = new URL(page);
  if (!url || url.origin !== shown.origin)
    return { server: shown.origin, problem: getMessage('pairOtherServer', server.slice(0, 200), shown.origin) };
  if (!isPrivate(url)) return { server: url.origin, problem: getMessage('pairNeedsHttps') };
  return { server: url.origin + url.pathname.replace(/\/+$/, '') };
};

/** "Chrome on Linux": how this browser is listed among the member's. */
const browserName = () => {
  const agent = navigator.userAgent;
  const browser = /Firefox/.test(agent) ? 'Firefox' : /Edg\//.test(agent) ? 'Edge' : 'Chrome';
  const system = /Windows/.test(agent)
    ? 'Windows'
    : /Mac OS/.test(agent)
      ? 'macOS'
      : /CrOS/.test(agent)
        ? 'ChromeOS'
        : /Android/.test(agent)
          ? 'Android'
          : 'Linux';
  return `${browser} on ${system}`;
};

/**
 * Exchanges the one-time code for this browser's token.
 * @param {{ code: string, server: string }} offer
 * @returns {Promise<{ sentence?: string }>}
 */
export const pair = async ({ code, server }) => {
  const answer = await ask({ server }, 'POST', '/browsers', {
    json: { code, name: browserName() },
    valid: (data) => typeof data?.token === 'string',
  });
  if (answer.kind !== 'done') return { sentence: answer.sentence };
  const { token, member, team } = answer.data;
  const found = { server, member: Amends.line(member?.name) ?? '', email: Amends.line(member?.email) };
  await addPairing({ ...found, key: keyOf(found), token, team: Amends.line(team) });
  await removeItems(`rest:${keyOf(found)}`);
  return {};
};

/**
 * Revokes the token where the server can be reached, and forgets it here in any case. What waits to be sent stays.
 * @param {string} key
 */
export const unpair = async (key) => {
  const current = await pairingOf(key);
  if (current) await ask(current, 'DELETE', '/browsers/current');
  await removePairing(key);
};
