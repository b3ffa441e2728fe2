// @ts-check
/** Connection check: each step between this browser and its server, with what to do about a failure. */
import { getMessage } from './storage.js';
import { isLoopback, isPrivate } from './addresses.js';
import { ask } from './api.js';
import { whatToUpdate } from './versions.js';

const PATIENCE = 10_000; // milliseconds
const CLOCK = 120_000; // milliseconds that two clocks may differ before times mean something else

/** Whether anything answers, when what it says cannot be read. */
const UNREAD = /** @type {RequestInit} */ ({ mode: 'no-cors', redirect: 'follow' });

/** @typedef {{ label: string, verdict: 'pass' | 'warn' | 'fail' | 'skip', text: string }} Finding */
/**
 * What has been found out so far.
 * @typedef {{ server: string, token?: string, url?: URL, reached?: boolean, response?: Response, hello?: any,
 *   away?: number }} Case
 */
/** @typedef {[verdict: Finding['verdict'], text: string]} Said */

/** @param {string} address @param {RequestInit} options @returns {Promise<Response | undefined>} */
const probe = (address, options) =>
  fetch(address, {
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(PATIENCE),
    ...options,
  }).catch(() => undefined);

/** @param {Case} at @returns {Said} */
const address = (at) => {
  at.url = URL.canParse(at.server) ? new URL(at.server) : undefined;
  if (!at.url || !/^https?:$/.test(at.url.protocol)) return ['fail', getMessage('addressWrong', at.server)];
  return ['pass', at.server];
};

/** @param {Case} at */
const isShut = ({ url }) => Boolean(url && !isPrivate(url));

/**
 * Asks for what is ours, and where that cannot be read, whether anything answers at all.
 * @param {Case} at
 * @returns {Promise<Said>}
 */
const reachable = async (at) => {
  if (!at.url || isShut(at)) return ['skip', getMessage('notAsked')];
  const before = Date.now();
  at.response = await probe(`${at.server}/api/v1/hello`, {});
  at.away = (before + Date.now()) / 2;
  at.reached = Boolean(at.response ?? (await probe(`${at.server}/`, UNREAD)));
  if (at.reached) return ['pass', getMessage('reachableYes', at.url.host)];
  return ['fail', navigator.onLine ? getMessage('reachableNo', at.url.host) : getMessage('reachableOffline')];
};

/** @param {Case} at @returns {Said} */
const scheme = (at) => {
  if (isShut(at)) return ['fail', getMessage('schemeShut')];
  return ['pass', at.url?.protocol === 'https:' ? getMessage('schemeHttps') : getMessage('schemeHere')];
};

/**
 * What the browser can tell: a good answer proves the certificate; of a bad one it says nothing.
 * @param {Case} at
 * @returns {Promise<Said>}
 */
const certificate = async (at) => {
  if (at.url?.protocol !== 'https:') return ['skip', getMessage('certificateNone')];
  if (at.reached) return ['pass', getMessage('certificateGood')];
  const plain = isLoopback(at.url) && (await probe(at.server.replace('https:', 'http:'), UNREAD));
  return plain ? ['fail', getMessage('certificatePlain')] : ['warn', getMessage('certificateUnknown')];
};

/** @param {Case} at @returns {Promise<Said>} */
const amends = async (at) => {
  if (!at.reached) return ['skip', getMessage('notAsked')];
  if (!at.response) return ['fail', getMessage('amendsUnreadable')];
  const kind = at.response.headers.get('Content-Type')?.split(';')[0] ?? '';
  const data = /json$/.test(kind) ? await at.response.json().catch(() => undefined) : undefined;
  if (at.response.ok && data?.name === 'Amends') {
    at.hello = data;
    return data.setUp === false ? ['warn', getMessage('amendsNotSetUp')] : ['pass', getMessage('amendsYes')];
  }
  if (at.response.type === 'opaqueredirect') return ['fail', getMessage('amendsRedirect')];
  if (String(data?.type).startsWith('urn:amends:'))
    return at.response.status === 404
      ? ['warn', getMessage('amendsOld')]
      : ['fail', String(data.detail ?? data.title).slice(0, 300)];
  return ['fail', getMessage('amendsOther', String(at.response.status), kind || '–')];
};

/** @param {Case} at @returns {Said} */
const clock = (at) => {
  const theirs = Date.parse(at.hello?.now);
  if (Number.isNaN(theirs)) return ['skip', getMessage('notAsked')];
  const ahead = Number(at.away) - theirs;
  const minutes = String(Math.round(Math.abs(ahead) / 60_000));
  if (Math.abs(ahead) <= CLOCK) return ['pass', getMessage('clockSame', String(Math.round(Math.abs(ahead) / 1_000)))];
  return ['warn', ahead > 0 ? getMessage('clockAhead', minutes) : getMessage('clockBehind', minutes)];
};

/** @param {Case} at @returns {Promise<Said>} */
const token = async (at) => {
  if (!at.reached) return ['skip', getMessage('notAsked')];
  if (!at.token) return ['warn', getMessage('tokenNone')];
  const answer = await ask(at, 'GET', '/summary', { valid: (data) => Number.isInteger(data?.overdue) });
  if (answer.kind === 'done') return ['pass', getMessage('tokenGood')];
  return answer.kind === 'token'
    ? ['fail', `${answer.sentence} ${getMessage('tokenAgain')}`]
    : ['warn', answer.sentence ?? ''];
};

/** @param {Case} at @returns {Said} */
const version = (at) => {
  const theirs = at.hello?.version;
  if (typeof theirs !== 'string') return ['skip', getMessage('notAsked')];
  const update = whatToUpdate(theirs);
  return update ? ['warn', update] : ['pass', getMessage('versionSame', theirs.slice(0, 20))];
};

/** In the order in which one needs the other. @returns {[string, (at: Case) => Said | Promise<Said>][]} */
const steps = () => [
  [getMessage('checkAddress'), address],
  [getMessage('checkReachable'), reachable],
  [getMessage('checkScheme'), scheme],
  [getMessage('checkCertificate'), certificate],
  [getMessage('checkAmends'), amends],
  [getMessage('checkClock'), clock],
  [getMessage('checkToken'), token],
  [getMessage('checkVersion'), version],
];

/** One finding after the other. @param {{ server: string, token?: string }} to @returns {AsyncGenerator<Finding>} */
export async function* examine({ server, token: secret }) {
  const at = /** @type {Case} */ ({ server, token: secret });
  for (const [label, look] of steps()) {
    const [verdict, text] =
      at.url === undefined && look !== address
        ? /** @type {Said} */ (['skip', getMessage('notAsked')])
        : await look(at);
    yield { label, verdict, text };
  }
}
