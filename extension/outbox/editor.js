// @ts-check
/** Form to edit a waiting capture: addressee, note, severity, texts, and every field that the server refused. */
import { getMessage } from '../lib/storage.js';
import { limit, make, sendMessage } from '../lib/dom.js';
import { drawAddressee } from '../lib/pairing-choice.js';

/** How long a field may be, by its name. @type {() => Record<string, number>} */
const limits = () => {
  const { title, text, note, address, id } = Amends.longest;
  return { title, text, note, url: address, id };
};

/** The texts offered: name and what it is called. @param {Entry} entry @returns {[string, string][]} */
const textsOf = ({ body, fields = {} }) => {
  const refused = Object.keys(fields).filter(
    (name) => typeof body[name] === 'string' && !['title', 'text', 'note', 'severity'].includes(name),
  );
  const title = body.title !== undefined || 'title' in fields;
  return [
    ...(title ? [/** @type {[string, string]} */ (['title', getMessage('fieldTitle')])] : []),
    ['text', getMessage('fieldText')],
    ['note', getMessage('note')],
    ...refused.map((name) => /** @type {[string, string]} */ ([name, getMessage('fieldNamed', name)])),
  ];
};

/** @param {Entry} entry */
const severity = ({ body }) =>
  make(
    'label',
    {},
    make('span', { textContent: getMessage('severity') }),
    make(
      'select',
      { name: 'severity' },
      make('option', { value: '', textContent: getMessage('severityOpen') }),
      ...['1', '2', '3', '4'].map((level) =>
        make('option', {
          value: `s${level}`,
          textContent: getMessage(`severity${level}Long`),
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
    limit(field, limits()[name]);
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
  const addressee = needed && all.length ? drawAddressee(whom, all, entry.to, getMessage('sendTo')) : () => undefined;
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
      make('button', { textContent: getMessage('saveAndSend') }),
      make('button', { type: 'button', textContent: getMessage('cancel'), onclick: close }),
    ),
  );
  form.onsubmit = async (event) => {
    event.preventDefault();
    const sent = await sendMessage({
      type: 'edit',
      id: entry.id,
      fields: Object.fromEntries(new FormData(form)),
      to: addressee(),
    });
    if (!sent) {
      told.textContent = getMessage('sentMeanwhile');
      return;
    } // the form stays: what was written can be copied
    box.replaceChildren();
    told.textContent = getMessage('edited');
    await done();
  };
  form.onkeydown = (event) => {
    if (event.key === 'Escape') close();
  };
  box.replaceChildren(form);
  form.querySelector('textarea')?.focus();
};
