// A part of a page that answers a form of ours tells the version it made: other forms of the page go on from there.
document.addEventListener('htmx:after:swap', () => {
  for (const part of document.querySelectorAll('[data-own-change]')) {
    const [seen, made] = part.dataset.ownChange.split(' ');
    part.removeAttribute('data-own-change');
    for (const field of document.querySelectorAll('main input[name=version]')) {
      if (field.value === seen) field.value = made;
    }
    for (const shown of document.querySelectorAll(`:is(#case, live-case)[data-version="${CSS.escape(seen)}"]`)) {
      shown.dataset.version = made;
    }
  }
});
