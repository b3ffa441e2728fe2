// @ts-check
/** How posts are read on X (x.com, twitter.com): timeline, profile, search and single post. */
(() => {
  const { add, line, language, text, count, time, idTime, address } = Amends;
  const ITEM = 'article[data-testid="tweet"]';
  const COUNTERS = { replies: 'reply', reposts: 'retweet,unretweet', likes: 'like,unlike', bookmarks: 'bookmark,removeBookmark' };

  /** @param {string} name */
  const id = (name) => `[data-testid="${name}"]`;
  /** A quoted post is a link that is no anchor; what is inside belongs to somebody else. @param {Element} root @param {Element} part */
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
    return count(button?.getAttribute('aria-label')) ?? count(button?.querySelector(id('app-text-transition-container'))?.textContent);
  };

  /** @param {Element} root */
  const quotedText = (root) => {
    const box = root.querySelector(`[role="link"]:not(a):has(${id('User-Name')})`);
    if (!box) return undefined;
    const said = box.querySelector(id('tweetText'));
    const from = box.querySelector(id('User-Name'));
    return [line(text(from)), said && text(said, { pre: true })].filter(Boolean).join('\n') || undefined;
  };

  add({
    name: 'x', platform: 'x', label: 'X', version: 1,
    hosts: ['x.com', 'twitter.com'],
    item: ITEM,
    anchor: (root) => mine(root, `[role="group"]:has(${id('reply')})`)[0] ?? null,
    inside: '[role="group"]',
    reply: '[data-testid^="tweetTextarea_"]',
    extract(root, url) {
      const when = mine(root, 'a[href*="/status/"] time')[0];
      const found = /^\/(\w+)\/status\/(\d+)/.exec(new URL(when?.closest('a')?.getAttribute('href') ?? '/', url).pathname);
      if (!found || root.closest(id('placementTracking'))) return undefined; // promoted posts carry no date
      const [, user, post] = found;
      const names = mine(root, id('User-Name'))[0];
      const handle = [...names?.querySelectorAll('a, span') ?? []].map((part) => line(part.textContent)).find((part) => /^@\w+$/.test(part ?? ''));
      const said = mine(root, `${id('tweetText')}, ${id('twitterArticleRichTextView')}`)[0];
      const pictures = [...root.querySelectorAll(`${id('tweetPhoto')} img[src], video[poster]`)]
        .map((part) => address(part.getAttribute('poster') ?? part.getAttribute('src'), url));
      return {
        kind: 'post', id: post, url: `https://x.com/${user}/status/${post}`,
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
        postedAt: time(when?.getAttribute('datetime')) ?? idTime(post, 22, 1288834974657),
        media: [...new Set(pictures)].filter((picture) => picture !== undefined),
        metrics: Object.fromEntries(Object.entries(COUNTERS).map(([name, ids]) => [name, counter(root, ids)])),
        quoted: quotedText(root),
      };
    },
  });
})();
