// @ts-check
/** Reader of links and comments on Reddit's old pages (old.reddit.com, or chosen in its preferences). */
(() => {
  const { add, line, text, count, time, address, own } = Amends;
  const ITEM = '.thing.link[data-fullname], .thing.comment[data-fullname]';
  const PROMOTED = '.promoted, .promotedlink, [data-promoted="true"]';
  const HOME = 'https://www.reddit.com';

  /** @param {Element} root @param {string} name */
  const told = (root, name) => root.getAttribute(`data-${name}`);

  /** The score the page shows, exact in a title, absent while Reddit hides it. @param {Element} root */
  const score = (root) => {
    const shown = own(root, '.score.unvoted', ITEM) ?? own(root, '.score', ITEM);
    return count(told(root, 'score')) ?? count(shown?.getAttribute('title')) ?? count(shown?.textContent);
  };

  /** @param {Element} root */
  const author = (root) => {
    const name = line(told(root, 'author')) ?? line(own(root, '.tagline a.author', ITEM)?.textContent);
    return !name || /^\[\w+\]$/.test(name)
      ? undefined
      : { name, handle: `u/${name}`, url: `${HOME}/user/${encodeURIComponent(name)}/` };
  };

  /** The comment that is answered; of a deleted one only the address is left. @param {Element} root */
  const answered = (root) => {
    const above = root.parentElement?.closest('.thing.comment');
    const said = above && text(own(above, '.usertext-body .md', ITEM));
    return above
      ? {
          url: address(told(above, 'permalink'), HOME),
          author: author(above)?.handle,
          text: /^\[\w+\]$/.test(said ?? '') ? undefined : (said ?? undefined),
        }
      : undefined;
  };

  /** @param {Element} root @param {string | undefined} said */
  const isDeleted = (root, said) => root.matches('.deleted') || /^\[\w+\]$/.test(said ?? '');

  /** @param {Element} root */
  const communityOf = (root) =>
    told(root, 'subreddit-prefixed') ?? (told(root, 'subreddit') && `r/${told(root, 'subreddit')}`);

  /** The address of a comment's thread. @param {string} link */
  const threadOf = (link) => `${HOME}${/^\/.*?\/comments\/\w+\/[^/]*/.exec(new URL(link).pathname)?.[0]}/`;

  /** The picture or film that a post links to, where Reddit itself keeps it. @param {Element} root */
  const mediaOf = (root) => {
    const target = address(told(root, 'url'), HOME);
    return target && /^https:\/\/(i|v)\.redd\.it\//.test(target) ? [target] : [];
  };

  /** @param {Element} root */
  const postedAt = (root) =>
    time(told(root, 'timestamp')) ??
    time(own(root, '.tagline time[datetime]:not(.edited-timestamp)', ITEM)?.getAttribute('datetime'));

  add({
    name: 'oldreddit',
    platform: 'reddit',
    label: 'Reddit',
    siteKind: 'forums',
    version: 1,
    hosts: ['reddit.com'],
    item: ITEM,
    anchor: (root) => own(root, 'ul.flat-list', ITEM),
    inside: 'ul.flat-list',
    reply: '.usertext-edit textarea[name="text"]',
    extract(root) {
      const link = address(told(root, 'permalink'), HOME);
      const isPost = root.matches('.link');
      const title = isPost ? line(text(own(root, 'a.title', ITEM))) : undefined;
      const said = text(own(root, '.usertext-body .md', ITEM));
      const by = author(root);
      if (!link || root.matches(PROMOTED) || (!by && isDeleted(root, said))) return undefined;
      const above = isPost ? null : root.ownerDocument.querySelector('.thing.link:not(.promoted) a.title');
      return {
        kind: isPost ? 'post' : 'comment',
        id: told(root, 'fullname') ?? undefined,
        url: link,
        author: by,
        title,
        text: said ?? title,
        postedAt: postedAt(root),
        metrics: { score: score(root), replies: isPost ? count(told(root, 'comments-count')) : undefined },
        context: {
          community: line(communityOf(root)),
          thread: isPost ? undefined : threadOf(link),
          threadTitle: line(text(above)),
          parent: isPost ? undefined : answered(root),
        },
        media: isPost ? mediaOf(root) : [],
      };
    },
  });
})();
