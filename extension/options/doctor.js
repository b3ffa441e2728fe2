// @ts-check
/**
 * How are the findings about a connection shown? Line by line as they come, each with a word and a shape, never by
 * colour alone.
 */
import { say } from '../lib/storage.js';
import { link, make } from '../lib/elements.js';
import { examine } from '../lib/doctor.js';

/** @returns {Record<string, [shape: string, word: string]>} */
const verdicts = () => ({
  pass: ['✓', say('verdictPass')],
  warn: ['△', say('verdictWarn')],
  fail: ['✕', say('verdictFail')],
  skip: ['–', say('verdictSkip')],
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
  const told = make('p', { role: 'status', textContent: say('doctorRunning') });
  const list = make('ol', { className: 'findings' });
  delete box.dataset.done;
  box.replaceChildren(told, list);
  let troubles = 0;
  for await (const finding of examine(to)) {
    if (box.firstChild !== told) return; // it was asked again meanwhile
    if (finding.verdict === 'warn' || finding.verdict === 'fail') troubles += 1;
    list.append(row(finding));
  }
  told.textContent = troubles ? say('doctorTrouble', String(troubles)) : say('doctorFine');
  if (troubles) box.append(make('p', { className: 'small' }, say('doctorOpen'), ' ', link(to.server, to.server)));
  box.dataset.done = 'yes';
};
