// @ts-check
/** The posts that may be meant, the one in the middle of the window first, and what is not sure of the one shown. */
import { getMessage } from '../lib/storage.js';
import { byId, make } from '../lib/dom.js';
import { firstWords } from '../lib/first-words.js';
import { troubleWords } from '../lib/trouble.js';

const MOST = 6; // the others are a step away, or in the list of all

/** Says what a person has to know before they send: words without an author, or what could not be read.
 * @param {Offer} offer @param {number} at */
export const drawDoubt = (offer, at) => {
  const isAlone = offer.alone && at === offer.chosen;
  const doubt = isAlone ? getMessage('wordsAlone') : troubleWords(offer.trouble);
  byId('doubt').hidden = !doubt;
  byId('doubt').textContent = doubt ?? '';
};

/**
 * Offers the posts that may be meant; nothing where it is known.
 * @param {Offer} offer
 * @param {(index: number) => void} choose
 */
export const offerCandidates = (offer, choose) => {
  const shown = offer.sure || offer.captures.length < 2 ? [] : offer.order.slice(0, MOST);
  const buttons = shown.map((index) => {
    const { author } = offer.captures[index];
    return make(
      'button',
      { type: 'button', className: 'quiet candidate', value: String(index), onclick: () => choose(index) },
      make('b', { textContent: author?.name ?? author?.handle ?? getMessage('unknownAuthor') }),
      ' ',
      make('span', { className: 'faint', textContent: firstWords(offer.captures[index]).slice(0, 140) }),
    );
  });
  byId('candidate-list').replaceChildren(...buttons.map((button) => make('li', {}, button)));
  byId('candidates').hidden = !buttons.length;
  return {
    /** Marks the one that is shown. @param {number} at */
    mark(at) {
      for (const button of buttons) button.setAttribute('aria-pressed', String(button.value === String(at)));
    },
  };
};
