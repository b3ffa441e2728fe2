// Shows what is typed in a password's field while its box is ticked; it is hidden again before it is sent, so that
// no browser keeps it among the words once typed.
customElements.define(
  'show-password',
  class extends HTMLElement {
    connectedCallback() {
      const box = this.querySelector('input');
      const field = document.getElementById(box.getAttribute('aria-controls'));
      const show = (shown) => {
        field.type = shown ? 'text' : 'password';
      };
      this.hidden = false;
      box.addEventListener('change', () => show(box.checked));
      field.form.addEventListener('submit', () => show(false));
    }
  },
);
