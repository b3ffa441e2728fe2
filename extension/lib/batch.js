// @ts-check
/** Captures of many posts: all kept in the outbox before anything else, then sent, then pictured one by one. */
import { api } from './storage.js';
import { draw } from './badge.js';
import { attachPicture, keep, pictureOf } from './create.js';
import { flush, outcome, retryNow } from './sending.js';
import { rememberMade } from './take-back.js';

/** The popup listens while it is open; nothing waits for it. */
const channel = new BroadcastChannel('amends-batch');

/** @param {string} id @param {{ result?: Result, pictureProblem?: string }} said */
const report = (id, said) => channel.postMessage({ id, ...said });

/** What was made can be taken back for a while. @param {Entry} entry @param {Result} result */
const settled = async (entry, result) => {
  if (result.outcome === 'created') {
    await rememberMade(entry);
    result.capture = entry.id;
  }
  report(entry.id, { result });
};

/** @typedef {{ entry: Entry, to: Pairing, index: number }} KeptItem */

/** @param {KeptItem[]} items @param {chrome.tabs.Tab} tab @param {number} frame */
const picture = async (items, tab, frame) => {
  for (const [at, { entry, index }] of items.entries()) {
    await api.action.setBadgeText({ text: String(items.length - at) }); // so many are to come
    const taking = pictureOf(tab, index, frame).catch(() => ({ problem: 'gone' })); // the page was left
    const { problem } = await attachPicture(entry.id, taking);
    if (problem) report(entry.id, { pictureProblem: problem });
    void flush();
  }
  await draw();
};

/**
 * Keeps captures of one tab, and goes on with them by itself, whatever becomes of the page that asked.
 * @param {{ items: { id: string, index: number, body: any }[], tab: chrome.tabs.Tab, frame: number, key?: string,
 *   isPictured: boolean }} batch
 * @returns {Promise<string[]>} the ids of those that are kept
 */
export const createMany = async ({ items, tab, frame, key, isPictured }) => {
  const kept = /** @type {KeptItem[]} */ ([]);
  for (const { id, index, body } of items) {
    const { entry, to, result } = await keep({ body, tab, id, key, isPictured });
    if (entry && to) kept.push({ entry, to, index });
    else if (result) report(id, { result });
    if (result) break; // the others would not do better
  }
  for (const { entry, to } of kept) {
    if (to.refused) report(entry.id, { result: { outcome: 'refused', sentence: to.refused } });
    else void outcome(entry).then((result) => settled(entry, result));
  }
  if (kept.length) void retryNow(kept[0].to.key).then(draw);
  if (isPictured) void picture(kept, tab, frame);
  return kept.map(({ entry }) => entry.id);
};
