// @ts-check
/** Reader of posts and comments on Facebook: feeds, pages, groups and single posts. */
(() => {
  const { add, line, language, text, count, address, promoted } = Amends;
  const HOME = 'https://www.facebook.com';
  const HEAD = '[data-ad-rendering-role="profile_name"], h2 a[href], h3 a[href], h4 a[href]';
  const TITLE = '[data-ad-rendering-role="profile_name"], h2, h3, h4';
  const COMMENT = '[role="article"][aria-label]';
  const FRAME = ':is([aria-posinset], [data-pagelet^="FeedUnit"], [role="article"]:not([aria-label]))';
  const POST = `${FRAME}:has(${HEAD}):not(${FRAME} *), [role="dialog"]:has(${HEAD}):not(:has(${FRAME}))`;
  const ITEM = `${COMMENT}, ${POST}`;
  const MESSAGE =
    '[data-ad-rendering-role="story_message"], [data-ad-preview="message"], [data-ad-comet-preview="message"]';
  const PAGE = /\/(posts|permalink|videos|photos|reel)\/|\/(permalink|photo|story)\.php$|\/(photo|watch)\/?$/;
  // What stands beside the counts, in the languages we met.
  const COMMENTS = new RegExp(
    'comm?ent|kommentti|ko?mment|komentar|коммент|комент|yorum|reactie|opmerking|σχόλι|' +
      'تعليق|תגוב|评论|留言|則|コメント|댓글|bình luận|ความคิดเห็น|टिप्पणी',
    'i',
  );
  const SHARES = new RegExp(
    'share|partage|geteilt|compartid|compartilh|condivision|gedeeld|udostępn|deling|delning|репост|' +
      'поделил|поширен|paylaş|κοινοποι|مشارك|שיתופ|分享|シェア|공유|chia sẻ|dibagikan|การแชร์',
    'i',
  );
  const scopes = /** @type {Map<Element, Element[]>} */ (new Map());
  /** What is not a post's own: its comments, and frames of other posts, which do not stand around its first heading.
   * @param {Element} root */
  const withinOf = (root) => {
    const known = scopes.get(root);
    if (known) return known;
    if (!scopes.size) queueMicrotask(() => scopes.clear());
    const comments = [...root.querySelectorAll(COMMENT)].filter((part) => !part.parentElement?.closest(COMMENT));
    const frames = [...root.querySelectorAll(FRAME)];
    const isOwn = (/** @type {Element} */ part) => !comments.some((comment) => comment.contains(part));
    const head = frames.length ? [...root.querySelectorAll(HEAD)].find(isOwn) : undefined;
    const within = [...comments, ...frames.filter((frame) => head && !frame.contains(head))];
    scopes.set(root, within);
    return within;
  };
  /** Parts of the item itself. @param {Element} root @param {string} selector */
  const mine = (root, selector) => {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches(COMMENT)) return found.filter((part) => part.closest(COMMENT) === root);
    const within = withinOf(root);
    return found.filter((part) => !within.some((other) => other.contains(part)));
  };
  /** Whether a name stands after another one, and is no part of it. @param {Element} name @param {Element} other */
  const follows = (name, other) =>
    !name.contains(other) && !other.contains(name) && (other.compareDocumentPosition(name) & 4) !== 0;
  /** @param {Element | undefined} part @param {Element} other */
  const precedes = (part, other) => !part || (part.compareDocumentPosition(other) & 4) !== 0;

  /** An address without what only follows the reader around.
   * @param {string | null | undefined} link @param {(name: string) => boolean} isKept */
  const tidy = (link, isKept) => {
    const href = address(link, HOME);
    if (!href || !/(^|\.)facebook\.com$/.test(new URL(href).hostname)) return undefined;
    const url = new URL(href);
    for (const name of [...url.searchParams.keys()]) if (!isKept(name)) url.searchParams.delete(name);
    return `${HOME}${url.pathname}${url.search}`;
  };
  /** The address of a post or comment, if it is one. @param {string | null | undefined} link */
  const permalink = (link) => {
    const href = tidy(
      link,
      (name) =>
        !/^(__|mibextid|rdid|refid?$|ref_|eid$|_rdr|locale|notif_|paipv|eav$|fs$|idorvanity|share_url|[hs]$)/.test(
          name,
        ),
    );
    return href && PAGE.test(new URL(href).pathname) ? href : undefined;
  };
  const places = /** @type {Map<string | null, string | undefined>} */ (new Map());
  /** @param {Element} link */
  const page = (link) => {
    const href = link.getAttribute('href');
    if (!places.size) queueMicrotask(() => places.clear());
    if (!places.has(href)) places.set(href, permalink(href));
    return places.get(href);
  };

  /** What a link is called: its label, what it is labelled by (its letters are shuffled then), or its words.
   * @param {Element} link */
  const label = (link) => {
    const named = (link.matches('[aria-labelledby]') ? link : link.querySelector('[aria-labelledby]'))?.getAttribute(
      'aria-labelledby',
    );
    return (
      link.getAttribute('aria-label') ??
      text(link.ownerDocument.getElementById(named?.split(' ')[0] ?? '')) ??
      text(link)
    );
  };

  /** @param {Element} root @param {Element | undefined} name */
  const author = (root, name) => {
    const face = mine(root, 'svg image, a img[src]')[0];
    return {
      name: line(text(name)),
      url: tidy(name?.getAttribute('href'), (part) => part === 'id'),
      avatar: address(
        face?.getAttribute('xlink:href') ?? face?.getAttribute('href') ?? face?.getAttribute('src'),
        HOME,
      ),
    };
  };

  /** @param {Element | undefined} body */
  const isCut = (body) =>
    [...(body?.querySelectorAll('[role="button"]') ?? [])].some((button) => /[^\d\s]/.test(button.textContent ?? ''));
  /** @param {Element | undefined} body */
  const words = (body) => text(body, { skip: '[role="button"]' });

  /** @param {Element} root @param {Element | undefined} after */
  const pictures = (root, after) =>
    [
      ...new Set(
        mine(root, 'img[src*=".fbcdn.net/"], video[poster]')
          .filter((part) => precedes(after, part) && !/\/\/static\.|\/emoji\.php/.test(part.getAttribute('src') ?? ''))
          .map((part) => address(part.getAttribute('poster') ?? part.getAttribute('src'), HOME)),
      ),
    ].filter((src) => src !== undefined);

  /** @param {Element} root */
  const reach = (root) => {
    const faces = mine(root, '[role="toolbar"]')[0];
    const buttons = mine(root, '[role="button"]');
    const said = buttons
      .filter((button) => precedes(faces, button) && !faces?.contains(button))
      .map((button) => text(button) ?? '')
      .filter((words) => /\p{N}/u.test(words) && words.length < 60);
    const [first, second] = said.filter((words) => !COMMENTS.test(words) && !SHARES.test(words));
    const told = (/** @type {string} */ role) =>
      count(text(buttons.find((button) => button.querySelector(`[data-ad-rendering-role="${role}"]`))));
    return {
      likes: count(text(faces?.parentElement?.querySelector(':scope > [aria-hidden="true"]'))) ?? told('like_button'),
      replies:
        count(said.find((words) => COMMENTS.test(words))) ??
        told('comment_button') ??
        (faces && second ? count(first) : undefined),
      shares: count(said.find((words) => SHARES.test(words))) ?? told('share_button') ?? (faces && count(second)),
    };
  };

  /**
   * Who wrote a post, where a line above it names somebody who commented on it or likes it: that line is a heading of
   * its own, and the post's address is the author's. Two names in one heading are author and page.
   * @param {Element[]} links the names in the headings @param {string | undefined} permalink
   */
  const writer = (links, permalink) => {
    const owner = ownerOf(permalink);
    const heading = (/** @type {Element} */ link) => link.closest(TITLE);
    const above = links.find((link) => ownerOf(tidy(link.getAttribute('href'), (name) => name === 'id')) === owner);
    return owner && above ? links.find((link) => heading(link) === heading(above)) : links[0];
  };
  /** The name or number with which a person's address begins. @param {string | undefined} link */
  const ownerOf = (link) => {
    const url = link ? new URL(link) : undefined;
    const [first] = url?.pathname.split('/').filter(Boolean) ?? [];
    return (
      url?.searchParams.get('id') ??
      (/^(groups|photo|watch|reel|permalink\.php)$/.test(first ?? '') ? undefined : first)
    );
  };

  /** @param {Element | undefined} shared @param {Element[]} bodies */
  const quoted = (shared, bodies) =>
    shared &&
    ([line(text(shared)), words(bodies.find((part) => precedes(shared, part)))].filter(Boolean).join('\n') ||
      undefined);

  /** What a poll in a group lets people choose from. @param {Element} root */
  const poll = (root) =>
    Amends.poll(
      mine(root, ':is([role="radio"], [role="checkbox"])[aria-checked], input:is([type="radio"], [type="checkbox"])'),
    );

  /** @param {Element} root @param {string} url @returns {Reading | undefined} */
  const post = (root, url) => {
    const names = mine(root, HEAD).filter(
      (part) => !part.parentElement?.closest('[data-ad-rendering-role="profile_name"]'),
    );
    const links = names
      .map((part) => (part.matches('a') ? part : (part.querySelector('a[href]') ?? undefined)))
      .filter((link) => link !== undefined);
    const member = mine(root, 'a[href*="/groups/"][href*="/user/"]').find((link) => line(text(link)));
    const first = mine(root, 'a[href]').find((part) => page(part));
    const by = writer(links, first && page(first));
    const own = by?.closest(TITLE) ?? names[0];
    const shared = names.find((name) => name.matches('[data-ad-rendering-role]') && follows(name, own));
    const bodies = mine(root, MESSAGE).filter((body) => !body.parentElement?.closest(MESSAGE));
    const body = bodies.find((part) => !shared || precedes(part, shared));
    const head = mine(root, 'a[href], [aria-labelledby]')
      .filter((part) => !body || precedes(part, body))
      .slice(0, 40);
    const when = head.find((link) => page(link)) ?? first;
    const link = when ? page(when) : root.ownerDocument.querySelector(POST) === root ? permalink(url) : undefined;
    if (
      !link ||
      !names.length ||
      head.some((part) => promoted(label(part))) ||
      mine(root, 'a[href*="/ads/about"]').length
    )
      return undefined;
    const isTime = when && head.includes(when) && !when.querySelector('img');
    const group = mine(root, 'a[href*="/groups/"]:not([href*="/user/"])').find(
      (part) => !page(part) && line(text(part)),
    );
    const said = words(body);
    const media = pictures(root, names[0]);
    if (!said && !media.length) return undefined;
    return {
      kind: 'post',
      url: link,
      author: author(root, member ?? by),
      text: said,
      truncated: isCut(body) || undefined,
      lang: language(body?.querySelector('[lang]')?.getAttribute('lang')),
      timeText: isTime ? line(label(when)) : undefined,
      media,
      metrics: reach(root),
      context: { community: line(text(group)), poll: poll(root) },
      quoted: quoted(shared, bodies),
    };
  };

  const threads = /** @type {WeakMap<Document, Map<string, Element>>} */ (new WeakMap());
  /** The page's comments by their address, gathered once while it is read. @param {Document} within */
  const byAddress = (within) => {
    const known = threads.get(within);
    if (known) return known;
    queueMicrotask(() => threads.delete(within));
    const found = /** @type {Map<string, Element>} */ (new Map());
    for (const root of within.querySelectorAll(COMMENT)) found.set(addressOf(root) ?? '', root);
    threads.set(within, found);
    return found;
  };
  /** @param {Element} root */
  const addressOf = (root) => mine(root, 'a[href*="comment_id="]').map(page).find(Boolean);
  /** @param {Element} root */
  const nameOf = (root) =>
    mine(root, 'a[href]:not([aria-hidden="true"])').find((link) => !page(link) && line(text(link)));
  /** @param {Element} root */
  const bodyOf = (root) => {
    const first = mine(root, '[dir="auto"][style*="text-align"]').find((part) => text(part));
    return mine(root, 'span[dir="auto"][lang]')[0] ?? first?.closest('span') ?? first;
  };

  /** @param {Element} root @returns {Reading | undefined} */
  const comment = (root) => {
    const link = addressOf(root);
    const name = nameOf(root);
    const body = bodyOf(root);
    const media = pictures(root, name);
    if (!link || !name || !(body || media.length)) return undefined;
    const answered = new URL(link);
    const isReply = answered.searchParams.has('reply_comment_id');
    answered.searchParams.delete('reply_comment_id');
    const above = isReply ? byAddress(root.ownerDocument)?.get(answered.href) : undefined;
    const parent = isReply
      ? { url: answered.href, author: above && line(text(nameOf(above))), text: above && words(bodyOf(above)) }
      : undefined;
    answered.searchParams.delete('comment_id');
    const subject = root.parentElement?.closest(`${FRAME}, [role="dialog"]`)?.querySelector(MESSAGE);
    return {
      kind: 'comment',
      url: link,
      author: author(root, name),
      text: words(body),
      truncated: isCut(body) || undefined,
      lang: language(body?.getAttribute('lang')),
      timeText: line(text(mine(root, 'a[href*="comment_id="]').find(page))),
      media,
      metrics: {
        likes: count(
          mine(root, '[role="button"][aria-label]:has(img[role="presentation"])')[0]?.getAttribute('aria-label'),
        ),
      },
      context: { thread: answered.href, threadTitle: line(words(subject ?? undefined)?.split('\n')[0]), parent },
    };
  };

  add({
    name: 'facebook',
    platform: 'facebook',
    label: 'Facebook',
    siteKind: 'social',
    version: 1,
    hosts: ['facebook.com'],
    item: ITEM,
    anchor: (root) =>
      root.matches(COMMENT)
        ? (mine(root, 'ul')[0] ?? bodyOf(root) ?? null)
        : (mine(root, MESSAGE)[0] ?? mine(root, HEAD)[0] ?? null),
    inside: 'ul',
    reply: '[role="textbox"][contenteditable="true"]',
    extract: (root, url) => (root.matches(COMMENT) ? comment(root) : post(root, url)),
  });
})();
