// @ts-check
/** Runs a function in the page of a tab, where our content scripts are. */
import { api } from './storage.js';

/**
 * @template T
 * @param {number} tab
 * @param {number} frame
 * @param {(...parts: any[]) => T} work
 * @param {...unknown} parts
 * @returns {Promise<Awaited<T> | undefined>}
 */
export const inPage = async (tab, frame, work, ...parts) =>
  /** @type {any} */ (
    (await api.scripting.executeScript({ target: { tabId: tab, frameIds: [frame] }, func: work, args: parts }))[0]
      ?.result
  );
