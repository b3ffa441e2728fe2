// @ts-check
/** The options page: whom this browser works for, on which sites its button stands, and what waits to be sent. */
import { api, say } from '../lib/storage.js';
import { byId, link, make, tell, translate } from '../lib/elements.js';
import { entries, onChanged } from '../lib/outbox.js';
import { pairings } from '../lib/pairings.js';
import { question } from '../lib/question.js';
import { drawQueue } from '../lib/queue.js';
import { drawDoctor } from './doctor.js';
import { addOwn, drawNotices, drawOwn, drawSites } from './sites.js';

/** @param {string} key */
const unpair = async (key) => {
  await tell({ type: 'unpair', key });
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
  return question(
    box,
    { text: say('unpairQuestion', String(count)), yes: say('unpair'), no: say('keepPairing'), after: button },
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
    textContent: say('doctorCheck'),
    ariaLabel: `${say('doctorCheck')}: ${member}, ${server}`,
  });
  check.onclick = () => void drawDoctor(found, pairing);
  const button = make('button', {
    type: 'button',
    className: 'unpair',
    textContent: say('unpair'),
    ariaLabel: `${say('unpair')}: ${member}, ${server}`,
  });
  button.onclick = () => void askToUnpair(pairing, box, button);
  return make(
    'li',
    {},
    make('p', {}, say('pairedWith', member, team || server), ' ', link(server, server)),
    refused && make('p', { className: 'trouble', textContent: `${say('pairAgainLong', server)} ${refused}` }),
    make('p', { className: 'row' }, check, button),
    box,
    found,
  );
};

const drawPairings = async () => {
  const all = await pairings();
  byId('pairings').replaceChildren(
    ...(all.length ? all.map(pairingRow) : [make('li', { textContent: say('notPairedTitle') })]),
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

translate();
byId('own-add').onsubmit = addOwn;
onChanged(() => void drawWaiting());
api.storage.onChanged.addListener((changes) => {
  if ('pairings' in changes) void drawPairings();
});
void Promise.all([drawPairings(), drawSites(), drawOwn(), drawNotices(), drawWaiting()])
  .then(examineAsked)
  .then(() => {
    document.body.dataset.ready = 'yes';
  });
