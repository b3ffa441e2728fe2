// @ts-check
/** Reader of posts on X (x.com, twitter.com): timeline, profile, search and single post. */
(() => {
  const { add, line, language, text, count, time, idTime, address } = Amends;
  const ITEM = 'article[data-testid="tweet"]';
  const COUNTERS = {
    replies: 'reply',
    reposts: 'retweet,unretweet',
    likes: 'like,unlike',
    bookmarks: 'bookmark,removeBookmark',
  };

  /** @param {string} name */
  const id = (name) => `[data-testid="${name}"]`;
  /**
   * A quoted post is a link that is no anchor; what is inside belongs to somebody else.
   * @param {Element} root
   * @param {Element} part
   */
  const isQuoted = (root, part) => {
    const box = part.closest('[role="link"]:not(a)');
    return box !== null && box !== root && root.contains(box);
  };
  /** @param {Element} root @param {string} selector */
  const mine = (root, selector) =>
    [...root.querySelectorAll(selector)].filter((part) => part.closest(ITEM) === root && !isQuoted(root, part));

  /** @param {Element} root @param {string} names */
  const counter = (root, names) => {
    const button = mine(root, names.split(',').map(id).join())[0];
    return (
      count(button?.getAttribute('aria-label')) ??
      count(button?.querySelector(id('app-text-transition-container'))?.textContent)
    );
  };

  /** How often it was seen, which the link to its analytics says. @param {Element} root */
  const views = (root) => {
    const link = mine(root, 'a[href$="/analytics"]')[0];
    return count(link?.getAttribute('aria-label')) ?? count(link?.textContent);
  };

  /** @param {Element} root */
  const quotedText = (root) => {
    const box = root.querySelector(`[role="link"]:not(a):has(${id('User-Name')})`);
    if (!box) return undefined;
    const said = box.querySelector(id('tweetText'));
    const from = box.querySelector(id('User-Name'));
    return [line(text(from)), said && text(said, { pre: true })].filter(Boolean).join('\n') || undefined;
  };

  /** The address that the link around a post's time says. @param {Element} root @param {string} url */
  const placeOf = (root, url) => {
    const link = mine(root, 'a[href*="/status/"] time')[0]?.closest('a');
    const found = /^\/(\w+)\/status\/(\d+)/.exec(
      new URL(address(link?.getAttribute('href'), url) ?? 'https://x.com/').pathname,
    );
    return found ? { user: found[1], post: found[2], link: `https://x.com/${found[1]}/status/${found[2]}` } : undefined;
  };

  /** What a poll lets people choose from, a line each. @param {Element} root */
  const poll = (root) => Amends.poll(mine(root, `${id('cardPoll')} :is([role="radio"], [role="listitem"], li)`));

  /** @param {Element} one @param {Element} other */
  const precedes = (one, other) => (one.compareDocumentPosition(other) & 4) !== 0;

  /**
   * The page of one post: what stands above it down to itself, and the heading below which X only suggests others.
   * @typedef {{ chain: Element[], end?: Element }} Talk
   */
  const talks = /** @type {WeakMap<Document, Talk>} */ (new WeakMap());
  /** Found once while the page is read. @param {Document} page @param {string} url @returns {Talk} */
  const talkOf = (page, url) => {
    const post = /\/status\/(\d+)/.exec(new URL(url).pathname)?.[1];
    if (!talks.has(page)) {
      queueMicrotask(() => talks.delete(page));
      const all = post ? [...page.querySelectorAll(ITEM)] : [];
      const chain = all.slice(0, all.findIndex((root) => placeOf(root, url)?.post === post) + 1);
      const headings = chain.length
        ? [...page.querySelectorAll('[role="region"] [role="heading"], [role="region"] h2')]
        : [];
      talks.set(page, {
        chain,
        end: headings.find((part) => precedes(chain[chain.length - 1], part) && !part.closest(ITEM)),
      });
    }
    return talks.get(page) ?? { chain: [] };
  };

  /**
   * What a post answers: from the page's own post upwards the one before it; below only that it belongs to the
   * conversation.
   * @param {Element} root
   * @param {string} url
   */
  const context = (root, url) => {
    const { chain, end } = talkOf(root.ownerDocument, url);
    const about = chain.at(-1);
    const above = chain[chain.indexOf(root) - 1];
    const parent = above && placeOf(above, url);
    if (parent) {
      const said = mine(above, id('tweetText'))[0];
      return {
        thread: placeOf(chain[0], url)?.link,
        parent: { url: parent.link, author: `@${parent.user}`, text: said && text(said, { pre: true }) },
      };
    }
    const follows = about && precedes(about, root) && !about.contains(root) && !(end && precedes(end, root));
    return follows ? { thread: placeOf(about, url)?.link } : undefined;
  };

  /** Whose page this is and since when their account exists, as the page of a profile declares it.
   * @param {Document} page @returns {{ handle: string, since: string } | undefined} */
  const profileOf = (page) =>
    Amends.kept(page, 'profile of x', () => {
      const script = page.querySelector('script[type="application/ld+json"][data-testid^="UserProfileSchema"]');
      try {
        const { dateCreated, mainEntity } = JSON.parse(script?.textContent ?? '');
        const [handle, since] = [mainEntity.additionalName, time(dateCreated)];
        return typeof handle === 'string' && since ? { handle: handle.toLowerCase(), since } : undefined;
      } catch {
        return undefined; // another page than a profile, or one that declares it otherwise
      }
    });

  /** @param {Element} root @param {string} handle */
  const since = (root, handle) => {
    const profile = profileOf(root.ownerDocument);
    return profile?.handle === handle.replace('@', '').toLowerCase() ? profile.since : undefined;
  };

  add({
    name: 'x',
    platform: 'x',
    label: 'X',
    siteKind: 'social',
    version: 1,
    hosts: ['x.com', 'twitter.com'],
    item: ITEM,
    anchor: (root) => mine(root, `[role="group"]:has(${id('reply')})`)[0] ?? null,
    inside: '[role="group"]',
    reply: '[data-testid^="tweetTextarea_"]',
    extract(root, url) {
      const place = placeOf(root, url);
      if (!place || root.closest(id('placementTracking'))) return undefined; // promoted posts carry no date
      const { user, post, link } = place;
      const names = mine(root, id('User-Name'))[0];
      const handle = [...(names?.querySelectorAll('a, span') ?? [])]
        .map((part) => line(part.textContent))
        .find((part) => /^@\w+$/.test(part ?? ''));
      const said = mine(root, `${id('tweetText')}, ${id('twitterArticleRichTextView')}`)[0];
      const pictures = [...root.querySelectorAll(`${id('tweetPhoto')} img[src], video[poster]`)].map((part) =>
        address(part.getAttribute('poster') ?? part.getAttribute('src'), url),
      );
      return {
        kind: 'post',
        id: post,
        url: link,
        author: {
          name: line(text(names?.querySelector('a[role="link"]') ?? names?.firstElementChild)),
          handle: handle ?? `@${user}`,
          url: `https://x.com/${(handle ?? user).replace('@', '')}`,
          avatar: address(mine(root, `${id('Tweet-User-Avatar')} img[src]`)[0]?.getAttribute('src'), url),
        },
        title: line(text(mine(root, id('twitter-article-title'))[0])),
        text: said?.matches(id('tweetText')) ? text(said, { pre: true }) : text(said),
        truncated: mine(root, id('tweet-text-show-more-link')).length > 0 || undefined,
        lang: language(said?.getAttribute('lang')),
        postedAt:
          time(mine(root, 'a[href*="/status/"] time')[0]?.getAttribute('datetime')) ?? idTime(post, 22, 1288834974657),
        media: [...new Set(pictures)].filter((picture) => picture !== undefined),
        metrics: {
          ...Object.fromEntries(Object.entries(COUNTERS).map(([name, ids]) => [name, counter(root, ids)])),
          views: views(root),
        },
        context: { authorSince: since(root, handle ?? user), ...context(root, url), poll: poll(root) },
        quoted: quotedText(root),
      };
    },
  });
})();
