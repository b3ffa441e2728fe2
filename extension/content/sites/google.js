// @ts-check
/**
 * Reader of reviews in Google Maps and Google Search. No real page was at hand: every hook comes from public source
 * only. Google names nearly everything by machine; such classes stand last in each list, behind what has a meaning.
 */
(() => {
  const { add, line, language, text, count, rating, address } = Amends;
  // Google leads people of every country to google.com since 2025. The rest of the older ones is known by `detect`, for
  // the toolbar button.
  const COUNTRIES = (
    'com co.uk ie ca com.au co.nz co.in co.za fr be ch de at nl lu es pt it gr pl cz hu ro se no dk fi com.tr com.br ' +
    'com.mx com.ar co.jp co.kr com.tw com.hk com.sg ae'
  ).split(' ');
  const MAPS = 'div[data-review-id]:not([data-review-id] *)';
  const WRITER = 'a[href*="/maps/contrib/"], [data-href*="/maps/contrib/"]';
  const CARD = ':is([data-id^="C"], .gws-localreviews__google-review)';
  /** The name in Search, where it may be no link. */
  const NAME = '.Vpc5Fe, .TSUbDb';
  /** The business's own answer stands inside the card. */
  const ANSWER = '.CDe7pd, .PdaDLc, .d6SCIc, .lororc';
  const BODIES = ['.review-full-text', '[data-expandable-section]', '.MyEned', '.wiI7pd', '.OA1nbd', '.Jtu6Td'];
  const CONTRIBUTOR = /^(?:https:\/\/www\.google\.[a-z.]+)?\/maps\/contrib\/(\d+)/;
  const WHEN = '.rsqaWe, .xRkPPb, .y3Ibjb, .dehysf';

  /** @param {Element} root */
  const idOf = (root) =>
    root.getAttribute('data-review-id') ??
    root.getAttribute('data-id') ??
    root.querySelector('[data-ri]')?.getAttribute('data-ri') ??
    undefined;

  /** @param {Element} root @param {string} selector */
  const mine = (root, selector) => [...root.querySelectorAll(selector)].filter((part) => !part.closest(ANSWER));

  /** The words: in Maps their element has the review's own id. @param {Element} root */
  const body = (root) => {
    const id = idOf(root);
    return (
      mine(root, '[lang][id]').find((part) => part.id === id) ??
      BODIES.map((selector) => mine(root, selector).find((part) => text(part))).find(Boolean) ??
      null
    );
  };

  /** The stars: a labelled picture that is not the writer's, or "5/5" in the cards of hotels. @param {Element} root */
  const stars = (root) =>
    mine(root, '[role="img"][aria-label], g-review-stars [aria-label]').find(
      (part) => !part.closest(WRITER) && rating(part.getAttribute('aria-label')),
    ) ?? mine(root, 'span').find((part) => /^\s*[0-5]([.,]\d)?\s*\/\s*5\s*$/.test(part.textContent ?? ''));

  /** @param {Element | null | undefined} part @param {string} url */
  const picture = (part, url) =>
    address(/url\(["']?(https:[^"')]+)/.exec(part?.getAttribute('style') ?? '')?.[1] ?? part?.getAttribute('src'), url);

  /** Name, then "Local Guide · 28 reviews · 12 photos" in any language. @param {Element} root @param {string} url */
  const writer = (root, url) => {
    const parts = [...root.querySelectorAll(WRITER)].filter((part) => !part.closest(ANSWER));
    const [name, ...rest] = (parts.map((part) => text(part)).find(Boolean) ?? '').split('\n').filter(Boolean);
    const [authorReviews, authorPhotos] = rest
      .join(' · ')
      .split(/[·・•⋅∙]/)
      .map((part) => count(part))
      .filter((number) => number !== undefined);
    const link = parts.map((part) => part.getAttribute('data-href') ?? part.getAttribute('href')).find(Boolean);
    const contributor = CONTRIBUTOR.exec(link ?? new URL(url).pathname)?.[1];
    const named = CONTRIBUTOR.test(new URL(url).pathname)
      ? text(root.ownerDocument.getElementsByTagName('h1')[0])
      : root.getAttribute('aria-label');
    const shown = parts.map((part) => picture(part.querySelector('img[src], [style*="url("]'), url)).find(Boolean);
    return {
      author: {
        name:
          (Amends.isTranslated(root.ownerDocument) ? line(named) : undefined) ??
          line(text(mine(root, NAME)[0])) ??
          line(name) ??
          line(named),
        url: contributor && `https://www.google.com/maps/contrib/${contributor}`,
        avatar: shown,
      },
      metrics: { authorReviews, authorPhotos },
    };
  };

  /** Google's translation and the words themselves, in either order, under a heading in brackets each. */
  const TRANSLATED_FIRST =
    /^[(（][^()（）\n]*google[^()（）\n]*[)）]\s*(.+?)\n\s*[(（][^()（）\n]{2,40}[)）]\s*\n?(.+)$/is;
  const TRANSLATED_LAST = /^(.+?)\n\s*[(（][^()（）\n]*google[^()（）\n]*[)）]\s*(.+)$/is;
  /** What the person wrote, and apart from it what Google made of it. @param {string | undefined} said */
  const apart = (said) => {
    const [, first, second] = TRANSLATED_FIRST.exec(said ?? '') ?? [];
    const [, written = second ?? said, translation = first] = TRANSLATED_LAST.exec(first ? '' : (said ?? '')) ?? [];
    return { written: written?.trim(), translation: translation?.trim() };
  };

  /** The words in the language of their author as far as the page has them, and Google's apart.
   * @param {Element} root @param {Element | null} said */
  const wording = (root, said) => {
    const { written, translation } = apart(text(said, { pre: root.matches(MAPS), skip: 'a[role="button"]' }));
    const tag = language(said?.closest('[lang]:not(html, body)')?.getAttribute('lang'));
    return translation
      ? { said: { text: written, translated: false }, translation: { text: translation, lang: tag } }
      : { said: { text: written, lang: tag } };
  };

  /** Where the review stands; neither Maps nor Search shows an address of its own. @param {string} url */
  const place = (url) => {
    const { origin, pathname, searchParams } = new URL(url);
    const found = /^\/maps\/place\/[^/]+/.exec(pathname);
    // a place's number, else where it is: firms share names
    if (found) return `${origin}${found[0]}${(/\/data=[^/]+/.exec(pathname) ?? /\/@[^/]+/.exec(pathname))?.[0] ?? ''}`;
    const words = searchParams.get('q');
    return `${origin}${pathname}${words ? `?${new URLSearchParams({ q: words })}` : ''}`;
  };

  /** @param {Element} root @param {string} url */
  const business = (root, url) => {
    const page = root.ownerDocument;
    // all of one person's reviews
    if (CONTRIBUTOR.test(new URL(url).pathname)) return line(root.getAttribute('aria-label'));
    return (
      line(root.closest('[role="main"][aria-label]')?.getAttribute('aria-label')) ??
      line(
        text(
          /^\/maps/.test(new URL(url).pathname)
            ? page.getElementsByTagName('h1')[0]
            : Amends.first(page, '[data-attrid="title"]'),
        ),
      )
    );
  };

  add({
    name: 'google',
    platform: 'google',
    label: 'Google',
    siteKind: 'reviews',
    version: 1,
    hosts: ['maps.google.com', ...COUNTRIES.map((country) => `www.google.${country}`)],
    detect: (page) => /^(www|maps)\.google\.[a-z]{2,3}(\.[a-z]{2})?$/.test(new URL(page.URL).hostname),
    item: `${MAPS}, ${CARD}`,
    anchor: (root) => body(root) ?? stars(root) ?? null,
    reply: '[data-review-id] textarea, [role="dialog"] textarea:not([name="q"])',
    extract(root, url) {
      // a card may hold cards, and is none itself then
      if (root.matches(CARD) && [...root.querySelectorAll(CARD)].some((card) => stars(card))) return undefined;
      const id = idOf(root);
      const said = body(root);
      const shown = stars(root);
      const { author, metrics } = writer(root, url);
      if (!author.name || !(said || shown)) return undefined;
      const more = root.matches(MAPS)
        ? mine(root, '[jsaction*="expandReview"], button[aria-expanded="false"]')
        : [...(said?.querySelectorAll('a[role="button"]') ?? [])];
      const words = wording(root, said);
      const thumb = mine(root, '[jsaction*="toggleThumbsUp"]')[0];
      const time = (shown?.closest('g-review-stars') ?? shown)?.nextElementSibling;
      const pictures = mine(root, '[style*="url("]')
        .filter((part) => !part.closest(WRITER))
        .map((part) => picture(part, url));
      return {
        kind: 'review',
        id,
        url: place(url),
        author,
        ...words.said,
        truncated: (more.length > 0 && !said?.matches('.review-full-text')) || undefined,
        timeText: line(text(mine(root, WHEN)[0])) ?? line(text(time)),
        rating: rating(shown?.getAttribute('aria-label') ?? shown?.textContent),
        metrics: { likes: count(thumb?.textContent) ?? count(thumb?.getAttribute('aria-label')), ...metrics },
        context: {
          business: business(root, url),
          businessUrl: place(url),
          translation: words.translation,
          replied: root.querySelector(ANSWER) !== null || undefined,
        },
        media: [...new Set(pictures)].filter((src) => src !== undefined),
      };
    },
  });
})();
