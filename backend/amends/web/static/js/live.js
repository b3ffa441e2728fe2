// Live updates of a case (server-sent events), never over unsaved text; and who else is writing.
import { isFree } from './auto-refresh.js';
import { ignore, listen } from './live-stream.js';

const TELL_EVERY = 12_000;
const LOOK_EVERY = 1_000;

// The part of the conversation that is shown; what else the address says was for the first look.
function kept() {
  const asked = new URLSearchParams(location.search);
  const show = ['show', 'earlier'].filter((name) => asked.has(name)).map((name) => `${name}=${asked.get(name)}`);
  return show.length ? `?${show.join('&')}` : '';
}

customElements.define(
  'live-case',
  class extends HTMLElement {
    connectedCallback() {
      this.topic = `case-${this.dataset.number}`;
      this.heard = (pulse) => this.seen(pulse);
      listen(this.topic, this.heard);
      this.onInput = (event) => {
        if (event.target.matches?.('textarea')) this.tell();
      };
      document.addEventListener('input', this.onInput);
      this.look = setInterval(() => this.catchUp(), LOOK_EVERY);
    }

    disconnectedCallback() {
      ignore(this.topic, this.heard);
      clearInterval(this.look);
      document.removeEventListener('input', this.onInput);
    }

    seen({ version, by, writing }) {
      this.show('.live-writing', writing.length > 0, writing.join(', '));
      [this.newest, this.by] = [version, by];
      this.catchUp();
    }

    catchUp() {
      if (document.querySelector('.htmx-request')) return; // a form of ours is on its way: its answer says more
      const known = Number((document.getElementById('case') ?? this).dataset.version);
      if (!(this.newest > known)) return this.show('.live-changed', false, '');
      if (this.dataset.renews === 'on' && isFree() && !this.hasWords()) {
        window.htmx?.ajax('GET', location.pathname + kept(), { target: '#case', swap: 'outerMorph' });
      } else {
        this.show('.live-changed', true, this.by);
      }
    }

    hasWords() {
      return [...document.querySelectorAll('main textarea, main input[type=text], main input[type=file]')].some(
        (field) => field.value !== field.defaultValue,
      );
    }

    show(part, seen, who) {
      const line = this.querySelector(part);
      if (line.hidden === !seen && line.querySelector('b').textContent === who) return;
      line.hidden = !seen;
      line.querySelector('b').textContent = who;
    }

    tell() {
      if (Date.now() - (this.toldAt ?? 0) < TELL_EVERY) return;
      this.toldAt = Date.now();
      const csrf = document.querySelector('input[name=csrf]')?.value ?? '';
      fetch(`/cases/${this.dataset.number}/writing`, { method: 'POST', body: new URLSearchParams({ csrf }) }).catch(
        () => {
          this.toldAt = 0;
        },
      ); // the next letter tries again
    }
  },
);
