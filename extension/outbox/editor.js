// @ts-check
/**
 * What may be changed in a capture before it is sent? Note and severity, its words, and every text that the server
 * refused.
 */
import { say } from '../lib/storage.js';
import { make, tell } from '../lib/elements.js';
import { drawAddressee } from '../lib/addressee.js';

/** The texts offered: name and what it is called. @param {Entry} entry @returns {[string, string][]} */
const textsOf = ({ body, fields = {} }) => {
  const refused = Object.keys(fields).filter(
    (name) => typeof body[name] === 'string' && !['title', 'text', 'note', 'severity'].includes(name),
  );
  const title = body.title !== undefined || 'title' in fields;
  return [
    ...(title ? [/** @type {[string, string]} */ (['title', say('fieldTitle')])] : []),
    ['text', say('fieldText')],
    ['note', say('note')],
    ...refused.map((name) => /** @type {[string, string]} */ ([name, say('fieldNamed', name)])),
  ];
};

/** @param {Entry} entry */
const severity = ({ body }) =>
  make(
    'label',
    {},
    make('span', { textContent: say('severity') }),
    make(
      'select',
      { name: 'severity' },
      make('option', { value: '', textContent: say('severityOpen') }),
      ...['1', '2', '3', '4'].map((level) =>
        make('option', {
          value: `s${level}`,
          textContent: say(`severity${level}Long`),
          selected: body.severity === `s${level}`,
        }),
      ),
    ),
  );

/**
 * Draws the form into `box`; `after` gets the keyboard back when it is closed.
 * @param {HTMLElement} box
 * @param {Entry} entry
 * @param {Pairing[]} all
 * @param {{ after: HTMLElement, told: HTMLElement, done: () => Promise<void> }} page
 */
export const drawEditor = (box, entry, all, { after, told, done }) => {
  const texts = textsOf(entry).map(([name, words]) => {
    const long = name === 'text' || name === 'note';
    const against = entry.fields?.[name];
    const field = make(long ? 'textarea' : 'input', {
      name,
      value: String(entry.body[name] ?? ''),
      ...(long ? { rows: name === 'text' ? 6 : 2 } : { type: 'text' }),
    });
    return make(
      'label',
      {},
      make('span', { textContent: words }),
      field,
      against && make('span', { className: 'failed', textContent: against }),
    );
  });
  const whom = make('div', {});
  const needed = all.length > 1 || !all.some(({ key }) => key === entry.to);
  const addressee = needed && all.length ? drawAddressee(whom, all, entry.to, say('sendTo')) : () => undefined;
  const close = () => {
    box.replaceChildren();
    after.focus();
  };
  const form = make(
    'form',
    {},
    ...texts,
    severity(entry),
    whom,
    make(
      'p',
      { className: 'row' },
      make('button', { textContent: say('saveAndSend') }),
      make('button', { type: 'button', textContent: say('cancel'), onclick: close }),
    ),
  );
  form.onsubmit = async (event) => {
    event.preventDefault();
    const sent = await tell({
      type: 'edit',
      id: entry.id,
      fields: Object.fromEntries(new FormData(form)),
      to: addressee(),
    });
    if (!sent) {
      told.textContent = say('sentMeanwhile');
      return;
    } // the form stays: what was written can be copied
    box.replaceChildren();
    told.textContent = say('edited');
    await done();
  };
  form.onkeydown = (event) => {
    if (event.key === 'Escape') close();
  };
  box.replaceChildren(form);
  form.querySelector('textarea')?.focus();
};
