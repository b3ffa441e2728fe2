// @ts-check
/** Reader of Telegram's public previews: t.me/s/…, the frame of one post, and the page around that frame. */
(() => {
  const { add, line, text, count, time, address } = Amends;
  const HOME = 'https://t.me';
  const MESSAGE = '.tgme_widget_message[data-post]';
  /** The page of one post has its words in a frame, and in its head. */
  const PAGE = '.tgme_page_post';
  const WORDS = '.tgme_widget_message_text.js-message_text, .tgme_widget_message_text';
  const QUOTES = '.tgme_widget_message_reply, .tgme_widget_message_forwarded_from, .tgme_widget_message_link_preview';

  /** @param {Element} root @param {string} selector */
  const mine = (root, selector) => [...root.querySelectorAll(selector)].filter((part) => !part.closest(QUOTES));

  /** @param {Element} root @returns {Reading | undefined} */
  const message = (root) => {
    const [, channel, id] = /^([\w-]+)\/(\d+)$/.exec(root.getAttribute('data-post') ?? '') ?? [];
    const name = line(text(mine(root, '.tgme_widget_message_owner_name, .tgme_widget_message_author_name')[0]));
    const body = mine(root, WORDS)[0];
    const said = text(body);
    const pictures = mine(root, '.tgme_widget_message_photo_wrap[style], .tgme_widget_message_video_thumb[style]').map(
      (part) => address(/url\(["']?(https:[^"')]+)/.exec(part.getAttribute('style') ?? '')?.[1]),
    );
    if (!id || !(said || pictures.length)) return undefined;
    const reply = root.querySelector('a.tgme_widget_message_reply[href]');
    const forwarded = root.querySelector('.tgme_widget_message_forwarded_from_name');
    return {
      kind: 'post',
      id: `${channel}/${id}`,
      url: `${HOME}/${channel}/${id}`,
      author: { name: name ?? channel, handle: `@${channel}`, url: `${HOME}/${channel}` },
      text: said,
      postedAt: time(
        mine(root, '.tgme_widget_message_date time[datetime], time[datetime]')[0]?.getAttribute('datetime'),
      ),
      media: [...new Set(pictures)].filter((src) => src !== undefined),
      metrics: { views: count(text(mine(root, '.tgme_widget_message_views')[0])) },
      quoted: line(text(forwarded)),
      context: { parent: { url: address(reply?.getAttribute('href'), HOME) } },
    };
  };

  /** @param {Element} root @param {string} url @returns {Reading | undefined} */
  const page = (root, url) => {
    const says = (/** @type {string} */ name) =>
      root.ownerDocument.querySelector(`meta[property="og:${name}"]`)?.getAttribute('content') ?? undefined;
    const [, channel, id] = /^\/([\w-]+)\/(\d+)\/?$/.exec(new URL(url).pathname) ?? [];
    const said = says('description')?.trim();
    const name = line(says('title'));
    if (!id || !said || !name) return undefined;
    return {
      kind: 'post',
      id: `${channel}/${id}`,
      url: `${HOME}/${channel}/${id}`,
      author: { name, handle: `@${channel}`, url: `${HOME}/${channel}` },
      text: Amends.clean(said),
    };
  };

  add({
    name: 'telegram',
    platform: 'telegram',
    label: 'Telegram',
    siteKind: 'social',
    version: 1,
    hosts: ['t.me', 'telegram.me'],
    item: `${MESSAGE}, ${PAGE}`,
    anchor: (root) =>
      mine(root, '.tgme_widget_message_footer, .tgme_widget_message_info')[0] ?? mine(root, WORDS)[0] ?? null,
    reply: ':not(*)', // nobody writes in a preview
    extract: (root, url) => (root.matches(MESSAGE) ? message(root) : page(root, url)),
  });
})();
