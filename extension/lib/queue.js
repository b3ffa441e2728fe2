// @ts-check
/** What does a person see of the outbox? Each capture that waits or failed, why, and what can be done about it. */
import { entries } from './outbox.js';
import { pairing, say } from './storage.js';
import { link, make, moment, tell } from './elements.js';

/** The capture as a file, so that nothing is lost whatever becomes of the server. @param {Entry} entry */
const download = (entry) => {
  const file = URL.createObjectURL(new Blob([JSON.stringify(entry.body, null, 2)], { type: 'application/json' }));
  make('a', { href: file, download: `capture-${entry.id}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(file), 60_000); // the browser fetches it after the click
};

/** @param {Entry} entry @param {string | undefined} server @param {() => void} redraw */
const row = (entry, server, redraw) => {
  const failed = entry.state === 'failed';
  const elsewhere = entry.server !== server;
  const who = entry.body.author?.name ?? entry.body.author?.handle ?? new URL(entry.body.url ?? entry.server).hostname;
  const words = (entry.body.text ?? entry.body.title ?? '').slice(0, 90);
  const state = elsewhere ? say('queueElsewhere', entry.server) : failed ? say('queueFailed') : say('queueWaiting');
  const act = (/** @type {string} */ type) => async () => { await tell({ type, id: entry.id }); redraw(); };
  const button = (/** @type {string} */ name, /** @type {() => void} */ onclick) =>
    make('button', { type: 'button', className: 'quiet', textContent: say(name), ariaLabel: `${say(name)}: ${who}`, onclick });
  return make('li', {},
    make('p', { className: 'who' }, make('b', { textContent: who }), ' ', make('span', { className: 'faint' }, moment(entry.made))),
    words && make('p', { className: 'excerpt', textContent: words, lang: entry.body.lang ?? '' }),
    make('p', { className: failed ? 'state failed' : 'state' }, make('b', { textContent: state }), entry.problem ? ` ${entry.problem}` : ''),
    entry.case && make('p', {}, link(entry.case.url, say('queueOnlyPicture', `#${entry.case.number}`))),
    make('p', { className: 'row' }, !elsewhere && button('retry', act('retry')), button('download', () => download(entry)), button('remove', act('drop'))));
};

/** Draws the queue into `box`, which is hidden while there is nothing to show. @param {HTMLElement} box */
export const drawQueue = async (box) => {
  const [waiting, to] = [await entries(), await pairing()];
  const redraw = () => void drawQueue(box);
  box.hidden = waiting.length === 0;
  const failed = waiting.filter((entry) => entry.state === 'failed').length;
  const open = box.querySelector('details')?.open ?? failed > 0;
  const title = failed ? say('queueTitleFailed', String(waiting.length), String(failed)) : say('queueTitle', String(waiting.length));
  box.replaceChildren(make('details', { open },
    make('summary', { textContent: title }),
    make('ul', {}, ...waiting.slice(0, 50).map((entry) => row(entry, to?.server, redraw))),
    waiting.length > failed && make('button', { type: 'button', className: 'quiet', textContent: say('sendNow'), onclick: async () => { await tell({ type: 'send' }); redraw(); } })));
};
