// @ts-check
/** Reader of posts on a forum that runs XenForo (1 and 2), on any host. */
(() => {
  const { add, clean, line, memberSince, text, time, address, quotes } = Amends;
  const ITEM = 'article.message[data-content^="post-"], li.message[id^="post-"]';
  const QUOTE = '.bbCodeBlock--quote, .bbCodeQuote';
  const ENDS = '.js-selectToQuoteEnd, .messageTextEndMarker, .bbCodeBlock-expandLink, .editDate';
  const SKIP = `${QUOTE}, ${ENDS}, .smilie, .mceSmilie`;
  const BODY = '.message-body .bbWrapper, .messageText';
  const GONE = '.message--deleted, .deleted, .is-ignored, .ignored';

  /** @param {Element} root */
  const idOf = (root) => /^post-(\d+)$/.exec(root.getAttribute('data-content') ?? root.id)?.[1];

  /**
   * A post's own address and its number in the thread: the links in its head, not those in its words.
   * @param {Element} root @param {string} id
   */
  const placeOf = (root, id) => {
    const links = [...root.querySelectorAll('.message-attribution a[href], .messageMeta a[href]')];
    const own = links
      .map((link) => address(link.getAttribute('href'), root.ownerDocument.baseURI))
      .find((href) => href && new RegExp(`(?:/post-|#post-|/posts/)${id}/?$`).test(href));
    const shown = [...root.querySelectorAll('.message-attribution li, .messageMeta a, .messageMeta span')];
    const number = shown.map((part) => /^#([\d.,]+)$/.exec(line(text(part)) ?? '')?.[1]).find(Boolean);
    return { own, number };
  };

  /** @param {string} url */
  const threadOf = (url) => /^https?:\/\/[^?#]*?\/threads\/[^/?#]+\//.exec(url)?.[0];

  /**
   * XenForo 1 has an address for each post beside its threads.
   * @param {Element} root
   * @param {string} id
   * @param {string | undefined} thread
   */
  const permalink = (root, id, thread) =>
    root.matches('li') ? thread?.replace(/threads\/[^/]+\/$/, `posts/${id}/`) : thread && `${thread}post-${id}`;

  /** The name is said by the post itself; the link with that name leads to the member. @param {Element} root */
  const author = (root) => {
    const user = root.querySelector('.message-cell--user, .message-user, .messageUserInfo');
    const shown = user?.querySelector('.username');
    const name = line(root.getAttribute('data-author')) ?? line(text(shown));
    const base = root.ownerDocument.baseURI;
    const isSame = line(text(shown)) === name;
    const face = user?.querySelector('img[src]')?.getAttribute('src');
    return name
      ? { name, url: isSame ? address(shown?.getAttribute('href'), base) : undefined, avatar: address(face, base) }
      : undefined;
  };

  /** Since when they are a member, in the words beside the post; newer themes say in a title what it is.
   * @param {Element} root */
  const since = (root) =>
    memberSince(
      [...root.querySelectorAll('.message-userExtras dl, .extraUserInfo dl')].map((pair) => {
        const named = pair.querySelector('dt');
        const name = line(text(named)) ?? named?.querySelector('[title]')?.getAttribute('title') ?? '';
        return line(`${name} ${text(pair.querySelector('dd')) ?? ''}`);
      }),
    );

  /** Words of others that the post repeats, with the name of each. @param {Element} part */
  const quoted = (part) => {
    const box = part.querySelector('.bbCodeBlock-content, .quote') ?? part;
    const by = part.getAttribute('data-quote') ?? part.querySelector('[data-author]')?.getAttribute('data-author');
    return [line(by ?? part.getAttribute('data-author')), text(box, { skip: SKIP })].filter(Boolean).join('\n');
  };

  /** @param {Element} root */
  const when = (root) => {
    const shown = root.querySelector(
      '.message-attribution time, .messageMeta .DateTime, .messageMeta time, .message-attribution [data-time]',
    );
    const postedAt = time(shown?.getAttribute('data-time')) ?? time(shown?.getAttribute('datetime'));
    const words = line(shown?.getAttribute('title')) ?? line(text(shown));
    return postedAt ? { postedAt } : { dateText: words };
  };

  /** @param {Element | null} body @param {string} base */
  const pictures = (body, base) =>
    [...(body?.querySelectorAll('img.bbImage, img.bbCodeImage') ?? [])]
      .filter((part) => !part.closest(QUOTE))
      .map((part) => address(part.getAttribute('data-url') ?? part.getAttribute('src'), base))
      .filter((src) => src !== undefined);

  /** A thread's poll stands above its posts, before and after one has voted. @param {Document} page */
  const poll = (page) => {
    const box = Amends.first(page, '[class*="js-pollContainer"], .pollBlock');
    const said = [...(box?.querySelectorAll('.pollResult-response, .pollOption .optionText') ?? [])];
    const boxes = [...(box?.querySelectorAll('input:is([type="radio"], [type="checkbox"])') ?? [])];
    return Amends.poll(said.length ? said : boxes, box?.querySelector('.block-header, .questionText'));
  };

  add({
    name: 'xenforo',
    platform: 'xenforo',
    label: 'XenForo',
    siteKind: 'forums',
    version: 1,
    hosts: [],
    detect: (page) => page.querySelector('html#XF, html#XenForo') !== null,
    item: ITEM,
    anchor: (root) => root.querySelector('.message-footer, .publicControls, .messageMeta') ?? root.querySelector(BODY),
    reply: '.fr-element[contenteditable="true"], .redactor_editor[contenteditable="true"]',
    extract(root, url) {
      const id = idOf(root);
      if (!id || root.matches(GONE)) return undefined;
      const page = root.ownerDocument;
      const { own, number } = placeOf(root, id);
      const thread = threadOf(own ?? '') ?? threadOf(url);
      const body = root.querySelector(BODY);
      const said = text(body, { skip: SKIP });
      const media = pictures(body, page.baseURI);
      if (!said && !media.length) return undefined;
      const isFirst = number ? number === '1' : Amends.first(page, ITEM) === root && !/\/page-(?!1\b)\d/.test(url);
      return {
        kind: isFirst ? 'post' : 'comment',
        id,
        url: permalink(root, id, thread) ?? own ?? `${address(url)?.split('#')[0]}#post-${id}`,
        author: author(root),
        text: said,
        ...when(root),
        quoted: clean(quotes(body, QUOTE, quoted), 10_000),
        media: [...new Set(media)],
        context: {
          authorSince: since(root),
          community: line(Amends.first(page, 'meta[property="og:site_name"]')?.getAttribute('content')),
          thread: isFirst ? undefined : thread,
          poll: isFirst ? poll(page) : undefined,
          threadTitle: line(text(Amends.first(page, 'h1.p-title-value, .titleBar h1'), { skip: '.label, .prefix' })),
        },
      };
    },
  });
})();
