// @ts-check
/** Why a page, or a part of it, cannot be read, and what to do then. */
import { getMessage } from './storage.js';

/** @type {Record<Trouble, () => string>} */
const WORDS = {
  browserPage: () => getMessage('troubleBrowserPage'),
  file: () => getMessage('troubleFile'),
  fileAccess: () => getMessage('troubleFileAccess'),
  pdf: () => getMessage('troublePdf'),
  longAddress: () => getMessage('troubleLongAddress', String(Amends.longest.address)),
  frame: () => getMessage('troubleFrame'),
};

/** The sentence for a trouble, or undefined where there is none. @param {Trouble | undefined} trouble */
export const troubleWords = (trouble) => trouble && WORDS[trouble]();
