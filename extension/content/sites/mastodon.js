// @ts-check
/**
 * Reader of posts in Mastodon's web interface, on any server.
 *
 * Hooks come from Mastodon's source (4.2 to 4.6): no saved page of a server was at hand, only one made anonymous.
 */
(() => {
  const { add, line, language, text, count, time, idTime, address } = Amends;
  const NEWEST = 'article:has(> header time)'; // since 4.6 class names are made by a machine
  const QUOTE = `.status__quote, ${NEWEST} ${NEWEST}`;
  const ITEM =
    '#mastodon .status[data-id]:not(.status__quote *), #mastodon .detailed-status, ' +
    `#mastodon ${NEWEST}:not(${NEWEST} *)`;
  const LINK = 'a.status__relative-time, a.detailed-status__datetime, header a:has(time)';
  const HOME =
    '.status__info a.status__display-name, a.detailed-status__display-name, header a[data-hover-card-account]';
  const WORDS = '.status__content__text, header ~ * [lang]';
  const POST = /^\/(?:deck\/)?@([^/]+)\/(\d+)/;

  /** @param {Element} root @param {string} selector */
  const mine = (root, selector) => {
    const quote = Amends.kept(root, QUOTE, () => root.querySelector(QUOTE));
    return Amends.kept(root, `mine ${selector}`, () =>
      [...root.querySelectorAll(selector)].filter((part) => !quote?.contains(part)),
    );
  };

  /** @param {Element | undefined} link @param {string} url */
  const follow = (link, url) => address(link?.getAttribute('href'), new URL('/', url).href);

  /** The post's page on the server that is being read. @param {Element} root @param {string} url */
  const placeOf = (root, url) => {
    const link = follow(mine(root, LINK)[0], url) ?? (root.matches('.detailed-status') ? url : undefined);
    const found = link && POST.exec(new URL(link).pathname);
    return found
      ? { user: found[1], id: found[2], link: `${new URL(url).origin}/@${found[1]}/${found[2]}` }
      : undefined;
  };

  /** @param {Element[]} home @param {string} user @param {string} url */
  const author = (home, user, url) => {
    const within = (/** @type {string} */ selector) => home.map((link) => link.querySelector(selector)).find(Boolean);
    const handle =
      line(text(within('.display-name__account'))) ??
      home.map((link) => line(text(link))).find((part) => /^@[^\s@]+(@\S+)?$/.test(part ?? ''));
    return {
      name: line(text(within('.display-name__html') ?? within('.display-name'))),
      handle: handle ?? `@${user}`,
      url: `${new URL(url).origin}/@${user}`,
      avatar: address(within('.account__avatar img[src], img[src]')?.getAttribute('src'), url),
    };
  };

  /** The words with the tags that Mastodon moves below them. @param {Element} root */
  const words = (root) => {
    const said = text(mine(root, WORDS)[0], { skip: '.invisible, .quote-inline' });
    const tags = mine(root, '.hashtag-bar a')
      .map((tag) => line(text(tag)))
      .filter(Boolean)
      .join(' ');
    return [said, tags].filter(Boolean).join('\n\n') || undefined;
  };

  /** What a poll lets people choose from, a line each. @param {Element} root */
  const poll = (root) => Amends.poll(mine(root, '.poll__option__text'));

  /** @param {Element | null} quote */
  const quoted = (quote) =>
    quote &&
    ([line(text(quote.querySelector('.display-name'))), text(quote.querySelector(WORDS), { skip: '.invisible' })]
      .filter(Boolean)
      .join('\n') ||
      undefined);

  /**
   * When the page itself says it, for the post that the server sent it for.
   * @param {Document} page
   * @param {string} path
   */
  const declared = (page, path) => {
    const says = (/** @type {string} */ name) =>
      Amends.first(page, `meta[property="${name}"]`)?.getAttribute('content');
    const about = address(says('og:url'));
    return about && new URL(about).pathname === path ? time(says('og:published_time')) : undefined;
  };

  /**
   * A detailed post shows no instant, but the server numbers posts by theirs.
   * @param {Element} root
   * @param {{ id: string, link: string }} place
   */
  const when = (root, place) => {
    const told =
      time(mine(root, LINK)[0]?.querySelector('time')?.getAttribute('datetime')) ??
      declared(root.ownerDocument, new URL(place.link).pathname);
    const numbered = told ? undefined : idTime(place.id, 16, 0);
    return {
      postedAt: told ?? numbered,
      timeApprox: numbered ? true : undefined,
      timeText: told || numbered ? undefined : line(text(mine(root, LINK)[0])),
    };
  };

  /** @param {Element} root */
  const metrics = (root) => {
    const bar = [...(mine(root, '.status__action-bar')[0]?.children ?? [])].map((part) =>
      count(text(part.querySelector('.icon-button__counter'))),
    );
    const shown = (/** @type {string} */ name) => count(text(mine(root, `.detailed-status__${name}`)[0]));
    return { replies: bar[0], reposts: shown('reblogs') ?? bar[1], likes: shown('favorites') ?? bar[2] };
  };

  const lists = /** @type {WeakMap<Document, Element[]>} */ (new WeakMap());
  /** The posts of the page, listed once while it is read. @param {Document} page */
  const listed = (page) => {
    if (!lists.has(page)) queueMicrotask(() => lists.delete(page));
    return lists.get(page) ?? lists.set(page, [...page.querySelectorAll(ITEM)]).get(page) ?? [];
  };

  /**
   * In a thread, the post that lines or the order of the page say was answered.
   * @param {Element} root
   * @param {string} url
   */
  const context = (root, url) => {
    const all = listed(root.ownerDocument);
    const at = all.indexOf(root);
    const about = all.findIndex((part) => part.matches('.detailed-status'));
    if (about < 0) return {};
    const isFirst = root.matches('.status--first-in-thread');
    const isJoined =
      root.matches('.detailed-status__wrapper-reply *') ||
      (root.matches('.status-reply:has(> .status__line)') && !isFirst);
    const answered = isJoined
      ? all[at - 1]
      : isFirst && root.querySelector(':scope > .status__line:not(.status__line--full)')
        ? all[about]
        : undefined;
    const place = answered && placeOf(answered, url);
    const parent = place && {
      url: place.link,
      author: author(mine(answered, HOME), place.user, url).name,
      text: words(answered),
    };
    return { thread: at === about ? undefined : placeOf(all[about], url)?.link, parent };
  };

  add({
    name: 'mastodon',
    platform: 'mastodon',
    label: 'Mastodon',
    siteKind: 'social',
    version: 1,
    hosts: [],
    detect: (page) => page.querySelector(`#mastodon :is(.status, .detailed-status, ${NEWEST})`) !== null,
    item: ITEM,
    anchor: (root) => mine(root, '.status__action-bar, .detailed-status__meta, footer')[0] ?? null,
    inside: '.status__action-bar, .detailed-status__meta, footer',
    reply: '.compose-form textarea',
    extract(root, url) {
      const place = placeOf(root, url);
      if (!place) return undefined;
      const warning = mine(
        root,
        '.content-warning:not(.content-warning--filter) > p, p:has(> .status__content__spoiler-link) > span',
      )[0];
      const said = words(root);
      const media = mine(
        root,
        '.media-gallery__item-thumbnail[href], .media-gallery video[src], .video-player video[src], ' +
          '.audio-player audio[src]',
      ).map((part) => address(part.getAttribute('href') ?? part.getAttribute('src'), url));
      const quote = quoted(root.querySelector(QUOTE)) ?? undefined;
      if (!said && !warning && !quote && !media.length) return undefined;
      return {
        kind: 'post',
        id: place.id,
        url: place.link,
        author: author(mine(root, HOME), place.user, url),
        title: line(text(warning)),
        text: said,
        truncated: (warning && !said) || undefined, // a post behind a warning is not on the page until it is opened
        lang: language(mine(root, WORDS)[0]?.getAttribute('lang')),
        ...when(root, place),
        media: [...new Set(media)].filter((part) => part !== undefined),
        metrics: metrics(root),
        context: { ...context(root, url), poll: poll(root) },
        quoted: quote,
      };
    },
  });
})();
