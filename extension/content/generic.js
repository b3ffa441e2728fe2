// @ts-check
/**
 * Fallback reader for any other page: the selected words, else its repeated blocks and what it declares of its posts,
 * else the page itself by Open Graph and its title.
 */
(() => {
  const { line, language, text, posted, address, finish, letters, plain, statements } = Amends;
  /** @param {unknown} value @returns {any} */
  const first = (value) => (Array.isArray(value) ? value[0] : value) ?? undefined;
  /** @param {unknown} value */
  const list = (value) => (Array.isArray(value) ? value : value ? [value] : []);
  /** @param {string | undefined} words */
  const squeeze = (words) => (words ?? '').replace(/\s+/g, ' ').trim();

  /** @param {Document} page */
  const meta =
    (page) =>
    (/** @type {string[]} */ ...names) =>
      names
        .map((name) =>
          page.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.getAttribute('content')?.trim(),
        )
        .find(Boolean);

  /** The title of a page, or after a navigation inside of it the heading that it shows now. @param {Document} page */
  const titleOf = (page) => {
    const heading = page.querySelector('main h1, article h1, h1');
    const isTold = !Amends.hasNavigated(page) || Amends.shownWords(page).has(page.title);
    return isTold ? line(page.title) : line(text(heading));
  };

  const BYLINE =
    ['auteur', 'auteurs', 'author', 'authors', 'journaliste', 'autor', 'autore'].map((kind) => `a[href*="/${kind}/"]`) +
    ', a[rel~="author"]';

  /**
   * Who wrote an article: a person whom the page names above it, as it declares or by the only link to an author;
   * never its publisher.
   * @param {Document} page
   * @param {string | undefined} named what the page's head says
   */
  const journalist = (page, named) => {
    const articles = statements(page).filter((node) => list(node['@type']).some((type) => /Article$/.test(type)));
    const publishers = [meta(page)('og:site_name'), ...articles.map((node) => first(node.publisher)?.name)].map(
      (name) => line(name),
    );
    const writers = articles.map((node) => first(node.author ?? node.creator));
    const declared = writers.map((by) => (by?.['@type'] === 'Organization' ? undefined : (first(by?.name) ?? by)));
    const links = [...page.querySelectorAll(BYLINE)].filter((link) => !link.closest('aside, nav, footer'));
    const bylines = [...new Set(links.map((link) => line(text(link))))].filter((name) => name !== undefined);
    const shown = squeeze(page.body?.textContent ?? '');
    return [named, ...declared, bylines.length === 1 ? bylines[0] : undefined]
      .map((name) => (typeof name === 'string' ? line(plain(name)) : undefined))
      .find((name) => name && !publishers.includes(name) && (name === line(named) || shown.includes(name)));
  };

  /**
   * The page itself, by Open Graph or its title.
   * @param {Document} page
   * @param {string} url
   * @param {boolean} current
   */
  const whole = (page, url, current) => {
    const says = current ? meta(page) : () => undefined;
    const title = line(says('og:title', 'twitter:title')) ?? titleOf(page);
    const described = says('og:description', 'description', 'twitter:description');
    const author = says('author', 'article:author');
    const body = described ? undefined : text(page.querySelector('article, main'));
    return finish('web', {
      kind: 'page',
      url,
      title,
      text: plain(described) ?? body,
      author: {
        name: current ? journalist(page, /^https?:/.test(author ?? '') ? undefined : author) : undefined,
        url: /^https?:/.test(author ?? '') ? address(author, url) : undefined,
      },
      lang: language(page.documentElement?.lang),
      ...posted(says('article:published_time', 'og:article:published_time', 'datePublished'), page),
      context: { community: line(says('og:site_name')) },
      media: [address(says('og:image', 'og:image:url'), url)].filter((src) => src !== undefined),
    });
  };

  /** A short name for words, by which two readings of one text are told. @param {string | undefined} words */
  const nameOf = (words) => letters(words).slice(0, 200);

  /**
   * A block with what the page declares of the same words. Its author is the block's own; one that is only declared
   * counts where the name stands in the block.
   * @param {Found} block
   * @param {Found & { isMarked: boolean }} stated
   */
  const merged = ({ root, capture }, { root: place, isMarked, capture: said }) => {
    const isBeside = root && letters(root.textContent ?? '').includes(letters(said.author?.name));
    const author = capture.author ?? (isBeside ? said.author : undefined);
    const base =
      isMarked && place === root
        ? { ...capture, context: undefined, lang: undefined, id: undefined, ...said }
        : { ...said, ...capture };
    return { root, capture: finish('web', { ...base, author, postedAt: capture.postedAt ?? said.postedAt }) };
  };

  /** @param {Found} one @param {Found} other */
  const isSameAuthor = ({ capture: one }, { capture: other }) =>
    !one.author?.name || !other.author?.name || letters(one.author.name) === letters(other.author.name);

  /**
   * Blocks and statements of a page, each text once, in the order of the page.
   * @param {Document} page
   * @param {string} url
   */
  const posts = (page, url) => {
    const subject = line(page.title) ?? '';
    const blocks = Amends.blocks(page, (group, signs) => Amends.readBlocks(group, signs, url, subject));
    const said = new Set();
    const stated = Amends.declared(page, url, subject, Amends.shownWords(page)).filter(({ capture }) => {
      const key = `${capture.author?.name} ${nameOf(capture.text)}`;
      return !said.has(key) && said.add(key);
    });
    const pairs = /** @type {Map<Found, Found>} */ (new Map());
    const rest = blocks.filter((block) => {
      const same = stated.find(
        (each) =>
          !pairs.has(each) && nameOf(each.capture.text) === nameOf(block.capture.text) && isSameAuthor(each, block),
      );
      if (same) pairs.set(same, merged(block, same));
      return !same;
    });
    const known = new Set(blocks.map(({ capture }) => nameOf(capture.text)));
    const alone = stated.filter((each) => pairs.has(each) || !known.has(nameOf(each.capture.text)));
    const all = [...alone.map((each) => pairs.get(each) ?? each), ...rest];
    return all
      .map((each, at) => ({ each, at }))
      .sort(byPlace)
      .map(({ each }) => ({ ...each, capture: Amends.doubted(each.root, each.capture) }));
  };

  /** In the order of the page; what has no place there keeps its own.
   * @param {{ each: Found, at: number }} a @param {{ each: Found, at: number }} b */
  const byPlace = (a, b) => {
    if (!a.each.root || !b.each.root || a.each.root === b.each.root) return a.at - b.at;
    return a.each.root.compareDocumentPosition(b.each.root) & 4 ? -1 : 1;
  };

  /** @type {Amends['generic']} */
  Amends.generic = (page, url) => {
    const found = posts(page, url);
    const selection = Amends.selected(page);
    if (selection) return [Amends.holderOf(found, selection) ?? Amends.selectedAlone(page, url, selection)];
    if (found.length) return found;
    const read = whole(page, url, Amends.isCurrent(page, url));
    const capture = page.body ? Amends.withTranslation(page.body, read) : read;
    return capture.title || capture.text ? [{ root: undefined, capture }] : [];
  };
})();
