// Menus that are <details>: Escape and a press elsewhere close them; Escape also leaves a cell of the team's times.
// After a swap the focus is where it was, or on what opened the form that was sent.
let then; // what gets the focus once the link that was pressed has brought it

const opened = () => [...document.querySelectorAll('.chip-menu[open]')];

function close(menu) {
  menu.open = false;
  menu.querySelector('summary').focus();
}

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const cancel = event.target.closest?.('.times-editor')?.querySelector('a');
  if (cancel) return cancel.click();
  const menu = event.target.closest?.('.chip-menu[open]') ?? opened().at(-1);
  if (menu) close(menu);
});
document.addEventListener('click', ({ target }) => {
  for (const menu of opened()) if (!menu.contains(target)) menu.open = false;
  if (target.closest('[data-print]')) window.print();
  then = target.closest('[data-then]')?.dataset.then;
});

// The list of settings is higher than many windows: the page at hand is in its middle.
const side = document.querySelector('.settings-places');
const current = side?.querySelector('[aria-current]');
if (current?.checkVisibility()) side.scrollTop = current.offsetTop - side.offsetTop - side.clientHeight / 2;

// Rows of places and tabs scroll on a phone: the one at hand is seen.
for (const row of document.querySelectorAll('.group-nav > ul, .views > ul, .tabs')) {
  const at = row.querySelector('[aria-current="page"], [data-current], :checked')?.closest('li, label');
  if (at) row.scrollLeft = at.offsetLeft - row.offsetLeft - (row.clientWidth - at.clientWidth) / 2;
}

let left = { ids: [], words: '' };

function idsAround(element) {
  const ids = [];
  for (let part = element?.closest('[id]'); part; part = part.parentElement?.closest('[id]')) ids.push(part.id);
  return ids;
}

document.addEventListener('htmx:before:swap', () => {
  left = { ids: idsAround(document.activeElement), words: document.activeElement?.textContent };
});

function within(part) {
  const able = [...part.querySelectorAll('button, a, summary')].filter((one) => one.checkVisibility());
  const pressed = able.find((one) => one.textContent === left.words);
  if (pressed) return pressed;
  if (part.matches('details')) return part.querySelector('summary');
  return part.matches('[tabindex], a, button, input, select, textarea, summary') ? part : null;
}

// What was pressed, if it is there again; else the next thing around it that takes the focus; else the next step.
function again() {
  const parts = left.ids.map((id) => document.getElementById(id)).filter((part) => part?.checkVisibility());
  const inner = parts.filter((part) => !part.matches('#case, #main'));
  return inner.map(within).find(Boolean) ?? document.getElementById('next-step');
}

document.addEventListener('htmx:after:swap', () => {
  const wanted = then && document.getElementById(then);
  then = undefined;
  if (wanted) return wanted.focus();
  if (left.ids.length && document.activeElement === document.body) again()?.focus({ preventScroll: true });
});
