// Auto-refresh of Today when something has changed (server-sent events), never while somebody is typing or choosing.
import { ignore, listen } from './live-stream.js';

const EVERY = 60_000;
const QUIET_FOR = 5_000;
const LOOK_EVERY = 1_000;
let touchedAt = 0;

for (const name of ['keydown', 'pointerdown', 'input']) {
  document.addEventListener(
    name,
    () => {
      touchedAt = Date.now();
    },
    { passive: true },
  );
}

export const isFree = () =>
  document.visibilityState === 'visible' &&
  Date.now() - touchedAt > QUIET_FOR &&
  !document.querySelector('dialog[open]') &&
  !document.activeElement?.matches('input, textarea, select');

customElements.define(
  'keep-fresh',
  class extends HTMLElement {
    connectedCallback() {
      this.timer = setInterval(() => this.freshen(), EVERY);
      this.seen = (number) => {
        if (this.known !== undefined && number !== this.known) this.isStale = true;
        this.known = number;
      };
      listen('today', this.seen);
      this.look = setInterval(() => {
        if (this.isStale) this.freshen();
      }, LOOK_EVERY);
    }

    freshen() {
      if (!isFree()) return;
      this.isStale = false;
      window.htmx?.trigger(this, 'freshen');
    }

    disconnectedCallback() {
      ignore('today', this.seen);
      clearInterval(this.timer);
      clearInterval(this.look);
    }
  },
);
