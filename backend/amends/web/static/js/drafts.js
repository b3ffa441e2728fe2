// Drafts: a copy of what is typed into a form, in sessionStorage until the server has accepted the form. A session that
// is over, a server that is away, a refusal or a reload lose nothing; the copy ends with the tab, or on signing out.
import { reveal } from './reveal.js';

const PREFIX = 'amends.draft:';
const ACCEPTED = 'amends_accepted'; // the cookie with the key of the form that was accepted
const NOT_COPIED =
  '[type=password], [type=hidden], [type=file], [type=submit], [type=button], [autocomplete=one-time-code]';

// FNV-1a, with two bases: the address of a form may hold a token, which is not to be stored.
function digest(text) {
  const bases = [0x811c9dc5, 0x050c5d1f];
  const step = (hash, letter) => Math.imul(hash ^ letter.codePointAt(0), 0x01000193);
  return bases.map((basis) => ([...text].reduce(step, basis) >>> 0).toString(16)).join('');
}

const forms = () => [...document.forms].filter((form) => form.elements.form_key);

const kindOf = (form) => `${(form.getAttribute('action') ?? '').split('?')[0]} ${form.dataset.form ?? ''}`;

function nameOf(form) {
  const kind = kindOf(form);
  const place = forms()
    .filter((other) => kindOf(other) === kind)
    .indexOf(form);
  return `${PREFIX}${digest(`${document.body.dataset.member ?? ''} ${kind} ${place}`)}`;
}

function fieldsOf(form) {
  const fields = new Map();
  for (const field of form.elements) {
    if (!field.name || !field.matches('input, select, textarea') || field.matches(NOT_COPIED)) continue;
    const id = field.matches('[type=checkbox], [type=radio]') ? `${field.name}=${field.value}` : field.name;
    fields.set(id, field);
  }
  return fields;
}

function shownIn(field) {
  return field.matches('[type=checkbox], [type=radio]') ? field.checked : field.value;
}

function printedIn(field) {
  if (field.matches('[type=checkbox], [type=radio]')) return field.defaultChecked;
  if (!field.matches('select')) return field.defaultValue;
  const options = [...field.options];
  return (options.find((option) => option.defaultSelected) ?? options[0])?.value ?? '';
}

function put(field, value) {
  if (typeof value === 'boolean') field.checked = value;
  else field.value = value;
  reveal(field);
}

const read = (name) => JSON.parse(sessionStorage.getItem(name));

function copy(form, isSent) {
  const name = nameOf(form);
  const before = read(name)?.fields ?? {};
  const fields = {};
  for (const [id, field] of fieldsOf(form)) {
    const [value, printed] = [shownIn(field), printedIn(field)];
    if (value !== printed || id in before) fields[id] = [value, before[id]?.[1] ?? printed];
  }
  const isTyped = Object.values(fields).some(([value, printed]) => value !== printed);
  if (isTyped) sessionStorage.setItem(name, JSON.stringify({ key: form.elements.form_key.value, isSent, fields }));
  else sessionStorage.removeItem(name);
}

// Never over what is being typed, nor over what somebody else has saved meanwhile. A form that was sent keeps its key:
// if only the answer was lost, it is not done a second time.
function restore(form) {
  const draft = read(nameOf(form));
  let isRestored = false;
  for (const [id, field] of draft ? fieldsOf(form) : []) {
    const [value, before] = draft.fields[id] ?? [];
    const printed = printedIn(field);
    const isFree = shownIn(field) === printed && (printed === before || printed === '');
    if (value === undefined || value === printed || !isFree) continue;
    put(field, value);
    isRestored = true;
  }
  if (isRestored && draft.isSent) form.elements.form_key.value = draft.key;
  return isRestored;
}

function forget(isOver) {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(PREFIX) && isOver(read(name))) sessionStorage.removeItem(name);
  }
}

function forgetAccepted() {
  const key = new RegExp(`(?:^|; )${ACCEPTED}=([^;]+)`).exec(document.cookie)?.[1];
  if (key) forget((draft) => draft.key === key);
}

function say(restored) {
  const { restored: words, discard } = document.getElementById('notices')?.dataset ?? {};
  if (!words) return;
  const [line, button] = [document.createElement('p'), document.createElement('button')];
  line.className = 'notice';
  button.className = 'small-button';
  button.textContent = discard;
  button.addEventListener('click', () => {
    for (const form of restored) {
      sessionStorage.removeItem(nameOf(form));
      form.reset();
    }
    line.remove();
  });
  line.append(`${words} `, button);
  document.getElementById('notices').append(line);
}

// What was refused stays in view, also where words of another tab were put back.
function showRefusal() {
  const wrong = document.querySelector('[data-tab] :is(.field-error, .form-error):not(:empty)');
  if (wrong) reveal(wrong);
}

function begin() {
  forgetAccepted();
  const restored = forms().filter(restore);
  if (restored.length) say(restored);
  showRefusal();
}

for (const name of ['input', 'change']) {
  document.addEventListener(name, ({ target }) => {
    if (target.form?.elements.form_key) copy(target.form, false);
  });
}
document.addEventListener(
  'submit',
  ({ target }) => {
    if (target.getAttribute('action') === '/sign-out') forget(() => true);
    else if (target.elements.form_key) copy(target, true);
  },
  true,
);
document.addEventListener('htmx:after:swap', () => {
  forgetAccepted();
  if (forms().filter(restore).length) showRefusal();
});
window.addEventListener('pageshow', ({ persisted }) => persisted && begin());
begin();
