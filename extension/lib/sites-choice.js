// @ts-check
/** Kinds of sites in the options: social networks, reviews, forums; each platform has its own from its reader. */
import { getMessage } from './storage.js';

/** Platforms that most teams need stand first in their kind; the others follow by name. */
const FIRST = [
  ...['facebook', 'instagram', 'x', 'linkedin', 'tiktok', 'youtube', 'threads', 'bluesky', 'mastodon'],
  ...['google', 'trustpilot', 'tripadvisor', 'amazon', 'appstore', 'play'],
  ...['reddit', 'stackexchange'],
];

const LABELS = /** @type {Record<Site['siteKind'], () => string>} */ ({
  social: () => getMessage('kindSocial'),
  reviews: () => getMessage('kindReviews'),
  forums: () => getMessage('kindForums'),
});

/** @param {import('./sites.js').Platform} one */
const rank = ({ platform }) => (FIRST.includes(platform) ? FIRST.indexOf(platform) : FIRST.length);

/**
 * Platforms by kind, the ones that most people need first in each.
 * @param {import('./sites.js').Platform[]} all
 * @returns {{ label: string, platforms: import('./sites.js').Platform[] }[]}
 */
export const byKind = (all) =>
  Object.entries(LABELS)
    .map(([kind, label]) => ({
      label: label(),
      platforms: all
        .filter(({ siteKind }) => siteKind === kind)
        .sort((a, b) => rank(a) - rank(b) || a.label.localeCompare(b.label)),
    }))
    .filter(({ platforms }) => platforms.length);
