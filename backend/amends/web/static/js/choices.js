// One box above a list chooses all of its cases, or none.
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
