// @ts-check
/** List of the findings of a connection check, each with a word and a shape, never by colour alone. */
import { getMessage } from '../lib/storage.js';
import { link, make } from '../lib/dom.js';
import { examine } from '../lib/doctor.js';

/** @returns {Record<string, [shape: string, word: string]>} */
const verdicts = () => ({
  pass: ['✓', getMessage('verdictPass')],
  warn: ['△', getMessage('verdictWarn')],
  fail: ['✕', getMessage('verdictFail')],
  skip: ['–', getMessage('verdictSkip')],
});

/** @param {import('../lib/doctor.js').Finding} finding */
const row = ({ label, verdict, text }) => {
  const [shape, word] = verdicts()[verdict];
  return make(
    'li',
    { className: verdict },
    make('span', { className: 'shape', textContent: shape, ariaHidden: 'true' }),
    make(
      'p',
      {},
      make('b', { textContent: label }),
      ' · ',
      make('span', { className: 'verdict', textContent: word }),
      make('br', {}),
      make('span', { className: 'small', textContent: text }),
    ),
  );
};

/**
 * Examines a server and draws what is found into `box`.
 * @param {HTMLElement} box
 * @param {{ server: string, token?: string }} to
 */
export const drawDoctor = async (box, to) => {
  const told = make('p', { role: 'status', textContent: getMessage('doctorRunning') });
  const list = make('ol', { className: 'findings' });
  delete box.dataset.done;
  box.replaceChildren(told, list);
  let troubles = 0;
  for await (const finding of examine(to)) {
    if (box.firstChild !== told) return; // it was asked again meanwhile
    if (finding.verdict === 'warn' || finding.verdict === 'fail') troubles += 1;
    list.append(row(finding));
  }
  told.textContent = troubles ? getMessage('doctorTrouble', String(troubles)) : getMessage('doctorFine');
  if (troubles)
    box.append(make('p', { className: 'small' }, getMessage('doctorOpen'), ' ', link(to.server, to.server)));
  box.dataset.done = 'yes';
};
