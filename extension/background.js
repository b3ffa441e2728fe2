// @ts-check
/** Background worker: wires browser events to functions, and does nothing else. */
import { api, restrictToTrustedContexts, getMessage } from './lib/storage.js';
import { flush, onLate, onSent } from './lib/sending.js';
import { resultOf } from './lib/results.js';
import { migrate } from './lib/migration.js';
import { createAtOnce } from './lib/create.js';
import { bodyOf } from './lib/validation.js';
import { receive } from './lib/messages.js';
import { injectIntoOpenTabs, register } from './lib/sites.js';
import { draw, refresh } from './lib/badge.js';
import { listen, notifyDelivered } from './lib/notifications.js';
import { opened, refreshPlaces } from './lib/places.js';
import { refreshPosts } from './lib/posts.js';
import { refreshSoon } from './lib/freshness.js';

/** @param {Offer} offer @param {number} at @param {any} tab */
const shape = (offer, at, tab) => bodyOf({ capture: offer.captures[at], adapter: offer.adapters[at] }, tab);

/** @param {chrome.tabs.Tab | undefined} tab @param {chrome.contextMenus.OnClickData} [menu] */
const createNow = async (tab, menu) => {
  const result = await createAtOnce(tab, shape, menu);
  await draw();
  if (!tab?.id || !result) return;
  const good = result.outcome === 'created' || result.outcome === 'existing';
  const tabId = tab.id;
  await api.action.setBadgeText({ tabId, text: good ? '✓' : '!' });
  const nothing = /** @type {any} */ (null); // then the tab says what all say: what is overdue
  setTimeout(() => {
    void api.action.setBadgeText({ tabId, text: nothing }).catch(() => {});
  }, 6_000);
};

onSent((entry) => {
  void refreshSoon();
  if (entry.tab === undefined || !entry.case) return;
  const result = resultOf(entry.case);
  // the tab may be gone
  api.tabs.sendMessage(entry.tab, { type: 'settled', capture: entry.body, result }).catch(() => {});
});

onLate((arrived) => {
  void notifyDelivered(arrived);
});

api.runtime.onMessage.addListener((message, sender, respond) => {
  const answer = receive(message, sender);
  if (!answer) return false;
  answer.then(respond, () => respond({ outcome: 'failed' }));
  return true;
});
api.contextMenus.onClicked.addListener((menu, tab) => {
  void createNow(tab, menu);
});
api.commands.onCommand.addListener((command, tab) => {
  if (command === 'create-case') void createNow(tab);
});
// The browser tells an address only of the sites that a person has ticked
api.tabs.onUpdated.addListener((_id, change, tab) => {
  if (change.url || change.status === 'complete') void opened(tab);
});
api.tabs.onActivated.addListener(({ tabId }) => {
  void api.tabs.get(tabId).then(opened, () => {}); // it may be closed already
});
api.permissions.onAdded.addListener(() => {
  listen();
  void register().then(injectIntoOpenTabs);
});
api.permissions.onRemoved.addListener(() => {
  void register();
});
api.alarms.onAlarm.addListener((alarm) => {
  void (alarm.name === 'summary' ? Promise.all([refresh(), refreshPosts(), refreshPlaces()]) : flush().then(draw));
});
api.runtime.onInstalled.addListener(({ reason }) => {
  api.contextMenus.removeAll(() =>
    api.contextMenus.create({
      id: 'create-case',
      title: getMessage('create'),
      contexts: ['page', 'selection', 'link', 'image', 'video'],
    }),
  );
  void register().then(injectIntoOpenTabs);
  if (reason === 'install') void api.runtime.openOptionsPage();
});

listen();
void restrictToTrustedContexts();
void api.alarms.get('summary').then(async (known) => {
  if (!known) await api.alarms.create('summary', { periodInMinutes: 5, delayInMinutes: 0.5 });
});
void register();
void migrate().then(flush).then(draw);
