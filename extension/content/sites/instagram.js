// @ts-check
/**
 * Reader of posts and comments on Instagram: feed, single posts and reels, in their own page or over a profile.
 *
 * A page without words (what visitors are served at first) is read by its Open Graph, as any other page.
 */
(() => {
  const { add, line, text, count, time, idTime, address, promoted } = Amends;
  const HOME = 'https://www.instagram.com';
  const SAID_AT = 'a[href*="/c/"] time';
  /**
   * A comment has neither role nor name: it is the row with a face in one part and the link of its own around a time in
   * another.
   */
  const ROW = `:is(div, li):has(> * img):has(> * ${SAID_AT}):not(:has(> :only-child))`;
  const POST = 'article, main:not(:has(article))';
  const ITEM = `${ROW}, ${POST}`;
  const PLACE = /^(?:\/[\w.]+)?\/(p|reel|tv)s?\/([\w-]+)(?:\/c\/(\d+)(?:\/r\/(\d+))?)?\/?$/;
  const CODE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

  /** Pages of Instagram's own that have an address like a member's. */
  const PAGES = /^(about|accounts|developer|direct|explore|legal|p|reel|reels|stories|tv|web)$/;

  const paths = /** @type {Map<string, string>} */ (new Map());
  /** Where a link leads on Instagram itself, "" elsewhere. @param {Element} link */
  const path = (link) => {
    const href = link.getAttribute('href') ?? '';
    if (!paths.size) queueMicrotask(() => paths.clear());
    const known = paths.get(href);
    if (known !== undefined) return known;
    const url = new URL(address(href, HOME) ?? 'about:blank');
    const found = /^(www\.)?instagram\.com$/.test(url.hostname) ? url.pathname : '';
    paths.set(href, found);
    return found;
  };
  /** @param {Element} link */
  const member = (link) => {
    const name = /^\/([\w.]+)\/$/.exec(path(link))?.[1];
    return name && !PAGES.test(name) ? name : undefined;
  };
  const comments = /** @type {WeakMap<Element, boolean>} */ (new WeakMap());
  /** Found once while a page is read. @param {Element} root */
  const isComment = (root) => {
    const known = comments.get(root);
    if (known !== undefined) return known;
    queueMicrotask(() => comments.delete(root));
    const is =
      root.matches(ROW) &&
      root.querySelectorAll(SAID_AT).length === 1 &&
      ![...root.children].some((part) => part.querySelector('img') && part.querySelector(SAID_AT));
    comments.set(root, is);
    return is;
  };

  const rows = /** @type {WeakMap<Element, Set<Element>>} */ (new WeakMap());
  /** The comments under a post, found once while it is read. @param {Element} root */
  const commentsIn = (root) => {
    if (!rows.has(root)) queueMicrotask(() => rows.delete(root));
    return rows.get(root) ?? rows.set(root, new Set([...root.querySelectorAll(ROW)].filter(isComment))).get(root);
  };
  /**
   * Parts of the post itself: the comments under it are items of their own.
   * @param {Element} root
   * @param {string} selector
   */
  const mine = (root, selector) => {
    const comments = commentsIn(root);
    const all = [...root.querySelectorAll(selector)];
    if (!comments?.size) return all;
    return all.filter((part) => {
      for (let box = /** @type {Element | null} */ (part); box && box !== root; box = box.parentElement)
        if (comments?.has(box)) return false;
      return true;
    });
  };

  /** The instant in a post's code, in which the base64 digits are those of addresses. @param {string} code */
  const codeTime = (code) => {
    const number = [...code.slice(0, 11)].reduce((sum, letter) => sum * 64n + BigInt(CODE.indexOf(letter)), 0n);
    return code.length >= 10 ? idTime(String(number), 23, 1314220021721) : undefined;
  };

  /** @param {Element | undefined} link @param {Element[]} faces */
  const author = (link, faces) => {
    const user = link && member(link);
    const face =
      faces.find((image) => image.closest('a') && member(/** @type {Element} */ (image.closest('a'))) === user) ??
      faces.find((image) => user && image.getAttribute('alt')?.includes(user));
    return user
      ? { name: user, handle: `@${user}`, url: `${HOME}/${user}/`, avatar: address(face?.getAttribute('src'), HOME) }
      : undefined;
  };

  /**
   * The words after a name: no link's, no button's, not the line of the name itself.
   * @param {Element[]} spans
   * @param {Element | undefined} name
   */
  const wordsAfter = (spans, name) =>
    spans.find(
      (span) =>
        name &&
        name.compareDocumentPosition(span) & 4 &&
        !span.contains(name) &&
        !span.querySelector('time') &&
        !span.closest('a, button, [role="button"], time') &&
        !span.parentElement?.closest('span[dir="auto"]') &&
        /[^\s•·]/.test(span.textContent ?? ''),
    );

  /**
   * The words of a post on a page of its own: they follow the line of name and time, which is no link there.
   * @param {Element} root
   */
  const caption = (root) => {
    const when = mine(root, 'time').find((part) => !part.closest('a'));
    for (let box = when; box && box !== root && !box.contains(root); box = box.parentElement ?? undefined) {
      const next = box.nextElementSibling;
      if (next?.matches('span') && words(next) && !next.querySelector('time')) return next;
    }
    return undefined;
  };

  /** @param {Element | undefined} body */
  const words = (body) => text(body, { skip: '[role="button"]' });

  /** @param {Element} root @returns {Reading | undefined} */
  const comment = (root) => {
    const at = root.querySelector(SAID_AT);
    const found = PLACE.exec(path(/** @type {Element} */ (at?.closest('a'))));
    const name = [...root.querySelectorAll('a[href]')].find((link) => member(link) && line(text(link)));
    if (!found?.[3] || !name) return undefined;
    const [, kind, code, id, reply] = found;
    const thread = `${HOME}/${kind}/${code}/`;
    const body = wordsAfter([...root.querySelectorAll('span[dir="auto"], h1')], name);
    const likes = [...root.querySelectorAll('button, [role="button"]')]
      .map((button) => button.textContent ?? '')
      .find((said) => /\d/.test(said) && !said.includes('('));
    const pictures = [...root.querySelectorAll('img[src]')].filter(
      (image) =>
        !image.closest('a, span[dir="auto"]') && /giphy|fbcdn|cdninstagram/.test(image.getAttribute('src') ?? ''),
    );
    const postedAt = time(at?.getAttribute('datetime'));
    const media = pictures
      .filter((image) => !image.getAttribute('alt')?.includes(member(name) ?? ''))
      .map((image) => address(image.getAttribute('src'), HOME));
    if (!words(body) && !media.length) return undefined;
    return {
      kind: 'comment',
      id: reply ?? id,
      url: `${thread}c/${id}/${reply ? `r/${reply}/` : ''}`,
      author: author(name, [...root.querySelectorAll('img[src]')]),
      text: words(body),
      postedAt,
      timeText: postedAt ? undefined : line(at?.textContent),
      media: media.filter((src) => src !== undefined),
      metrics: { likes: count(likes) },
      context: { thread, parent: reply ? { url: `${thread}c/${id}/` } : undefined },
    };
  };

  /**
   * Whether a link leads to the comments of a post, and says how many there are.
   * @param {Element} link
   * @param {string} code
   */
  const saysReplies = (link, code) =>
    !link.querySelector('time') &&
    /\d/.test(link.textContent ?? '') &&
    PLACE.exec(path(link).replace(/comments\/$/, ''))?.[2] === code;

  /** Whether an image is one of the post's own. @param {Element} image @param {string} code */
  const belongs = (image, code) => {
    const link = image.closest('a');
    return (!link || PLACE.exec(path(link))?.[2] === code) && !image.closest('header, h1, span[dir="auto"]');
  };

  /** Whether the page is about this post alone. @param {Element} root */
  const isOnly = (root) =>
    root.matches('main') ||
    root.closest('[role="dialog"]') ||
    root.ownerDocument.querySelectorAll('article').length === 1;

  /** @param {Element} root @param {string} url @returns {Reading | undefined} */
  const post = (root, url) => {
    const links = mine(root, 'a[href]');
    const dated = links.find((link) => link.querySelector('time') && PLACE.test(path(link)));
    const found = PLACE.exec(dated ? path(dated) : isOnly(root) ? new URL(url).pathname : '');
    const names = links.filter((link) => member(link) && line(text(link)));
    if (!found || !names.length || !mine(root, 'time').length) return undefined;
    const head = mine(root, 'header a, header span, span, div[dir="auto"]').slice(0, 40);
    if (head.some((part) => promoted((part.textContent ?? '').length < 90 ? text(part) : ''))) return undefined;
    const [, kind, code] = found;
    const user = member(names[0]);
    const again = names
      .filter((link) => member(link) === user && !link.closest('header'))
      .find((link) => link !== names[0]);
    const body =
      mine(root, 'h1[dir="auto"], h1')[0] ?? caption(root) ?? wordsAfter(mine(root, 'span[dir="auto"]'), again);
    const images = mine(root, 'img[src]');
    const by = author(names[0], images);
    const own = images.filter(
      (image) => belongs(image, code) && address(image.getAttribute('src'), HOME) !== by?.avatar,
    );
    const media = [...own, ...mine(root, 'video[poster]')].map((part) =>
      address(part.getAttribute('poster') ?? part.getAttribute('src'), HOME),
    );
    const said = words(body);
    if (!said && !media.length) return undefined;
    const times = [dated?.querySelector('time'), ...mine(root, 'time')];
    const when = times.map((part) => time(part?.getAttribute('datetime'))).find(Boolean);
    return {
      kind: 'post',
      id: code,
      url: `${HOME}/${kind}/${code}/`,
      author: by,
      text: said,
      truncated: body?.querySelector('[role="button"]') || /…$/.test(said ?? '') ? true : undefined,
      postedAt: when ?? codeTime(code),
      media: [...new Set(media)].filter((src) => src !== undefined),
      metrics: {
        likes: count(text(links.find((link) => path(link).endsWith('/liked_by/')))),
        replies: count(text(links.find((link) => saysReplies(link, code)))),
      },
    };
  };

  add({
    name: 'instagram',
    platform: 'instagram',
    label: 'Instagram',
    siteKind: 'social',
    version: 1,
    hosts: ['instagram.com'],
    item: ITEM,
    anchor: (root) =>
      (isComment(root)
        ? root.querySelector(SAID_AT)?.closest('a')
        : (mine(root, 'section:has(svg)')[0] ?? mine(root, 'a:has(time)')[0])) ?? null,
    inside: 'section',
    reply: 'form textarea, [role="textbox"][contenteditable="true"]',
    extract: (root, url) => (isComment(root) ? comment(root) : root.matches(POST) ? post(root, url) : undefined),
  });
})();
