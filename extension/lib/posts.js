// @ts-check
/** Cache of each server's list of posts that are cases, so that nothing that is browsed is ever sent. */
import '../content/page.js';
import '../content/times.js';
import '../content/known-posts.js';
import { setItems, getItem } from './storage.js';
import { ask } from './api.js';
import { pairings } from './pairings.js';

const MOST_POSTS = 5_000;
const MOST_ACCOUNTS = 50;
const MOST_KEYS = 500; // in one question of a page
const LONGEST_KEY = Amends.longest.id + Amends.longest.key; // an id with its platform

/** A post of a list, and the key of the pairing whose list it is. @typedef {{ to: string, post: Known }} Listed */
/**
 * Keys of the lists that were read last, each with its post.
 * @type {{ of: string, byKey: Map<string, Listed> } | undefined}
 */
let index;
/** Grows with each list that was stored: what was read before is not kept as the newest. */
let edition = 0;

/**
 * What became of a question for a list. @typedef {'changed' | 'same' | 'failed'} Read
 * @type {Map<string, { isBegun: boolean, read: Promise<Read> }>}
 */
const turns = new Map();

/** @param {unknown} value */
const word = (value) => (typeof value === 'string' && /^[a-z_]{1,40}$/.test(value) ? value : null);
/** @param {unknown} value */
const whole = (value) => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : 0);

/**
 * A post of the list with what we show of it and nothing else, or undefined.
 * @param {any} post
 * @returns {(Known & { keys: string[] }) | undefined}
 */
const checkedPost = (post) => {
  const url = Amends.address(post?.url);
  const keys = Array.isArray(post?.keys)
    ? post.keys.filter((/** @type {unknown} */ key) => typeof key === 'string' && key.length <= LONGEST_KEY).slice(0, 5)
    : [];
  const stage = word(post?.stage);
  const openedAt = Amends.time(post?.openedAt);
  if (!url || !keys.length || !stage || !openedAt || !Number.isSafeInteger(post.number)) return undefined;
  return {
    keys,
    number: post.number,
    url,
    stage,
    owner: Amends.line(post.owner, 100) ?? null,
    mine: post.mine === true,
    openedAt,
    publicReplies: whole(post.publicReplies),
    budget: whole(post.budget),
    next: word(post.next),
    reader: Amends.line(post.reader, 100) ?? null,
    readUntil: Amends.time(post.readUntil) ?? null,
    revisit: post.revisit === true,
    prepared: post.prepared === true,
  };
};

/** The team's own accounts, as far as they are ones. @param {any} value @returns {OwnAccount[]} */
const checkedAccounts = (value) =>
  (Array.isArray(value) ? value : []).slice(0, MOST_ACCOUNTS).flatMap(({ platform, handle, url }) => {
    const account = { platform: String(platform), handle: Amends.line(handle, 200), url: Amends.address(url) };
    return account.handle || account.url ? [account] : [];
  });

/** The team's own accounts, of all servers. @returns {Promise<OwnAccount[]>} */
export const ownAccounts = async () => {
  const lists = await Promise.all((await pairings()).map(({ key }) => getItem(`posts:${key}`)));
  return lists.flatMap((list) => list?.own ?? []);
};

/** Asks one server for its list. An error changes nothing. @param {Pairing} to @returns {Promise<Read>} */
const fetchList = async (to) => {
  if (to.refused) return 'same';
  const tag = (await getItem(`posts:${to.key}`))?.tag;
  const answer = await ask(to, 'GET', '/posts', { tag, valid: (data) => Array.isArray(data?.posts) });
  if (answer.kind !== 'done') return 'failed';
  if (answer.same) return 'same';
  const posts = answer.data.posts
    .slice(0, MOST_POSTS)
    .map(checkedPost)
    .filter((/** @type {unknown} */ post) => post !== undefined);
  await setItems({ [`posts:${to.key}`]: { tag: answer.tag, posts, own: checkedAccounts(answer.data.ownAccounts) } });
  edition += 1;
  index = undefined;
  return 'changed';
};

/**
 * The same in turn: an older answer never takes the place of a newer one, and who asks while a question waits for its
 * turn gets the answer to that one.
 * @param {Pairing} to @returns {Promise<Read>}
 */
const refreshOf = (to) => {
  const before = turns.get(to.key);
  if (before && !before.isBegun) return before.read;
  const turn = { isBegun: false, read: before?.read ?? Promise.resolve(/** @type {Read} */ ('same')) };
  turn.read = turn.read.then(() => {
    turn.isBegun = true;
    return fetchList(to).catch((error) => {
      console.error(error); // no room for it: the list stays as it was
      return 'failed';
    });
  });
  turns.set(to.key, turn);
  return turn.read;
};

/** Asks every server for its list; whether one has changed, and whether one did not answer. */
export const refreshPosts = async () => {
  const reads = await Promise.all((await pairings()).map(refreshOf));
  return { changed: reads.includes('changed'), failed: reads.includes('failed') };
};

/** @returns {Promise<Map<string, Listed>>} */
const listedByKey = async () => {
  const keys = (await pairings()).map(({ key }) => key);
  const of = JSON.stringify(keys);
  if (index?.of === of) return index.byKey;
  const read = edition;
  const lists = await Promise.all(keys.map(async (to) => ({ to, posts: (await getItem(`posts:${to}`))?.posts ?? [] })));
  const pairs = lists.toReversed().flatMap(({ to, posts }) =>
    posts
      .toReversed() // the newest of the first pairing is the last word
      .flatMap((/** @type {any} */ { keys: names, ...post }) =>
        names.map((/** @type {string} */ name) => [name, { to, post }]),
      ),
  );
  const byKey = new Map(pairs);
  if (read === edition) index = { of, byKey }; // else a newer list came meanwhile
  return byKey;
};

/**
 * Those of `keys` that are cases, each with its case and its pairing.
 * @param {unknown} keys
 * @returns {Promise<[string, Listed][]>}
 */
export const listed = async (keys) => {
  if (
    !Array.isArray(keys) ||
    keys.length > MOST_KEYS ||
    keys.some((key) => typeof key !== 'string' || key.length > LONGEST_KEY)
  )
    return [];
  const posts = await listedByKey();
  return keys.flatMap((key) => {
    const found = posts.get(key);
    return found ? [/** @type {[string, Listed]} */ ([key, found])] : [];
  });
};
/**
 * The same without the pairing: all that a page is told.
 * @param {unknown} keys
 * @returns {Promise<Record<string, Known>>}
 */
export const known = async (keys) => Object.fromEntries((await listed(keys)).map(([key, { post }]) => [key, post]));

/**
 * A second look that the team did ask for, and for which pairing, or undefined.
 * @param {any} capture
 * @param {any} value
 */
export const askedAgain = async (capture, value) => {
  const found = (await listed(Amends.keysOf?.(capture))).find(
    ([, { post }]) => post.number === value?.caseNumber && post.revisit,
  );
  return found && { to: found[1].to, look: { caseNumber: value.caseNumber, gone: value.gone === true } };
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
  const isGone =
    offer.platform &&
    here?.revisit &&
    !cases.some((post, at) => post?.number === here.number && offer.adapters[at].name !== 'generic');
  return { ...offer, known: cases, gone: isGone ? here : undefined };
};
