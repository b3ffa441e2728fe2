// Custom key bindings, kept in this browser as {printed: own}, and whether single keys do anything.
const KEPT = 'amends.keys';
const SWITCH = 'amends.shortcuts';
const SHAPE = /^(g )?\S$/u;

function own() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {}; // not ours, or cut: the printed keys work
  }
}

export const isOn = () => localStorage.getItem(SWITCH) !== 'off';

export function turn(on) {
  localStorage.setItem(SWITCH, on ? 'on' : 'off');
  print();
}

// What a press stands for; nothing when that key was given away and nobody took it.
export function meant(pressed) {
  const kept = own();
  const printed = Object.keys(kept).find((key) => kept[key] === pressed);
  return printed ?? (pressed in kept ? '' : pressed);
}

function isTaken(key, wish) {
  const kept = own();
  const printed = [...document.querySelectorAll('own-key')].map((element) => element.dataset.key);
  return [...printed, '?', 'j', 'k'].some((other) => other !== key && (kept[other] ?? other) === wish);
}

// Assistive technology hears of single keys while they work; a row of two, such as g t, cannot be said there.
function announce(element, key) {
  if (element.dataset.keys.includes('+')) return; // stands in the page, and works always
  if (isOn() && !key.includes(' ')) element.setAttribute('aria-keyshortcuts', key);
  else element.removeAttribute('aria-keyshortcuts');
}

// The keys that stand on buttons and links are the ones that work.
function print() {
  const kept = own();
  for (const element of document.querySelectorAll('[data-keys]')) {
    const mine = kept[element.dataset.keys];
    announce(element, mine ?? element.dataset.keys);
    const label = element.querySelector('kbd');
    if (!mine || element.dataset.printed === mine) continue;
    if (label) label.textContent = mine;
    if (element.title) element.title = element.title.replace(/\([^()]*\)$/, `(${mine})`);
    element.dataset.printed = mine;
  }
}

customElements.define(
  'own-key',
  class extends HTMLElement {
    connectedCallback() {
      this.hidden = false;
      this.field = this.querySelector('input');
      this.field.value = own()[this.dataset.key] ?? '';
      this.field.addEventListener('change', () => this.take(this.field.value.trim().replace(/\s+/g, ' ')));
    }

    take(wish) {
      const { key, taken, shape } = this.dataset;
      const wrong = wish && !SHAPE.test(wish) ? shape : wish && isTaken(key, wish) ? taken : '';
      this.querySelector('[role=status]').textContent = wrong;
      this.field.setAttribute('aria-invalid', String(Boolean(wrong)));
      if (wrong) return;
      const { [key]: before, ...others } = own();
      const kept = wish && wish !== key ? { ...others, [key]: wish } : others;
      localStorage.setItem(KEPT, JSON.stringify(kept));
      for (const twin of document.querySelectorAll(`own-key[data-key="${CSS.escape(key)}"] input`)) {
        twin.value = kept[key] ?? '';
      }
    }
  },
);

document.addEventListener('htmx:after:swap', print);
print();
