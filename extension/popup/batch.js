// @ts-check
/** Batch capture: a list of the posts of a page to tick; one case for each, or one for all. */
import { getMessage } from '../lib/storage.js';
import { byId, link, make, sendMessage } from '../lib/dom.js';

const PACE = 550; // milliseconds between two pictures: the browser allows two in a second
/**
 * @typedef {{ index: number, row: HTMLLIElement, box: HTMLInputElement, told: HTMLElement, words: string }} BatchItem
 */

/** @param {string} words */
const folded = (words) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** @param {Offer} offer @param {number} index @returns {BatchItem} */
const pickOf = (offer, index) => {
  const { author, text, title } = offer.captures[index];
  const known = offer.known?.[index];
  const who = author?.name ?? author?.handle ?? getMessage('unknownAuthor');
  const box = make('input', { type: 'checkbox', id: `pick-${index}`, value: String(index) });
  const told = make('span', { className: 'told' }, known && link(known.url, `#${known.number}`));
  const row = make(
    'li',
    {},
    box,
    make(
      'label',
      { htmlFor: box.id },
      make('b', { textContent: who }),
      ' ',
      make('span', { className: 'faint', textContent: (text ?? title ?? '').slice(0, 140) }),
    ),
    told,
  );
  return { index, row, box, told, words: folded([who, author?.handle, title, text?.slice(0, 5_000)].join(' ')) };
};

/** The list answers to shift, and to the arrows. @param {BatchItem[]} picks @param {() => void} changed */
const listen = (picks, changed) => {
  let last = -1;
  const shown = () => picks.filter(({ row, box }) => !row.hidden && !box.disabled);
  for (const pick of picks) {
    pick.box.onclick = (event) => {
      const all = shown();
      const [from, to] = [all.findIndex(({ index }) => index === last), all.indexOf(pick)];
      if (event.shiftKey && from >= 0)
        for (const between of all.slice(Math.min(from, to), Math.max(from, to) + 1))
          between.box.checked = pick.box.checked;
      last = pick.index;
      changed();
    };
    pick.box.onkeydown = (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
      const next = step ? shown()[shown().indexOf(pick) + step] : undefined;
      if (event.key === 'Enter') {
        event.preventDefault();
        pick.box.click();
      } // never sends a list that is still being ticked
      if (!next) return;
      event.preventDefault();
      if (event.shiftKey) next.box.checked = pick.box.checked;
      next.box.focus();
      changed();
    };
  }
};

/** @param {BatchItem} pick @param {Result} result */
const drawResult = (pick, result) => {
  const { short, note, link: href } = Amends.resultText(result);
  pick.told.className = href ? 'told' : 'told trouble';
  pick.told.replaceChildren(href ? link(href, short) : short, note ? ` (${note})` : '');
  const isKept = Boolean(href) || ['queued', 'blocked', 'refused', 'failed'].includes(result.outcome);
  pick.box.checked = !isKept;
  pick.box.disabled = isKept;
  return isKept;
};

/**
 * Sends what is ticked, one after the other. The first of all that share a case opens it.
 * @param {BatchItem[]} chosen
 * @param {(pick: BatchItem, extra: Record<string, unknown>) => Promise<Result>} send
 * @param {boolean} isTogether
 */
const sendAll = async (chosen, send, isTogether) => {
  const first = crypto.randomUUID();
  let isOpen = false;
  const counts = { sent: 0, kept: 0 };
  for (const [at, pick] of chosen.entries()) {
    byId('pick-progress').textContent = getMessage('pickProgress', String(at + 1), String(chosen.length));
    pick.told.textContent = getMessage('saving');
    const result = await send(pick, !isTogether ? {} : isOpen ? { sameCaseAs: first } : { id: first });
    const isKept = drawResult(pick, result);
    if (['created', 'existing'].includes(result.outcome)) counts.sent += 1;
    else if (isKept) counts.kept += 1;
    // the others would not do better
    if (
      ['unpaired', 'full', 'notKept'].includes(result.outcome) ||
      (isTogether && !isOpen && result.outcome === 'failed')
    )
      break;
    isOpen ||= isKept;
  }
  return counts;
};

/** How many are ticked, and what can be done with them. @param {BatchItem[]} chosen @param {number} all */
const drawCount = (chosen, all) => {
  const hidden = chosen.filter(({ row }) => row.hidden).length;
  byId('picked').textContent =
    getMessage('picked', String(chosen.length), String(all)) +
    (hidden ? ` ${getMessage('pickedHidden', String(hidden))}` : '');
  byId('each').disabled = chosen.length === 0;
  byId('together').disabled = chosen.length < 2;
};

/**
 * @param {Offer} offer
 * @param {chrome.tabs.Tab} tab
 * @param {{ addressee: () => string | undefined, back: () => void, done: () => void }} then
 */
export const startBatch = (offer, tab, { addressee, back, done }) => {
  const picks = offer.captures.map((_, index) => pickOf(offer, index));
  let lastPicture = Date.now(); // the popup's own
  const chosen = () => picks.filter(({ box }) => box.checked);
  const changed = () => drawCount(chosen(), picks.length);
  const tickAll = (/** @type {boolean} */ isTicked) => () => {
    for (const { row, box } of picks) if (!row.hidden && !box.disabled) box.checked = isTicked;
    changed();
  };
  /** @param {BatchItem} pick @param {Record<string, unknown>} extra @returns {Promise<Result>} */
  const send = async ({ index }, extra) => {
    let place;
    if (byId('pick-pictures').checked) {
      await new Promise((resolve) => {
        setTimeout(resolve, Math.max(0, lastPicture + PACE - Date.now()));
      });
      place = await sendMessage({ type: 'show', tab: tab.id, frame: offer.frame, index });
    }
    const result = await sendMessage({
      type: 'create',
      tab: tab.id,
      frame: offer.frame,
      capture: offer.captures[index],
      adapter: offer.adapters[index],
      place,
      to: addressee(),
      ...extra,
    });
    lastPicture = Date.now();
    return result;
  };
  const start = (/** @type {boolean} */ isTogether) => async () => {
    byId('pick-controls').disabled = true;
    const { sent, kept } = await sendAll(chosen(), send, isTogether);
    byId('pick-controls').disabled = false;
    byId('pick-progress').textContent =
      getMessage('pickDone', String(sent)) + (kept ? ` ${getMessage('pickKept', String(kept))}` : '');
    changed();
    byId('pick-back').focus();
    done();
  };
  byId('pick-list').replaceChildren(...picks.map(({ row }) => row));
  listen(picks, changed);
  byId('pick-filter').oninput = () => {
    const wanted = folded(byId('pick-filter').value).split(/\s+/).filter(Boolean);
    for (const { row, words } of picks) row.hidden = !wanted.every((word) => words.includes(word));
    changed();
  };
  byId('pick-all').onclick = tickAll(true);
  byId('pick-none').onclick = tickAll(false);
  byId('each').onclick = start(false);
  byId('together').onclick = start(true);
  byId('pick-back').onclick = back;
  changed();
  byId('pick-filter').focus();
};
