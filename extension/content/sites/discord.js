// @ts-check
/**
 * Reader of messages on Discord in the browser. No saved page was at hand: its hooks come from public source only.
 *
 * Messages in a row show their author once; each names, for screen readers, the element that holds the author's name.
 */
(() => {
  const { add, clean, line, text, time, idTime, address } = Amends;
  const EPOCH = 1_420_070_400_000;
  const ITEM = 'li[id^="chat-messages-"]';

  /** @param {Element} root */
  const labels = (root) =>
    [root, ...root.querySelectorAll('[aria-labelledby]')]
      .filter((part) => part.closest(ITEM) === root)
      .map((part) => part.getAttribute('aria-labelledby') ?? '')
      .join(' ');

  /** Whoever wrote it: named in this message, or in the first of its row.
   * @param {Element} root @param {string} id @param {string} url */
  const author = (root, id, url) => {
    const first = new RegExp(`message-username-(\\d{8,20})(?=.* message-content-${id}\\b)`).exec(labels(root))?.[1];
    const row = root.parentElement?.querySelectorAll(`:scope > ${ITEM} #${CSS.escape(`message-username-${first}`)}`);
    const place = row?.length === 1 ? row[0] : undefined;
    const face = place?.closest(ITEM)?.querySelector('img[src*="/avatars/"]:not([id^="message-reply"] img)');
    const name = place?.querySelector('[class*="username"]') ?? place;
    return { name: line(text(name)), avatar: address(face?.getAttribute('src'), url) };
  };

  /** @param {Element} root @param {string} id */
  const answered = (root, id) => {
    const shown = [...root.querySelectorAll('[id^="message-content-"]')].find(
      (part) => part.id !== `message-content-${id}` && part.closest(ITEM) === root,
    );
    return shown && { text: clean(text(shown), 500) };
  };

  add({
    name: 'discord',
    platform: 'discord',
    label: 'Discord',
    siteKind: 'social',
    version: 1,
    hosts: ['discord.com'],
    item: ITEM,
    anchor: (root) => root.querySelector(`#${CSS.escape(`message-content-${root.id.split('-')[3]}`)}`),
    reply: ':not(*)', // its editor takes no words from elsewhere
    extract(root, url) {
      const [, channel, id] = /^chat-messages-(\d{8,20})-(\d{8,20})$/.exec(root.id) ?? [];
      const guild = /^\/channels\/(\d{8,20}|@me)\//.exec(new URL(url).pathname)?.[1];
      const said = id && text(root.querySelector(`#message-content-${id}`), { skip: 'time' });
      if (!id || !said || !guild) return undefined;
      const exact = root.querySelector(`#message-timestamp-${id}`)?.getAttribute('datetime');
      return {
        kind: 'post',
        id,
        url: `${new URL(url).origin}/channels/${guild}/${channel}/${id}`,
        author: author(root, id, url),
        text: said,
        postedAt: time(exact) ?? idTime(id, 22, EPOCH),
        context: { community: line(root.ownerDocument.title), parent: answered(root, id) },
        media: [...root.querySelectorAll(`#${CSS.escape(`message-accessories-${id}`)} img[src]`)]
          .map((part) => address(part.getAttribute('src'), url))
          .filter((src) => src !== undefined),
      };
    },
  });
})();
