// Attaching files: chosen, pasted into a text or dropped on the form; previews, limits, and taking one away again.
import { reveal } from './reveal.js';

const MEGABYTE = 1024 * 1024;
const inUnits = (value, unit) =>
  new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
const size = (bytes) =>
  bytes >= MEGABYTE ? inUnits(bytes / MEGABYTE, 'megabyte') : inUnits(Math.ceil(bytes / 1024), 'kilobyte');
const pickerOf = (element) => element?.closest?.('form')?.querySelector('attach-files');
const isSame = (one, other) =>
  one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

// What was chosen on a page whose form the server refused: the new page gets it back.
const refused = new Map();

class AttachFiles extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input[type=file]');
    this.list = document.createElement('ul');
    this.list.className = 'chosen';
    this.said = document.createElement('p');
    this.said.className = 'field-error';
    this.said.setAttribute('role', 'alert');
    this.append(this.list, this.said);
    this.classList.add('is-scripted');
    this.asked = this.input.form.querySelector('textarea[required]');
    this.onChange = () => this.add([]);
    this.input.addEventListener('change', this.onChange);
    this.files = [];
    const kept = refused.get(this.key);
    refused.delete(this.key);
    if (kept) this.add(kept);
  }

  get key() {
    return `${this.input.form.getAttribute('action')} ${this.input.id}`;
  }

  // A page that is brought up to date loses what was put here by script; what was chosen is still chosen.
  restore() {
    const input = this.querySelector('input[type=file]');
    if (this.list.isConnected && input === this.input) return;
    this.input = input;
    input.addEventListener('change', this.onChange);
    this.append(this.list, this.said);
    this.classList.add('is-scripted');
    refused.delete(this.key);
    this.show();
  }

  // The field holds what was chosen last; what was chosen before is put beside it.
  add(more) {
    const given = [...this.input.files, ...more].filter((file) => !this.files.some((one) => isSame(one, file)));
    this.say(this.problem([...this.files, ...given]));
    if (!this.said.textContent) this.files = [...this.files, ...given];
    this.show();
  }

  problem(files) {
    const { atOnce, fileBytes, sentBytes, tooMany, tooLarge, tooMuch } = this.dataset;
    const large = files.find((file) => file.size > Number(fileBytes));
    if (large) return tooLarge.replace('{name}', large.name);
    if (files.length > Number(atOnce)) return tooMany;
    return files.reduce((sum, file) => sum + file.size, 0) > Number(sentBytes) ? tooMuch : '';
  }

  say(words) {
    this.said.textContent = words;
  }

  show() {
    const held = new DataTransfer();
    for (const file of this.files) held.items.add(file);
    this.input.files = held.files;
    if (this.asked) this.asked.required = !this.files.length;
    for (const picture of this.list.querySelectorAll('img')) URL.revokeObjectURL(picture.src);
    this.list.replaceChildren(...this.files.map((file) => this.line(file)));
  }

  line(file) {
    const [line, name, button] = ['li', 'span', 'button'].map((tag) => document.createElement(tag));
    if (/^image\/(png|jpeg|webp)$/.test(file.type)) {
      const picture = document.createElement('img');
      picture.src = URL.createObjectURL(file);
      picture.alt = '';
      line.append(picture);
    }
    name.textContent = `${file.name} · ${size(file.size)}`;
    name.dir = 'auto';
    button.type = 'button';
    button.className = 'plain';
    button.textContent = this.dataset.remove;
    button.setAttribute('aria-label', `${this.dataset.remove}: ${file.name}`);
    button.addEventListener('click', () => {
      this.files = this.files.filter((one) => one !== file);
      this.say('');
      this.show();
      this.input.focus();
    });
    line.append(name, button);
    return line;
  }
}

customElements.define('attach-files', AttachFiles);

document.addEventListener('paste', (event) => {
  const { files: pasted = [], types = [] } = event.clipboardData ?? {};
  const files = types.includes('text/plain') ? [] : [...pasted]; // a cell of a sheet is text, and a picture of it
  const picker = files.length && pickerOf(event.target);
  if (!picker) return;
  event.preventDefault();
  picker.add(files);
});

// The form under the pointer; else the one that is open in the composer; else a note.
function pickerAt(element) {
  const places = [element.closest?.('form'), document.getElementById('composer')];
  const pickers = places.flatMap((place) => [...(place?.querySelectorAll('attach-files') ?? [])]);
  return pickers.find((one) => one.checkVisibility()) ?? document.getElementById('note-files')?.parentElement;
}

function mark(picker) {
  for (const marked of document.querySelectorAll('.is-dropping')) marked.classList.remove('is-dropping');
  picker?.classList.add('is-dropping');
}

// Beside a form the browser would leave the page for the file.
for (const name of ['dragover', 'drop']) {
  document.addEventListener(name, (event) => {
    const { dataTransfer, target } = event;
    const picker = dataTransfer?.types.includes('Files') && !target.matches?.('input[type=file]') && pickerAt(target);
    if (!picker) return;
    event.preventDefault();
    mark(name === 'dragover' ? picker : null);
    if (name === 'dragover') return;
    reveal(picker.input);
    picker.add([...dataTransfer.files]);
  });
}
document.addEventListener('dragleave', (event) => event.relatedTarget || mark(null));

document.addEventListener('htmx:before:swap', ({ detail }) => {
  refused.clear();
  const sent = detail?.ctx?.request?.form?.querySelector?.('attach-files');
  const isAccepted = (detail?.ctx?.response?.status ?? 200) < 400;
  for (const picker of document.querySelectorAll('attach-files')) {
    if (picker === sent && isAccepted) picker.files = [];
    if (picker.files.length) refused.set(picker.key, picker.files);
  }
});
document.addEventListener('htmx:after:swap', () => {
  for (const picker of document.querySelectorAll('attach-files')) picker.restore();
});
