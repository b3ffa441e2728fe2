// Narrows the list of settings while one types, by their names and by the other words that they are known by.
const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

customElements.define(
  'find-setting',
  class extends HTMLElement {
    connectedCallback() {
      const [field, told] = [this.querySelector('input'), this.querySelector('[role=status]')];
      const sections = [...this.parentElement.querySelectorAll('section')];
      const narrow = () => {
        const words = folded(field.value).split(/\s+/).filter(Boolean);
        for (const link of this.parentElement.querySelectorAll('a')) {
          const known = folded(`${link.textContent} ${link.dataset.also ?? ''}`);
          link.parentElement.hidden = !words.every((word) => known.includes(word));
        }
        for (const section of sections) section.hidden = !section.querySelector('li:not([hidden])');
        told.textContent = sections.every((section) => section.hidden) ? told.dataset.none : '';
      };
      this.hidden = false;
      field.addEventListener('input', narrow);
      field.addEventListener('keydown', ({ key }) => {
        if (key === 'Enter') this.parentElement.querySelector('li:not([hidden]) a')?.click();
      });
      narrow(); // what a browser kept in the field when one came back
    }
  },
);
