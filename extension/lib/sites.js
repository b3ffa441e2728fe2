// @ts-check
/**
 * Known sites, and the registration of content scripts on those that are allowed.
 *
 * A site is its file in content/sites and its line here; label, kind and hosts are read from that file.
 */
import '../content/page.js';
import '../content/compact-forms.js';
import '../content/numbers.js';
import '../content/times.js';
import '../content/translations.js';
import '../content/site-registry.js';
import '../content/folded.js';
import '../content/review-cards.js';
import '../content/selection.js';
import '../content/sites/x.js';
import '../content/sites/reddit.js';
import '../content/sites/oldreddit.js';
import '../content/sites/trustpilot.js';
import '../content/sites/amazon.js';
import '../content/sites/youtube.js';
import '../content/sites/tiktok.js';
import '../content/sites/tripadvisor.js';
import '../content/sites/google.js';
import '../content/sites/hackernews.js';
import '../content/sites/stackexchange.js';
import '../content/sites/discourse.js';
import '../content/sites/lemmy.js';
import '../content/sites/appstore.js';
import '../content/sites/play.js';
import '../content/sites/yelp.js';
import '../content/sites/bluesky.js';
import '../content/sites/threads.js';
import '../content/sites/mastodon.js';
import '../content/sites/facebook.js';
import '../content/sites/instagram.js';
import '../content/sites/linkedin.js';
import '../content/sites/booking.js';
import '../content/sites/thefork.js';
import '../content/sites/pagesjaunes.js';
import '../content/sites/avisverifies.js';
import '../content/sites/airbnb.js';
import '../content/sites/googlebusiness.js';
import '../content/sites/indeed.js';
import '../content/sites/glassdoor.js';
import '../content/sites/signalarnaques.js';
import '../content/sites/judgeme.js';
import '../content/sites/yotpo.js';
import '../content/sites/bazaarvoice.js';
import '../content/sites/etsy.js';
import '../content/sites/steam.js';
import '../content/sites/steamforum.js';
import '../content/sites/github.js';
import '../content/sites/discord.js';
import '../content/sites/linkedinfeed.js';
import '../content/sites/xenforo.js';
import '../content/sites/phpbb.js';
import '../content/sites/vbulletin.js';
import '../content/sites/phorum.js';
import '../content/sites/wordpress.js';
import '../content/sites/disqus.js';
import '../content/sites/telegram.js';
import '../content/sites/telegramweb.js';
import { api, getItem } from './storage.js';

const READERS = [
  'content/page.js',
  'content/compact-forms.js',
  'content/numbers.js',
  'content/times.js',
  'content/translations.js',
  'content/site-registry.js',
  'content/folded.js',
  'content/review-cards.js',
  'content/selection.js',
  ...Amends.sites.map((site) => `content/sites/${site.name}.js`),
  'content/declared.js',
  'content/author-signs.js',
  'content/time-signs.js',
  'content/block-parts.js',
  'content/block-text.js',
  'content/blocks.js',
  'content/generic.js',
];
const INTERFACE = [
  'content/ask.js',
  'content/result-text.js',
  'content/known-posts.js',
  'content/attach-styles.js',
  'content/button-state.js',
  'content/framing.js',
  'content/picker.js',
];
export const SCRIPTS = [
  ...READERS,
  ...INTERFACE,
  'content/press.js',
  'content/watch.js',
  'content/own-replies.js',
  'content/insert.js',
  'content/reply-bar.js',
  'content/reply.js',
  'content/buttons.js',
];
export const EVERYWHERE = { origins: ['<all_urls>'] };

/**
 * One line for the options page: a platform with the addresses it needs.
 * @typedef {{ platform: string, label: string, siteKind?: Site['siteKind'], origins: string[] }} Platform
 */

/**
 * Software that runs on anybody's server has no address of its own, so it is not in this list.
 * @returns {Platform[]}
 */
export const platforms = () =>
  [...new Set(Amends.sites.map((site) => site.platform))]
    .map((platform) => {
      const sites = Amends.sites.filter((site) => site.platform === platform);
      const hosts = [...new Set(sites.flatMap((site) => site.hosts))];
      return {
        platform,
        label: sites[0].label,
        siteKind: sites[0].siteKind,
        origins: hosts.flatMap((host) => [`https://${host}/*`, `https://*.${host}/*`]),
      };
    })
    .filter(({ origins }) => origins.length);

/** Software that runs on anybody's server, and is known by its pages. */
export const ownSoftware = () => [
  ...new Set(Amends.sites.filter((site) => site.detect && !site.hosts.length).map((site) => site.label)),
];
/** The servers of such software that a person has named. @returns {Promise<string[]>} */
export const ownHosts = async () => (await getItem('ownHosts')) ?? [];
/** @param {string} host */
export const originsOf = (host) => [`https://${host}/*`];
/**
 * The host that a person means, in whatever form it is written; nothing for what is not https.
 * @param {string} written
 */
export const hostOf = (written) => {
  const address = /^[a-z]+:\/\//i.test(written.trim()) ? written.trim() : `https://${written.trim()}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'https:' && /^[a-z\d-]+(\.[a-z\d-]+)+$/.test(url.hostname) ? url.hostname : undefined;
};

/** Platforms a person switched off although they are allowed. @returns {Promise<string[]>} */
export const switchedOff = async () => (await getItem('switchedOff')) ?? [];

/** Platforms whose button stands in their pages: allowed by the browser and not switched off. */
export const active = async () => {
  const off = await switchedOff();
  const allowed = await Promise.all(platforms().map(({ origins }) => api.permissions.contains({ origins })));
  const own = (
    await Promise.all(
      (
        await ownHosts()
      ).map(async (host) => {
        const origins = originsOf(host);
        return (await api.permissions.contains({ origins })) ? origins : [];
      }),
    )
  ).flat();
  const known = platforms().filter(({ platform }, index) => allowed[index] && !off.includes(platform));
  return own.length ? [...known, { platform: 'own', label: '', origins: own }] : known;
};

/** @typedef {{ id: string, matches?: string[], js?: string[] }} Script */

/** Where scripts run and which, in one form: browsers give them back in an order or a spelling of their own.
 * @param {Script} script */
const shapeOf = ({ matches = [], js = [] }) =>
  JSON.stringify([matches.toSorted(), js.map((file) => new URL(file, api.runtime.getURL('')).pathname)]);

/**
 * Makes the browser's registered scripts say what `active` says. Only what differs is touched: a page that opens while
 * its script is not registered stays without buttons, and the worker comes here each time it starts.
 */
export const register = () =>
  navigator.locks.request('amends-register', async () => {
    const wanted = (await active()).map(({ platform, origins }) => ({
      id: platform,
      matches: origins,
      js: SCRIPTS,
      runAt: /** @type {const} */ ('document_idle'),
      persistAcrossSessions: true,
    }));
    const shapes = new Map(
      (await api.scripting.getRegisteredContentScripts()).map((/** @type {Script} */ script) => [
        script.id,
        shapeOf(script),
      ]),
    );
    const added = wanted.filter(({ id }) => !shapes.has(id));
    const changed = wanted.filter((script) => shapes.has(script.id) && shapes.get(script.id) !== shapeOf(script));
    const gone = [...shapes.keys()].filter((id) => !wanted.some((script) => script.id === id));
    if (added.length) await api.scripting.registerContentScripts(added);
    if (changed.length) await api.scripting.updateContentScripts(changed);
    if (gone.length) await api.scripting.unregisterContentScripts({ ids: gone });
  });

/**
 * Reads one frame of the tab, whatever it is: works after a toolbar click, a menu choice or a shortcut.
 * @param {number} tab
 * @param {number} [frame]
 */
export const inject = (tab, frame = 0) =>
  api.scripting.executeScript({ target: { tabId: tab, frameIds: [frame] }, files: [...READERS, ...INTERFACE] });

/** Puts the buttons into the tabs that are already open. */
export const injectIntoOpenTabs = async () => {
  const origins = (await active()).flatMap((platform) => platform.origins);
  const tabs = origins.length ? await api.tabs.query({ url: origins }) : [];
  await Promise.allSettled(
    tabs.map((tab) => api.scripting.executeScript({ target: { tabId: tab.id ?? 0 }, files: SCRIPTS })),
  );
};
