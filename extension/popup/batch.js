// @ts-check
/** Batch capture: a list of the posts of a page to tick; one case for each, or one for all. */
import { getMessage } from '../lib/storage.js';
import { byId, link, make, sendMessage } from '../lib/dom.js';
import { firstWords } from '../lib/first-words.js';

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
      make('span', { className: 'faint', textContent: firstWords(offer.captures[index]).slice(0, 140) }),
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
 * Hands what is ticked to the worker, which goes on with it when this is closed, and shows what it tells. The first of
 * all that share a case opens it.
 * @param {BatchItem[]} chosen
 * @param {(items: { id: string, pick: BatchItem, sameCaseAs?: string }[]) => Promise<string[]>} send
 * @param {boolean} isTogether
 * @returns {Promise<{ sent: number, kept: number }>}
 */
const sendAll = async (chosen, send, isTogether) => {
  const counts = { sent: 0, kept: 0 };
  const items = chosen.map((pick) => ({ id: /** @type {string} */ (crypto.randomUUID()), pick }));
  const [first] = items;
  const open = new Map(items.map(({ id, pick }) => [id, pick]));
  const channel = new BroadcastChannel('amends-batch');
  const done = new Promise((resolve) => {
    const close = (/** @type {string} */ id) => {
      open.delete(id);
      byId('pick-progress').textContent = getMessage(
        'pickProgress',
        String(items.length - open.size),
        String(items.length),
      );
      if (!open.size) resolve(counts);
    };
    channel.onmessage = ({ data: { id, result, pictureProblem } }) => {
      const pick = items.find((item) => item.id === id)?.pick;
      if (pictureProblem) pick?.told.append(` (${Amends.pictureText(pictureProblem)})`);
      if (!pick || !result) return;
      const isKept = drawResult(pick, result);
      if (['created', 'existing'].includes(result.outcome)) counts.sent += 1;
      else if (isKept) counts.kept += 1;
      close(id);
    };
    for (const { pick } of items) pick.told.textContent = getMessage('saving');
    void send(items.map((item) => (isTogether && item !== first ? { ...item, sameCaseAs: first.id } : item))).then(
      (kept) => {
        for (const [id, pick] of open) {
          if (kept.includes(id)) continue;
          pick.told.textContent = ''; // it stays ticked
          close(id);
        }
      },
    );
  });
  return done;
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
  const chosen = () => picks.filter(({ box }) => box.checked);
  const changed = () => drawCount(chosen(), picks.length);
  const tickAll = (/** @type {boolean} */ isTicked) => () => {
    for (const { row, box } of picks) if (!row.hidden && !box.disabled) box.checked = isTicked;
    changed();
  };
  /** @param {{ id: string, pick: BatchItem, sameCaseAs?: string }[]} items @returns {Promise<string[]>} */
  const send = (items) =>
    sendMessage({
      type: 'batch',
      tab: tab.id,
      frame: offer.frame,
      to: addressee(),
      isPictured: byId('pick-pictures').checked,
      items: items.map(({ id, pick: { index }, sameCaseAs }) => ({
        id,
        index,
        capture: offer.captures[index],
        adapter: offer.adapters[index],
        sameCaseAs,
      })),
    });
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
