// Today renews itself every minute while somebody only looks at it: never under their hands.
const EVERY = 60_000;
const QUIET_FOR = 5_000;
let touchedAt = 0;

for (const name of ["keydown", "pointerdown", "input"]) {
  document.addEventListener(name, () => { touchedAt = Date.now(); }, { passive: true });
}

const isFree = () =>
  document.visibilityState === "visible" &&
  Date.now() - touchedAt > QUIET_FOR &&
  !document.querySelector("dialog[open]") &&
  !document.activeElement?.matches("input, textarea, select");

customElements.define("keep-fresh", class extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => { if (isFree()) window.htmx?.trigger(this, "freshen"); }, EVERY);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }
});
