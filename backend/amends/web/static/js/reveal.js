// What is hidden in a closed <details> or in another tab of the composer comes into view, for keys, links and drafts.
export function reveal(element) {
  for (let part = element.closest('details'); part; part = part.parentElement.closest('details')) part.open = true;
  const tab = document.getElementById(`tab-${element.closest('[data-tab]')?.dataset.tab}`);
  if (tab) tab.checked = true;
}

const FIELD = 'textarea, input:not([type=hidden])';

document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-write]');
  const panel = link && document.querySelector(`[data-tab="${link.dataset.write}"]`);
  if (!panel || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  reveal(panel);
  const field = panel.querySelector('textarea') ?? panel.querySelector(FIELD);
  field?.focus({ preventScroll: true });
  document.getElementById('composer').scrollIntoView({ block: 'center' });
});
