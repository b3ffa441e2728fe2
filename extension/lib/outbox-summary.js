// @ts-check
/** Summary of the outbox for popup and options: counts, first error, link to the outbox page. */
import { counts, entries } from './outbox.js';
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
