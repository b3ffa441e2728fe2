// Keyboard shortcuts, declared on what they press: data-keys="g t" on a link, data-keys="n" on a field. Custom key
// bindings are read first.
import { isOn, meant, turn } from './key-bindings.js';
import { reveal } from './reveal.js';

const SEQUENCE_WITHIN = 1200; // milliseconds between g and t

const FIELD = 'input:not([type=hidden]), select, textarea, button, a.button, summary';

let first = '';
let firstAt = 0;

const isTyping = (element) =>
  element.closest?.('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]');
const rows = () => [...document.querySelectorAll('[data-row]')];

export function press(keys) {
  const scope = document.querySelector('dialog[open]') ?? document;
  const target = [...scope.querySelectorAll(`[data-keys="${CSS.escape(keys)}"]`)].find(
    (element) => element.checkVisibility() || element.closest('details:not([open]), [popover], [data-tab]'),
  );
  if (!target) return false;
  reveal(target);
  const inside = [...target.querySelectorAll(FIELD)].find((element) => element.checkVisibility());
  const field = target.matches('section') ? (inside ?? target) : target;
  if (!field.dataset.dialog) field.scrollIntoView({ block: 'nearest' });
  if (field.matches(`${FIELD}, summary, section`)) field.focus();
  if (target.matches('a, button, [type=radio]')) target.click();
  return true;
}

function step(by) {
  const all = rows();
  const next = all[Math.min(Math.max(all.indexOf(document.activeElement) + by, 0), all.length - 1)];
  next?.focus();
  return Boolean(next);
}

function choose() {
  const box = document.activeElement.closest('tr')?.querySelector('.row-choice');
  box?.click();
  return Boolean(box);
}

// By its main button, whose value says what is to be done.
const send = (form) => form?.requestSubmit(form.querySelector('button.primary:not([type=button])'));

function onKey(event) {
  if (event.key === 'Escape' && isTyping(event.target)) return event.target.blur();
  if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
    if (press('Control+k')) event.preventDefault();
    return;
  }
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return send(event.target.form);
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !isOn()) return;
  const keys = meant(first && Date.now() - firstAt < SEQUENCE_WITHIN ? `${first} ${event.key}` : event.key);
  [first, firstAt] = event.key === 'g' ? ['g', Date.now()] : ['', 0];
  const done = { j: () => step(1), k: () => step(-1), x: () => choose() || press('x') }[keys]?.() ?? press(keys);
  if (done) event.preventDefault();
}

// Filled once: what came a second time would replace the box that somebody is about to tick. htmx reads the page a
// moment after it has come, and a key can be quicker: so the dialog is read here, which does nothing the second time.
function open(event, dialog) {
  event.preventDefault();
  dialog.showModal();
  if (dialog.firstElementChild) return dialog.dispatchEvent(new CustomEvent('reopened'));
  window.htmx.process(dialog);
  window.htmx.trigger(dialog, 'opened');
}

document.addEventListener('keydown', onKey);
document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-dialog]');
  if (opener && window.htmx) open(event, document.getElementById(opener.dataset.dialog));
  if (event.target.closest('[data-close]')) event.target.closest('dialog')?.close();
});

customElements.define(
  'shortcut-switch',
  class extends HTMLElement {
    connectedCallback() {
      const box = this.querySelector('input');
      this.hidden = false;
      box.checked = isOn();
      box.addEventListener('change', () => turn(box.checked));
    }
  },
);
