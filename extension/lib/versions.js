// @ts-check
/** Comparison of the extension's version with the server's, as its hello answers it. */
import { api, getMessage } from './storage.js';

/** @param {string} written */
const parts = (written) => written.split('.').slice(0, 2).map(Number);

/**
 * What to update where both differ in more than the last number; undefined where they do not.
 * @param {unknown} theirs
 */
export const whatToUpdate = (theirs) => {
  if (typeof theirs !== 'string') return undefined;
  const ours = api.runtime.getManifest().version;
  const apart = parts(ours)[0] - parts(theirs)[0] || parts(ours)[1] - parts(theirs)[1];
  if (!apart) return undefined;
  const both = [ours, theirs.slice(0, 20)];
  return apart < 0 ? getMessage('versionOld', ...both) : getMessage('versionNew', ...both);
};
