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

// What happened is said for a while; not shorter while somebody points at it or has the focus in it, and what can be
// answered stays.
const SAID_FOR = 8_000;

function leave() {
  const box = document.getElementById('notices');
  const said = box?.querySelector('.notice');
  if (!said) return;
  const isHeld = box.matches(':hover, :focus-within') || said.querySelector('button, a');
  if (isHeld) return setTimeout(leave, 1_000);
  said.remove();
  if (box.querySelector('.notice')) setTimeout(leave, SAID_FOR);
}

// Said once: after a reload, or for whoever is given the address, nothing has just happened.
const here = new URL(location.href);
if (here.searchParams.has('notice')) {
  here.searchParams.delete('notice');
  history.replaceState(history.state, '', here);
}

const notices = document.getElementById('notices');
if (notices) {
  let timer = setTimeout(leave, SAID_FOR);
  new MutationObserver((changes) => {
    if (!changes.some((change) => change.addedNodes.length)) return;
    clearTimeout(timer);
    timer = setTimeout(leave, SAID_FOR);
  }).observe(notices, { childList: true });
}

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
