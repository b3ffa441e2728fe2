// @ts-check
/** Keeps the list of posts fresh while pages show marks of it: when one has opened, and while one is looked at. */
import { api } from './storage.js';
import { known, refreshPosts } from './posts.js';

const OPENED = 1_500; // milliseconds: a case may have opened the page for a second look
const SOON = 1_000; // milliseconds in which several new cases make one question
const AGAIN = [4_000, 15_000]; // milliseconds after one that was not answered
const STALE = 7_000; // milliseconds after which a list is asked for again, with its tag

const tabs = /** @type {Set<number>} */ (new Set());
let last = 0;
let isPlanned = false;
let isSoon = false;

/** Tells every page that asked that its marks may have changed. */
const tell = () =>
  Promise.all(
    [...tabs].map((tab) =>
      api.tabs.sendMessage(tab, { type: 'marks' }).catch(() => {
        tabs.delete(tab); // closed, or on another page
      }),
    ),
  );

const refresh = async () => {
  last = Date.now();
  const read = await refreshPosts();
  if (read.changed) await tell();
  return read;
};

const pause = (/** @type {number} */ wait) =>
  new Promise((resolve) => {
    setTimeout(resolve, wait);
  });

/** Asks for the lists after a case was made: once for all that are made together, and again where none came. */
export const refreshSoon = async () => {
  if (isSoon) return;
  isSoon = true;
  for (const wait of [SOON, ...AGAIN]) {
    await pause(wait);
    isSoon = false; // a case that is made from here on is in no answer that is on its way
    if (!(await refresh()).failed || isSoon) return;
  }
};

/**
 * Asks for the lists if they are older than that; a page that has just opened waits for its turn.
 * @param {boolean} isOpened
 */
const freshen = (isOpened) => {
  const wait = last + (isOpened ? OPENED : STALE) - Date.now();
  if (wait <= 0) return refresh();
  if (!isOpened || isPlanned) return undefined;
  isPlanned = true;
  return pause(wait).then(() => {
    isPlanned = false;
    return refresh();
  });
};

/**
 * Which of a page's posts are cases, from the list that is here; a newer one is told of when it comes.
 * @param {{ keys?: unknown, opened?: unknown }} message
 * @param {chrome.runtime.MessageSender} sender
 */
export const knownIn = async ({ keys, opened }, { tab }) => {
  if (tab?.id !== undefined) tabs.add(tab.id);
  void freshen(opened === true);
  return known(keys);
};
