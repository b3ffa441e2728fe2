// @ts-check
/** Taking a wrong capture back: case, post and picture are gone; only for what this browser made lately. */
import { ask } from './api.js';
import { drop } from './outbox.js';
import { pairingOf } from './pairings.js';
import { refreshPosts } from './posts.js';
import { getItem, getMessage, setItems } from './storage.js';

const POSSIBLE = 10 * 60_000; // milliseconds, as on the server

/** The captures of the last ten minutes. @returns {Promise<{ id: string, to: string, at: number }[]>} */
const lately = async () =>
  ((await getItem('made')) ?? []).filter((/** @type {{ at: number }} */ { at }) => at > Date.now() - POSSIBLE);

/** Remembers which server has a capture that opened a case. @param {{ id: string, to: string }} entry */
export const rememberMade = ({ id, to }) =>
  navigator.locks.request('amends-made', async () =>
    setItems({ made: [...(await lately()), { id, to, at: Date.now() }] }),
  );

/**
 * Takes one back; what became of it.
 * @param {unknown} id
 * @returns {Promise<Result>}
 */
export const takeBack = async (id) => {
  const made = (await lately()).find((one) => one.id === id);
  if (!made) return { outcome: 'failed', sentence: getMessage('tooLateToUndo') };
  const to = await pairingOf(made.to);
  if (!to) return { outcome: 'failed', sentence: getMessage('unpaired') };
  const answer = await ask(to, 'DELETE', `/captures/${made.id}`);
  if (answer.kind !== 'done') return { outcome: 'failed', sentence: answer.sentence };
  await drop(made.id); // its picture may still wait
  await refreshPosts();
  return { outcome: 'takenBack' };
};
