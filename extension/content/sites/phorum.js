// @ts-check
/** Reader of messages on a forum that runs Phorum (3 and 5), on any host. The hooks of version 5 come from source. */
(() => {
  const { add, clean, line, text, address, quotes } = Amends;
  /** Version 3, 5.1 and 5.2. */
  const BODY = '.PhorumMessage, .PhorumReadBodyText, .message-body';
  const ITEM =
    'table.PhorumListTable:has(.PhorumMessage), .PhorumReadMessageBlock:has(.PhorumReadBodyText), ' +
    '.message:has(> .message-body)';
  const QUOTE = 'blockquote.bbcode, blockquote';
  const SKIP = `${QUOTE}, .message-options, .PhorumReadNavBlock, .attachments, .signature`;

  /** The message's number: its anchor stands before it, or in it. @param {Element} root */
  const idOf = (root) => {
    const before = root.previousElementSibling;
    const anchor = before?.matches('a[name]') ? before : root.querySelector('a[name^="msg-"], a[name^="reply_"]');
    return /^(?:msg-|reply_)(\d+)$/.exec(anchor?.getAttribute('name') ?? '')?.[1];
  };

  /** @param {Element} root @param {string} selector */
  const mine = (root, selector) => [...root.querySelectorAll(selector)].filter((part) => part.closest(ITEM) === root);

  /**
   * Version 3 writes author, date and words into one paragraph: two lines with labels, an empty one, then the words.
   * @param {Element} body
   */
  const lines = (body) => {
    const all = (text(body, { skip: QUOTE }) ?? '').split('\n');
    const after = (/** @type {string | undefined} */ said) => line(/^[^:：]{1,30}[:：](.*)$/.exec(said ?? '')?.[1]);
    return { name: after(all[0]), date: after(all[1]), said: clean(all.slice(2).join('\n').trim()) || undefined };
  };

  /** @param {Element} root @param {Element} body */
  const parts = (root, body) => {
    if (body.matches('.PhorumMessage')) return { ...lines(body), link: undefined };
    const heads = mine(root, '.PhorumReadBodyHead').filter((head) => !head.matches(':has(> strong:only-child)'));
    const [by, when] = root.matches('.message')
      ? [mine(root, '.message-author')[0], mine(root, '.message-date')[0]]
      : [mine(root, '.PhorumReadBodyHead:has(> strong)').at(-1), heads.at(-1)];
    const link = by?.querySelector('a[href*="profile.php"]') ?? undefined;
    const named = link ?? by?.querySelector('strong') ?? by;
    return {
      name: line(text(named, { skip: 'small' })),
      date: line(text(when)?.replace(/^[^:\d]{1,30}:\s*/, '')),
      said: text(body, { skip: SKIP }),
      link,
    };
  };

  add({
    name: 'phorum',
    platform: 'phorum',
    label: 'Phorum',
    siteKind: 'forums',
    version: 1,
    hosts: [],
    detect: (page) =>
      page.querySelector('.PhorumMessage, .PhorumReadBodyText, #phorum .message > .message-body') !== null,
    item: ITEM,
    anchor: (root) => mine(root, BODY)[0] ?? null,
    reply: 'textarea[name="body"]',
    extract(root, url) {
      const id = idOf(root);
      const body = mine(root, BODY)[0];
      if (!id || !body) return undefined;
      const page = root.ownerDocument;
      const { name, date, said, link } = parts(root, body);
      if (!said) return undefined;
      const isFirst = Amends.first(page, ITEM) === root;
      return {
        kind: isFirst ? 'post' : 'comment',
        id,
        url: address(url)?.split('#')[0],
        author: { name, url: address(link?.getAttribute('href'), page.baseURI) },
        text: said,
        dateText: date,
        quoted: clean(quotes(body, QUOTE), 10_000),
        context: {
          thread: isFirst ? undefined : address(url)?.split('#')[0],
          threadTitle: line(
            text(Amends.first(page, '.PhorumTableHeader, .PhorumReadBodySubject, #phorum h1, .message-subject')),
          ),
        },
      };
    },
  });
})();
