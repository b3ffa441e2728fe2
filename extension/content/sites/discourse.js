// @ts-check
/**
 * Reader of posts on a forum that runs Discourse, on any host: as its application shows them, and as crawlers get
 * them.
 */
(() => {
  const { add, clean, line, language, text, count, time, address, quotes } = Amends;
  const ITEM = 'article[data-post-id]:not(.small-action), .crawler-post[id^="post_"]';
  const GONE = '.deleted, .user-deleted, .post-hidden';
  const SKIP =
    'aside.quote, .lightbox-wrapper .meta, .lightbox > .meta, .clicks, .cooked-selection-barrier, .post-notice';

  /**
   * The first match of the post itself, not of the posts it can show above and below itself.
   * @param {Element} root
   * @param {string} selector
   */
  const own = (root, selector) => {
    const first = root.querySelector(selector);
    return first?.closest('.embedded-posts')
      ? ([...root.querySelectorAll(selector)].find((part) => !part.closest('.embedded-posts')) ?? null)
      : first;
  };

  /** @param {Document} page */
  const site = (page) => line(page.head.querySelector('meta[property="og:site_name"]')?.getAttribute('content'));
  /** @param {Document} page */
  const title = (page) =>
    line(text(Amends.first(page, '#topic-title .fancy-title, #topic-title h1, h1 .fancy-title, h1.header-title a'))) ??
    line(Amends.first(page, 'meta[itemprop="headline"]')?.getAttribute('content'));

  /**
   * A topic's address without a post's number: …/t/slug/12, or …/t/12.
   * @param {string | null | undefined} href
   * @param {string} url
   * @param {string | null} id
   */
  const topicOf = (href, url, id) => {
    const link = address(href, url);
    const topic = /^\d+$/.test(id ?? '') ? `(?:[^/]+/)?${id}` : '(?:[^/]*[^/\\d][^/]*/)?\\d+';
    const found = link && new RegExp(`^(.*?/t/${topic})(?:/|$)`).exec(new URL(link).pathname);
    return found ? new URL(found[1], link).href : undefined;
  };

  /** @param {Element} root @param {string} url */
  const place = (root, url) => {
    const page = root.ownerDocument;
    const number =
      root.closest('[data-post-number]')?.getAttribute('data-post-number') ?? /^post_(\d+)$/.exec(root.id)?.[1];
    const named =
      own(root, 'a.post-date[href]')?.getAttribute('href') ??
      own(root, 'link[itemprop="mainEntityOfPage"]')?.getAttribute('href');
    const id = root.getAttribute('data-topic-id');
    const canonical = page.head.querySelector('link[rel="canonical"]')?.getAttribute('href');
    const topic = [named, url, canonical, id && `/t/${id}`].map((href) => topicOf(href, url, id)).find(Boolean);
    return { topic, number, link: topic && number ? `${topic}/${number}` : undefined };
  };

  /**
   * Who wrote it: the short name is in the attribute for the card, and what crawlers get.
   * @param {Element} root
   * @param {string} url
   */
  const author = (root, url) => {
    const link = own(
      root,
      '.names a[data-user-card], .names a[href*="/u/"], .creator a[href], .topic-avatar a[data-user-card]',
    );
    const href = address(link?.getAttribute('href'), url);
    const short = line(text(own(root, '.creator [itemprop="name"]')));
    const handle = line(link?.getAttribute('data-user-card')) ?? short;
    const name = line(text(own(root, '.names .full-name'))) ?? short ?? line(text(link)) ?? handle;
    const avatar = own(root, '.topic-avatar img.avatar, .post-avatar img.avatar');
    return name
      ? { name, handle: handle && `@${handle}`, url: href, avatar: address(avatar?.getAttribute('src'), url) }
      : undefined;
  };

  /** @param {Element} root */
  const likes = (root) => {
    const shown = own(root, '.like-count, .post-action-menu__like-count, .reactions-counter');
    const counter = [...root.querySelectorAll('[itemprop="interactionStatistic"]')].find((part) =>
      part.querySelector('meta[content$="LikeAction"]'),
    );
    return (
      count(shown?.textContent) ??
      count(shown?.getAttribute('aria-label')) ??
      count(counter?.querySelector('[itemprop="userInteractionCount"]')?.getAttribute('content'))
    );
  };

  /** Words of others that the post repeats, with the name of each. @param {Element} part */
  const quoted = (part) =>
    [line(part.getAttribute('data-username')), text(part.querySelector('blockquote'))].filter(Boolean).join('\n');

  /** The author to whom this is an answer; the page does not hold the post's address. @param {Element} root */
  const answered = (root) => line(text(own(root, '.reply-to-tab')));

  add({
    name: 'discourse',
    platform: 'discourse',
    label: 'Discourse',
    siteKind: 'forums',
    version: 1,
    hosts: [],
    detect: (page) =>
      page.querySelector('meta[name="generator"][content^="Discourse" i], #data-discourse-setup') !== null,
    item: ITEM,
    anchor: (root) => own(root, '.post-controls .actions') ?? own(root, '.post-menu-area, .crawler-post-infos'),
    inside: '.actions',
    reply: '.d-editor-input, .d-editor .ProseMirror',
    extract(root, url) {
      const { topic, number, link } = place(root, url);
      const body = own(root, '.cooked') ?? own(root, '.post[itemprop]') ?? own(root, '.post');
      const said = text(body, { skip: SKIP });
      const pictures = [
        ...(body?.querySelectorAll('a.lightbox[href], img[src]:not(.emoji, .avatar, .site-icon)') ?? []),
      ].filter((part) => !part.closest('aside, a.lightbox') || part.matches('a'));
      if (
        !link ||
        (!said && !pictures.length) ||
        /^\((?:post|topic) (?:deleted|withdrawn) by (?:its )?author\)?/i.test(said ?? '') ||
        root.matches(GONE) ||
        root.closest('.topic-post')?.matches(GONE)
      )
        return undefined;
      const date = own(root, '.post-date .relative-date, .relative-date');
      return {
        kind: number === '1' ? 'post' : 'comment',
        id: root.getAttribute('data-post-id') ?? undefined,
        url: link,
        author: author(root, url),
        text: said ?? title(root.ownerDocument),
        lang: language(body?.getAttribute('lang')),
        postedAt: time(date?.getAttribute('data-time')) ?? time(own(root, 'time[datetime]')?.getAttribute('datetime')),
        metrics: {
          likes: likes(root),
          replies: count(own(root, '.show-replies, .post-action-menu__show-replies')?.textContent),
        },
        quoted: clean(quotes(body, 'aside.quote', quoted), 10_000),
        media: [
          ...new Set(pictures.map((part) => address(part.getAttribute('href') ?? part.getAttribute('src'), url))),
        ].filter((src) => src !== undefined),
        context: {
          community: site(root.ownerDocument),
          thread: number === '1' ? undefined : topic,
          threadTitle: title(root.ownerDocument),
          parent: { author: answered(root) },
        },
      };
    },
  });
})();
