// @ts-check
/** Drawing of one capture in the popup: who wrote what, where and when, and what is to be known of the words. */
import { getMessage } from '../lib/storage.js';
import { byId, make, moment } from '../lib/dom.js';
import { firstWords } from '../lib/first-words.js';
import { checkedCapture } from '../lib/validation.js';

/** The name of a language in ours, or nothing. @param {string | undefined} tag */
const languageName = (tag) => {
  try {
    return tag && new Intl.DisplayNames(getMessage('language'), { type: 'language', fallback: 'none' }).of(tag);
  } catch {
    return undefined; // a page may declare what is no language
  }
};

/** @param {Capture} capture */
const translation = ({ lang, translated, translatedTo }) => {
  if (!translated) return '';
  const [before, after] = [languageName(lang), languageName(translatedTo)];
  return before && after ? getMessage('translation', before, after) : getMessage('translationUnknown');
};

/** The instant; or the site's own words, from which the server dates the post as well as they allow.
 * @param {Capture} capture */
const posted = ({ postedAt, postedApprox, timeText, dateText }) => {
  const words = timeText ?? dateText;
  if (!postedAt) return words ? make('q', { textContent: words }) : getMessage('undated');
  return postedApprox ? make('span', {}, `${getMessage('about')} `, moment(postedAt)) : moment(postedAt);
};

/** What is not kept of the post as it was read. @param {Capture} capture */
const lack = (capture) => {
  const { truncated, shortened = [] } = checkedCapture(capture) ?? capture;
  const parts = shortened.map((/** @type {string} */ name) => getMessage(`part_${name}`) || name).join(', ');
  const isDoubted = capture.missing.includes('author_translated');
  return [
    truncated && getMessage('truncated'),
    parts && getMessage('shortened', parts),
    isDoubted && getMessage('nameTranslated'),
  ]
    .filter(Boolean)
    .join(' ');
};

/** @param {Capture} capture */
const headingOver = ({ title, text }) => (title && title !== text ? title : '');

/** @param {Capture} capture */
export const drawCapture = (capture) => {
  const { author } = capture;
  byId('name').textContent = author?.name ?? author?.handle ?? getMessage('unknownAuthor');
  byId('handle').textContent = author?.name && author.handle !== author.name ? (author.handle ?? '') : '';
  const rating = capture.rating && getMessage('rating', String(capture.rating.value), String(capture.rating.max));
  const site = capture.context?.community ?? (capture.url ? new URL(capture.url).hostname.replace(/^www\./, '') : '');
  const facts = [site, posted(capture), rating].filter(Boolean);
  byId('where').replaceChildren(
    ...facts.flatMap((fact, index) => (index ? [' · ', /** @type {any} */ (fact)] : [/** @type {any} */ (fact)])),
  );
  byId('heading').textContent = capture.text ? headingOver(capture) : firstWords(capture);
  byId('text').textContent = capture.text ?? '';
  byId('text').lang = (capture.translated ? capture.translatedTo : capture.lang) ?? '';
  byId('translated').textContent = translation(capture);
  const isWordless = !capture.text && !capture.title && !capture.rating;
  byId('missing').textContent = isWordless ? getMessage('noText') : lack(capture);
};
