// @ts-check
/**
 * Reader of sites whose reviews are cards with the same parts, named by selectors; all are read in one way.
 *
 * A part counts only in its own card, and never in the business's answer that stands there too.
 */
(() => {
  const { add, line, language, text, count, rating, posted, address } = Amends;

  /** @param {string | string[] | undefined} selectors */
  const listed = (selectors) => [selectors ?? []].flat();

  /**
   * The card's own elements of the first selector that has any with words, or any at all.
   * @param {ReviewCards} site
   * @param {Element} root
   * @param {string | string[] | undefined} selectors
   * @param {(part: Element) => unknown} [fits]
   */
  const parts = (site, root, selectors, fits = () => true) =>
    listed(selectors)
      .map((selector) =>
        [...root.querySelectorAll(selector)].filter((part) => {
          const answer = site.answer ? part.closest(site.answer) : null;
          return part.closest(site.card) === root && !(answer && root.contains(answer)) && fits(part);
        }),
      )
      .find((found) => found.length) ?? [];

  /** The words of a part, without those of cards nested in it. @param {ReviewCards} site @param {Node | null} [part] */
  const said = (site, part) => text(part, { skip: site.skip ? `${site.card}, ${site.skip}` : site.card });

  /** @param {ReviewCards} site @param {Element} root @param {string | string[] | undefined} selectors */
  const worded = (site, root, selectors) => parts(site, root, selectors, (part) => said(site, part))[0] ?? null;

  /** What the customer wrote; where a site asks for good and bad apart, as a list of the two.
   * @param {ReviewCards} site @param {Element} root */
  const words = (site, root) => {
    const [good, bad, words] = [site.good, site.bad, site.text].map((part) => said(site, worded(site, root, part)));
    return [good && `+ ${good}`, bad && `− ${bad}`, words].filter(Boolean).join('\n\n') || undefined;
  };

  /** What an element says of itself to programs, else to people.
   * @param {ReviewCards} site @param {Element | undefined} part @param {string[]} names */
  const told = (site, part, names) => names.map((name) => part?.getAttribute(name)).find(Boolean) ?? said(site, part);

  /** @param {ReviewCards} site @param {Element} root */
  const dated = (site, root) => {
    const part = parts(site, root, site.date)[0];
    const exact = told(site, part, ['datetime', 'content', 'data-content', 'data-timestamp']) ?? '';
    const declared = /\d{4}-\d\d-\d\d|^\d{9,}$/.test(exact) ? posted(exact, root.ownerDocument) : {};
    const { postedAt, dateText = line(site.dateText?.(part) ?? said(site, part)) } = declared;
    return { ...declared, dateText: postedAt ? undefined : dateText };
  };

  /** @param {ReviewCards} site @param {Element} root */
  const stars = (site, root) =>
    parts(site, root, site.stars)
      .map((part) =>
        rating(
          told(site, part, ['data-score', 'data-rating', 'content', 'value', 'aria-label', 'title', 'alt']),
          site.max,
        ),
      )
      .find(Boolean);

  /** @param {ReviewCards} site @param {Element} root @param {string} url @returns {Author} */
  const author = (site, root, url) => {
    const name = worded(site, root, site.author);
    const profile = parts(site, root, site.profile)[0];
    const face = parts(site, root, site.avatar)[0];
    return {
      name: line(name && site.nameOf ? site.nameOf(name) : said(site, name)),
      url: address(profile?.getAttribute('href'), url)?.split(/[?#]/)[0],
      avatar: address(face?.getAttribute('src'), url),
    };
  };

  /** The page as everybody may come to it; a product of Shopify's without the collection and the choice in it.
   * @param {ReviewCards} site @param {string} url */
  const pageOf = (site, url) => {
    const { origin, pathname } = new URL(url);
    const found =
      site.product && /^((?:\/[a-z]{2}(?:-[a-z]{2})?)?)(?:\/collections\/[^/]+)?(\/products\/[^/]+)/.exec(pathname);
    return found ? `${origin}${found[1]}${found[2]}` : address(url)?.split('#')[0];
  };

  /** @param {Document} page @param {string | string[] | undefined} selectors */
  const named = (page, selectors) =>
    listed(selectors)
      .map((selector) => line(text(Amends.first(page, selector))))
      .find(Boolean);

  /** @param {ReviewCards} site @param {Element} root */
  const hasAnswer = (site, root) =>
    [...root.querySelectorAll(site.answered ?? site.answer ?? ':not(*)')].some(
      (part) => part.closest(site.card) === root && text(part),
    );

  /** @param {ReviewCards} site @param {Element} root @param {string} url */
  const context = (site, root, url) => ({
    business: site.product ? undefined : named(root.ownerDocument, site.business ?? 'h1'),
    product: named(root.ownerDocument, site.product),
    replied: hasAnswer(site, root) || undefined,
    verified: parts(site, root, site.verified).length > 0 || undefined,
    ...site.context?.(root, url),
  });

  /** @param {ReviewCards} site @param {Element} root @param {string} url @returns {Reading | undefined} */
  const extract = (site, root, url) => {
    const body = worded(site, root, site.text) ?? worded(site, root, site.bad) ?? worded(site, root, site.good);
    const title = line(said(site, worded(site, root, site.title)));
    const written = words(site, root);
    const given = stars(site, root);
    if (!(written || title) && !given) return undefined;
    const id = site.id?.(root) || undefined;
    return {
      kind: 'review',
      id,
      url: site.url?.(root, url, id) ?? pageOf(site, url),
      author: author(site, root, url),
      title,
      text: written,
      truncated: parts(site, root, site.more).length > 0 || undefined,
      lang: language(body?.closest('[lang]:not(html, body)')?.getAttribute('lang')),
      ...dated(site, root),
      rating: given,
      metrics: { helpful: count(parts(site, root, site.helpful)[0]?.textContent) },
      context: context(site, root, url),
      media: [
        ...new Set(parts(site, root, site.pictures).map((part) => address(part.getAttribute('src'), url))),
      ].filter((src) => src !== undefined),
    };
  };

  /** @type {Amends['addReviews']} */
  const addReviews = (site) =>
    add({
      name: site.name,
      platform: site.platform,
      label: site.label,
      siteKind: 'reviews',
      version: 1,
      hosts: site.hosts,
      detect: site.detect,
      item: site.card,
      anchor: (root) =>
        parts(site, root, site.stars)[0] ?? worded(site, root, site.author) ?? worded(site, root, site.text),
      reply: site.reply ?? ':not(*)',
      extract: (root, url) => extract(site, root, url),
    });

  Object.assign(Amends, { addReviews });
})();
