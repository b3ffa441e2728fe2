// @ts-check
/**
 * Reader of comments on YouTube, below videos, shorts and posts; in today's elements and those served until 2024.
 */
(() => {
  const { add, line, text, count, address } = Amends;
  const HOME = 'https://www.youtube.com';
  const WHEN = ['#published-time-text', '.published-time-text', '#header']
    .map((place) => `${place} a[href*="lc="]`)
    .join();
  const HEADS = ['ytd-watch-metadata', 'ytd-video-primary-info-renderer'];

  /**
   * The page a comment stands on and the comment's own address there, from the link around its time.
   * @param {Element} root
   */
  const places = (root) => {
    const link = root.querySelector(WHEN);
    const href = address(link?.getAttribute('href'), HOME);
    const from = href ? new URL(href) : undefined;
    const id = from?.searchParams.get('lc');
    if (!from || !id || !/^[\w.-]{10,100}$/.test(id)) return undefined;
    const page = new URL(from.pathname, HOME);
    for (const name of ['v', 'lb'])
      if (from.searchParams.has(name)) page.searchParams.set(name, from.searchParams.get(name) ?? '');
    /** @param {string} comment */
    const of = (comment) => `${page.href}${page.search ? '&' : '?'}lc=${comment}`;
    return {
      id,
      url: of(id),
      thread: page.href,
      parent: id.includes('.') ? of(id.split('.')[0]) : undefined,
      said: line(text(link)),
    };
  };

  /**
   * The title shown is that of the page's own video; comments of the one before may still stand there.
   * @param {Document} page
   * @param {string} thread
   * @param {string} url
   */
  const title = (page, thread, url) => {
    const shown = new URL(url);
    const video = new URL(thread).searchParams.get('v');
    const mine = shown.searchParams.get('v') ?? /^\/(?:shorts|live)\/([\w-]+)/.exec(shown.pathname)?.[1];
    if (!video || (mine && video !== mine)) return undefined;
    const heads = HEADS.flatMap((name) => [...page.getElementsByTagName(name)]).filter(
      (head) => !head.closest('[hidden]'),
    );
    return (
      line(text(heads[0]?.querySelector('h1'))) ??
      line(page.title.replace(/^\(\d+\+?\) /, '').replace(/ - YouTube$/, ''))
    );
  };

  /** @param {Element} root */
  const author = (root) => {
    const link = root.querySelector('a#author-text');
    const name = line(text(link));
    const url = address(link?.getAttribute('href'), HOME);
    let named = /^\/(@[^/]+)/.exec(url ? new URL(url).pathname : '')?.[1];
    try {
      named = named && decodeURIComponent(named);
    } catch {
      /* a percent sign that escapes nothing */
    }
    return {
      name,
      handle: [name, line(named)].find((known) => /^@[^\s/<>]+$/.test(known ?? '')),
      url,
      avatar: address(root.querySelector('#author-thumbnail img[src]')?.getAttribute('src'), HOME),
    };
  };

  add({
    name: 'youtube',
    platform: 'youtube',
    label: 'YouTube',
    siteKind: 'social',
    version: 1,
    hosts: ['youtube.com'],
    item: 'ytd-comment-view-model, ytd-comment-renderer',
    anchor: (root) => root.querySelector('#toolbar') ?? root.querySelector('#content-text'),
    inside: '#toolbar',
    reply: 'ytd-commentbox #contenteditable-root, ytd-commentbox [contenteditable="true"]',
    extract(root, url) {
      const place = places(root);
      const said = text(root.querySelector('#content-text'));
      // pages left behind stay in the document, hidden
      if (!place || !said || root.closest('[hidden]')) return undefined;
      return {
        kind: 'comment',
        id: place.id,
        url: place.url,
        author: author(root),
        text: said,
        timeText: place.said,
        metrics: { likes: count(root.querySelector('#vote-count-middle')?.textContent) },
        context: {
          thread: place.thread,
          threadTitle: title(root.ownerDocument, place.thread, url),
          parent: place.parent,
        },
      };
    },
  });
})();
