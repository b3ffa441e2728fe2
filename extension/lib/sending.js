// @ts-check
/**
 * Delivery of the outbox in order, for each server by itself: captures first, then their pictures.
 *
 * A server that is away is left alone for a while (exponential backoff), and everything for it waits in line. A lock
 * lets one round per server run at a time; nothing is locked during a fetch that a click would have to wait for.
 */
import { api, removeItems, setItems, getItem } from './storage.js';
import { answers, ask, isCase, versionOf } from './api.js';
import { changesOf, copiesOf, resultOf } from './results.js';
import { edited } from './validation.js';
import { whatToUpdate } from './versions.js';
import { change, counts, drop, entries, entryOf, pictureOf, replacePicture } from './outbox.js';
import { changePairing, pairingOf, pairings } from './pairings.js';
import { reencoded } from './pictures.js';

const LONGEST_WAIT = 3_600_000;
const ABANDONED = 240_000; // a screenshot that took longer, behind those of 200 others, was interrupted
const LATE = 20_000; // longer than anybody waits for an answer in the page

const again = /** @type {Set<string>} */ (new Set());
const listeners = /** @type {Map<string, { to: string, resolve: (result: Result) => void }>} */ (new Map());
/** Called when a capture was acknowledged. @type {(entry: Entry) => void} */
let announce = () => {};
/** @param {(entry: Entry) => void} listener */
export const onSent = (listener) => {
  announce = listener;
};

/** Called at the end of a flush with what had to wait and has arrived. @type {(arrived: Entry[]) => void} */
let announceLate = () => {};
/** @param {(arrived: Entry[]) => void} listener */
export const onLate = (listener) => {
  announceLate = listener;
};
const late = /** @type {Entry[]} */ ([]);

/** Milliseconds before attempt `tries` + 1. @param {number} tries */
export const pause = (tries) => Math.min(LONGEST_WAIT, 5_000 * 2 ** tries);
/**
 * Until when a server is left alone, and why.
 * @param {string} key
 * @returns {Promise<{ until: number, asked: boolean, problem?: string } | undefined>}
 */
const rest = (key) => getItem(`rest:${key}`);
/**
 * The first result of an attempt to send this capture.
 * @param {{ id: string, to: string }} entry
 * @returns {Promise<Result>}
 */
export const outcome = ({ id, to }) =>
  new Promise((resolve) => {
    listeners.set(id, { to, resolve });
  });
/** @param {string} id @param {Result} result */
const settle = (id, result) => {
  listeners.get(id)?.resolve(result);
  listeners.delete(id);
};

/**
 * What the server says against a part of the capture, by the name of that part.
 * @param {any} problem
 * @returns {Record<string, string>}
 */
const fieldsOf = (problem) =>
  Object.fromEntries(
    Object.entries(problem?.fields ?? {})
      .slice(0, 20)
      .map(([name, words]) => [name, String(words).slice(0, 500)]),
  );

/**
 * Writes down what an attempt that failed means; true if the others may still be tried. What fails while Amends answers
 * is set aside by itself, and holds up nothing.
 * @param {Entry} entry
 * @param {import('./api.js').Answer} answer
 */
const setBack = async (entry, answer) => {
  const { sentence } = answer;
  if (answer.kind === 'token') {
    await changePairing(entry.to, { refused: sentence });
    settle(entry.id, { outcome: 'refused', sentence });
    return false;
  }
  if (answer.kind === 'refused') {
    const problem = [sentence, whatToUpdate(await versionOf(entry.server))].filter(Boolean).join(' ');
    await change(entry.id, { state: 'failed', problem, fields: fieldsOf(answer.data) });
    settle(entry.id, { outcome: 'failed', sentence: problem });
    return true;
  }
  const tries = entry.tries + 1;
  const until = Date.now() + (answer.after ?? pause(entry.tries));
  const isAlone = !answer.away && (await answers(entry.server));
  await change(entry.id, { tries, next: isAlone ? until : 0, problem: sentence });
  settle(entry.id, { outcome: answer.front ? 'blocked' : 'queued', sentence });
  if (isAlone) return true;
  await setItems({ [`rest:${entry.to}`]: { until, asked: answer.after !== undefined, problem: sentence } });
  return false;
};

/** @param {Entry} entry @param {Pairing} to */
const sendCase = async (entry, to) => {
  const { body } = (entry.sent ? entry : await change(entry.id, { sent: true })) ?? entry;
  const answer = await ask(to, 'PUT', `/captures/${entry.id}`, { json: body, valid: isCase });
  if (answer.kind !== 'done') return setBack(entry, answer);
  const found = {
    number: answer.data.case.number,
    url: answer.data.case.url,
    existing: answer.data.existing === true,
    change: changesOf(answer.data),
  };
  const current = await change(entry.id, { case: found, tries: 0, next: 0, problem: undefined });
  settle(entry.id, {
    ...resultOf(found),
    look: body.revisit !== undefined,
    copies: copiesOf(answer.data),
  });
  announce({ ...entry, case: found });
  if (entry.tries || Date.parse(entry.made) < Date.now() - LATE) late.push({ ...entry, case: found });
  if (current?.screenshot === 'none' && !current.untold) await drop(entry.id);
  return true;
};

/** @param {Entry} entry @param {Pairing} to @param {KeptPicture} picture */
const putPicture = (entry, to, picture) => {
  const headers = {
    'Content-Digest': picture.digest && `sha-256=:${picture.digest}:`,
    'Amends-Redacted': picture.redacted && 'blurred',
  };
  const valid = (/** @type {any} */ data) => typeof data?.sha256 === 'string';
  const told = picture.problem ? `?problem=${picture.problem}` : '';
  return ask(to, 'PUT', `/captures/${entry.id}/screenshot${told}`, { blob: picture.blob, headers, valid });
};

/**
 * The same picture in fewer bytes, once, in place of the one that was refused for its size.
 * @param {Entry} entry
 * @param {KeptPicture} picture
 */
const shrink = async (entry, picture) => {
  const smaller = picture.isSmall ? undefined : await reencoded(picture);
  return smaller && (await replacePicture(entry.id, smaller)) ? smaller : undefined;
};

/** Says why a capture that the server has gets no picture.
 * @param {Entry} entry @param {Pairing} to @param {string} why */
const tellOfNone = (entry, to, why) =>
  ask(to, 'PUT', `/captures/${entry.id}/screenshot?problem=${why}`, {
    valid: (data) => typeof data?.sha256 === 'string',
  });

/** @param {Entry} entry @param {Pairing} to */
const sendPicture = async (entry, to) => {
  const picture = entry.screenshot === 'kept' ? await pictureOf(entry.id) : undefined;
  const why = entry.untold ?? (entry.screenshot === 'taking' ? 'failed' : undefined); // its taking was interrupted
  if (!picture && why) {
    const answer = await tellOfNone(entry, to, why);
    if (answer.kind !== 'done' && answer.kind !== 'refused') return setBack(entry, answer);
  }
  if (picture) {
    let answer = await putPicture(entry, to, picture);
    const smaller = answer.isTooLarge ? await shrink(entry, picture) : undefined;
    if (smaller) answer = await putPicture(entry, to, smaller);
    if (answer.kind !== 'done') return setBack(entry, answer);
  }
  await drop(entry.id);
  return true;
};

/** What is next for an entry, if it is its turn at all. @param {Entry | undefined} entry */
const stepFor = (entry) => {
  if (entry?.state !== 'waiting' || entry.next > Date.now()) return undefined;
  if (!entry.case) return sendCase;
  return entry.screenshot === 'taking' && Date.parse(entry.made) > Date.now() - ABANDONED ? undefined : sendPicture;
};

/**
 * Whether it joins the case of a capture that has yet to reach the server: then it waits for that one.
 * @param {Entry} entry
 */
const joinsUnsent = async ({ body }) => {
  const first = body.sameCaseAs ? await entryOf(body.sameCaseAs) : undefined;
  return Boolean(first && !first.case);
};

/** @param {string} key */
const round = async (key) => {
  if (((await rest(key))?.until ?? 0) > Date.now()) return;
  for (const step of [sendCase, sendPicture]) {
    const line = (await entries()).filter((entry) => entry.to === key && stepFor(entry) === step);
    for (const { id } of line) {
      const [to, entry] = [await pairingOf(key), await entryOf(id)];
      if (!to || to.refused || (step === sendPicture && again.has(key))) return; // a new case goes before old pictures
      if (!entry || stepFor(entry) !== step || (step === sendCase && (await joinsUnsent(entry)))) continue;
      if (!(await step(entry, to))) return;
    }
    if (line.length) await removeItems(`rest:${key}`);
  }
};

/** @param {string} key @returns {Promise<void>} */
const sendTo = async (key) => {
  again.add(key);
  const name = `amends-send ${key}`;
  await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (!lock) return; // whoever holds it makes another round
    while (again.delete(key)) await round(key);
    const sentence = (await rest(key))?.problem;
    for (const [id, { to }] of listeners) if (to === key) settle(id, { outcome: 'queued', sentence });
  });
  // asked while the lock was let go
  if (again.has(key) && !(await navigator.locks.query()).held?.some((held) => held.name === name)) return sendTo(key);
  return undefined;
};

/** Says when the browser is to wake us, at the earliest in half a minute. */
const plan = async () => {
  const able = (await pairings()).filter(({ refused }) => !refused);
  const rests = new Map(
    await Promise.all(
      able.map(async ({ key }) => /** @type {[string, number]} */ ([key, (await rest(key))?.until ?? 0])),
    ),
  );
  const all = await entries();
  const refused = new Set(all.filter(({ state }) => state === 'failed').map(({ id }) => id));
  const waiting = all.filter(
    ({ state, to, body }) => state === 'waiting' && rests.has(to) && !refused.has(body.sameCaseAs ?? ''),
  );
  const times = waiting.map(({ to, next }) => Math.max(next, rests.get(to) ?? 0));
  if (times.length) await api.alarms.create('send', { when: Math.max(Math.min(...times), Date.now() + 30_000) });
};

/** Sends what is due; safe to call at any time and from anywhere in the worker. @returns {Promise<void>} */
export const flush = async () => {
  if (!(await counts()).all) return;
  await api.alarms.create('send', { when: Date.now() + 60_000 }); // should the worker be ended in the middle of it
  await Promise.all((await pairings()).map(({ key }) => sendTo(key)));
  if (late.length) announceLate(late.splice(0));
  await plan();
};

/** Tries a server again at once because of a new click; where it asked for time, it gets it. @param {string} key */
export const retryNow = async (key) => {
  if ((await rest(key))?.asked === false) await removeItems(`rest:${key}`);
  return flush();
};
/** @param {string} id */
export const retry = async (id) => {
  const entry = await change(id, { state: 'waiting', next: 0, problem: undefined, fields: undefined });
  if (entry) await removeItems(`rest:${entry.to}`);
  return flush();
};
/**
 * Sends a capture that was edited, under a new id: nothing that is written now is taken for what may have arrived
 * before.
 * @param {string} id
 * @param {Record<string, unknown>} fields
 * @param {string | undefined} key
 * @returns {Promise<boolean>}
 */
export const edit = async (id, fields, key) => {
  const [entry, to] = [await entryOf(id), await pairingOf(key)];
  if (!entry || entry.case) return false;
  const whom = to ? { to: to.key, server: to.server, member: to.member } : {};
  const renamed = crypto.randomUUID();
  for (const { id: joining, body } of await entries())
    if (body.sameCaseAs === id) await change(joining, { body: { ...body, sameCaseAs: renamed } });
  await change(id, {
    ...whom,
    id: renamed,
    body: edited(entry.body, fields),
    sent: undefined,
    state: 'waiting',
    tries: 0,
    next: 0,
    problem: undefined,
    fields: undefined,
  });
  await removeItems(`rest:${to?.key ?? entry.to}`);
  void flush();
  return true;
};
/** Tries everything that waits, now. */
export const sendNow = async () => {
  for (const { key } of await pairings()) await removeItems(`rest:${key}`);
  for (const { id, next } of await entries()) if (next) await change(id, { next: 0 });
  return flush();
};
