// @ts-check
/** Known case of the post in the popup: its label, a requested second look, a post that is gone. */
import { getMessage } from '../lib/storage.js';
import { byId, link, make, sendMessage } from '../lib/dom.js';

/** The case of the post that is shown, and a button that says what it does. @param {Known | null | undefined} post */
export const drawKnown = (post) => {
  byId('known').hidden = !post;
  byId('send-words').textContent = post?.revisit ? getMessage('sendLook') : getMessage('create');
  if (post)
    byId('known').replaceChildren(
      getMessage('existing', '').trim(),
      ' ',
      link(post.url, Amends.caseLabel?.(post) ?? `#${post.number}`),
      post.revisit ? make('b', { textContent: ` · ${getMessage('lookAgain')}` }) : '',
    );
};

/** The capture of a post that is not there any more. @param {string} platform @param {string} url */
const nothing = (platform, url) => ({ platform, kind: 'post', url, missing: ['author', 'text', 'postedAt'] });

/**
 * Offers to say that the post is gone.
 * @param {Offer} offer
 * @param {chrome.tabs.Tab} tab
 * @param {(result: Result) => void} drawResult
 */
export const offerGone = (offer, tab, drawResult) => {
  const post = offer.gone;
  if (!post || !tab.url) return;
  byId('gone-words').replaceChildren(
    getMessage('goneWords'),
    ' ',
    link(post.url, Amends.caseLabel?.(post) ?? `#${post.number}`),
  );
  byId('gone').hidden = false;
  byId('gone-now').onclick = async () => {
    byId('gone-now').disabled = true;
    const revisit = { caseNumber: post.number, gone: true };
    const result = /** @type {Result} */ (
      await sendMessage({
        type: 'create',
        tab: tab.id,
        capture: nothing(offer.platform ?? 'web', tab.url ?? ''),
        picture: null,
        revisit,
      })
    );
    byId('gone').hidden = ['created', 'existing', 'queued'].includes(result.outcome);
    byId('gone-now').disabled = false;
    drawResult(result);
  };
};
