// @ts-check
/** Taking a wrong capture back: case, post and picture are gone; only for what this browser made lately. */
import { ask } from './api.js';
import { drop } from './outbox.js';
import { pairingOf } from './pairings.js';
import { refreshPosts } from './posts.js';
import { getItem, getMessage, setItems } from './storage.js';

const KEPT = 20; // captures that are remembered
const POSSIBLE = 10 * 60_000; // milliseconds, as on the server

/** Remembers which server has a capture that opened a case. @param {{ id: string, to: string }} entry */
export const rememberMade = async ({ id, to }) => {
  const before = (await getItem('made')) ?? [];
  await setItems({ made: [...before, { id, to, at: Date.now() }].slice(-KEPT) });
};

/**
 * Takes one back; what became of it.
 * @param {unknown} id
 * @returns {Promise<Result>}
 */
export const takeBack = async (id) => {
  const made = ((await getItem('made')) ?? []).find((/** @type {{ id: string }} */ one) => one.id === id);
  const to = made && made.at > Date.now() - POSSIBLE ? await pairingOf(made.to) : undefined;
  if (!to) return { outcome: 'failed', sentence: getMessage('tooLateToUndo') };
  const answer = await ask(to, 'DELETE', `/captures/${made.id}`);
  if (answer.kind !== 'done') return { outcome: 'failed', sentence: answer.sentence };
  await drop(made.id); // its picture may still wait
  await refreshPosts();
  return { outcome: 'takenBack' };
};
