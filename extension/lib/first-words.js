// @ts-check
/** The words by which a capture is known in a list: its text, else its title, else its rating. */
import { getMessage } from './storage.js';

const MOST_STARS = 10;

/** "★★☆☆☆ 2 of 5, no text", as the case will be called. @param {{ value: number, max: number }} rating */
const ratingAlone = ({ value, max }) => {
  const [full, all] = [Math.min(Math.max(0, Math.round(value)), Math.round(max)), Math.round(max)];
  const stars = all > 0 && all <= MOST_STARS ? '★'.repeat(full) + '☆'.repeat(all - full) : '';
  const shown = (/** @type {number} */ number) => number.toLocaleString(getMessage('language'));
  return getMessage('ratingAlone', stars, shown(value), shown(max)).trim();
};

/** @param {Pick<Reading, 'text' | 'title' | 'rating'>} capture */
export const firstWords = ({ text, title, rating }) => text ?? title ?? (rating ? ratingAlone(rating) : '');
