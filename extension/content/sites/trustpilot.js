// @ts-check
/** Reader of reviews on Trustpilot: a company's page, a review's own page, a reviewer's page. */
(() => {
  const { add, clean, line, language, text, count, rating, time, address } = Amends;
  const CARD = 'article[data-service-review-card-paper]';
  const ANSWER = '[data-service-review-business-reply-text-typography]';
  /** What the page's own data says of each review, by its id. @type {WeakMap<Element, Map<string, any>>} */
  const told = new WeakMap();

  /** @param {Document} page */
  const known = (page) => {
    const script = Amends.first(page, 'script#__NEXT_DATA__');
    const before = script && told.get(script);
    if (!script || before) return before ?? new Map();
    const reviews = new Map();
    told.set(script, reviews);
    try {
      const { reviews: all, review, businessUnit } = JSON.parse(script.textContent ?? '').props.pageProps;
      for (const one of [...(Array.isArray(all) ? all : []), review])
        if (one?.id) reviews.set(one.id, { businessUnit, ...one });
    } catch {
      /* what the page shows is enough */
    }
    return reviews;
  };

  /**
   * The company a review is about: the page's own, else named in the card or the data.
   * @param {Element} root
   * @param {string} url
   * @param {any} more
   */
  const business = (root, url, more) => {
    if (new URL(url).pathname.startsWith('/review/')) {
      const heading = root.ownerDocument.querySelector('#business-unit-title h1, h1');
      return {
        business: line(text(heading?.firstElementChild)) ?? line(text(heading)),
        businessUrl: address(url)?.split(/[?#]/)[0],
      };
    }
    const link = root.querySelector('a[href*="/review/"]');
    const unit = more?.businessUnit;
    return {
      business: line(text(link)) ?? line(unit?.displayName),
      businessUrl: address(
        link?.getAttribute('href') ?? (unit?.identifyingName && `/review/${unit.identifyingName}`),
        url,
      ),
    };
  };

  /** @param {Element} root */
  const stars = (root) =>
    rating(root.querySelector('[data-service-review-rating]')?.getAttribute('data-service-review-rating')) ??
    rating(root.querySelector('img[src*="/stars/"][alt]')?.getAttribute('alt'));

  /** @param {Element} root @param {string} url */
  const author = (root, url) => ({
    name: line(text(root.querySelector('[data-consumer-name-typography]'))),
    url: address(root.querySelector('a[data-consumer-profile-link], a[href*="/users/"]')?.getAttribute('href'), url),
    avatar: address(
      root.querySelector('img[data-consumer-avatar-image], [data-testid="consumer-avatar"] img')?.getAttribute('src'),
      url,
    ),
  });

  add({
    name: 'trustpilot',
    platform: 'trustpilot',
    label: 'Trustpilot',
    siteKind: 'reviews',
    version: 1,
    hosts: ['trustpilot.com'],
    item: `${CARD}:has([data-review-content])`, // the cards above the list only begin a review
    anchor: (root) => root.querySelector('[data-review-content]'),
    inside: '[data-review-content]',
    reply: 'textarea[name*="reply" i], [data-testid*="reply" i] textarea',
    extract(root, url) {
      const title = line(
        text(root.querySelector('[data-service-review-title-typography], [data-review-title-typography]')),
      );
      const said = text(root.querySelector('[data-service-review-text-typography]'));
      const here =
        root
          .querySelector('[data-review-title-typography][href*="/reviews/"], a[href*="/reviews/"]')
          ?.getAttribute('href') ?? url;
      const id = /\/reviews\/([\da-f]{24})/.exec(here)?.[1];
      if (!id || !(title || said || stars(root))) return undefined; // hidden while Trustpilot looks at a report
      const more = known(root.ownerDocument).get(id);
      // as it was before the browser translated the page
      const kept = Amends.isTranslated(root.ownerDocument) ? more : undefined;
      const written = [...root.querySelectorAll('time[datetime]')].find(
        (part) => !part.matches('[data-service-review-business-reply-date-time-ago]'),
      );
      return {
        kind: 'review',
        id,
        url: address(`/reviews/${id}`, url),
        author: author(root, url),
        title: line(kept?.title) ?? title,
        text: clean(kept?.text).trim() || said,
        lang: language(more?.language),
        postedAt: time(written?.getAttribute('datetime') ?? more?.dates?.publishedDate),
        rating: stars(root),
        metrics: {
          authorReviews:
            count(root.querySelector('[data-consumer-reviews-count]')?.getAttribute('data-consumer-reviews-count')) ??
            count(root.querySelector('[data-consumer-reviews-count-typography]')?.textContent),
        },
        context: {
          ...business(root, url, more),
          replied: root.querySelector(ANSWER) !== null || undefined,
          verified: more?.labels?.verification?.isVerified === true || undefined,
        },
      };
    },
  });
})();
