// Notices: the undo bar runs out, a reference is copied, a lost connection is announced.
customElements.define(
  'undo-bar',
  class extends HTMLElement {
    connectedCallback() {
      this.until = Date.now() + Number(this.dataset.seconds) * 1000;
      this.timer = setInterval(() => this.count(), 500);
      this.count();
    }

    count() {
      const left = Math.ceil((this.until - Date.now()) / 1000);
      if (left <= 0) return this.remove();
      this.querySelector('.undo-left').textContent = `${left} s`;
    }

    disconnectedCallback() {
      clearInterval(this.timer);
    }
  },
);

function say(words) {
  const line = document.createElement('p');
  line.className = 'notice';
  line.textContent = words;
  document.getElementById('notices')?.replaceChildren(line);
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  document.getElementById(button.dataset.select)?.select();
  if (!navigator.clipboard) return; // over plain http: what is selected can be copied by hand
  await navigator.clipboard.writeText(button.dataset.copy);
  say(button.dataset.copied);
});
document.addEventListener('htmx:error', () => {
  const words = document.getElementById('notices')?.dataset.unreachable;
  if (words) say(words);
});
