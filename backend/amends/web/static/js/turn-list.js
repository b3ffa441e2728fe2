// The list of the rotation: dragged with the mouse, or moved by its buttons without asking the server. Without a script
// the buttons ask it; either way the order is that of the fields when the form is sent.
customElements.define(
  'turn-list',
  class extends HTMLElement {
    connectedCallback() {
      this.list = this.querySelector('ol');
      this.addEventListener('click', (event) => this.pressed(event));
      for (const row of this.list.children) row.draggable = true;
      for (const name of ['dragstart', 'dragover', 'drop', 'dragend']) this.addEventListener(name, this[name]);
    }

    pressed(event) {
      const button = event.target.closest('button');
      if (!button) return;
      event.preventDefault();
      const row = button.closest('li');
      if (button.name === 'up') row.previousElementSibling?.before(row);
      else row.nextElementSibling?.after(row);
      this.told(row);
      const other = [...row.querySelectorAll('button')].find((one) => !one.disabled);
      (button.disabled ? other : button)?.focus();
    }

    dragstart({ target, dataTransfer }) {
      this.row = target.closest?.('li');
      if (!this.row) return;
      dataTransfer.effectAllowed = 'move';
      dataTransfer.setData('text/plain', this.row.dataset.name);
      this.row.dataset.dragged = '';
    }

    dragover(event) {
      if (!this.row) return;
      event.preventDefault();
      const over = event.target.closest('li');
      if (!over || over === this.row) return;
      const { top, height } = over.getBoundingClientRect();
      if (event.clientY < top + height / 2) over.before(this.row);
      else over.after(this.row);
    }

    drop(event) {
      if (this.row) event.preventDefault();
    }

    dragend() {
      if (!this.row) return;
      delete this.row.dataset.dragged;
      this.told(this.row);
      this.row = null;
    }

    // Says the new place aloud, and leaves no button that would do nothing.
    told(moved) {
      const rows = [...this.list.children];
      for (const [place, row] of rows.entries()) {
        row.querySelector('[name=up]').disabled = place === 0;
        row.querySelector('[name=down]').disabled = place === rows.length - 1;
      }
      const words = { name: moved.dataset.name, place: rows.indexOf(moved) + 1, count: rows.length };
      const said = this.dataset.said.replace(/\{(\w+)\}/g, (_whole, name) => words[name]);
      this.querySelector('[role=status]').textContent = said;
    }
  },
);
