// @ts-check
/** Options page: pairings, sites, notifications, and what waits to be sent. */
import { api, getItem, getMessage, setItems } from '../lib/storage.js';
import { byId, link, make, sendMessage, translate } from '../lib/dom.js';
import { entries, onChanged } from '../lib/outbox.js';
import { pairings } from '../lib/pairings.js';
import { confirmInPlace } from '../lib/confirmation.js';
import { drawQueue } from '../lib/outbox-summary.js';
import { drawDoctor } from './doctor.js';
import { addOwn, drawNotices, drawOwn, drawPlaces, drawSites } from './sites.js';

/** @param {string} key */
const unpair = async (key) => {
  await sendMessage({ type: 'unpair', key });
  await drawPairings();
  byId('pairing-title').focus();
};

/**
 * What waits is kept, but a person should know that it waits for this very pairing.
 * @param {Pairing} pairing
 * @param {HTMLElement} box
 * @param {HTMLElement} button
 */
const askToUnpair = async ({ key }, box, button) => {
  const count = (await entries()).filter(({ to }) => to === key).length;
  if (count === 0) return unpair(key);
  return confirmInPlace(
    box,
    {
      text: getMessage('unpairQuestion', String(count)),
      yes: getMessage('unpair'),
      no: getMessage('keepPairing'),
      after: button,
    },
    () => unpair(key),
  );
};

/** @param {Pairing} pairing */
const pairingRow = (pairing) => {
  const { server, member, team, refused } = pairing;
  const [box, found] = [make('div', {}), make('div', { className: 'found' })];
  const check = make('button', {
    type: 'button',
    className: 'check',
    textContent: getMessage('doctorCheck'),
    ariaLabel: `${getMessage('doctorCheck')}: ${member}, ${server}`,
  });
  check.onclick = () => void drawDoctor(found, pairing);
  const button = make('button', {
    type: 'button',
    className: 'unpair',
    textContent: getMessage('unpair'),
    ariaLabel: `${getMessage('unpair')}: ${member}, ${server}`,
  });
  button.onclick = () => void askToUnpair(pairing, box, button);
  return make(
    'li',
    {},
    make('p', {}, getMessage('pairedWith', member, team || server), ' ', link(server, server)),
    refused && make('p', { className: 'trouble', textContent: `${getMessage('pairAgainLong', server)} ${refused}` }),
    make('p', { className: 'row' }, check, button),
    box,
    found,
  );
};

const drawPairings = async () => {
  const all = await pairings();
  byId('pairings').replaceChildren(
    ...(all.length ? all.map(pairingRow) : [make('li', { textContent: getMessage('notPairedTitle') })]),
  );
  byId('how').hidden = all.some(({ refused }) => !refused);
  byId('another').hidden = byId('how').hidden === false;
};

const drawWaiting = async () => {
  await drawQueue(byId('queue'));
  byId('empty').hidden = !byId('queue').hidden;
};

/** Another page of ours sent a person here because a server does not answer; it may be one that is not paired yet. */
const examineAsked = async () => {
  const server = new URLSearchParams(location.search).get('check');
  if (!server) return;
  const at = (await pairings()).findIndex((pairing) => pairing.server === server);
  if (at >= 0) byId('pairings').querySelectorAll('.check')[at]?.click();
  else void drawDoctor(byId('found'), { server });
};

const drawQuality = async () => {
  const select = byId('picture-quality');
  select.value = (await getItem('pictureQuality')) ?? 'standard';
  select.onchange = async () => {
    await setItems({ pictureQuality: select.value });
    byId('picture-told').textContent = getMessage('pictureSaved');
  };
};

translate();
byId('own-add').onsubmit = addOwn;
onChanged(() => void drawWaiting());
api.storage.onChanged.addListener((changes) => {
  if ('pairings' in changes) void drawPairings();
});
void Promise.all([drawPairings(), drawSites(), drawOwn(), drawNotices(), drawPlaces(), drawQuality(), drawWaiting()])
  .then(examineAsked)
  .then(() => {
    document.body.dataset.ready = 'yes';
  });
