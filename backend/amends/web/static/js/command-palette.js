// Command palette: the pages that open for the member, what the server finds while one types, and the actions of this
// page by their keys.
import { press } from './shortcuts.js';

const PLACES_AND_WAYS = "[data-keys]:not([data-keys^='g '], [data-keys='Control+k'], [data-keys='?'], [type=radio])";

const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const isOffered = (element) => element.checkVisibility() || element.closest('.chip-menu, [data-tab]');

function nameOf(element) {
  const said = element.labels?.[0]?.textContent ?? element.querySelector('h2')?.textContent ?? element.textContent;
  const titled = element.title.replace(/\s*\([^()]*\)$/, '');
  const name = titled && titled !== element.dataset.keys ? titled : said;
  return name.trim().replace(/\s+/g, ' ');
}

const PAUSE = 150; // milliseconds without a key before the server is asked

function option(name, keys, data, tag = 'kbd') {
  const line = document.createElement('li');
  line.setAttribute('role', 'option');
  Object.assign(line.dataset, data);
  line.append(name);
  if (keys) {
    const key = document.createElement(tag);
    key.textContent = keys;
    line.append(' ', key);
  }
  return line;
}

// A hand is quicker than an answer: what is typed before the list has come, or before it is focused, is not lost.
let typed = '';

document.addEventListener('keydown', (event) => {
  const dialog = document.querySelector('#commands-dialog[open]');
  const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!dialog || event.target.matches('[role=combobox]') || !(isText || event.key === 'Enter')) return;
  event.preventDefault();
  typed += isText ? event.key : '\n';
  dialog.querySelector('command-list')?.take();
});

document.addEventListener(
  'close',
  () => {
    typed = '';
  },
  true,
);

customElements.define(
  'command-list',
  class extends HTMLElement {
    connectedCallback() {
      this.field = this.querySelector('[role=combobox]');
      this.list = this.querySelector('[role=listbox]');
      this.places = [...this.list.children];
      this.closest('dialog').addEventListener('reopened', () => this.begin());
      this.found = [];
      this.field.addEventListener('input', () => {
        this.narrow();
        this.ask();
      });
      this.field.addEventListener('keydown', (event) => this.onKey(event));
      this.querySelector('form').addEventListener('submit', (event) => {
        event.preventDefault();
        this.run(this.chosen());
      });
      this.list.addEventListener('click', (event) => this.run(event.target.closest('[role=option]')));
      this.begin();
    }

    begin() {
      const seen = [...document.querySelectorAll(PLACES_AND_WAYS)].filter(
        (element) => !element.closest('dialog') && isOffered(element) && !element.disabled,
      );
      this.here = seen.map((element) => option(nameOf(element), element.dataset.keys, { press: element.dataset.keys }));
      const ways = new Set(seen.map((element) => element.getAttribute('href')).filter(Boolean));
      this.elsewhere = this.places.filter((place) => !ways.has(place.dataset.href)); // once is enough
      this.field.value = '';
      this.take();
      requestAnimationFrame(() => this.field.focus()); // after what brought it here has settled
    }

    take() {
      const [words, ...ended] = typed.split('\n');
      typed = '';
      this.field.value += words;
      this.narrow();
      this.ask();
      if (ended.length) this.run(this.chosen());
    }

    ask() {
      clearTimeout(this.timer);
      this.found = [];
      this.isMoved = false;
      const words = this.field.value.trim();
      if (words.length > 1) this.timer = setTimeout(() => this.find(words), PAUSE);
    }

    // An answer that comes after other words were typed is left alone; without one the pages are still there.
    async find(words) {
      const answer = await fetch(`/commands/found?words=${encodeURIComponent(words)}`).catch(() => null);
      if (!answer?.ok || answer.redirected || words !== this.field.value.trim()) return;
      this.found = (await answer.json()).map(({ kind, name, href }) => option(name, kind, { href }, 'small'));
      const at = this.isMoved && this.chosen()?.dataset.href;
      this.narrow();
      const same = [...this.list.children].find((line) => at && line.dataset.href === at);
      if (same) this.choose(same);
    }

    narrow() {
      const words = folded(this.field.value).split(/\s+/).filter(Boolean);
      const said = (line) => folded(`${line.textContent} ${line.dataset.also ?? ''}`);
      const fits = (line) => words.every((word) => said(line).includes(word));
      const found = [...this.here, ...this.elsewhere].filter(fits);
      this.list.replaceChildren(...this.ofCase(), ...found, ...this.found, ...this.search());
      [...this.list.children].forEach((line, place) => {
        line.id = `command-${place}`;
      });
      this.choose(this.list.firstElementChild);
    }

    ofCase() {
      const number = /^#?(\d{1,9})$/.exec(this.field.value.trim())?.[1];
      return number ? [option(`${this.dataset.open} #${number}`, '', { href: `/cases/${number}` })] : [];
    }

    search() {
      const words = this.field.value.trim();
      const href = `/cases?stage=all&words=${encodeURIComponent(words)}`;
      return words ? [option(`${this.dataset.search} “${words}”`, '', { href })] : [];
    }

    chosen() {
      return this.list.querySelector('[aria-selected=true]');
    }

    choose(line) {
      this.chosen()?.removeAttribute('aria-selected');
      if (!line) return this.field.removeAttribute('aria-activedescendant');
      line.setAttribute('aria-selected', 'true');
      this.field.setAttribute('aria-activedescendant', line.id);
      line.scrollIntoView({ block: 'nearest' });
    }

    onKey(event) {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      this.isMoved = true;
      const lines = [...this.list.children];
      this.choose(lines[(lines.indexOf(this.chosen()) + by + lines.length) % lines.length]);
    }

    run(line) {
      if (!line) return;
      this.closest('dialog').close();
      if (line.dataset.href) location.assign(line.dataset.href);
      else press(line.dataset.press);
    }
  },
);
