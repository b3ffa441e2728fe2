// @ts-check
/** Signs of times in a page without a reader: which elements say when a post was written, and what they say. */
(() => {
  const { line, text } = Amends;
  const TIMES =
    'time, [datetime], [date], [data-datetime], abbr[title], ' +
    '[itemprop~="datePublished"], [itemprop~="dateCreated"], [property~="datePublished"], ' +
    '.dt-published, [data-time], [data-timestamp], [data-utime], span[title], a[title]';
  /** Elements that say of themselves that they hold a time, in words. */
  const DATED = ['date', 'time', 'posted', 'published', 'ago', 'when']
    .map((word) => `[class~="${word}" i], [class*="-${word}" i], [class*="_${word}" i], [class*="${word}-" i]`)
    .join(', ');
  /** An instant at the start of an attribute, as machines write it. */
  const WRITTEN = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|[+-]\d\d:?\d\d))?)?(?=$|[\s,])/;
  /** The names of months in a language and in English, as dates are written. @param {string} tag */
  const monthsOf = (tag) => {
    const names = new Set();
    for (const month of ['long', 'short'])
      for (let at = 0; at < 12; at += 1) {
        const format = { month: /** @type {'long' | 'short'} */ (month), day: /** @type {const} */ ('numeric') };
        const parts = new Intl.DateTimeFormat([tag, 'en'], format).formatToParts(new Date(2026, at, 3));
        const name =
          parts
            .find(({ type }) => type === 'month')
            ?.value.toLowerCase()
            .replace(/\.$/, '') ?? '';
        if (/\p{L}{3}/u.test(name)) names.add(name);
      }
    return names;
  };
  const AGO = new RegExp(
    '(?<!\\p{L})(ago|il y a|vor|hace|fa|há|geleden|temu|sedan|siden|sitten|önce|назад|тому|yesterday|today|hier|' +
      'gestern|heute|ayer|ieri)(?!\\p{L})|前|전',
    'iu',
  );
  const DATE = /(?<!\d)(\d{1,4})([-./])\d{1,2}\2\d{2,4}(?!\d)|年.*月/u;
  const LEAVES = 'a, span, small, div, td, p, li, em, i, abbr, dd, dt, strong, b';
  const LONGEST = 40; // characters of a date, with its day and clock

  /** Whether words in small letters hold a date. @param {string} words @param {Set<string>} months */
  const isDate = (words, months) =>
    DATE.test(words) || (words.match(/\p{L}+/gu) ?? []).some((word) => months.has(word));

  /** Whether an element says how long ago, and its title the date.
   * @param {Element} element @param {Set<string>} months */
  const isToldTwice = (element, months) => {
    const title = element.getAttribute('title')?.toLowerCase() ?? '';
    const isTitled = title.length <= LONGEST && /\d/.test(title) && isDate(title, months);
    return isTitled && AGO.test(line(element.textContent, LONGEST) ?? '');
  };

  /** Whether an innermost element says a date, or how long ago, and nothing else.
   * @param {Element} element @param {Set<string>} months */
  const isDateAlone = (element, months) => {
    const said = element.firstElementChild ? '' : (element.textContent ?? '');
    if (said.length > 90 || !/\d/.test(said)) return false;
    const words = said.trim().toLowerCase();
    if (words.length > LONGEST) return false;
    return (
      (isDate(words, months) || AGO.test(words)) &&
      (words.match(/\p{L}{2,}/gu) ?? []).length <= 5 &&
      !Amends.isInProse(element)
    );
  };

  /** The moment that a sign of time names by a machine's value, or undefined. @type {Amends['instantOf']} */
  const instantOf = (element) => {
    for (const name of [
      'datetime',
      'date',
      'data-datetime',
      'content',
      'data-time',
      'data-timestamp',
      'data-utime',
      'title',
    ]) {
      const value = element.getAttribute(name);
      const epoch = /(?:^|\s)(\d{10}|\d{13})$/.exec(value ?? '')?.[1];
      if (epoch) return epoch;
      const written = WRITTEN.exec(value ?? '');
      if (written) return written[0].replace(/ (?=[\dZ+-])/, 'T').replace(/\s/g, '');
    }
    return undefined;
  };

  /** What a sign of time shows: its own words, without those of elements inside of it, where they are one.
   * @type {Amends['timeWords']} */
  const timeWords = (element) => {
    const own = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.nodeValue);
    const said = line(own.join(' ').replace(/[([]\s*$/, ''));
    return said && /\d/.test(said) ? said : line(text(element));
  };

  /** Whether words are those of a time: short, with a number. @param {string} words */
  const isWritten = (words) => /\d/.test(words) && words.length < 60;

  /** All signs of times of a page. @type {Amends['timeSigns']} */
  const timeSigns = (page) => {
    const months = monthsOf(Amends.language(page.documentElement.lang) ?? 'en');
    const marked = [...page.querySelectorAll(TIMES)].filter(
      (each) => each.localName === 'time' || instantOf(each) || isToldTwice(each, months),
    );
    const written = [...page.querySelectorAll(DATED)].filter(
      (each) => isWritten(timeWords(each) ?? '') && !each.closest('time') && !each.querySelector('time'),
    );
    const known = new Set([...marked, ...written]);
    const alone = [...page.querySelectorAll(LEAVES)].filter(
      (each) => isDateAlone(each, months) && ![...known].some((other) => other.contains(each)),
    );
    return [...known, ...alone];
  };

  Object.assign(Amends, { timeSigns, timeWords, instantOf });
})();
