// A form whose answer comes from a passkey: asks the browser for it and sends the form. What is asked stands in the
// page (data-options), or is fetched where the page is for everybody (data-from); data-make asks for a new passkey.

const WHY = { NotAllowedError: 'cancelled', InvalidStateError: 'known', SecurityError: 'address' };

customElements.define(
  'passkey-form',
  class extends HTMLElement {
    connectedCallback() {
      this.hidden = false;
      const form = this.querySelector('form');
      if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
        form.hidden = true;
        this.say('unsupported');
        return;
      }
      form.addEventListener('submit', (event) => {
        const field = form.elements[this.dataset.field ?? 'answer'];
        if (field.value) return;
        event.preventDefault();
        this.ask(form, field);
      });
    }

    say(why) {
      for (const line of this.querySelectorAll('[data-why]')) line.hidden = line.dataset.why !== why;
    }

    async options() {
      if (!this.dataset.from) return JSON.parse(this.dataset.options);
      const answer = await fetch(this.dataset.from, { method: 'POST' });
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.json();
    }

    async ask(form, field) {
      this.say('');
      try {
        const given = await this.given(await this.options());
        field.value = JSON.stringify(given.toJSON());
      } catch (refused) {
        return this.say(WHY[refused.name] ?? 'failed');
      }
      form.requestSubmit();
    }

    given(options) {
      if (this.dataset.make) {
        const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
        return navigator.credentials.create({ publicKey });
      }
      return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    }
  },
);
