// @ts-check
/** What a server's answer to a capture says. */
import '../content/page.js';

/** What is told of a capture whose case is known. @param {NonNullable<Entry['case']>} found @returns {Result} */
export const resultOf = ({ number, url, existing, change: words }) => ({
  outcome: existing ? 'existing' : 'created',
  number,
  url,
  change: words,
});

/** What a second look found, in the server's words. @param {any} data @returns {string[] | undefined} */
export const changesOf = ({ change: words }) =>
  Array.isArray(words) ? words.filter((word) => /^[a-z_]{1,20}$/.test(word)).slice(0, 5) : undefined;

/** Cases that may hold the same post, as far as they are ones. @param {any} data @returns {Copy[]} */
export const copiesOf = ({ copies }) =>
  (Array.isArray(copies) ? copies : [])
    .slice(0, 3)
    .map((one) => ({ number: one?.number, url: Amends.address(one?.url) ?? '' }))
    .filter(({ number, url }) => Number.isSafeInteger(number) && url);
