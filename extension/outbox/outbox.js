// @ts-check
/** Outbox page: each capture that waits or was refused, why, and what can be done about it. */
import '../content/page.js';
import { api, getMessage } from '../lib/storage.js';
import { byId, link, make, moment, openDoctor, sendMessage, translate } from '../lib/dom.js';
import { firstWords } from '../lib/first-words.js';
import { named } from '../lib/pairing-choice.js';
import { entries, onChanged } from '../lib/outbox.js';
import { pairings } from '../lib/pairings.js';
import { confirmInPlace } from '../lib/confirmation.js';
import { drawEditor } from './editor.js';

/** The rows that stand, each with what it was drawn from; one in which a person writes or is asked stays as it is. */
const rows = /** @type {Map<string, { row: HTMLElement, from: string }>} */ (new Map());

/**
 * What is written as a file, so that nothing is lost whatever becomes of the server.
 * @param {unknown} content
 * @param {string} name
 */
const save = (content, name) => {
  const file = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }));
  make('a', { href: file, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(file), 60_000); // the browser fetches it after the click
};

/** @param {Entry} entry */
const author = ({ body, server }) => body.author?.name ?? body.author?.handle ?? new URL(body.url ?? server).hostname;

/** What holds the capture up, in a word. @param {Entry} entry @param {Pairing[]} all */
const stateOf = (entry, all) => {
  if (entry.state === 'failed') return getMessage('queueFailed');
  const to = all.find(({ key }) => key === entry.to);
  if (!to) return getMessage('queueElsewhere', named(entry));
  return to.refused ? getMessage('pairAgainLong', to.server) : getMessage('queueWaiting');
};

/** @param {Entry} entry @param {Pairing[]} all */
const draw = (entry, all) => {
  const [who, box] = [author(entry), make('div', {})];
  const button = (/** @type {string} */ words, /** @type {(event: any) => void} */ onclick) =>
    make('button', { type: 'button', className: 'quiet', textContent: words, ariaLabel: `${words}: ${who}`, onclick });
  const remove = (/** @type {any} */ { currentTarget }) =>
    confirmInPlace(
      box,
      {
        text: getMessage('removeQuestion', who),
        yes: getMessage('remove'),
        no: getMessage('keepIt'),
        after: currentTarget,
      },
      async () => {
        box.replaceChildren();
        await sendMessage({ type: 'drop', id: entry.id });
        await acted();
        byId('told').textContent = getMessage('removed', who);
      },
    );
  const edit = (/** @type {any} */ { currentTarget }) =>
    drawEditor(box, entry, all, { after: currentTarget, told: byId('told'), done: acted });
  const sendable = all.some(({ key, refused }) => key === entry.to && !refused);
  return make(
    'li',
    { className: entry.state === 'failed' ? 'refused' : '' },
    make('p', {}, make('b', { textContent: who }), ' ', make('span', { className: 'faint small' }, moment(entry.made))),
    make('p', {
      className: 'excerpt',
      lang: entry.body.lang ?? '',
      textContent: (firstWords(entry.body) || (entry.body.url ?? '')).slice(0, 300),
    }),
    make('p', { className: 'faint small', textContent: getMessage('queueTo', named(entry)) }),
    make(
      'p',
      { className: entry.state === 'failed' ? 'failed' : '' },
      make('b', { textContent: stateOf(entry, all) }),
      entry.problem ? ` ${entry.problem}` : '',
    ),
    entry.case && make('p', {}, link(entry.case.url, getMessage('queueOnlyPicture', `#${entry.case.number}`))),
    make(
      'p',
      { className: 'row' },
      !entry.case && button(getMessage('edit'), edit),
      sendable &&
        button(getMessage('retry'), async () => {
          await sendMessage({ type: 'retry', id: entry.id });
          await acted();
        }),
      sendable &&
        entry.tries > 0 &&
        entry.problem &&
        button(getMessage('doctorCheck'), () => void openDoctor(entry.server)),
      button(getMessage('download'), () => save(entry.body, `capture-${entry.id}.json`)),
      button(getMessage('remove'), remove),
    ),
    box,
  );
};

/**
 * The row of an entry: the one that stands if nothing has changed, or if a person is at work in it.
 * @param {Entry} entry
 * @param {Pairing[]} all
 */
const rowOf = (entry, all) => {
  const from = JSON.stringify([
    entry.state,
    entry.problem,
    entry.case,
    entry.to,
    all.map(({ key, refused }) => [key, refused]),
  ]);
  const known = rows.get(entry.id);
  if (known && (known.from === from || known.row.querySelector('form, .notice'))) return known.row;
  const row = draw(entry, all);
  rows.set(entry.id, { row, from });
  return row;
};

/** Whoever works with the keyboard stays on the page when what they pressed is gone. */
const keepKeyboard = () => {
  if (document.activeElement === document.body) byId('title').focus();
};
const acted = async () => {
  await show();
  keepKeyboard();
};

/** Brings the list up to date, without taking away what a person is writing or where the keyboard is. */
const show = async () => {
  const [kept, all] = [await entries(), await pairings()];
  const list = byId('entries');
  const inside = list.contains(document.activeElement);
  const wanted = kept.map((entry) => rowOf(entry, all));
  const writing = [...rows.values()]
    .map(({ row }) => row)
    .filter((row) => row.querySelector('form') && !wanted.includes(row));
  const standing = [...wanted, ...writing];
  for (const row of [...list.children]) if (!standing.includes(row)) row.remove();
  standing.forEach((row, at) => {
    if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
  });
  for (const [id, { row }] of rows) if (!standing.includes(row)) rows.delete(id);
  if (inside && !list.contains(document.activeElement)) keepKeyboard();
  const failed = kept.filter(({ state }) => state === 'failed').length;
  const counted = failed
    ? getMessage('queueTitleFailed', String(kept.length), String(failed))
    : getMessage('queueTitle', String(kept.length));
  const words = kept.length ? counted : '';
  if (byId('count').textContent !== words) byId('count').textContent = words;
  byId('empty').hidden = kept.length > 0;
  byId('all').hidden = kept.length === 0;
};

translate();
document.title = `${getMessage('outboxTitle')} · ${getMessage('name')}`;
byId('send').onclick = async () => {
  await sendMessage({ type: 'send' });
  await acted();
};
byId('save').onclick = async () =>
  save(
    (await entries()).map(({ body, ...rest }) => ({ ...rest, capture: body })),
    'amends-outbox.json',
  );
onChanged(() => void show());
api.storage.onChanged.addListener((changes) => {
  if ('pairings' in changes) void show();
});
void show().then(() => {
  document.body.dataset.ready = 'yes';
});
