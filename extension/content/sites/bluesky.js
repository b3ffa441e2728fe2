// @ts-check
/** Reader of posts on Bluesky: feeds, profiles, searches, notifications and threads. */
(() => {
  const { add, line, text, count, time, address } = Amends;
  const NAMED = '[data-testid^="postThreadItem-by-"], [data-testid^="feedItem-by-"]';
  const ACTIONS = '[data-testid="replyBtn"]';
  // A search result is known only by what it holds; inside a named item (a notification) it is that item.
  const ITEM = `${NAMED}, [role="link"]:has(${ACTIONS}):not(:is(${NAMED}) *)`;
  const AVATAR = '[data-testid="userAvatarImage"]';
  const POST = /^\/profile\/([^/]+)\/post\/([^/]+)(\/[a-z-]+)?\/?$/;
  const LETTERS = '234567abcdefghijklmnopqrstuvwxyz';
  const HOME = 'https://bsky.app';

  /** A quoted post: a link with a face of its own inside the post. @param {Element} box */
  const isQuote = (box) =>
    Boolean(box.querySelector(AVATAR)) &&
    !box.querySelector(ACTIONS) &&
    (box.matches('a[href*="/post/"]') || Boolean(box.querySelector('a[href*="/post/"]')));
  /** @param {Element} root */
  const quoteIn = (root) => Amends.kept(root, 'quote', () => [...root.querySelectorAll('[role="link"]')].find(isQuote));
  /** @param {Element} root @param {string} selector */
  const mine = (root, selector) => {
    const quote = quoteIn(root);
    return [...root.querySelectorAll(selector)].filter((part) => !quote?.contains(part) && part.closest(ITEM) === root);
  };
  /** @param {Element} root @param {string} name */
  const control = (root, name) => mine(root, `[data-testid="${name}"]`)[0];
  /** @param {Element | undefined} part */
  const path = (part) => new URL(address(part?.getAttribute('href'), HOME) ?? HOME).pathname;

  /**
   * The handle that a list's item is named by, unless it is the site's word for one that is broken.
   * @param {Element} root
   */
  const namedBy = (root) => /-by-(?!handle\.invalid$)(.+)$/.exec(root.getAttribute('data-testid') ?? '')?.[1];
  /** @param {Element} root */
  const homeOf = (root) => path(mine(root, AVATAR)[0]?.closest('a') ?? undefined).split('/')[2];

  /** The owner and the key of a post: from the link around its time, its lists of likes, or the page of a thread.
   * @param {Element} root @param {string} url */
  const placeOf = (root, url) => Amends.kept(root, `place at ${url}`, () => readPlace(root, url));
  /** @param {Element} root @param {string} url */
  const readPlace = (root, url) => {
    const links = mine(root, 'a[href*="/post/"]')
      .filter((link) => !link.closest('[data-word-wrap]'))
      .map((link) => POST.exec(path(link)))
      .filter((found) => found !== null);
    const own = links.filter((found) => [namedBy(root), homeOf(root)].includes(found[1]));
    const shown = root.matches('[data-testid^="postThreadItem-by-"]') ? POST.exec(new URL(url).pathname) : null;
    // screens left stay in the page
    const isShown = shown && (!namedBy(root) || shown[1].startsWith('did:') || shown[1] === namedBy(root));
    return own.find((found) => !found[3]) ?? own[0] ?? (isShown ? shown : links[0]);
  };

  /** The instant in a record key (TID): made by the writer's own program, so it may be off. @param {string} key */
  const keyTime = (key) => {
    if (!/^[2-7a-j][2-7a-z]{12}$/.test(key)) return undefined;
    const number = [...key].reduce((sum, letter) => sum * 32n + BigInt(LETTERS.indexOf(letter)), 0n);
    return time(Number((number >> 10n) / 1000n));
  };

  /** Who wrote it, from the links to the profile of that one person. @param {Element} root @param {string} owner */
  const author = (root, owner) => {
    const named = namedBy(root);
    const profiles = [owner, homeOf(root), named].map((who) => `/profile/${who}`);
    const said = mine(root, 'a[href*="/profile/"]')
      .filter((link) => profiles.includes(path(link)) && !link.closest('[data-word-wrap]'))
      .flatMap((link) => (text(link) ?? '').split('\n').map((part) => line(part)));
    const handle =
      named ??
      said.find((part) => /^@\S+\.\S+$/.test(part ?? ''))?.slice(1) ??
      (owner.startsWith('did:') ? undefined : owner);
    const avatar = address(mine(root, AVATAR)[0]?.querySelector('img[src]')?.getAttribute('src'), HOME);
    return {
      name: said.find((part) => part && part !== `@${handle}`),
      handle: handle && `@${line(handle)}`,
      url: address(`/profile/${handle ?? owner}`, HOME),
      avatar,
      id: /did:[a-z]+:[\w.:%-]+/.exec(avatar ?? '')?.[0],
    };
  };

  /** @param {Element | undefined} quote */
  const quoted = (quote) =>
    quote &&
    ([
      line(
        [
          ...new Set(
            [...quote.querySelectorAll('a[href*="/profile/"]:not([href*="/post/"])')].map((link) => line(text(link))),
          ),
        ].join(' '),
      ),
      text(quote.querySelector('[data-word-wrap]'), { pre: true }),
    ]
      .filter(Boolean)
      .join('\n') ||
      undefined);

  /** The post that stands above this one in the same list. @param {Element} root */
  const above = (root) => {
    for (let part = /** @type {Element | null} */ (root), up = 0; part && up < 6; part = part.parentElement, up += 1) {
      const found = part.previousElementSibling?.matches(ITEM)
        ? part.previousElementSibling
        : part.previousElementSibling?.querySelector(ITEM);
      if (found) return found;
    }
    return undefined;
  };

  /** In a thread, what a post answers: the page's own post, or the one above where a line joins them.
   * @param {Element} root @param {string} link @param {string} url */
  const context = (root, link, url) => {
    const shown = POST.exec(new URL(url).pathname);
    if (!shown || !root.matches('[data-testid^="postThreadItem-by-"]')) return {};
    const thread = `${HOME}/profile/${shown[1]}/post/${shown[2]}`;
    const joint = root.firstElementChild;
    const isJoined = Boolean(joint?.firstElementChild?.firstElementChild) && !joint?.textContent;
    const answered = link.endsWith(`/post/${shown[2]}`) || isJoined ? above(root) : undefined;
    const place = answered && placeOf(answered, url);
    if (!answered || !place) return { thread: link.endsWith(`/post/${shown[2]}`) ? undefined : thread };
    const by = author(answered, place[1]);
    return {
      thread,
      parent: {
        url: `${HOME}/profile/${place[1]}/post/${place[2]}`,
        author: by.name ?? by.handle,
        text: said(answered),
      },
    };
  };

  /** @param {Element} root */
  const said = (root) => {
    const body = control(root, 'postText') ?? mine(root, '[data-word-wrap]').find((part) => !part.closest('a, button'));
    return body && text(body, { pre: true });
  };

  add({
    name: 'bluesky',
    platform: 'bluesky',
    label: 'Bluesky',
    siteKind: 'social',
    version: 1,
    hosts: ['bsky.app'],
    item: ITEM,
    anchor: (root) => control(root, 'postDropdownBtn') ?? control(root, 'likeBtn') ?? control(root, 'replyBtn') ?? null,
    reply: '.ProseMirror[contenteditable="true"]',
    extract(root, url) {
      const place = placeOf(root, url);
      if (!place || !control(root, 'replyBtn')) return undefined; // a notification about a like is no post
      const [, owner, key] = place;
      const by = author(root, owner);
      const link = `${by.url}/post/${key}`;
      const reposts = control(root, 'repostCount');
      const pictures = mine(root, 'img[src*="/img/feed_"], video[poster]').map((part) =>
        address(part.getAttribute('poster') ?? part.getAttribute('src'), url),
      );
      const postedAt = keyTime(key);
      const quote = quoted(quoteIn(root));
      const words = said(root);
      if (!words && !quote && !pictures.length) return undefined; // shown to members only
      return {
        kind: 'post',
        id: key,
        url: link,
        author: by,
        text: words,
        postedAt,
        timeApprox: postedAt ? true : undefined,
        timeText: postedAt
          ? undefined
          : line(mine(root, 'a[href*="/post/"][aria-label]')[0]?.getAttribute('aria-label')),
        media: [...new Set(pictures)].filter((picture) => picture !== undefined),
        metrics: {
          replies: count(control(root, 'replyBtn')?.getAttribute('aria-label')),
          likes: count(control(root, 'likeBtn')?.getAttribute('aria-label')),
          reposts: count(reposts?.closest('button')?.getAttribute('aria-label')) ?? count(reposts?.textContent),
        },
        context: context(root, link, url),
        quoted: quote,
      };
    },
  });
})();
