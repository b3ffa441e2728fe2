// @ts-check
/** Reader of customer reviews on Amazon, in any of its shops: a product's page, all its reviews, one review. */
(() => {
  const { add, line, language, text, count, rating, address } = Amends;
  const SHOPS =
    'com ca com.mx com.br co.uk ie de fr it es nl com.be se pl com.tr ae sa eg co.za in co.jp sg com.au cn'.split(' ');
  /** Older pages write review-title, those since 2025 reviewTitle; both are served. @param {string[]} names */
  const hook = (...names) => names.map((name) => `[data-hook="${name}"]`).join();
  const BOX = hook('reviewContainer');
  const ITEM = `${hook('review')}, ${BOX}:not(:has(${hook('review')}))`;
  const BODIES = ['reviewRichContentContainer', 'review-body', 'reviewText', 'reviewTextContainer', 'review-collapsed'];
  /** What is no word of the author: stars, translations, what only a screen reader says, players, "Read more". */
  const NOISE =
    '[data-hook*="star-rating"], .a-icon-alt, .cr-translated-review-content, .a-hidden, ' +
    '[class*="a-teaser-describedby"], ' +
    '[data-hook*="expand"], [class*="a-expander-prompt"], .a-expander-header, [class*="video"], [data-hook*="video" i]';
  const PIXEL = /\/(grey|transparent)-pixel\b/;

  /** @param {Element} root @param {string} selector */
  const words = (root, selector) => text(root.querySelector(selector), { skip: NOISE });

  /** @param {Element} root */
  const idOf = (root) => {
    const box = root.closest(BOX);
    const named = [
      root.id,
      root.getAttribute('data-reviewid'),
      box?.id,
      box?.getAttribute('data-reviewid'),
      root.querySelector('[id^="customer_review"]')?.id,
      root.querySelector('a[href*="/customer-reviews/"]')?.getAttribute('href'),
    ];
    return named.map((name) => /(?:^|[-_/])(R[A-Z\d]{9,15})(?![A-Z\d])/.exec(name ?? '')?.[1]).find(Boolean);
  };

  /**
   * A picture's own address: before it is scrolled to, `src` is a grey pixel.
   * @param {Element | null} image
   * @param {string} url
   */
  const picture = (image, url) =>
    [image?.getAttribute('data-src'), image?.getAttribute('src')]
      .map((src) => address(src, url))
      .find((src) => src && !PIXEL.test(src));

  /** @param {Element} root @param {string} url */
  const author = (root, url) => {
    const link = address(root.querySelector('a[href*="/gp/profile/"], a[href*="/shop/"]')?.getAttribute('href'), url);
    return {
      name: line(
        text(root.querySelector('.a-profile-name') ?? root.querySelector(hook('review-author', 'genome-widget'))),
      ),
      url: link && /^[^?#]*?\/(?:gp\/profile|shop)\/[^/?#]+/.exec(link)?.[0],
      avatar: picture(root.querySelector('.a-profile-avatar img, [class*="profile-avatar"] img'), url),
    };
  };

  /** The stars are in the icon's class, whatever the language. @param {Element} root */
  const stars = (root) => {
    const icon = root.querySelector('[data-hook*="star-rating"]');
    const shown = /\ba-star-(?:[a-z]+-)*([0-5])(-5)?\b/.exec(
      [icon, icon?.firstElementChild, icon?.querySelector('i')].map((part) => part?.getAttribute('class')).join(' '),
    );
    return shown
      ? { value: Number(shown[1]) + (shown[2] ? 0.5 : 0), max: 5 }
      : (rating(icon?.textContent) ?? rating(icon?.getAttribute('aria-label')));
  };

  /**
   * "One person found this helpful" is a number too; every other is written in digits.
   * @param {string | undefined} statement
   */
  const helpful = (statement) => (statement ? (count(statement) ?? 1) : undefined);

  /** @param {Element} root @param {string} url */
  const media = (root, url) =>
    [
      ...new Set(
        [...root.querySelectorAll('[data-hook$="review-image-tile"], [data-video-url]')].map(
          (part) =>
            address(part.getAttribute('data-video-url'), url) ??
            picture(part.matches('img') ? part : part.querySelector('img'), url),
        ),
      ),
    ].filter((src) => src !== undefined);

  add({
    name: 'amazon',
    platform: 'amazon',
    label: 'Amazon',
    siteKind: 'reviews',
    version: 1,
    hosts: SHOPS.map((shop) => `amazon.${shop}`),
    item: ITEM,
    anchor: (root) =>
      root.querySelector(hook('review-comments', 'review-voting-widget', 'vote-helpful-button')) ??
      root.querySelector(hook(...BODIES)) ??
      root.lastElementChild,
    inside: hook('review-comments'),
    reply: `${hook('review-comments')} textarea, textarea[name="commentText"]`,
    extract(root, url) {
      const id = idOf(root);
      const titled = root.querySelector(hook('review-title', 'reviewTitle'));
      const title = line(text(titled, { skip: NOISE }));
      const said = BODIES.map((name) => words(root, hook(name))).find(Boolean);
      const given = stars(root);
      if (!id || !(title || said || given)) return undefined;
      const page = root.ownerDocument;
      return {
        kind: 'review',
        id,
        url: `${new URL(url).origin}/gp/customer-reviews/${id}`,
        author: author(root, url),
        title,
        text: said,
        lang: language(titled?.closest('[lang]:not(html, body)')?.getAttribute('lang')),
        dateText: line(words(root, hook('review-date'))),
        rating: given,
        metrics: { helpful: helpful(words(root, hook('helpful-vote-statement'))) },
        context: {
          product: line(text(Amends.first(page, '#productTitle') ?? Amends.first(page, hook('product-link')))),
          verified:
            root.querySelector(`[data-hook^="avp-badge"], ${hook('review-badges')} .a-color-state`) !== null ||
            undefined,
        },
        media: media(root, url),
      };
    },
  });
})();
