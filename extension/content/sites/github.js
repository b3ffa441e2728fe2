// @ts-check
/**
 * Reader of issues, pull requests and discussions on GitHub, as the application of 2025 shows issues and as the older
 * pages show the rest. No saved page was at hand: its hooks come from public source only.
 */
(() => {
  const { add, line, text, time, address } = Amends;
  const ITEM =
    '[data-testid="issue-body"], [data-testid^="comment-viewer-outer-box"], .timeline-comment:not(.minimized-comment)';
  const AUTHOR = '[data-testid="issue-body-header-author"], [data-testid="avatar-link"], a.author';
  const BODY = '.markdown-body, .comment-body';
  const THREAD = /^\/([^/]+)\/([^/]+)\/(issues|pull|discussions)\/(\d+)/;
  const COMMENT = /(issuecomment|discussioncomment|discussion_r)[-_]?(\d+)/;

  /** @param {Element} root @param {string} selector */
  const mine = (root, selector) => Amends.own(root, selector, ITEM);

  /** "issuecomment-99", from the card's own anchor. @param {Element} root */
  const commentOf = (root) => {
    const marks = [root.id, root.closest('[id^="issuecomment-"], [id^="discussioncomment-"]')?.id];
    const own = [...root.querySelectorAll('[id^="issuecomment-"], [id^="discussioncomment-"]')].filter(
      (part) => part.closest(ITEM) === root,
    );
    const links = [...root.querySelectorAll('a[href*="comment-"]:has(relative-time), a.js-timestamp')].filter(
      (part) => part.closest(ITEM) === root && !part.closest(BODY),
    );
    return [...marks, ...own.map((part) => part.id), ...links.map((part) => part.getAttribute('href'))]
      .map((mark) => COMMENT.exec(mark ?? ''))
      .find(Boolean);
  };

  add({
    name: 'github',
    platform: 'github',
    label: 'GitHub',
    siteKind: 'forums',
    version: 1,
    hosts: ['github.com'],
    item: ITEM,
    anchor: (root) => mine(root, 'relative-time, [data-testid="comment-header"]') ?? mine(root, AUTHOR),
    reply: 'textarea[name="comment[body]"], [data-testid="comment-composer"] textarea',
    extract(root, url) {
      const [path, owner, repository, , number] = THREAD.exec(new URL(url).pathname) ?? [];
      const said = text(mine(root, BODY));
      if (!path || !said) return undefined;
      const page = `${new URL(url).origin}${path}`;
      const comment = commentOf(root);
      const named = mine(root, AUTHOR);
      const name = line(text(named));
      const title = line(
        text(root.ownerDocument.querySelector('[data-testid="issue-title"], .js-issue-title, .gh-header-title bdi')),
      );
      return {
        kind: comment ? 'comment' : 'post',
        id: comment ? `${comment[1]}-${comment[2]}` : `${owner}/${repository}/${number}`.toLowerCase(),
        url: comment ? `${page}#${comment[0]}` : page,
        author: name ? { name, handle: name, url: address(named?.getAttribute('href'), url) } : undefined,
        title: comment ? undefined : title,
        text: said,
        postedAt: time(mine(root, 'relative-time[datetime], time[datetime]')?.getAttribute('datetime')),
        context: {
          community: `${owner}/${repository}`,
          ...(comment && { thread: page, threadTitle: title }),
        },
      };
    },
  });
})();
