// @ts-check
/**
 * Reader of reviews on Tripadvisor, in all its countries. No real page of today was at hand: every hook comes from
 * public source only.
 */
(() => {
  const { add, line, text, count, rating, posted, address } = Amends;
  const COUNTRIES = (
    'com co.uk ca fr it es de at ch be nl ie pt se dk fi cz sk rs ru com.gr com.tr com.au co.nz in jp com.br com.mx ' +
    'com.ar cl co com.pe com.ve com.sg com.my co.id com.ph com.vn com.tw com.hk co.kr co.za com.eg co.il co.hu cn'
  ).split(' ');
  const CARDS =
    ':is([data-automation="reviewCard"], [data-test-target="HR_CC_CARD"], [data-reviewid], .reviewSelector)';
  const NUMBERED = '[data-reviewid]:not([data-automation], [data-test-target], .reviewSelector)';
  /** The business's own answer stands inside the card. */
  const ANSWER =
    '[data-test-target="owner-response"], [data-automation*="ownerResponse" i], ' +
    '[data-automation*="managementResponse" i], [class*="mgrRspn"]';
  const TITLES = [
    '[data-test-target="review-title"]',
    '[data-automation="reviewTitle"]',
    '.noQuotes',
    'a[href*="/ShowUserReviews"]',
    '.quote',
  ];
  // The last two hold on to looks: the cards of hotels name nothing else around the words, and .fIrGe is made by a
  // machine.
  const BODIES = [
    '[data-test-target="review-body"]',
    '[data-automation="ugcReviewReadMore_Content"]',
    '[data-automation^="reviewText"]',
    '[data-test-target="review-text"]',
    'q',
    '.entry',
    '.partial_entry',
    '[style*="line-clamp"], [style*="line-break"]',
    '.fIrGe',
  ];
  const DATES = ['[data-automation="reviewDate"]', '[data-test-target="review-date"]', '.ratingDate'];
  const MORE = '.taLnk, .moreLink, .partnerRvw';
  const YEAR = /(?<!\d)20\d\d(?!\d)/;

  /** The card in which a part stands: a review's number may stand on an element inside of it. @param {Element} part */
  const cardOf = (part) => {
    const card = part.closest(CARDS);
    const outer = card?.matches(NUMBERED) ? card.parentElement?.closest(CARDS) : null;
    return outer && !outer.hasAttribute('data-reviewid') && outer.querySelector(CARDS) === card ? outer : card;
  };
  /** The parts of a card that are the reviewer's. @param {Element} root @param {string} selector */
  const allMine = (root, selector) =>
    [...root.querySelectorAll(selector)].filter((part) => !part.closest(ANSWER) && cardOf(part) === root);
  /**
   * The first of them that fits.
   * @param {Element} root
   * @param {string} selector
   * @param {(part: Element) => unknown} [fits]
   */
  const mine = (root, selector, fits = () => true) => allMine(root, selector).find(fits) ?? null;

  /** @param {Element} root @param {string[]} selectors */
  const first = (root, selectors) =>
    selectors.map((selector) => mine(root, selector, (part) => text(part))).find(Boolean) ?? null;

  /** @param {Element} root @param {string | undefined} link */
  const idOf = (root, link) =>
    root.getAttribute('data-reviewid') ??
    root.querySelector('[data-reviewid]')?.getAttribute('data-reviewid') ??
    /-r(\d+)-/.exec(link ?? '')?.[1] ??
    /^(?:review_|UR|rn)(\d+)$/.exec(root.id)?.[1];

  /** @param {Element} root @param {string} url */
  const author = (root, url) => {
    const links = allMine(root, 'a[href*="/Profile/"], a[href*="/members/"]');
    const profile = address(links[0]?.getAttribute('href'), url)?.split(/[?#]/)[0];
    const picture =
      links.map((link) => link.querySelector('img[src]')).find(Boolean) ??
      mine(root, '.avatar img[src], img.avatar[src]');
    return {
      name: line(text(links.find((link) => text(link)))) ?? line(text(mine(root, '.username, .scrname'))),
      handle: line(/\/(?:Profile|members)\/([\w.-]+)/.exec(profile ?? '')?.[1]),
      url: profile,
      avatar: address(picture?.getAttribute('src'), url),
    };
  };

  /** How many bubbles: a label or title says it in every language, the class on older pages. @param {Element} shown */
  const bubbles = (shown) => {
    const tens = /\bbubble_(\d\d)\b/.exec(shown.getAttribute('class') ?? '')?.[1];
    if (tens) return Number(tens) <= 50 ? { value: Number(tens) / 10, max: 5 } : undefined;
    return [shown.querySelector('title')?.textContent, shown.getAttribute('aria-label'), shown.getAttribute('alt')]
      .map((label) => rating(label))
      .find(Boolean);
  };

  /** @param {Element} root */
  const stars = (root) =>
    allMine(
      root,
      'svg[data-automation="bubbleRatingImage"], svg[aria-label], [class*="bubble_"], [class*="rating"] img[alt]',
    )
      .map(bubbles)
      .find(Boolean);

  /**
   * The written date, which has a day and stands last; the month of a visit has none. A hotel's card says only "NAME
   * wrote a review Nov 2025".
   * @param {Element} root
   * @param {Element | null} body
   * @param {Element | null} titled
   */
  const written = (root, body, titled) => {
    const named = first(root, DATES);
    if (named) return line(named.getAttribute('title')) ?? line(text(named));
    const hinted = mine(root, 'span[title]', (part) => YEAR.test(part.getAttribute('title') ?? ''));
    if (hinted) return line(hinted.getAttribute('title'));
    const leaves = [...root.querySelectorAll('div, span')].filter(
      (part) =>
        !part.firstElementChild &&
        (part.textContent ?? '').length < 80 &&
        YEAR.test(part.textContent ?? '') &&
        !body?.contains(part) &&
        !titled?.contains(part) &&
        !part.closest(ANSWER) &&
        cardOf(part) === root,
    );
    const dated = leaves.findLast((part) => /(?<!\d)\d{1,2}(?!\d)/.test((part.textContent ?? '').replace(YEAR, '')));
    const wrote = mine(root, 'a[href*="/Profile/"]', (part) => text(part))?.parentElement;
    const beside =
      wrote && (wrote.textContent ?? '').length < 120 && YEAR.test(wrote.textContent ?? '')
        ? text(wrote, { skip: 'a' })
        : undefined;
    return line(text(dated)) ?? line(beside);
  };

  /** @param {Element} root @param {string} url */
  const media = (root, url) =>
    [
      ...new Set(
        allMine(root, 'img[src*="/media/photo"]')
          .filter((part) => !part.closest('a[href*="/Profile/"], .avatar'))
          .map((part) => address(part.getAttribute('src'), url)),
      ),
    ].filter((src) => src !== undefined);

  /** @param {Document} page @param {string} url */
  const business = (page, url) => ({
    business: line(
      text(page.getElementsByClassName('altHeadInline')[0]?.querySelector('a') ?? page.getElementsByTagName('h1')[0]),
    ),
    businessUrl: /_Review-g\d+-d\d+/.test(url) ? url.split(/[?#]/)[0].replace(/-or\d+-/, '-') : undefined,
  });

  add({
    name: 'tripadvisor',
    platform: 'tripadvisor',
    label: 'Tripadvisor',
    siteKind: 'reviews',
    version: 1,
    hosts: COUNTRIES.map((country) => `tripadvisor.${country}`),
    item: `${CARDS}:not(${CARDS} *)`,
    anchor: (root) => first(root, BODIES) ?? first(root, TITLES),
    reply: '[data-test-target*="response" i] textarea, textarea[name*="response" i]',
    extract(root, url) {
      const titled = first(root, TITLES);
      const body = first(root, BODIES);
      const said = text(body, { skip: `${MORE}, ${ANSWER}` });
      const link = address(mine(root, 'a[href*="/ShowUserReviews"]')?.getAttribute('href'), url)?.split(/[?#]/)[0];
      const id = idOf(root, link);
      const place = /_Review(-g\d+-d\d+)-/.exec(url)?.[1];
      const by = author(root, url);
      // filters and summaries use the same cards
      if (!(id || by.url) || !(titled || said || (by.name && stars(root)))) return undefined;
      const at = posted(mine(root, 'time[datetime]')?.getAttribute('datetime'));
      const votes =
        mine(root, 'button[aria-label]', (part) => /^\s*\d[\d.,\s]*$/.test(part.textContent ?? '')) ??
        mine(root, '.numHelp, .numHlpIn');
      return {
        kind: 'review',
        id,
        author: by,
        title: line(text(titled)),
        text: said,
        url:
          link ?? (id && place ? `${new URL(url).origin}/ShowUserReviews${place}-r${id}.html` : url.split(/[?#]/)[0]),
        truncated: Boolean(body?.querySelector(MORE) && !body.querySelector('.postSnippet')) || undefined,
        ...at,
        timeApprox: at.postedAt ? true : undefined,
        dateText: at.postedAt ? undefined : (at.dateText ?? written(root, body, titled)),
        rating: stars(root),
        metrics: { helpful: count(votes?.textContent) },
        context: { ...business(root.ownerDocument, url), replied: root.querySelector(ANSWER) !== null || undefined },
        media: media(root, url),
      };
    },
  });
})();
