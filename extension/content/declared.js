// @ts-check
/**
 * What a page declares of its posts: JSON-LD and microdata.
 *
 * Declarations are stale after a navigation inside a page: then a statement counts only where its words are visible,
 * and its author only where the name stands beside them.
 */
(() => {
  const { clean, line, language, text, count, posted, address, finish, markOf, letters } = Amends;
  // biome-ignore format: a table
  const KINDS = /** @type {Record<string, string>} */ ({
    Review: 'review', UserReview: 'review', CriticReview: 'review', EmployerReview: 'review',
    Comment: 'comment', Answer: 'comment',
    Question: 'post', DiscussionForumPosting: 'post', SocialMediaPosting: 'post', BlogPosting: 'post',
  });
  const MOST = 500;
  const SURE = 60; // letters by which words are found again
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

  /** Questions that a firm asks and answers itself are nobody's words. @param {any} node */
  const isAnswerBook = (node) => list(node['@type']).some((type) => /(^|[/#:])FAQPage$/.test(String(type)));

  /** Every object of the page's JSON-LD, outermost first. @param {Document} page */
  const statements = (page) => {
    const found = /** @type {any[]} */ ([]);
    /** @param {any} node @param {number} depth */
    const gather = (node, depth) => {
      if (!node || typeof node !== 'object' || depth > 12 || found.length > 20_000 || isAnswerBook(node)) return;
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

  /**
   * Whether an address declared for an item is believed: a link that stands on the page, or a part of this page.
   * @param {string | undefined} link
   * @param {string} url
   * @param {boolean} isShown
   */
  const isBelieved = (link, url, isShown) => {
    if (!link) return false;
    const [there, here] = [new URL(link), new URL(url)];
    const bare = (/** @type {string} */ path) => path.replace(/\/+$/, '').toLowerCase();
    const isSame = bare(there.pathname) === bare(here.pathname) && (!there.search || there.search === here.search);
    return there.host === here.host && (isShown || isSame);
  };

  /** @param {any} node @param {string} url @param {string} subject @param {boolean} isShown
   * @param {Document} page @returns {Reading} */
  const stated = (node, url, subject, isShown, page) => {
    const named = address(first(node['@id']), url);
    const link = address(
      first(node.url ?? node.mainEntityOfPage?.['@id'] ?? (named?.includes('#') ? undefined : named)),
      url,
    );
    const words = plain(node.reviewBody ?? node.articleBody ?? node.text ?? node.description);
    const own = isBelieved(link, url, isShown) ? link : undefined;
    const title = line(plain(node.headline ?? node.name));
    const author = authorOf(first(node.author ?? node.creator) ?? {}, url);
    const rating = ratingOf(first(node.reviewRating));
    return {
      kind: kindOf(node),
      id: own ? undefined : (named ?? markOf(url, words ?? `${author.name} ${rating?.value}`)),
      url: own ?? url,
      author,
      title,
      text: words,
      lang: language(first(node.inLanguage)?.alternateName ?? first(node.inLanguage)),
      ...posted(node.datePublished ?? node.dateCreated ?? node.uploadDate, page),
      rating,
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

  /** Whether the page has gone to another address since it was loaded, without being loaded anew.
   * @type {Amends['hasNavigated']} */
  const hasNavigated = (page) => {
    const [loaded] = page.defaultView?.performance?.getEntriesByType?.('navigation') ?? [];
    const [there, here] = [loaded?.name ?? '', page.location?.href ?? ''];
    if (!loaded || !Amends.address(there)) return false;
    return there.includes('#') ? there !== here : there !== here.split('#')[0] || /#[/!]/.test(here);
  };

  /**
   * Whether what the page declares is of the address shown: not after a navigation inside of it, and not where it names
   * another one.
   * @type {Amends['isCurrent']}
   */
  const isCurrent = (page, url) => {
    const declared =
      page.querySelector('link[rel="canonical"]')?.getAttribute('href') ??
      page.querySelector('meta[property="og:url"]')?.getAttribute('content');
    /** @param {string | undefined} where */
    const path = (where) => where && new URL(where).pathname.replace(/\/+$/, '').toLowerCase();
    return !hasNavigated(page) && (!declared || path(address(declared, url)) === path(url));
  };

  /**
   * The visible words of a page in one line of letters, and the element that holds those at a place.
   * @type {Amends['shownWords']}
   */
  const shownWords = (page) => {
    const [starts, holders, parts] = [
      /** @type {number[]} */ ([]),
      /** @type {Element[]} */ ([]),
      /** @type {string[]} */ ([]),
    ];
    const visible = /** @type {Map<Element, boolean>} */ (new Map());
    let length = 0;
    const walker = page.createTreeWalker(page.body ?? page, 4);
    while (walker.nextNode()) {
      const holder = walker.currentNode.parentElement;
      if (!holder || /^(script|style|noscript|template|textarea)$/.test(holder.localName)) continue;
      if (!visible.has(holder)) visible.set(holder, holder.checkVisibility({ visibilityProperty: true }));
      const words = visible.get(holder) && letters(walker.currentNode.nodeValue ?? '');
      if (!words) continue;
      starts.push(length);
      holders.push(holder);
      parts.push(words);
      length += words.length;
    }
    const all = parts.join('');
    return {
      has: (words) => all.includes(letters(words)),
      holderOf: (words) => {
        const place = words ? all.indexOf(letters(words).slice(0, SURE)) : -1;
        const after = place < 0 ? 0 : starts.findIndex((start) => start > place);
        return place < 0 ? undefined : holders[(after < 0 ? starts.length : after) - 1];
      },
    };
  };

  /**
   * Whether a name stands beside words: in the smallest element around both there are no words of another statement.
   * @param {string | undefined} name
   * @param {Element} holder
   * @param {Element[]} others
   */
  const standsBeside = (name, holder, others) => {
    for (let at = /** @type {Element | null} */ (holder); at && at.localName !== 'body'; at = at.parentElement) {
      if (others.some((other) => other !== holder && at?.contains(other))) return false;
      if (letters(at.textContent ?? '').includes(letters(name))) return true;
    }
    return false;
  };

  /** Whether it is a review of stars alone, by somebody whom the page shows.
   * @param {Capture} capture @param {Shown} shown */
  const isOfStars = ({ kind, rating, author }, shown) =>
    kind === 'review' && rating !== undefined && author?.name !== undefined && shown.has(author.name);

  /** What is stated of posts, with the element in which each stands. @type {Amends['declared']} */
  const declared = (page, url, subject, shown) => {
    const current = isCurrent(page, url);
    const marked = [...page.querySelectorAll('[itemscope][itemtype*="schema.org/"]')]
      .filter((root) => !root.closest('[itemtype$="/FAQPage"]') && root.checkVisibility())
      .map((root) => ({ root: /** @type {Element | undefined} */ (root), node: microdata(root) }));
    const all = [...statements(page).map((node) => ({ root: undefined, node })), ...marked]
      .filter(({ node }) => kindOf(node))
      .slice(0, MOST)
      .map(({ root, node }) => {
        const capture = finish('web', stated(node, url, subject, Boolean(root), page));
        return { root: root ?? shown.holderOf(capture.text), isMarked: Boolean(root), capture };
      })
      .filter(({ root, capture }) => (current || root) && (capture.text || isOfStars(capture, shown)));
    const holders = all.flatMap(({ root }) => root ?? []);
    return all.map(({ root, isMarked, capture }) => {
      const isTheirs = current || isMarked || (root && standsBeside(capture.author?.name, root, holders));
      return { root, isMarked, capture: isTheirs ? capture : finish('web', { ...capture, author: undefined }) };
    });
  };

  Object.assign(Amends, { plain, statements, hasNavigated, isCurrent, shownWords, declared });
})();
