// "Select all" checkbox of a table of cases.
customElements.define(
  'choose-all',
  class extends HTMLElement {
    connectedCallback() {
      this.hidden = false;
      this.querySelector('input').addEventListener('change', (event) => {
        for (const box of this.closest('table').querySelectorAll('.row-choice')) box.checked = event.target.checked;
      });
    }
  },
);
