// Drag and drop on the board: a case dropped on another stage opens the form of the move that leads there. The
// keyboard has the page behind "Move", and so has a browser without scripts.
customElements.define(
  'drag-board',
  class extends HTMLElement {
    connectedCallback() {
      for (const card of this.querySelectorAll('[data-to]')) card.draggable = card.dataset.to !== '';
      for (const link of this.querySelectorAll('[data-to] a')) link.draggable = false;
      for (const name of ['dragstart', 'dragover', 'drop', 'dragend']) this.addEventListener(name, this[name]);
    }

    dragstart({ target, dataTransfer }) {
      this.card = target.closest?.('[data-to]');
      if (!this.card) return;
      dataTransfer.effectAllowed = 'move';
      dataTransfer.setData('text/plain', `#${this.card.dataset.number}`);
      this.card.dataset.dragged = '';
      const stages = this.card.dataset.to.split(' ');
      for (const column of this.columns()) column.toggleAttribute('data-open', stages.includes(column.dataset.stage));
    }

    dragover(event) {
      this.over(this.columnUnder(event));
      if (this.column) event.preventDefault();
    }

    drop(event) {
      const column = this.columnUnder(event);
      if (!column) return;
      event.preventDefault();
      location.assign(`/cases/${this.card.dataset.number}/moves?to=${column.dataset.stage}`);
    }

    dragend() {
      this.over(null);
      for (const column of this.columns()) column.removeAttribute('data-open');
      delete this.card?.dataset.dragged;
      this.card = null;
    }

    columns() {
      return this.querySelectorAll('[data-stage]');
    }

    columnUnder({ target }) {
      return (this.card && target.closest?.('[data-open]')) ?? null;
    }

    over(column) {
      if (this.column === column) return;
      delete this.column?.dataset.over;
      this.column = column;
      if (column) column.dataset.over = '';
    }
  },
);
