// @ts-check
/** Kinds of sites in the options: social networks, reviews, forums, and what has not been sorted yet. */
import { getMessage } from './storage.js';

/** What a platform is for, as the server's table of platforms has it. @type {Record<string, string[]>} */
export const KINDS = {
  social: ['x', 'facebook', 'instagram', 'linkedin', 'tiktok', 'youtube', 'threads', 'bluesky', 'mastodon'],
  reviews: ['trustpilot', 'google', 'tripadvisor', 'amazon', 'appstore', 'play', 'yelp'],
  forums: ['reddit', 'discourse', 'hackernews', 'lemmy', 'stackexchange'],
};

const LABELS = /** @type {Record<string, () => string>} */ ({
  social: () => getMessage('kindSocial'),
  reviews: () => getMessage('kindReviews'),
  forums: () => getMessage('kindForums'),
  other: () => getMessage('kindOther'),
});

/**
 * Platforms by kind, the ones that most people need first in each.
 * @param {import('./sites.js').Platform[]} all
 * @returns {{ label: string, platforms: import('./sites.js').Platform[] }[]}
 */
export const byKind = (all) => {
  const sorted = Object.values(KINDS).flat();
  const rank = (/** @type {string} */ name) => sorted.indexOf(name);
  const kindOf = (/** @type {string} */ name) =>
    Object.keys(KINDS).find((kind) => KINDS[kind].includes(name)) ?? 'other';
  return [...Object.keys(KINDS), 'other']
    .map((kind) => ({
      label: LABELS[kind](),
      platforms: all
        .filter(({ platform }) => kindOf(platform) === kind)
        .sort((a, b) => rank(a.platform) - rank(b.platform)),
    }))
    .filter(({ platforms }) => platforms.length);
};
