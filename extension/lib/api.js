// @ts-check
/** HTTP client of the server's API, and what each answer means for what waits in the outbox. */
import { isPrivate } from './addresses.js';
import { getMessage } from './storage.js';

const PATIENCE = 20_000; // milliseconds
const HELLO = '/hello';
const NOT_NOW = [408, 425, 429, 503]; // Amends itself takes nothing from anybody for a while

/**
 * `done`: acknowledged, and only then may anything be let go. `later`: try again, after `after` milliseconds if given.
 * `token`: the token is no longer good. `refused`: the server will never take this as it is. Only what Amends itself
 * has said is `token` or `refused`.
 *
 * `away`: nothing at all gets through now, whatever it is. `front`: something in front of Amends answered in its place.
 * `isTooLarge`: what was sent was, or may have been.
 * @typedef {{ kind: 'done' | 'later' | 'token' | 'refused', data?: any, sentence?: string, after?: number,
 *   away?: boolean, front?: boolean, isTooLarge?: boolean, tag?: string, same?: boolean }} Answer
 */

/**
 * Milliseconds asked for by Retry-After, in seconds or as a date (RFC 9110, 10.2.3).
 * @param {string | null} value
 * @param {number} now
 */
export const retryAfter = (value, now) => {
  if (!value) return undefined;
  const wait = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), 24 * 3_600_000) : undefined;
};

/** Whether it is Amends that answered: it signs its answers, and an older one is known by its problems. */
const isOurs = (/** @type {Response} */ response, /** @type {any} */ data) =>
  response.headers.has('Amends-Version') || String(data?.type).startsWith('urn:amends:');

/**
 * What something in front of Amends means by its answer.
 * @param {number} status
 * @param {string} server
 */
const frontSentence = (status, server) => {
  if (status === 0) return getMessage('frontRedirect');
  if (status < 400) return getMessage('otherAnswer', server);
  if (status === 401 || status === 407) return getMessage('frontSignIn', String(status));
  if (status === 413) return getMessage('frontTooLarge');
  if (status === 429) return getMessage('frontTooMany');
  if (status >= 502 && status <= 504) return getMessage('frontAlone', String(status));
  return getMessage('frontRefused', String(status));
};

/** @param {Response} response @param {string} server @returns {Answer} */
const judgeFront = ({ status, headers }, server) => ({
  kind: 'later',
  front: true,
  sentence: frontSentence(status, server),
  after: retryAfter(headers.get('Retry-After'), Date.now()),
  isTooLarge: status === 413,
});

/** What Amends itself refuses. @param {Response} response @param {any} data @returns {Answer} */
const judge = ({ status, headers }, data) => {
  const said = [data?.detail, data?.title].find((words) => typeof words === 'string');
  const type = String(data?.type);
  if (type.endsWith(':token-is-missing'))
    return { kind: 'later', away: true, front: true, sentence: getMessage('frontStripped') };
  if (status === 401 || type.endsWith(':out-of-scope'))
    return { kind: 'token', sentence: said ?? getMessage('tokenRefused') };
  if (NOT_NOW.includes(status) || status >= 500) {
    const after = retryAfter(headers.get('Retry-After'), Date.now());
    const sentence = said ?? getMessage('serverTrouble', String(status));
    return { kind: 'later', sentence, after, away: NOT_NOW.includes(status) };
  }
  const sentence = said ?? getMessage('serverRefused', String(status));
  return { kind: 'refused', sentence, data, isTooLarge: status === 413 };
};

/** Headers of a request. @param {string | undefined} token @param {Asked} options */
const headersOf = (token, { json, blob, headers = {}, tag }) => ({
  Accept: 'application/json',
  .../** @type {Record<string, string>} */ (Object.fromEntries(Object.entries(headers).filter(([, value]) => value))),
  ...(token && { Authorization: `Bearer ${token}` }),
  ...(json !== undefined && { 'Content-Type': 'application/json' }),
  ...(blob && { 'Content-Type': blob.type }),
  ...(tag && { 'If-None-Match': tag }),
});

/** What every request has in common: no cookie, no cache, no referrer. @returns {RequestInit} */
const bare = () => ({
  cache: 'no-store',
  credentials: 'omit',
  redirect: 'manual',
  referrerPolicy: 'no-referrer',
  signal: AbortSignal.timeout(PATIENCE),
});

/**
 * What it means that a browser gives no answer: it does not say whether nothing answered, or something whose words an
 * extension may not read.
 * @param {string} server
 * @param {unknown} error
 * @returns {Promise<Answer>}
 */
const judgeSilence = async (server, error) => {
  const none = /** @type {Answer} */ ({ kind: 'later', away: true, sentence: getMessage('noAnswer', server) });
  if (!navigator.onLine) return none;
  const hello = await greet(server);
  if (hello.front || hello.after) return { ...hello, away: true };
  if (hello.kind === 'done') {
    if (/** @type {Error} */ (error)?.name === 'TimeoutError')
      return { kind: 'later', sentence: getMessage('tooSlow', server), isTooLarge: true };
    return { kind: 'later', front: true, sentence: getMessage('frontUnread'), isTooLarge: true };
  }
  const isThere = await fetch(`${server}/`, { ...bare(), mode: 'no-cors', redirect: 'follow' }).catch(() => undefined);
  return isThere ? { ...none, front: true, sentence: getMessage('otherAnswer', server) } : none;
};

/**
 * `tag`: what we know already, for an answer that is only `same`. `valid`: an answer that is not one of ours (a proxy's
 * or a hotel's sign-in page) acknowledges nothing.
 * @typedef {{ json?: unknown, blob?: Blob, headers?: Record<string, string | false | undefined>, tag?: string,
 *   valid?: (data: any) => boolean }} Asked
 */

/**
 * @param {{ server: string, token?: string }} to
 * @param {string} method
 * @param {string} path
 * @param {Asked} [options]
 * @returns {Promise<Answer>}
 */
export const ask = async ({ server, token }, method, path, options = {}) => {
  const { json, blob, tag, valid } = options;
  if (!URL.canParse(server) || !isPrivate(new URL(server)))
    return { kind: 'later', away: true, sentence: getMessage('pairNeedsHttps') };
  const body = json === undefined ? blob : JSON.stringify(json);
  try {
    const headers = headersOf(token, options);
    const response = await fetch(`${server}/api/v1${path}`, { ...bare(), method, headers, body });
    if (tag && response.status === 304) return { kind: 'done', same: true };
    const data = await response.json().catch(() => undefined);
    if (response.ok && (!valid || valid(data)))
      return { kind: 'done', data, tag: response.headers.get('ETag') ?? undefined };
    return !response.ok && isOurs(response, data) ? judge(response, data) : judgeFront(response, server);
  } catch (error) {
    if (path === HELLO) return { kind: 'later', away: true, sentence: getMessage('noAnswer', server) };
    return judgeSilence(server, error);
  }
};

/** What anybody may ask. @param {string} server */
const greet = (server) => ask({ server }, 'GET', HELLO, { valid: (data) => data?.name === 'Amends' });
/** Whether Amends itself answers at this moment, whatever became of another request. @param {string} server */
export const answers = async (server) => (await greet(server)).kind === 'done';

/** The version that its hello answers, if it answers. @param {string} server */
export const versionOf = async (server) => (await greet(server)).data?.version;

/** @param {any} data */
export const isCase = (data) => Number.isInteger(data?.case?.number) && /^https?:\/\//.test(data?.case?.url);
