// @ts-check
/** The options page: whom this browser works for, on which sites its button stands, and what waits to be sent. */
import { api, keep, pairing, say } from '../lib/storage.js';
import { byId, link, make, tell, translate } from '../lib/elements.js';
import { EVERYWHERE, platforms, switchedOff } from '../lib/sites.js';
import { entries } from '../lib/outbox.js';
import { drawQueue } from '../lib/queue.js';

const drawPairing = async () => {
  const to = await pairing();
  byId('pairing').replaceChildren(...(to ? [say('pairedWith', to.member, to.team || to.server), ' ', link(to.server, to.server)] : [say('notPairedTitle')]));
  byId('refused').hidden = !to?.refused;
  byId('refused').textContent = to?.refused ? `${say('pairAgainLong', to.server)} ${to.refused}` : '';
  byId('how').hidden = Boolean(to && !to.refused);
  byId('unpair').hidden = !to;
  byId('confirm').hidden = true;
};

const unpair = async () => { await tell({ type: 'unpair' }); await drawPairing(); byId('pairing-title').scrollIntoView(); };

/** What waits is kept, but a person should know that it waits for this very server. */
const askToUnpair = async () => {
  const count = (await entries()).length;
  if (count === 0) return unpair();
  byId('confirm-text').textContent = say('unpairQuestion', String(count));
  byId('confirm').hidden = false;
  byId('confirm-no').focus();
  return undefined;
};

/** One checkbox; the browser's question is asked from its own click, as Firefox demands.
 * @param {string} label @param {string} hint @param {boolean} checked @param {(on: boolean) => Promise<boolean>} change */
const choice = (label, hint, checked, change) => {
  const box = make('input', { type: 'checkbox', checked });
  box.onchange = () => {
    void change(box.checked).then(async (granted) => {
      if (!granted) box.checked = !box.checked;
      byId('told').textContent = granted ? say(box.checked ? 'siteOn' : 'siteOff', label) : say('siteDenied', label);
      await tell({ type: 'sites' });
    });
  };
  return make('li', {}, make('label', {}, box, make('span', { textContent: label }), make('small', { textContent: hint })));
};

const drawSites = async () => {
  const off = await switchedOff();
  const rows = await Promise.all(platforms().map(async ({ platform, label, origins }) => {
    const allowed = await api.permissions.contains({ origins });
    return choice(label, origins.filter((origin) => !origin.includes('//*.')).map((origin) => new URL(origin).hostname).join(', '), allowed && !off.includes(platform), async (on) => {
      const granted = !on || await api.permissions.request({ origins });
      const others = (await switchedOff()).filter((other) => other !== platform);
      if (granted) await keep({ switchedOff: on ? others : [...others, platform] });
      return granted;
    });
  }));
  const everywhere = await api.permissions.contains(EVERYWHERE);
  byId('sites').replaceChildren(...rows, choice(say('everywhere'), say('everywhereWhy'), everywhere, async (on) =>
    (on ? api.permissions.request(EVERYWHERE) : api.permissions.remove(EVERYWHERE))));
};

const drawWaiting = async () => {
  await drawQueue(byId('queue'));
  byId('empty').hidden = !byId('queue').hidden;
};

translate();
byId('unpair').onclick = askToUnpair;
byId('confirm-yes').onclick = unpair;
byId('confirm-no').onclick = () => { byId('confirm').hidden = true; byId('unpair').focus(); };
api.storage.onChanged.addListener((changes) => {
  if ('pairing' in changes) void drawPairing();
  if (Object.keys(changes).some((key) => key.startsWith('outbox:'))) void drawWaiting();
});
void Promise.all([drawPairing(), drawSites(), drawWaiting()]).then(() => { document.body.dataset.ready = 'yes'; });
