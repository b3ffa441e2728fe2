// @ts-check
/** Desktop notifications, if they were allowed: more is overdue, or late captures were delivered. */
import { firstWords } from './first-words.js';
import { api, getMessage } from './storage.js';

export const NOTICES = /** @type {chrome.permissions.Permissions} */ ({ permissions: ['notifications'] });

/**
 * Shows one; `url` is what it is about, and the newest about the same takes the place of the one before.
 * @param {string} url
 * @param {string} title
 * @param {string} message
 */
const show = async (url, title, message) => {
  const address = Amends.address(url);
  if (!address || !(await api.permissions.contains(NOTICES))) return;
  await api.notifications?.create(address, {
    type: 'basic',
    iconUrl: api.runtime.getURL('icons/128.png'),
    title,
    message,
  });
};

/**
 * More is overdue than when it was last asked.
 * @param {Pairing} to
 * @param {{ overdue: number, url?: string }} summary
 */
export const notifyOverdue = ({ server, member }, { overdue, url }) =>
  show(
    url ?? server,
    getMessage('overdueCount', String(overdue)),
    getMessage('asMember', new URL(server).host, member),
  );

/**
 * Captures that had to wait have arrived: one is told by its case, several by their number.
 * @param {Entry[]} arrived
 */
export const notifyDelivered = async (arrived) => {
  for (const server of new Set(arrived.map((entry) => entry.server))) {
    const here = arrived.filter((entry) => entry.server === server);
    const [{ case: found, body }] = here;
    if (here.length === 1 && found)
      await show(found.url, getMessage('noticeSent', `#${found.number}`), firstWords(body).slice(0, 100));
    else await show(server, getMessage('noticeSentMany', String(here.length)), new URL(server).host);
  }
};

let listening = false;
/** Opens what a notification is about. The interface is there only once it was allowed. */
export const listen = () => {
  if (listening || !api.notifications) return;
  listening = true;
  api.notifications.onClicked.addListener((url) => {
    if (Amends.address(url)) void api.tabs.create({ url });
    void api.notifications.clear(url);
  });
};
