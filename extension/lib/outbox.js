// @ts-check
/**
 * What waits to be sent? Written before any network, and let go only when the server has acknowledged it.
 *
 * Locks guard each read-modify-write and never a fetch; a second lock lets one flush run at a time.
 */
import { api, forget, keep, pairing, recall, recallAll } from './storage.js';
import { ask, isCase } from './api.js';
import { blobOf } from './screenshot.js';

export const MOST_ENTRIES = 500;
export const MOST_BYTES = 8_000_000; // the browser allows an extension 10 MB
const LONGEST_WAIT = 3_600_000;
const ABANDONED = 60_000; // a screenshot that took longer was interrupted

let again = false;
/** @type {Map<string, (result: Result) => void>} */
const listeners = new Map();
/** Called when a capture was acknowledged. @type {(entry: Entry) => void} */
let announce = () => {};
/** @param {(entry: Entry) => void} hear */
export const onSent = (hear) => { announce = hear; };

/** @returns {Promise<Entry[]>} */
export const entries = async () => (await recallAll('outbox:')).sort((a, b) => a.tries - b.tries || a.made.localeCompare(b.made));
/** @param {() => Promise<any>} work */
const alone = (work) => navigator.locks.request('amends-outbox', work);
/** Milliseconds before attempt `tries` + 1. @param {number} tries */
export const pause = (tries) => Math.min(LONGEST_WAIT, 5_000 * 2 ** tries);

/** Keeps a capture; false, and nothing kept, when there is no room: never by pushing another one out. @param {Entry} entry @returns {Promise<boolean>} */
export const put = (entry) => alone(async () => {
  const all = await recallAll('outbox:');
  const held = JSON.stringify(all).length + JSON.stringify(await recallAll('screenshot:')).length;
  if (all.length >= MOST_ENTRIES || held + JSON.stringify(entry).length > MOST_BYTES) return false;
  await keep({ [`outbox:${entry.id}`]: entry });
  return true;
});

/** @param {string} id @param {Partial<Entry>} changes @returns {Promise<Entry | undefined>} */
const change = (id, changes) => alone(async () => {
  const entry = await recall(`outbox:${id}`);
  if (entry) await keep({ [`outbox:${id}`]: { ...entry, ...changes } });
  return entry && { ...entry, ...changes };
});

/** Adds the picture to a capture that is still here, or says that there is none. @param {string} id @param {{ type: string, base64: string } | undefined} picture */
export const attach = (id, picture) => alone(async () => {
  const entry = await recall(`outbox:${id}`);
  const held = JSON.stringify([await recallAll('outbox:'), await recallAll('screenshot:')]).length;
  const fits = picture && held + picture.base64.length < MOST_BYTES;
  if (entry && fits) await keep({ [`screenshot:${id}`]: picture });
  if (entry) await keep({ [`outbox:${id}`]: { ...entry, screenshot: fits ? 'kept' : 'none' } });
  return Boolean(fits);
});

/** @param {string} id */
export const drop = (id) => alone(() => forget(`outbox:${id}`, `screenshot:${id}`));
/** @param {string} id */
export const retry = async (id) => { await change(id, { state: 'waiting', next: 0, problem: undefined }); return flush(); };
/** Tries everything that waits, now. */
export const sendNow = async () => {
  for (const entry of await entries()) if (entry.state === 'waiting') await change(entry.id, { next: 0 });
  return flush();
};
/** The first result of an attempt to send this capture. @param {string} id @returns {Promise<Result>} */
export const outcome = (id) => new Promise((resolve) => { listeners.set(id, resolve); });
/** @param {string} id @param {Result} result */
const settle = (id, result) => { listeners.get(id)?.(result); listeners.delete(id); };

/** Writes down what an attempt that failed means; true if the others may still be tried. @param {Entry} entry @param {import('./api.js').Answer} answer */
const setBack = async (entry, answer) => {
  const sentence = answer.sentence;
  if (answer.kind === 'token') {
    const current = await pairing();
    if (current) await keep({ pairing: { ...current, refused: sentence } });
    settle(entry.id, { outcome: 'refused', sentence });
    return false;
  }
  if (answer.kind === 'refused') {
    await change(entry.id, { state: 'failed', problem: sentence });
    settle(entry.id, { outcome: 'failed', sentence });
    return true;
  }
  await change(entry.id, { tries: entry.tries + 1, next: Date.now() + (answer.after ?? pause(entry.tries)), problem: sentence });
  settle(entry.id, { outcome: 'queued', sentence });
  return answer.reached && answer.after === undefined;
};

/** The capture first, then its picture: a big image never holds up a case. @param {Entry} entry @param {Pairing} to @returns {Promise<boolean>} */
const attempt = async (entry, to) => {
  let current = /** @type {Entry | undefined} */ (entry);
  if (!entry.case) {
    const answer = await ask(to, 'PUT', `/captures/${entry.id}`, { json: entry.body, valid: isCase });
    if (answer.kind !== 'done') return setBack(entry, answer);
    const found = { number: answer.data.case.number, url: answer.data.case.url, existing: answer.data.existing === true, change: changesOf(answer.data) };
    current = await change(entry.id, { case: found, tries: 0, problem: undefined });
    settle(entry.id, { outcome: found.existing ? 'existing' : 'created', number: found.number, url: found.url, change: found.change });
    announce({ ...entry, case: found });
  }
  if (current?.screenshot === 'kept') {
    const answer = await ask(to, 'PUT', `/captures/${entry.id}/screenshot`, { blob: blobOf(await recall(`screenshot:${entry.id}`)) });
    if (answer.kind !== 'done') return setBack(entry, answer);
  }
  if (current && (current.screenshot !== 'taking' || Date.parse(entry.made) < Date.now() - ABANDONED)) await drop(entry.id);
  return true;
};

/** What a second look found, in the server's words. @param {any} data @returns {string[] | undefined} */
const changesOf = ({ change }) => (Array.isArray(change) ? change.filter((word) => /^[a-z_]{1,20}$/.test(word)).slice(0, 5) : undefined);

/** Whether a capture has yet to reach the server: what joins its case waits for it. @param {unknown} id */
const isUnsent = async (id) => { const entry = id && await recall(`outbox:${id}`); return Boolean(entry && !entry.case); };

const round = async () => {
  const to = await pairing();
  if (!to || to.refused) return;
  let isHeld = false;
  for (const { id } of await entries()) {
    const entry = /** @type {Entry | undefined} */ (await recall(`outbox:${id}`));
    if (!entry || entry.state !== 'waiting' || entry.server !== to.server || entry.next > Date.now()) continue;
    if (await isUnsent(entry.body.sameCaseAs)) { isHeld = true; continue; }
    if (entry.case && entry.screenshot === 'taking' && Date.parse(entry.made) > Date.now() - ABANDONED) continue;
    if (!await attempt(entry, to)) return;
    again ||= isHeld && !await isUnsent(id); // what waited for this one may go
  }
};

/** Sends what is due; safe to call at any time and from anywhere in the worker. @returns {Promise<void>} */
export const flush = async () => {
  again = true;
  await navigator.locks.request('amends-flush', { ifAvailable: true }, async (lock) => {
    if (!lock) return; // whoever holds it makes another round
    while (again) { again = false; await round(); }
    for (const id of [...listeners.keys()]) settle(id, { outcome: 'queued' });
  });
  if (again && !(await navigator.locks.query()).held?.some(({ name }) => name === 'amends-flush')) return flush(); // asked while the lock was let go
  const waiting = (await entries()).filter((entry) => entry.state === 'waiting');
  const next = Math.min(...waiting.map((entry) => entry.next));
  if (waiting.length) await api.alarms.create('send', { when: Math.max(next, Date.now() + 30_000) });
};
