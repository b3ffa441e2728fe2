// @ts-check
/** Reader of comments in Disqus's frame, where the extension may read it. Hooks from source. */
(() => {
  const { add, line, text, count, address, own } = Amends;
  const ITEM = 'li.post[id^="post-"]';
  const WORDS = '.post-message';

  /** A part of the comment itself, not of the answers below it. @param {Element} root @param {string} selector */
  const mine = (root, selector) => own(root, selector, ITEM);

  /** @param {Element} root */
  const author = (root) => {
    const shown = mine(root, '.post-byline .author, [data-role="username"]');
    const link = shown?.querySelector('a[href]') ?? shown?.closest('a');
    const name = line(text(shown, { skip: '.badge' }));
    const face = mine(root, '[data-role="user-avatar"], .avatar img')?.getAttribute('src');
    const handle = line(link?.getAttribute('data-username'));
    return name
      ? {
          name,
          handle: handle && `@${handle}`,
          url: address(link?.getAttribute('href'), 'https://disqus.com'),
          avatar: address(face, 'https://disqus.com'),
        }
      : undefined;
  };

  /** The page below which the comments stand. @param {Element} root */
  const placeOf = (root) => {
    const link = mine(root, 'a[data-role="relative-time"], a.time-ago');
    const href = address(link?.getAttribute('href'), root.ownerDocument.referrer || undefined);
    return { link, url: href && /#comment-\d+$/.test(href) ? href : undefined };
  };

  add({
    name: 'disqus',
    platform: 'disqus',
    label: 'Disqus',
    siteKind: 'forums',
    version: 1,
    hosts: ['disqus.com'],
    item: ITEM,
    anchor: (root) => mine(root, '.comment-footer, footer') ?? mine(root, WORDS) ?? null,
    reply: '[contenteditable="true"].textarea, .textarea-outer-wrapper [contenteditable="true"]',
    extract(root, url) {
      const id = /^post-(\d+)$/.exec(root.id)?.[1];
      const said = text(mine(root, WORDS));
      const by = author(root);
      if (!id || !said || !by || root.matches('.minimized, .deleted')) return undefined;
      const place = placeOf(root);
      const above = root.parentElement?.closest(ITEM);
      return {
        kind: 'comment',
        id,
        url: place.url ?? `${address(url)?.split('#')[0]}#comment-${id}`,
        author: by,
        text: said,
        dateText: line(place.link?.getAttribute('title')),
        timeText: place.link?.getAttribute('title') ? undefined : line(text(place.link)),
        metrics: { likes: count(text(mine(root, '[data-role="likes"]'))) },
        context: {
          thread: place.url?.split('#')[0],
          parent: above ? { author: author(above)?.name, text: text(mine(above, WORDS)) } : undefined,
        },
      };
    },
  });
})();
