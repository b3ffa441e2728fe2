// @ts-check
/** Which posts are cases already? The server's list, kept here, so that nothing that is browsed is ever sent. */
import '../content/page.js';
import '../content/marks.js';
import { keep, pairing, recall } from './storage.js';
import { ask } from './api.js';

const MOST_POSTS = 5_000;
const MOST_KEYS = 500; // in one question of a page
const SOON = 1_000; // milliseconds in which several new cases make one request

/** Keys of the list that was read last, each with its post. @type {{ list: unknown, byKey: Map<string, Known> }} */
let index = { list: undefined, byKey: new Map() };
let planned = false;

/** @param {unknown} value */
const word = (value) => (typeof value === 'string' && /^[a-z_]{1,40}$/.test(value) ? value : null);
/** @param {unknown} value */
const whole = (value) => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : 0);

/** A post of the list with what we show of it and nothing else, or undefined. @param {any} post @returns {(Known & { keys: string[] }) | undefined} */
const checkedPost = (post) => {
  const url = Amends.address(post?.url);
  const keys = Array.isArray(post?.keys) ? post.keys.filter((/** @type {unknown} */ key) => typeof key === 'string' && key.length <= 2_048).slice(0, 5) : [];
  const stage = word(post?.stage);
  const openedAt = Amends.time(post?.openedAt);
  if (!url || !keys.length || !stage || !openedAt || !Number.isSafeInteger(post.number)) return undefined;
  return { keys, number: post.number, url, stage, owner: Amends.line(post.owner, 100) ?? null, mine: post.mine === true, openedAt,
    publicReplies: whole(post.publicReplies), budget: whole(post.budget), next: word(post.next), revisit: post.revisit === true, prepared: post.prepared === true };
};

/** Whose list it is. @param {Pairing} to */
const holder = (to) => `${to.server} ${to.email ?? to.member}`;

/** Asks the server for the list, if it has changed. An error changes nothing. */
export const refreshPosts = async () => {
  const to = await pairing();
  if (!to || to.refused) return;
  const held = await recall('posts');
  const tag = held?.of === holder(to) ? held.tag : undefined;
  const answer = await ask(to, 'GET', '/posts', { tag, valid: (data) => Array.isArray(data?.posts) });
  if (answer.kind !== 'done' || answer.same) return;
  const posts = answer.data.posts.slice(0, MOST_POSTS).map(checkedPost).filter((/** @type {unknown} */ post) => post !== undefined);
  await keep({ posts: { of: holder(to), tag: answer.tag, posts } });
  index = { list: undefined, byKey: new Map() };
};

/** The same after a case was made: once for all that are made together. */
export const refreshPostsSoon = () => {
  if (planned) return;
  planned = true;
  setTimeout(() => { planned = false; void refreshPosts(); }, SOON);
};

/** @returns {Promise<Map<string, Known>>} */
const byKey = async () => {
  const to = await pairing();
  const mine = to && holder(to);
  if (index.list === mine && mine) return index.byKey;
  const held = await recall('posts');
  if (!mine || held?.of !== mine) return new Map();
  const pairs = held.posts.toReversed().flatMap((/** @type {any} */ { keys, ...post }) => keys.map((/** @type {string} */ key) => [key, post])); // the newest is the last word
  index = { list: mine, byKey: new Map(pairs) };
  return index.byKey;
};

/** Those of `keys` that are cases, each with its case: all that a page is told. @param {unknown} keys @returns {Promise<Record<string, Known>>} */
export const known = async (keys) => {
  if (!Array.isArray(keys) || keys.length > MOST_KEYS || keys.some((key) => typeof key !== 'string' || key.length > 2_048)) return {};
  const posts = await byKey();
  return Object.fromEntries(keys.flatMap((key) => { const post = posts.get(key); return post ? [[key, post]] : []; }));
};

/** A second look that the team did ask for, or undefined. @param {any} capture @param {any} value */
export const askedAgain = async (capture, value) => {
  const posts = Object.values(await known(Amends.keysOf?.(capture)));
  const isAsked = posts.some((post) => post.number === value?.caseNumber && post.revisit);
  return isAsked ? { caseNumber: value.caseNumber, gone: value.gone === true } : undefined;
};

/** What a page offers, with the case of each post, and the case whose post ought to stand there but does not.
 * @param {Offer | undefined} offer @param {string | undefined} url @returns {Promise<Offer | undefined>} */
export const withKnown = async (offer, url) => {
  if (!offer) return undefined;
  const keys = offer.captures.map((capture) => Amends.keysOf?.(capture) ?? []);
  const page = Amends.folded(url) ?? '';
  const found = await known([page, ...keys.flat()]);
  const cases = keys.map((names) => names.map((key) => found[key]).find(Boolean));
  const here = found[page];
  const isGone = offer.platform && here?.revisit && !cases.some((post, at) => post?.number === here.number && offer.adapters[at].name !== 'generic');
  return { ...offer, known: cases, gone: isGone ? here : undefined };
};
