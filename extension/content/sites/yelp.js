// @ts-check
/**
 * Reader of reviews on a business's page of Yelp and on a member's, in every country.
 *
 * Its classes are made by a machine: what is read hangs on links to members, on roles and on the language of the words.
 * The hooks come from other readers' source only: no saved page was at hand.
 */
(() => {
  const { add, line, language, text, address } = Amends;
  const MEMBER = 'a[href*="/user_details"]';
  /** Where all reviews are one person's: it is the page that names the member, and each review the business. */
  const OF_MEMBER = /^\/user_details(?:_reviews_self)?\/?$/;
  const BUSINESS = 'a[href*="/biz/"]';
  const WORDS = '[class*="comment__"] [lang], p [lang], p[lang]';
  const STARS = '[role="img"][aria-label], .i-stars[title]';
  /** A day, a month and a year in any order: "Aug 20, 2025", "20 août 2025", "20.8.2025", "2025年8月20日". */
  const DATE = new RegExp(
    [
      /\d{1,2}\D{1,4}\d{1,2}\D{1,4}\d{4}/u,
      /\d{4}\D{1,4}\d{1,2}\D{1,4}\d{1,2}/u,
      /\d{1,2}\D*\p{L}{3,}\D*\d{4}/u,
      /\p{L}{3,}\D*\d{1,2}\D+\d{4}/u,
    ]
      .map(({ source }) => source)
      .join('|'),
    'u',
  );

  /** @param {Element | undefined} stars */
  const rating = (stars) => {
    const numbers =
      (stars?.getAttribute('aria-label') ?? stars?.getAttribute('title') ?? '').match(/\d+(?:[.,]\d+)?/g) ?? [];
    const value = Math.min(...numbers.map((number) => Number(number.replace(',', '.'))));
    return value >= 0 && value <= 5 ? { value, max: 5 } : undefined;
  };

  /**
   * The element that shows the day: short, and before the words of the review.
   * @param {Element} root
   * @param {Element} words
   */
  const dated = (root, words) =>
    [...root.querySelectorAll('span, p, time, .rating-qualifier')].find(
      (part) =>
        !part.querySelector('a, span, p') &&
        part.compareDocumentPosition(words) & 4 &&
        (part.textContent ?? '').trim().length <= 60 &&
        DATE.test(part.textContent ?? '') &&
        !part.closest(MEMBER),
    );

  /** @param {Element} root @param {string} url @returns {Author | undefined} */
  const author = (root, url) => {
    const links = [...root.querySelectorAll(MEMBER)];
    const named = links.find((link) => line(text(link)));
    const href = address(named?.getAttribute('href'), url);
    const id = href && new URL(href).searchParams.get('userid');
    const face = links.map((link) => link.querySelector('img[src]')).find(Boolean);
    return named && href
      ? {
          id: id ?? undefined,
          name: line(text(named)),
          url: id ? new URL(`/user_details?userid=${encodeURIComponent(id)}`, url).href : href,
          avatar: address(face?.getAttribute('src'), url),
        }
      : undefined;
  };

  /**
   * The member whose page it is, and the business that a review on it is about.
   * @param {Element} root
   * @param {string} url
   */
  const onMemberPage = (root, url) => {
    const page = root.ownerDocument;
    const id = new URL(url).searchParams.get('userid');
    const heading = Amends.first(page, '.user-profile_info h1, main h1, h1, [data-testid="user-name"], main h2');
    const link = [...root.querySelectorAll(BUSINESS)].find((part) => line(text(part)));
    const name = line(text(heading));
    return {
      by:
        id && name ? { id, name, url: new URL(`/user_details?userid=${encodeURIComponent(id)}`, url).href } : undefined,
      shop: /\/biz\/([^/?#]+)/.exec(address(link?.getAttribute('href'), url) ?? '')?.[1],
      business: line(text(link)),
    };
  };

  /** @param {Element} root @param {string} url */
  const onBusinessPage = (root, url) => ({
    by: author(root, url),
    shop: /\/(?:biz|not_recommended_reviews)\/([^/?#]+)/.exec(new URL(url).pathname)?.[1],
    business: line(text(root.ownerDocument.querySelector('h1'))),
  });

  /** @param {Element} root */
  const idOf = (root) =>
    root.getAttribute('data-review-id') ??
    root.querySelector('[data-review-id]')?.getAttribute('data-review-id') ??
    [...root.querySelectorAll('a[href*="hrid="], a[href*="review_id="], a[href*="reviewid="]')]
      .map((link) => /(?:hrid|review_?id)=([\w-]{8,40})/.exec(link.getAttribute('href') ?? '')?.[1])
      .find(Boolean);

  add({
    name: 'yelp',
    platform: 'yelp',
    label: 'Yelp',
    siteKind: 'reviews',
    version: 1,
    hosts: (
      'yelp.com yelp.at yelp.be yelp.ca yelp.ch yelp.cl yelp.co.jp yelp.co.nz yelp.co.uk yelp.com.ar yelp.com.au ' +
      'yelp.com.br yelp.com.hk yelp.com.mx yelp.com.ph yelp.com.sg yelp.com.tr yelp.com.tw yelp.cz yelp.de yelp.dk ' +
      'yelp.es yelp.fi yelp.fr yelp.ie yelp.it yelp.my yelp.nl yelp.no yelp.pl yelp.pt yelp.se'
    ).split(' '),
    item:
      `.review[data-review-id], li:is(:has(${MEMBER}), :has(${BUSINESS})):has([role="img"][aria-label])` +
      `:not(:has(li :is(${MEMBER}, ${BUSINESS})), .review[data-review-id] *):not(:has(.review[data-review-id]))`,
    anchor: (root) => root.querySelector(STARS),
    reply: ':not(*)', // owners answer in Yelp for Business
    extract(root, url) {
      const words = root.querySelector(WORDS) ?? root.querySelector('[class*="comment__"]');
      const isOfMember = OF_MEMBER.test(new URL(url).pathname);
      const { by, shop, business } = isOfMember ? onMemberPage(root, url) : onBusinessPage(root, url);
      const stars = [...root.querySelectorAll(STARS)].find((part) => rating(part));
      const said = text(words);
      if (!words || !said || !shop || !by || !stars) return undefined;
      const id = idOf(root);
      return {
        kind: 'review',
        id,
        url: new URL(`/biz/${shop}${id ? `?hrid=${id}` : ''}`, url).href,
        author: by,
        text: said,
        lang: language(words.getAttribute('lang')),
        dateText: line(dated(root, words)?.textContent),
        rating: rating(stars),
        media: [
          ...new Set(
            [...root.querySelectorAll('img[src*="/bphoto/"]')].map((part) => address(part.getAttribute('src'), url)),
          ),
        ].filter((src) => src !== undefined),
        context: { business },
      };
    },
  });
})();
