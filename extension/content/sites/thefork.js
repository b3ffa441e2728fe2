// @ts-check
/**
 * Reader of reviews on TheFork (LaFourchette, ElTenedor), in all its countries.
 *
 * No saved page was at hand, and its classes are made by a machine: what is read hangs on schema.org and on what a card
 * shows, a rating out of ten and the first paragraph after it. A name counts only where the page calls it one.
 */
(() => {
  const { add, line, text, posted, address, isForEars } = Amends;
  const HOSTS =
    'thefork.com thefork.fr thefork.it thefork.es thefork.pt thefork.be thefork.ch thefork.nl thefork.de thefork.at ' +
    'thefork.se thefork.co.uk thefork.com.au lafourchette.com eltenedor.es';
  const CARD = ':is(li, article, [itemprop="review"])';
  const NAME = '[itemprop="author"], [data-test*="reviewer-name" i], [data-testid*="reviewer-name" i]';
  const ANSWER = ['reply', 'response', 'answer']
    .flatMap((word) => [`[data-test*="${word}" i]`, `[data-testid*="${word}" i]`, `[class*="${word}" i]`])
    .join(', ');
  const WORDS = '[itemprop="reviewBody"], p, q, blockquote';
  const OF_TEN = /^\s*(\d{1,2}(?:[.,]\d)?)\s*\/\s*10\s*$/;
  const YEAR = /(?<!\d)20\d\d(?!\d)/;

  /** The card's own parts, without the restaurant's answer. @param {Element} root @param {string} selector */
  const mine = (root, selector) =>
    [...root.querySelectorAll(selector)].filter((part) => {
      const answer = part.closest(ANSWER);
      return part.closest(CARD) === root && !(answer && root.contains(answer));
    });

  /** The innermost element that shows a rating out of ten. @param {Element} root */
  const rated = (root) =>
    mine(root, '*').findLast((part) => (part.textContent ?? '').length < 200 && OF_TEN.test(text(part) ?? ''));

  add({
    name: 'thefork',
    platform: 'thefork',
    label: 'TheFork',
    siteKind: 'reviews',
    version: 1,
    hosts: HOSTS.split(' '),
    item: CARD,
    anchor: (root) => rated(root) ?? null,
    reply: ':not(*)', // restaurants answer in TheFork Manager
    extract(root, url) {
      const shown = rated(root);
      const body = mine(root, WORDS).find(
        (part) => shown && shown.compareDocumentPosition(part) & 4 && !shown.contains(part) && text(part),
      );
      if (!shown) return undefined;
      const value = Number((OF_TEN.exec(text(shown) ?? '')?.[1] ?? '').replace(',', '.'));
      const dated = mine(root, 'time, span, div, p').find(
        (part) =>
          part !== body &&
          [...part.children].every(isForEars) &&
          YEAR.test(part.textContent ?? '') &&
          (text(part) ?? '').length < 60,
      );
      const name = line(text(mine(root, NAME)[0]));
      if (!body && !(name && dated)) return undefined; // what a list of restaurants shows has neither
      const exact = mine(root, 'time[datetime]')[0]?.getAttribute('datetime') ?? '';
      const declared = posted(exact, root.ownerDocument);
      return {
        kind: 'review',
        url: address(url)?.split(/[?#]/)[0],
        author: { name },
        text: text(body),
        ...declared,
        dateText: declared.postedAt ? undefined : (declared.dateText ?? line(text(dated))),
        rating: value <= 10 ? { value, max: 10 } : undefined,
        context: { business: line(text(root.ownerDocument.querySelector('h1'))) },
      };
    },
  });
})();
