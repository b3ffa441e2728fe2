// Turns reminders on in this browser: asks for its leave, subscribes at its push service, and sends the form with what
// that gave. Removing the destination is the server's affair, like that of any other.
import { registered } from './installed.js';

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

async function subscription(key) {
  const registration = await registered;
  await navigator.serviceWorker.ready;
  const wanted = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  try {
    return await registration.pushManager.subscribe(wanted);
  } catch (refused) {
    if (refused.name !== 'InvalidStateError') throw refused; // it has one for another key: that of before
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    return registration.pushManager.subscribe(wanted);
  }
}

customElements.define(
  'push-browser',
  class extends HTMLElement {
    async connectedCallback() {
      this.hidden = false;
      const form = this.querySelector('form');
      const registration = await registered;
      if (!registration?.pushManager || !('Notification' in window)) {
        form.hidden = true;
        this.say('unsupported');
        return;
      }
      form.addEventListener('submit', (event) => {
        if (form.elements.endpoint.value) return;
        event.preventDefault();
        this.subscribe(form);
      });
    }

    say(why) {
      for (const line of this.querySelectorAll('[data-why]')) line.hidden = line.dataset.why !== why;
    }

    async subscribe(form) {
      if ((await Notification.requestPermission()) !== 'granted') return this.say('denied');
      try {
        const given = await subscription(this.dataset.key);
        form.elements.endpoint.value = given.endpoint;
        form.elements.key.value = text(given.getKey('p256dh'));
        form.elements.auth.value = text(given.getKey('auth'));
      } catch {
        return this.say('failed');
      }
      form.requestSubmit();
    }
  },
);
