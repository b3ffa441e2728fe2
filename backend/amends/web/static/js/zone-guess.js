// Preselects the time zone of the reader's system where none has been chosen yet, and proposes the public holidays that
// go with a zone where none are: they are chosen by a press, never by themselves.
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

// The browser may know the zone by an older name.
const sameZone = (zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone === here;
  } catch {
    return false; // a zone that is younger than the browser
  }
};

function guess(select) {
  const options = [...select.options].filter((option) => option.value);
  const known = options.find((option) => option.value === here) ?? options.find((option) => sameZone(option.value));
  if (!known) select.add(new Option(here, here));
  select.value = known?.value ?? here;
}

for (const select of document.querySelectorAll('select[data-guess="zone"]')) if (select.value === '') guess(select);

for (const line of document.querySelectorAll('[data-holidays]')) {
  const { zone, country } = line.closest('form').elements;
  const proposed = () => {
    const place = zone.selectedOptions[0]?.dataset.place;
    const found = place && [...country.options].find((option) => option.value === place);
    line.hidden = !found || country.value !== '';
    if (found) line.querySelector('b').textContent = found.textContent;
    return found;
  };
  line.querySelector('button').addEventListener('click', () => {
    country.value = proposed().value;
    proposed();
    country.focus();
  });
  for (const select of [zone, country]) select.addEventListener('change', proposed);
  proposed();
}
