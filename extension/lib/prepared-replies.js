// @ts-check
/** Prepared replies of a case, and marking one as posted; only for posts of the cached list. */
import { pairingOf, pairings } from './pairings.js';
import { getMessage } from './storage.js';
import { ask, isCase } from './api.js';
import { listed, refreshPosts } from './posts.js';

const MOST_REPLIES = 20;
const LONGEST = 20_000;

/** The server and the case of a post, or the sentence that says why not. @param {unknown} keys */
const caseOf = async (keys) => {
  const found = (await listed(keys))[0]?.[1];
  const to = await pairingOf(found?.to);
  if (!to || !found) return { sentence: (await pairings()).length ? getMessage('notListed') : getMessage('unpaired') };
  return to.refused ? { sentence: to.refused } : { to, number: found.post.number };
};

/** @param {any} reply */
const checked = (reply) => ({
  title: Amends.line(reply?.title, 80),
  text: typeof reply?.text === 'string' ? Amends.clean(reply.text, LONGEST).trim() : '',
});

/** The replies that lie prepared on the case of a post. @param {{ keys?: unknown }} message */
export const preparedFor = async ({ keys }) => {
  const { to, number, sentence } = await caseOf(keys);
  if (!to) return { sentence };
  const answer = await ask(to, 'GET', `/cases/${number}/reply`, { valid: (data) => Array.isArray(data?.prepared) });
  if (answer.kind !== 'done') return { sentence: answer.sentence };
  return {
    prepared: answer.data.prepared
      .slice(0, MOST_REPLIES)
      .map(checked)
      .filter((/** @type {{ text: string }} */ reply) => reply.text),
  };
};

/**
 * Writes on the case what an account of ours has answered in public; the server keeps it once.
 * @param {{ keys?: unknown, replyUrl?: unknown, text?: unknown }} message
 */
export const ownReply = async ({ keys, replyUrl, text }) => {
  const { to, number } = await caseOf(keys);
  const address = Amends.address(replyUrl);
  if (!to || !address) return;
  const words = typeof text === 'string' ? Amends.clean(text, LONGEST) : null;
  const json = { replyUrl: address, text: words, seen: true };
  const answer = await ask(to, 'POST', `/cases/${number}/posted`, { json, valid: isCase });
  if (answer.kind === 'done') await refreshPosts();
};

/**
 * Writes on the case that its public reply stands at this address.
 * @param {{ keys?: unknown, replyUrl?: unknown, text?: unknown }} message
 */
export const posted = async ({ keys, replyUrl, text }) => {
  const { to, number, sentence } = await caseOf(keys);
  const address = Amends.address(replyUrl);
  if (!to || !address) return { sentence: sentence ?? getMessage('addressNeeded') };
  const words = typeof text === 'string' ? Amends.clean(text, LONGEST) : null;
  const answer = await ask(to, 'POST', `/cases/${number}/posted`, {
    json: { replyUrl: address, text: words },
    valid: isCase,
  });
  if (answer.kind !== 'done') return { sentence: answer.sentence };
  await refreshPosts();
  return { number };
};
