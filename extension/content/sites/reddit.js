// @ts-check
/** Reader of posts and comments on Reddit as it is served today (elements named shreddit-…), and of search results. */
(() => {
  const { add, line, language, text, count, time, address, own } = Amends;
  const RESULT = '[data-testid="search-post-unit"]';
  const ITEM = `shreddit-post, shreddit-comment, ${RESULT}`;
  const HOME = 'https://www.reddit.com';

  /** @param {Element} root @param {string} name */
  const says = (root, name) => {
    const value = root.getAttribute(name);
    return value !== null && value !== 'false';
  };
  /** @param {Element} root */
  const isGone = (root) =>
    says(root, 'is-comment-deleted') ||
    says(root, 'promoted') ||
    says(root, 'is-promoted') ||
    root.closest('shreddit-ad-post, shreddit-comments-page-ad') !== null;

  /** @param {string | null} name @param {string | undefined} avatar */
  const author = (name, avatar) =>
    !name || /^\[\w+\]$/.test(name)
      ? undefined
      : { name: line(name), handle: `u/${line(name)}`, url: `${HOME}/user/${encodeURIComponent(name)}/`, avatar };

  /** @param {Element} root */
  const when = (root) =>
    time(
      root.getAttribute('created-timestamp') ??
        root.getAttribute('created') ??
        own(root, '[slot="commentMeta"] time[datetime], [slot="credit-bar"] time[datetime]', ITEM)?.getAttribute(
          'datetime',
        ) ??
        own(root, 'faceplate-timeago[ts]', ITEM)?.getAttribute('ts') ??
        own(root, 'time[datetime]', ITEM)?.getAttribute('datetime'),
    );

  /**
   * The words under a slot: Reddit's own rendering, without what its controls say.
   * @param {Element} root
   * @param {string} slot
   */
  const body = (root, slot) => {
    const box = own(root, `[slot="${slot}"]`, ITEM);
    return text(box?.querySelector('.md') ?? box);
  };

  /** @param {Element} root @param {string} selector @param {string} url */
  const pictures = (root, selector, url) =>
    [
      ...new Set(
        [...root.querySelectorAll(selector)]
          .filter((part) => part.closest(ITEM) === root)
          .map((part) => address(part.getAttribute('src') ?? part.getAttribute('poster'), url)),
      ),
    ].filter((src) => src !== undefined);

  /** What a poll lets people choose from; known from sources only. @param {Element} root */
  const poll = (root) => {
    const boxes = [...root.querySelectorAll('shreddit-poll, [data-testid*="poll" i]')];
    const choices = boxes.flatMap((box) => [
      ...box.querySelectorAll(':is([role="radio"], faceplate-radio-input, input[type="radio"], li):not(:has(input))'),
    ]);
    return Amends.poll(choices.filter((part) => part.closest(ITEM) === root));
  };

  /** @param {Element} root @param {string} link @param {string} url @returns {Reading} */
  const post = (root, link, url) => {
    const title = line(root.getAttribute('post-title')) ?? line(text(own(root, '[slot="title"]', ITEM)));
    const target = address(root.getAttribute('content-href'), HOME);
    return {
      kind: 'post',
      id: root.id || root.getAttribute('post-id') || `t3_${/comments\/(\w+)/.exec(link)?.[1]}`,
      url: link,
      author: author(root.getAttribute('author'), address(root.getAttribute('icon'), url)),
      title,
      text: body(root, 'text-body') ?? title,
      lang: language(root.getAttribute('post-language')),
      postedAt: when(root),
      metrics: { score: count(root.getAttribute('score')), replies: count(root.getAttribute('comment-count')) },
      context: { community: line(root.getAttribute('subreddit-prefixed-name')), poll: poll(root) },
      media:
        target && /^https:\/\/(i|v)\.redd\.it\//.test(target)
          ? [target]
          : pictures(root, '[slot="post-media-container"] img[src*="redd.it/"]', url),
    };
  };

  /**
   * The comment that is answered, as far as it is on the page; a deleted one has only an address.
   * @param {Element} root
   */
  const answered = (root) => {
    const above = root.parentElement?.closest('shreddit-comment');
    const link = address(root.getAttribute('parent-permalink') ?? above?.getAttribute('permalink'), HOME);
    return (
      link && {
        url: link,
        author: author(above?.getAttribute('author') ?? null, undefined)?.handle,
        text: above && body(above, 'comment'),
      }
    );
  };

  /** @param {Element} root @param {string} link @param {string} url @returns {Reading} */
  const comment = (root, link, url) => {
    const above = root.ownerDocument.getElementById(root.getAttribute('postid') ?? '');
    const community = /^\/((?:r|user)\/[^/]+)\//.exec(new URL(link).pathname)?.[1];
    return {
      kind: 'comment',
      id: root.getAttribute('thingid') ?? undefined,
      url: link,
      author: author(
        root.getAttribute('author'),
        address(own(root, '[slot="commentAvatar"] img[src]', ITEM)?.getAttribute('src'), url),
      ),
      text: body(root, 'comment'),
      postedAt: when(root),
      metrics: { score: count(root.getAttribute('score')) },
      context: {
        community,
        thread:
          address(above?.getAttribute('permalink'), HOME) ??
          `${HOME}${/^\/.*?\/comments\/\w+\//.exec(new URL(link).pathname)?.[0]}`,
        threadTitle: line(above?.getAttribute('post-title')),
        parent: answered(root),
      },
      media: pictures(root, '[slot="comment"] img[src*="redd.it/"]', url),
    };
  };

  /**
   * A search result: the title stands for the words, and the author is only named in searches of one community. Cards
   * that open over it, and the post that it shares, name others.
   * @param {Element} root @returns {Reading | undefined}
   */
  const result = (root) => {
    const mine = (/** @type {string} */ selector) =>
      [...root.querySelectorAll(selector)].filter(
        (part) => !part.closest('[slot="content"], [data-testid="search-crosspost-unit"]'),
      );
    const link = address(mine('a[href*="/comments/"]')[0]?.getAttribute('href'), HOME);
    const path = link && /^\/(?:(r|user)\/([^/]+)\/)?comments\/(\w+)\//.exec(new URL(link).pathname);
    const title = line(text(mine('[data-testid="post-title-text"]')[0]));
    if (!link || !path || !title) return undefined;
    const named = mine('a[href*="/user/"]:not([href*="/comments/"])')[0]?.getAttribute('href');
    const owner = path[1] === 'user' ? path[2] : undefined; // nobody else can post on a member's own page
    const [score, replies] = mine('[data-testid="search-counter-row"] faceplate-number').map((part) =>
      count(part.getAttribute('number')),
    );
    return {
      kind: 'post',
      id: path[3],
      url: link,
      author: author(owner ?? /\/user\/([^/?#]+)/.exec(named ?? '')?.[1] ?? null, undefined),
      title,
      text: title,
      postedAt: time(mine('time[datetime]')[0]?.getAttribute('datetime')),
      metrics: { score, replies },
      context: { community: path[1] === 'r' ? `r/${path[2]}` : undefined },
    };
  };

  add({
    name: 'reddit',
    platform: 'reddit',
    label: 'Reddit',
    siteKind: 'forums',
    version: 1,
    hosts: ['reddit.com'],
    item: ITEM,
    anchor: (root) =>
      own(root, 'shreddit-comment-action-row, [data-testid="search-counter-row"]', ITEM) ??
      own(root, '[slot="credit-bar"]', ITEM),
    inside: '[slot="credit-bar"]', // a post's action row lives in a shadow tree of its own
    reply: 'shreddit-composer [contenteditable="true"]',
    extract(root, url) {
      if (root.matches(RESULT)) return isGone(root) ? undefined : result(root);
      const shown = new URL(url).pathname;
      // a page of one post is that post's address
      const isShown = root.matches('shreddit-post') && /\/comments\/\w+/.test(shown);
      const link = address(root.getAttribute('permalink') || (isShown ? shown : undefined), HOME);
      if (!link || isGone(root)) return undefined; // a deleted comment keeps its place but has no address
      return root.matches('shreddit-post') ? post(root, link, url) : comment(root, link, url);
    },
  });
})();
