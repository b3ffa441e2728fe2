// @ts-check
/**
 * Fallback reader for any other page: selection, JSON-LD, microdata, Open Graph, title.
 *
 * Declarations are stale after a navigation inside a page, so a statement counts only when the page's
 * canonical address is the one shown, or when its words stand on the page.
 */
(() => {
  const { clean, line, language, text, count, time, address, finish, markOf } = Amends;
  // biome-ignore format: a table
  const KINDS = /** @type {Record<string, string>} */ ({
    Review: 'review', UserReview: 'review', CriticReview: 'review', EmployerReview: 'review',
    Comment: 'comment', Answer: 'comment',
    Question: 'post', DiscussionForumPosting: 'post', SocialMediaPosting: 'post', BlogPosting: 'post',
  });
  const MOST = 500;
  // biome-ignore format: a table
  const ENTITIES = /** @type {Record<string, string>} */ ({
    amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', hellip: '…', ndash: '–', mdash: '—',
    rsquo: '’', lsquo: '‘', rdquo: '”', ldquo: '“', laquo: '«', raquo: '»',
    eacute: 'é', egrave: 'è', agrave: 'à', ccedil: 'ç', euro: '€',
  });

  /** @param {unknown} value @returns {any} */
  const first = (value) => (Array.isArray(value) ? value[0] : value) ?? undefined;
  /** @param {unknown} value */
  const list = (value) => (Array.isArray(value) ? value : value ? [value] : []);
  /** @param {any} node */
  const kindOf = (node) =>
    list(node?.['@type'])
      .map((type) => KINDS[String(type).replace(/^.*[/#:]/, '')])
      .find(Boolean);
  /** @param {string | undefined} words */
  const squeeze = (words) => (words ?? '').replace(/\s+/g, ' ').trim();

  /**
   * Words of a statement, whose text may be written as HTML: it is taken apart as letters, never parsed.
   * @param {unknown} value
   */
  const plain = (value) => {
    if (typeof value !== 'string') return undefined;
    const words = value
      .slice(0, 400_000)
      .replace(/<(script|style)\b.*?<\/\1>/gis, '')
      .replace(/<\/?(br|p|div|li|h\d|tr|blockquote)\b[^<>]*>/gi, '\n')
      .replace(/<\/?[a-z][^<>]*>|<!--.*?-->/gis, '')
      .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, (whole, decimal, hex, name) => {
        const code = decimal ? Number(decimal) : hex ? parseInt(hex, 16) : 0;
        return name ? (ENTITIES[name.toLowerCase()] ?? whole) : code <= 0x10ffff ? String.fromCodePoint(code) : '';
      });
    return (
      clean(
        words
          .replace(/[^\S\n]+/g, ' ')
          .replace(/ ?\n ?/g, '\n')
          .replace(/\n{3,}/g, '\n\n')
          .trim(),
      ) || undefined
    );
  };

  /** Every object of the page's JSON-LD, outermost first. @param {Document} page */
  const statements = (page) => {
    const found = /** @type {any[]} */ ([]);
    /** @param {any} node @param {number} depth */
    const gather = (node, depth) => {
      if (!node || typeof node !== 'object' || depth > 12 || found.length > 20_000) return;
      if (list(node['@type']).includes('FAQPage')) return; // the site's own words, not a customer's
      if (!Array.isArray(node) && node['@type']) found.push(node);
      for (const inner of Object.values(node)) gather(inner, depth + 1);
    };
    for (const script of page.querySelectorAll('script[type="application/ld+json"]')) {
      try {
        gather(JSON.parse(script.textContent ?? ''), 0);
      } catch {
        /* a page may declare nonsense */
      }
    }
    return found;
  };

  /** @param {any} by who is named as the author: an object, or only a name @param {string} url @returns {Author} */
  const authorOf = (by, url) => ({
    name: line(plain(typeof by === 'string' ? by : first(by.name))),
    handle: line(by.alternateName),
    url: address(first(by.url), url),
    avatar: address(first(by.image)?.url ?? first(by.image), url),
  });

  /** @param {any} rating @returns {Reading['rating']} */
  const ratingOf = (rating) => {
    const value = Number(String(rating?.ratingValue ?? '').replace(',', '.'));
    if (!rating || rating.ratingValue === undefined || !Number.isFinite(value)) return undefined;
    return { value, max: Number(rating.bestRating) || 5 };
  };

  /** @param {any} node @param {string} url @param {string} subject @returns {Reading} */
  const stated = (node, url, subject) => {
    const named = address(first(node['@id']), url);
    const link = address(
      first(node.url ?? node.mainEntityOfPage?.['@id'] ?? (named?.includes('#') ? undefined : named)),
      url,
    );
    const words = plain(node.reviewBody ?? node.articleBody ?? node.text ?? node.description);
    const own = link && new URL(link).host === new URL(url).host ? link : undefined;
    const title = line(plain(node.headline ?? node.name));
    return {
      kind: kindOf(node),
      id: own ? undefined : (named ?? markOf(url, words)),
      url: own ?? url,
      author: authorOf(first(node.author ?? node.creator) ?? {}, url),
      title,
      text: words,
      lang: language(first(node.inLanguage)?.alternateName ?? first(node.inLanguage)),
      postedAt: time(node.datePublished ?? node.dateCreated ?? node.uploadDate),
      rating: ratingOf(first(node.reviewRating)),
      metrics: { replies: count(node.commentCount ?? node.answerCount), likes: count(node.upvoteCount) },
      context: {
        business: line(plain(first(node.itemReviewed)?.name)),
        threadTitle: subject === title ? undefined : subject,
      },
    };
  };

  /** Microdata as the same kind of object as JSON-LD. @param {Element} root @returns {any} */
  const microdata = (root) => {
    const node = /** @type {any} */ ({ '@type': (root.getAttribute('itemtype') ?? '').split(/\s+/)[0] });
    for (const part of root.querySelectorAll('[itemprop]')) {
      if (part.parentElement?.closest('[itemscope]') !== root) continue;
      const said =
        part.getAttribute('content') ??
        part.getAttribute('datetime') ??
        part.getAttribute('href') ??
        part.getAttribute('src');
      for (const name of (part.getAttribute('itemprop') ?? '').split(/\s+/))
        node[name] ??= part.matches('[itemscope]') ? microdata(part) : (said ?? text(part));
    }
    return node;
  };

  /** @param {Document} page */
  const meta =
    (page) =>
    (/** @type {string[]} */ ...names) =>
      names
        .map((name) =>
          page.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.getAttribute('content')?.trim(),
        )
        .find(Boolean);

  /** True when what the page declares is about the address shown. @param {Document} page @param {string} url */
  const isCurrent = (page, url) => {
    const declared = page.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? meta(page)('og:url');
    /** @param {string | undefined} where */
    const path = (where) => where && new URL(where).pathname.replace(/\/+$/, '').toLowerCase();
    return !declared || path(address(declared, url)) === path(url);
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
    const title = line(says('og:title', 'twitter:title')) ?? line(page.title);
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
      postedAt: time(says('article:published_time', 'og:article:published_time', 'datePublished')),
      context: { community: line(says('og:site_name')) },
      media: [address(says('og:image', 'og:image:url'), url)].filter((src) => src !== undefined),
    });
  };

  /** @type {Amends['generic']} */
  Amends.generic = (page, url) => {
    const current = isCurrent(page, url);
    const shown = squeeze(page.body?.textContent ?? '');
    const subject = line(page.title) ?? '';
    const marked = [...page.querySelectorAll('[itemscope][itemtype*="schema.org/"]')].map((root) => ({
      root,
      node: microdata(root),
    }));
    const declared = [...statements(page).map((node) => ({ root: undefined, node })), ...marked]
      .filter(({ node }) => kindOf(node))
      .slice(0, MOST)
      .map(({ root, node }) => ({ root, capture: finish('web', stated(node, url, subject)) }))
      .filter(({ capture }) => capture.text && (current || shown.includes(squeeze(capture.text).slice(0, 60))));
    const said = new Set();
    const unique = declared.filter(({ capture }) => {
      const key = `${capture.author?.name}\n${squeeze(capture.text).slice(0, 200)}`;
      return !said.has(key) && said.add(key);
    });
    const selection = Amends.selected(page);
    if (selection) return [Amends.holderOf(unique, selection) ?? Amends.selectedAlone(page, url, selection)];
    if (unique.length) return unique;
    const capture = whole(page, url, current);
    return capture.title || capture.text ? [{ root: undefined, capture }] : [];
  };
})();
