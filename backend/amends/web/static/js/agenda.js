// Drag and drop in the agenda: an entry dropped on another day submits the agenda's form, at the same hour. The
// keyboard has the page behind "Reschedule".
customElements.define(
  'move-by-drag',
  class extends HTMLElement {
    connectedCallback() {
      this.form = this.querySelector('form');
      for (const entry of this.querySelectorAll('[data-move]')) entry.draggable = true;
      for (const link of this.querySelectorAll('[data-move] a')) link.draggable = false;
      for (const name of ['dragstart', 'dragover', 'drop', 'dragend']) this.addEventListener(name, this[name]);
    }

    dragstart({ target, dataTransfer }) {
      this.entry = target.closest?.('[data-move]');
      if (!this.entry) return;
      dataTransfer.effectAllowed = 'move';
      dataTransfer.setData('text/plain', this.entry.querySelector('.due-case').textContent.trim());
      this.entry.dataset.dragged = '';
    }

    dragover(event) {
      this.over(this.dayUnder(event));
      if (this.day) event.preventDefault();
    }

    drop(event) {
      const day = this.dayUnder(event);
      if (!day) return;
      event.preventDefault();
      this.form.action = this.entry.dataset.move;
      this.form.elements.generation.value = this.entry.dataset.generation;
      this.form.elements.due_at.value = `${day.dataset.day}T${this.entry.dataset.clock}`;
      this.form.requestSubmit();
    }

    dragend() {
      this.over(null);
      delete this.entry?.dataset.dragged;
      this.entry = null;
    }

    dayUnder({ target }) {
      const day = this.entry && target.closest?.('[data-day]');
      return day && day.dataset.day !== this.entry.dataset.on ? day : null;
    }

    over(day) {
      if (this.day === day) return;
      delete this.day?.dataset.over;
      this.day = day;
      if (day) day.dataset.over = '';
    }
  },
);
