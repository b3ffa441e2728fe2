// @ts-check
/** Reader of posts and answers on Threads (threads.com, threads.net): feeds, profiles, searches and single posts. */
(() => {
  const { add, line, text, count, time, idTime, address } = Amends;
  const BOX = '[data-pressable-container]';
  // Posts served to visitors may stand in the page's region without a box. What is promoted shows no time.
  const ITEM = `${BOX}:has(time):not(${BOX} *), [role="region"]:has(a[href*="/post/"] time):not(:has(${BOX}))`;
  const POST = /^\/@([\w.]+)\/post\/([\w-]+)/;
  const CODE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

  /** @param {Element} part @param {string} url */
  const path = (part, url) => new URL(address(part.getAttribute('href'), url) ?? new URL('/', url)).pathname;
  /** A quoted post is a box with a post's address of its own inside the post. @param {Element} root */
  const quotesIn = (root) =>
    Amends.kept(root, 'quotes', () =>
      [...root.querySelectorAll(BOX)].filter((box) => box.querySelector('time, a[href*="/post/"]')),
    );
  /** What is the post's own, and in no other post inside of it. @param {Element} root @param {string} selector */
  const mine = (root, selector) => {
    const quotes = quotesIn(root);
    return Amends.kept(root, selector, () =>
      [...root.querySelectorAll(selector)].filter((part) => !quotes.some((quote) => quote.contains(part))),
    );
  };

  /** Whether one part stands after another on the page. @param {Element | undefined} part @param {Element} other */
  const precedes = (part, other) => !part || (part.compareDocumentPosition(other) & 4) !== 0;

  /**
   * What was written: the spans after the time that are no button's, in a quotation also a link's.
   * @param {Element[]} spans
   * @param {boolean} [isQuote]
   */
  const written = (spans, isQuote) => {
    const own = spans.filter(
      (span) =>
        !span.closest('[role="button"], time') &&
        !span.parentElement?.closest('span[dir="auto"]') &&
        (isQuote ? !span.closest('a:not([href*="/post/"])') : !span.closest('a')) &&
        !span.querySelector('time') &&
        /[^\s·]/.test(span.textContent ?? ''),
    );
    const body = own.filter((span) => span.parentElement === own[0].parentElement);
    const number = [...(body.at(-1)?.querySelectorAll('div') ?? [])].find((part) =>
      /^\d+\s*\/\s*\d+$/.test(text(part) ?? ''),
    );
    const said = body.map((span) => text(span, { pre: !span.querySelector('br, div') })).join('\n');
    return (number ? said.replace(/\s*\d+\s*\/\s*\d+$/, '') : said) || undefined; // the number is a place in a series
  };

  /** Like, answer, repost and share, in this order in every language. @param {Element} root */
  const actions = (root) => {
    const buttons = mine(root, '[role="button"]:has(svg)');
    const row = buttons
      .map((button) => button.parentElement?.parentElement)
      .reverse()
      .find((part) => part && root.contains(part) && buttons.filter((button) => part.contains(button)).length >= 3);
    return buttons.filter((button) => row?.contains(button));
  };

  /** The words between the line of the name and the actions; that line also holds badges. @param {Element} root */
  const words = (root) => Amends.kept(root, 'words', () => readWords(root));
  /** @param {Element} root */
  const readWords = (root) => {
    const when = mine(root, 'time')[0];
    const first = actions(root)[0];
    let head = when;
    while (first && head.parentElement && !head.parentElement.contains(first)) head = head.parentElement;
    const spans = mine(root, 'span[dir="auto"]').filter(
      (span) => precedes(when, span) && (!first || precedes(span, first)),
    );
    return written(spans.filter((span) => !head.contains(span))) ?? (first ? undefined : written(spans));
  };

  /** The link around the time. @param {Element} root @param {string} url */
  const placeOf = (root, url) => Amends.kept(root, `place at ${url}`, () => readPlace(root, url));
  /** @param {Element} root @param {string} url */
  const readPlace = (root, url) => {
    const found = mine(root, 'a[href*="/post/"]:has(time)')
      .map((link) => POST.exec(path(link, url)))
      .find(Boolean);
    return found && { user: found[1], code: found[2], link: `${new URL(url).origin}/@${found[1]}/post/${found[2]}` };
  };

  /** @param {Element} root @param {string} user @param {string} url */
  const author = (root, user, url) => {
    const home = mine(root, 'a[href*="/@"]').filter((link) => path(link, url).replace(/\/$/, '') === `/@${user}`);
    const face =
      home.map((link) => link.querySelector('img[src]')).find(Boolean) ??
      mine(root, 'img[src][alt]').find((image) => image.getAttribute('alt')?.includes(user));
    return {
      name: line(user),
      handle: `@${user}`,
      url: `${new URL(url).origin}/@${user}`,
      avatar: address(face?.getAttribute('src'), url),
    };
  };

  /** The instant in a post's code, in which the base64 digits are those of addresses. @param {string} code */
  const codeTime = (code) => {
    const number = [...code.slice(0, 11)].reduce((sum, letter) => sum * 64n + BigInt(CODE.indexOf(letter)), 0n);
    return code.length >= 10 ? idTime(String(number), 23, 1314220021721) : undefined;
  };

  const shown = /** @type {WeakMap<Document, Element | undefined>} */ (new WeakMap());
  /**
   * The post that the page is about: looked for once while a page is read.
   * @param {Document} page
   * @param {string} url
   */
  const subject = (page, url) => {
    if (!shown.has(page)) {
      const code = POST.exec(new URL(url).pathname)?.[2];
      shown.set(
        page,
        code ? [...page.querySelectorAll(ITEM)].find((root) => placeOf(root, url)?.code === code) : undefined,
      );
      queueMicrotask(() => shown.delete(page));
    }
    return shown.get(page);
  };

  const groups = /** @type {WeakMap<Element, Map<Element, Element | undefined>>} */ (new WeakMap());
  /**
   * The post above in the same part of the page, which is searched once while the page is read.
   * @param {Element} root
   */
  const above = (root) => {
    const pagelet = root.closest('[data-pagelet]');
    if (!pagelet) return undefined;
    if (!groups.has(pagelet)) {
      const found = [...pagelet.querySelectorAll(ITEM)];
      groups.set(pagelet, new Map(found.map((one, at) => [one, found[at - 1]])));
      queueMicrotask(() => groups.delete(pagelet));
    }
    return groups.get(pagelet)?.get(root);
  };

  /** What a post answers: the one above it in its own part of the page, else the post that the page is about.
   * @param {Element} root @param {string} url */
  const context = (root, url) => {
    const about = subject(root.ownerDocument, url);
    const isAnswer = about && about !== root && (about.compareDocumentPosition(root) & 4) !== 0;
    const answered = above(root) ?? (isAnswer ? about : undefined);
    const place = answered && placeOf(answered, url);
    const parent = place && { url: place.link, author: `@${place.user}`, text: words(answered) };
    return { thread: isAnswer ? placeOf(about, url)?.link : undefined, parent };
  };

  add({
    name: 'threads',
    platform: 'threads',
    label: 'Threads',
    siteKind: 'social',
    version: 1,
    hosts: ['threads.com', 'threads.net'],
    item: ITEM,
    anchor: (root) => actions(root).at(-1)?.parentElement ?? mine(root, 'a:has(time)')[0] ?? null,
    reply: '[role="textbox"][contenteditable="true"]',
    extract(root, url) {
      const place = placeOf(root, url);
      if (!place) return undefined;
      const [likes, replies, reposts] = actions(root).map((button) => count(text(button)));
      const by = author(root, place.user, url);
      const pictures = mine(
        root,
        'picture img[src], [role="button"] img[src], img[src][alt=""], video[poster], video[src]',
      ).map((part) => address(part.getAttribute('poster') ?? part.getAttribute('src'), url));
      const [quote] = quotesIn(root);
      const quoted = quote && POST.exec(path(quote.querySelector('a[href*="/post/"]') ?? quote, url));
      const said = words(root);
      const media = [...new Set(pictures)]
        .filter((picture) => picture !== undefined && picture !== by.avatar)
        .map(String);
      if (!said && !quote && !media.length) return undefined;
      return {
        kind: 'post',
        id: place.code,
        url: place.link,
        author: by,
        text: said,
        postedAt: time(mine(root, 'a[href*="/post/"] time')[0]?.getAttribute('datetime')) ?? codeTime(place.code),
        media,
        metrics: { likes, replies, reposts },
        context: context(root, url),
        quoted:
          quote &&
          ([quoted && `@${quoted[1]}`, written([...quote.querySelectorAll('span[dir="auto"]')], true)]
            .filter(Boolean)
            .join('\n') ||
            undefined),
      };
    },
  });
})();
