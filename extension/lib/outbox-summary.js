// @ts-check
/** Summary of the outbox for popup and options: counts, first error, link to the outbox page. */
import { counts, entries, keepsAnything, onChanged } from './outbox.js';
import { pairings } from './pairings.js';
import { api, getMessage } from './storage.js';
import { make, openDoctor } from './dom.js';

export const openOutbox = () => api.tabs.create({ url: api.runtime.getURL('outbox/outbox.html') });

/** Draws it into `box`, which is hidden while there is nothing to show. @param {HTMLElement} box */
export const drawQueue = async (box) => {
  const { all, failed } = await counts();
  const kept = await entries();
  const away = kept.find(({ state, tries, problem }) => state === 'waiting' && tries && problem);
  const refused = failed ? kept.find(({ state }) => state === 'failed') : undefined;
  box.hidden = all === 0;
  box.replaceChildren(
    make(
      'p',
      {},
      make('b', {
        textContent: failed
          ? getMessage('queueTitleFailed', String(all), String(failed))
          : getMessage('queueTitle', String(all)),
      }),
    ),
    (refused && make('p', { className: 'failed', textContent: refused.problem ?? '' })) || '',
    (away && make('p', { className: 'faint', textContent: away.problem ?? '' })) || '',
    make(
      'p',
      { className: 'row' },
      make('button', {
        type: 'button',
        className: 'quiet',
        textContent: getMessage('openOutbox'),
        onclick: () => void openOutbox(),
      }),
      away &&
        make('button', {
          type: 'button',
          className: 'quiet',
          textContent: getMessage('doctorCheck'),
          onclick: () => void openDoctor(away.server),
        }),
    ),
  );
};

/** Says in `box` what stands in the way of every click, before there is one. @param {HTMLElement} box */
const drawTrouble = async (box) => {
  const refused = (await pairings()).filter((pairing) => pairing.refused);
  const words = refused.map((pairing) => `${getMessage('pairAgainLong', pairing.server)} ${pairing.refused}`);
  if (!(await keepsAnything())) words.unshift(getMessage('keepsNothing'));
  box.hidden = !words.length;
  if (box.textContent !== words.join(' ')) box.textContent = words.join(' ');
};

/**
 * Shows what waits and what is in the way, as it is at every moment.
 * @param {HTMLElement} queue
 * @param {HTMLElement} trouble
 */
export const watchOutbox = async (queue, trouble) => {
  onChanged(() => void drawQueue(queue));
  api.storage.onChanged.addListener((changes) => {
    if ('pairings' in changes) void drawTrouble(trouble);
  });
  await Promise.all([drawQueue(queue).catch(() => {}), drawTrouble(trouble)]); // nothing is read where nothing is kept
};
