// @ts-check
/**
 * Reader of guests' reviews on Airbnb. No saved page was at hand: its hooks come from public source only.
 *
 * The page tells programs what it shows, by the review's number; that counts where the card shows the same words.
 */
(() => {
  const { add, line, language, text, time, address } = Amends;
  const COUNTRIES =
    'com fr be ch de at es it pt nl ie co.uk ca com.au co.nz com.br mx com.ar cl com.co dk se no fi pl cz gr hu jp ' +
    'co.kr co.in com.sg com.tr';
  const CARD = '[data-review-id]';
  const WORDS = '[style*="line-height"], [style*="line-clamp"]';
  const STARS = /star|étoile|stern|estrell|estrel|stell|ster|gwiazd|stjärn|stjern|tähte|星/i;
  const WHEN = /(?<!\d)20\d\d(?!\d)|\b(ago|il y a|vor|hace|fa|há|geleden|temu|sedan|siden|sitten)\b|前/i;
  /** What the page's own data says of each review, by its number. @type {WeakMap<Element, Map<string, any>>} */
  const told = new WeakMap();

  /** @param {any} data @param {Map<string, any>} found */
  const gather = (data, found) => {
    const waiting = [data];
    for (let seen = 0; waiting.length && seen < 50_000; seen += 1) {
      const node = waiting.pop();
      if (!node || typeof node !== 'object') continue;
      if (node.id && typeof node.comments === 'string' && node.reviewer) found.set(String(node.id), node);
      waiting.push(...Object.values(node));
    }
  };

  /** @param {Document} page */
  const known = (page) => {
    const script = Amends.first(page, 'script[id^="data-deferred-state"]');
    const before = script && told.get(script);
    if (!script || before) return before ?? new Map();
    const found = new Map();
    told.set(script, found);
    try {
      gather(JSON.parse(script.textContent ?? ''), found);
    } catch {
      /* what the page shows is enough */
    }
    return found;
  };

  /** The card's own parts. @param {Element} root @param {string} selector */
  const mine = (root, selector) =>
    [...root.querySelectorAll(selector)].filter((part) => part.closest(CARD) === root && text(part));

  /** @param {Element} root @param {Element | undefined} body */
  const face = (root, body) =>
    [...root.querySelectorAll('a img[src]')].find(
      (part) => part.closest(CARD) === root && body && part.compareDocumentPosition(body) & 4,
    );

  /** Short words of the card before those of the guest. @param {Element} root @param {Element | undefined} body */
  const labels = (root, body) =>
    mine(root, 'span, div, time')
      .filter((part) => [...part.children].every(Amends.isForEars) && (!body || part.compareDocumentPosition(body) & 4))
      .map((part) => line(text(part)) ?? '')
      .filter((label) => label.length < 40);

  /** What the page's data says of a review, where it says the same words.
   * @param {Element} root @param {string} [said] */
  const recordOf = (root, said) => {
    const record = known(root.ownerDocument).get(root.getAttribute('data-review-id') ?? '');
    const stated = record?.comments.trim().slice(0, 40);
    return (said ? stated && said.startsWith(stated) : !stated) ? record : undefined;
  };

  add({
    name: 'airbnb',
    platform: 'airbnb',
    label: 'Airbnb',
    siteKind: 'reviews',
    version: 1,
    hosts: COUNTRIES.split(' ').map((country) => `airbnb.${country}`),
    item: CARD,
    anchor: (root) => mine(root, 'h2, h3')[0] ?? mine(root, WORDS)[0],
    reply: ':not(*)', // hosts answer on another page
    extract(root, url) {
      const id = root.getAttribute('data-review-id') ?? '';
      const body = mine(root, WORDS)[0]; // the host's answer stands below
      const said = text(body);
      const name = line(text(mine(root, 'h2, h3')[0]));
      const more = recordOf(root, said);
      const shown = labels(root, body);
      const value = more?.rating ?? Number(/\d/.exec(shown.find((label) => STARS.test(label)) ?? '')?.[0]);
      if (!said && !(name && value >= 1 && value <= 5)) return undefined; // stars alone are a review
      return {
        kind: 'review',
        id: /^\d{1,30}$/.test(id) ? id : undefined,
        url: address(url)?.split(/[?#]/)[0],
        author: { name, avatar: address(face(root, body)?.getAttribute('src'), url) },
        text: said,
        lang: language(more?.language),
        postedAt: time(more?.createdAt),
        dateText: time(more?.createdAt) ? undefined : shown.find((label) => WHEN.test(label)),
        rating: value >= 1 && value <= 5 ? { value, max: 5 } : undefined,
        context: {
          business: line(text(root.ownerDocument.querySelector('h1'))),
          replied: Boolean(more?.response) || undefined,
        },
      };
    },
  });
})();
