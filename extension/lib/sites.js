// @ts-check
/**
 * Which sites do we know, and where may their buttons stand?
 *
 * A site is its file in content/sites and its line here; label and hosts are read from that file.
 */
import '../content/page.js';
import '../content/sites/x.js';
import '../content/sites/reddit.js';
import '../content/sites/oldreddit.js';
import { api, recall } from './storage.js';

const READERS = ['content/page.js', ...Amends.sites.map((site) => `content/sites/${site.name}.js`), 'content/generic.js'];
const VOICE = ['content/words.js', 'content/marks.js', 'content/chip.js', 'content/pick.js'];
const STANDING = ['content/watch.js', 'content/insert.js', 'content/bar.js', 'content/reply.js', 'content/buttons.js'];
export const EVERYWHERE = { origins: ['<all_urls>'] };

/** One line for the options page: a platform with the addresses it needs. @typedef {{ platform: string, label: string, origins: string[] }} Platform */

/** @returns {Platform[]} */
export const platforms = () => [...new Set(Amends.sites.map((site) => site.platform))].map((platform) => {
  const sites = Amends.sites.filter((site) => site.platform === platform);
  const hosts = [...new Set(sites.flatMap((site) => site.hosts))];
  return { platform, label: sites[0].label, origins: hosts.flatMap((host) => [`https://${host}/*`, `https://*.${host}/*`]) };
});

/** Platforms a person switched off although they are allowed. @returns {Promise<string[]>} */
export const switchedOff = async () => (await recall('switchedOff')) ?? [];

/** Platforms whose button stands in their pages: allowed by the browser and not switched off. */
export const active = async () => {
  const off = await switchedOff();
  const allowed = await Promise.all(platforms().map(({ origins }) => api.permissions.contains({ origins })));
  return platforms().filter(({ platform }, index) => allowed[index] && !off.includes(platform));
};

/** Makes the browser's registered scripts say what `active` says. */
export const register = () => navigator.locks.request('amends-register', async () => {
  const wanted = await active();
  const known = (await api.scripting.getRegisteredContentScripts()).map(({ id }) => id);
  if (known.length) await api.scripting.unregisterContentScripts({ ids: known });
  if (wanted.length) {
    await api.scripting.registerContentScripts(wanted.map(({ platform, origins }) => ({
      id: platform, matches: origins, js: [...READERS, ...VOICE, ...STANDING], runAt: 'document_idle', persistAcrossSessions: true,
    })));
  }
});

/** Reads the tab's page, whatever it is: works after a toolbar click, a menu choice or a shortcut. @param {number} tab */
export const inject = (tab) => api.scripting.executeScript({ target: { tabId: tab }, files: [...READERS, ...VOICE] });

/** Puts the buttons into the tabs that are already open. */
export const greetOpenTabs = async () => {
  const origins = (await active()).flatMap((platform) => platform.origins);
  const tabs = origins.length ? await api.tabs.query({ url: origins }) : [];
  await Promise.allSettled(tabs.map((tab) => api.scripting.executeScript({ target: { tabId: tab.id ?? 0 }, files: [...READERS, ...VOICE, ...STANDING] })));
};
