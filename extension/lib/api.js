// @ts-check
/** HTTP client of the server's API, and what each answer means for what waits in the outbox. */
import { getMessage } from './storage.js';

const PATIENCE = 20_000; // milliseconds
const AWAY = [408, 425, 429, 502, 503, 504];

/**
 * `done`: acknowledged, and only then may anything be let go. `later`: try again, after `after` milliseconds if given.
 * `away`: the server takes nothing at all now, whatever it is. `token`: the token is no longer good. `refused`: the
 * server will never take this as it is.
 * @typedef {{ kind: 'done' | 'later' | 'token' | 'refused', data?: any, sentence?: string, after?: number,
 *   away?: boolean, tag?: string, same?: boolean }} Answer
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

/** @param {Response} response @param {any} data @returns {Answer} */
const judge = (response, data) => {
  const { status } = response;
  const sentence =
    typeof data?.detail === 'string' ? data.detail : typeof data?.title === 'string' ? data.title : undefined;
  if (status === 401 || status === 403) return { kind: 'token', sentence: sentence ?? getMessage('tokenRefused') };
  if (AWAY.includes(status) || status >= 500) {
    const after = retryAfter(response.headers.get('Retry-After'), Date.now());
    return {
      kind: 'later',
      sentence: sentence ?? getMessage('serverTrouble', String(status)),
      after,
      away: AWAY.includes(status),
    };
  }
  return { kind: 'refused', sentence: sentence ?? getMessage('serverRefused', String(status)), data };
};

/**
 * @param {{ server: string, token?: string }} to
 * @param {string} method
 * @param {string} path
 * @param {{ json?: unknown, blob?: Blob, headers?: Record<string, string | false | undefined>, tag?: string,
 *   valid?: (data: any) => boolean }} [options] `tag`: what we know already, for an answer that is only `same`.
 *   `valid`: an answer that is not one of ours (a proxy's or a hotel's sign-in page) acknowledges nothing.
 * @returns {Promise<Answer>}
 */
export const ask = async ({ server, token }, method, path, { json, blob, headers: more = {}, tag, valid } = {}) => {
  const headers = /** @type {Record<string, string>} */ ({
    Accept: 'application/json',
    ...Object.fromEntries(Object.entries(more).filter(([, value]) => value)),
  });
  if (token) headers.Authorization = `Bearer ${token}`;
  if (json !== undefined) headers['Content-Type'] = 'application/json';
  if (blob) headers['Content-Type'] = blob.type;
  if (tag) headers['If-None-Match'] = tag;
  try {
    const response = await fetch(`${server}/api/v1${path}`, {
      method,
      headers,
      body: json === undefined ? blob : JSON.stringify(json),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (tag && response.status === 304) return { kind: 'done', same: true };
    const data = await response.json().catch(() => undefined);
    if (!response.ok) return judge(response, data);
    if (valid && !valid(data)) return { kind: 'later', sentence: getMessage('otherAnswer', server), away: true };
    return { kind: 'done', data, tag: response.headers.get('ETag') ?? undefined };
  } catch {
    return { kind: 'later', sentence: getMessage('noAnswer', server), away: true };
  }
};

/** @param {any} data */
export const isCase = (data) => Number.isInteger(data?.case?.number) && /^https?:\/\//.test(data?.case?.url);
