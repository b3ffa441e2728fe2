// @ts-check
/** What a tab offers to capture: which of its frames is read, and why one cannot be. */
import { api } from './storage.js';
import { inject } from './sites.js';

/** @typedef {{ selected: boolean, isInFrame: boolean, isFrameShut: boolean, isPdf: boolean }} Glance */

/**
 * What is selected where, before anything is read. Runs in a page, by itself.
 * @returns {Glance}
 */
const glance = () => {
  /** @param {Document | ShadowRoot} root @returns {boolean} */
  const isSelectedIn = (root) => {
    const selection = /** @type {any} */ (root).getSelection?.();
    if (selection && !selection.isCollapsed && selection.toString().trim()) return true;
    return [...root.querySelectorAll('*')].some(({ shadowRoot }) => shadowRoot && isSelectedIn(shadowRoot));
  };
  const focused = document.activeElement;
  const isInFrame = /^i?frame$/i.test(focused?.nodeName ?? '');
  return {
    selected: isSelectedIn(document),
    isInFrame,
    isFrameShut: isInFrame && !(/** @type {HTMLIFrameElement} */ (focused).contentDocument),
    isPdf: document.contentType === 'application/pdf' || Boolean(document.querySelector('body > embed[type*="pdf"]')),
  };
};

/**
 * The frames of a tab that may be read, each with what is selected in it.
 * @param {number} tab
 * @returns {Promise<{ frame: number, seen: Glance }[]>}
 */
const glances = async (tab) => {
  const found = await api.scripting.executeScript({ target: { tabId: tab, allFrames: true }, func: glance });
  return found.flatMap(({ frameId, result }) => (result ? [{ frame: frameId, seen: result }] : []));
};

/**
 * The frame that is meant: of the menu, else of the selection, else the page itself. What was selected in the page
 * before the keyboard went into a frame counts no longer.
 * @param {{ frame: number, seen: Glance }[]} frames
 * @param {number | undefined} menuFrame
 */
const frameMeant = (frames, menuFrame) => {
  if (menuFrame !== undefined) return menuFrame;
  const selected = frames.filter(({ seen }) => seen.selected);
  const inner = selected.find(({ seen }) => !seen.isInFrame);
  return (inner ?? selected[0])?.frame ?? 0;
};

/** @param {Trouble} [trouble] @returns {Offer} */
const nothing = (trouble) => ({ captures: [], adapters: [], chosen: 0, sure: false, order: [], trouble });

/** A capture whose picture stands where nobody can be asked. @param {Capture} capture */
const unpictured = (capture) => ({ ...capture, missing: [...capture.missing, 'screenshot_in_frame'] });

/**
 * Words that only the context menu knows, for its frame or document cannot be read.
 * @param {chrome.contextMenus.OnClickData} menu
 * @param {chrome.tabs.Tab} tab
 * @returns {Offer | undefined}
 */
const wordsOfMenu = ({ selectionText, frameUrl, pageUrl }, tab) => {
  const url = Amends.address(frameUrl) ?? Amends.address(pageUrl) ?? Amends.address(tab.url);
  const words = Amends.clean(selectionText).trim();
  const alone = words && url ? Amends.wordsAlone(words, url, { title: tab.title }) : undefined;
  return alone
    ? {
        captures: [frameUrl ? unpictured(alone) : alone],
        adapters: [{ name: 'generic', version: 1 }],
        chosen: 0,
        sure: true,
        alone: true,
        order: [],
      }
    : undefined;
};

/** Why nothing of a tab may be read. @param {chrome.tabs.Tab} tab @returns {Promise<Trouble>} */
const closedBy = async (tab) => {
  if (!/^file:/.test(tab.url ?? '')) return /\.pdf([?#]|$)/i.test(tab.url ?? '') ? 'pdf' : 'browserPage';
  return (await api.extension.isAllowedFileSchemeAccess()) ? 'file' : 'fileAccess';
};

/** What one frame offers. @param {number} tab @param {number} frame @param {boolean} isMenu */
const read = async (tab, frame, isMenu) => {
  await inject(tab, frame);
  const [answer] = await api.scripting.executeScript({
    target: { tabId: tab, frameIds: [frame] },
    func: (/** @type {boolean} */ is) => Amends.offer?.({ isMenu: is }),
    args: [isMenu],
  });
  return /** @type {Offer | undefined} */ (answer?.result);
};

/**
 * What was read, without captures where none can become a case: it has no address, or one that is too long.
 * @param {Offer} offer
 * @param {string} [url] of the tab
 */
const withAddress = (offer, url = '') => {
  if (!offer.captures.length || offer.captures.some((capture) => Amends.address(capture.url))) return offer;
  return nothing(url.length > Amends.longest.address ? 'longAddress' : 'file');
};

/**
 * What a tab offers; without captures `trouble` says why.
 * @param {chrome.tabs.Tab} tab
 * @param {chrome.contextMenus.OnClickData} [menu] what the context menu was opened on
 * @returns {Promise<Offer>}
 */
export const offerOf = async (tab, menu) => {
  const id = tab.id ?? -1;
  const words = menu && wordsOfMenu(menu, tab);
  try {
    const frames = await glances(id);
    const page = frames.find(({ frame }) => frame === 0)?.seen;
    const frame = frameMeant(frames, menu?.frameId);
    const seen = frames.find((each) => each.frame === frame)?.seen;
    if (page?.isPdf || !seen) return words ?? nothing(page?.isPdf ? 'pdf' : 'frame');
    if (words && !seen.selected) return words;
    const offer = (await read(id, frame, Boolean(menu))) ?? nothing();
    const isSelectionShut = page?.isFrameShut && frame === 0;
    return withAddress(
      { ...offer, ...(frame ? { frame } : {}), ...(isSelectionShut ? { trouble: 'frame' } : {}) },
      tab.url,
    );
  } catch {
    return words ?? nothing(await closedBy(tab)); // a page of the browser itself, of its shop, or a file
  }
};
