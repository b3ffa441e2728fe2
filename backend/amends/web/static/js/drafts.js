// Drafts of text fields in sessionStorage, until they have been sent.
const kept = (field) =>
  `amends.draft:${location.pathname}:${field.form?.action}:${field.form?.dataset.form}:${field.name}`;

function restore() {
  for (const field of document.querySelectorAll('textarea[data-draft]')) {
    const words = sessionStorage.getItem(kept(field));
    if (words && !field.value) field.value = words;
  }
}

document.addEventListener('input', ({ target }) => {
  if (!target.matches?.('textarea[data-draft]')) return;
  if (target.value) sessionStorage.setItem(kept(target), target.value);
  else sessionStorage.removeItem(kept(target));
});
document.addEventListener('submit', ({ target }) => {
  for (const field of target.querySelectorAll('textarea[data-draft]')) {
    // Kept as "sending": a page that comes back refused shows the words itself.
    sessionStorage.removeItem(kept(field));
  }
});
document.addEventListener('htmx:error', ({ detail }) => {
  // The server was away: nothing was swapped, the words are still in their field.
  for (const field of detail?.ctx?.sourceElement?.querySelectorAll?.('textarea[data-draft]') ?? []) {
    if (field.value) sessionStorage.setItem(kept(field), field.value);
  }
});
document.addEventListener('htmx:after:swap', restore);
restore();
