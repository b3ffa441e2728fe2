// @ts-check
/**
 * Reader of messages in groups and channels on web.telegram.org, in both of its applications (K and A). No saved page
 * was at hand: its hooks come from public source only.
 *
 * A row of messages shows its author once. Messages between two people, and in groups without an address, are left out.
 */
(() => {
  const { add, line, text, count, time } = Amends;
  const HOME = 'https://t.me';
  /** In K a message's number in a channel or large group is counted from here. */
  const OFFSET = 2 ** 32;
  const ITEM = '.bubble[data-mid][data-peer-id], .Message[id^="message-"]';
  const HIDDEN = '.chat.tabs-tab:not(.active), .Transition_slide-inactive';
  const ROW = '.bubbles-group, .sender-group-container';
  const REPLY = '.reply, .message-subheader, .EmbeddedMessage';
  const FORWARDED = '.bubble-name-forwarded, .message-title:has(.forward-title-container > *)';
  const NAME = '.name .peer-title, .message-title .sender-title';
  const WORDS = ['.translatable-message', '.message', '.text-content'];
  const SKIP = `${REPLY}, .time, .MessageMeta, .reactions, .Reactions, .webpage, .web, .WebPage`;

  /** What is the message's own: nothing of what it answers. @param {Element} root @param {string} selector */
  const mine = (root, selector) =>
    [...root.querySelectorAll(selector)].filter((part) => part.closest(ITEM) === root && !part.closest(REPLY));

  /** @param {Element} root */
  const bodyOf = (root) => WORDS.map((selector) => mine(root, selector).find((part) => text(part))).find(Boolean);

  /** @param {Element} root */
  const nameIn = (root) => mine(root, NAME).find((part) => !part.closest(FORWARDED));

  /** Whether the face beside a row is that of whoever has this name. @param {Element} row @param {Element} name */
  const confirms = (row, name) => {
    const faces = [...row.querySelectorAll('.avatar[data-peer-id], .Avatar[data-peer-id]')].filter(
      (part) => part.closest(ROW) === row && !part.closest(ITEM),
    );
    const [face] = faces;
    const peer = name.getAttribute('data-peer-id');
    return peer
      ? faces.length === 1 && face.getAttribute('data-peer-id') === peer
      : faces.length === 1 && face.querySelector('img[alt]')?.getAttribute('alt') === text(name);
  };

  /** Whoever wrote it: named in the message, else in the first of its row. @param {Element} root */
  const author = (root) => {
    const own = nameIn(root);
    if (own) return line(text(own));
    const row = root.parentElement?.closest(ROW);
    const names = row && root.matches(`${ROW} > *`) ? [...row.children].flatMap((part) => nameIn(part) ?? []) : [];
    return row && names.length === 1 && confirms(row, names[0]) ? line(text(names[0])) : undefined;
  };

  /** The channel or group, by its public name or its number, and the message's number there.
   * @param {Element} root @param {string} url */
  const placeOf = (root, url) => {
    const { hash } = new URL(url);
    const [, name] = /^#@(\w{3,})/.exec(hash) ?? [];
    const mid = root.getAttribute('data-mid');
    if (mid === null) {
      const [, group] = /^#-100(\d+)/.exec(hash) ?? [];
      const [, id] = /^message-(\d+)$/.exec(root.id) ?? [];
      return group && id ? { name: undefined, path: `c/${group}/${id}` } : undefined;
    }
    const [, group] = /^-(\d+)$/.exec(root.getAttribute('data-peer-id') ?? '') ?? [];
    const id = /^\d+$/.test(mid) ? Number(mid) - OFFSET : 0;
    return group && id > 0 ? { name, path: `${name ?? `c/${group}`}/${id}` } : undefined;
  };

  /** @param {Element} root */
  const answered = (root) => {
    const part = [...root.querySelectorAll(REPLY)].find((each) => each.closest(ITEM) === root);
    const says = (/** @type {string} */ selector) => line(text(part?.querySelector(selector)));
    return {
      author: says('.reply-title, .embedded-sender'),
      text: says('.reply-subtitle, .embedded-text-wrapper'),
    };
  };

  /** An instant where the page has one; else its words. @param {Element} root */
  const when = (root) => {
    const seconds = Number(root.getAttribute('data-timestamp'));
    const postedAt = seconds > 0 ? time(seconds) : undefined;
    const shown = mine(root, '.time [title], .time[title], .message-time[title]')[0];
    return postedAt ? { postedAt } : { dateText: line(shown?.getAttribute('title')) };
  };

  add({
    name: 'telegramweb',
    platform: 'telegram',
    label: 'Telegram',
    siteKind: 'social',
    version: 1,
    hosts: ['web.telegram.org'],
    item: ITEM,
    anchor: (root) => bodyOf(root) ?? null,
    reply: ':not(*)', // its box belongs to the applications, and has no place for the bar
    extract(root, url) {
      const place = placeOf(root, url);
      const said = text(bodyOf(root), { skip: SKIP });
      if (!place || !said || root.closest(HIDDEN) || root.matches('.service, .ActionMessage')) return undefined;
      const name = author(root);
      const channel = name && root.matches('.channel-post') ? place.name : undefined;
      return {
        kind: 'post',
        id: place.path.toLowerCase(),
        url: `${HOME}/${place.path}`,
        author: {
          name,
          handle: channel && `@${channel}`,
          url: channel && `${HOME}/${channel}`,
        },
        text: said,
        ...when(root),
        metrics: { views: count(text(mine(root, '.post-views, .message-views')[0])) },
        quoted: line(text(mine(root, NAME).find((part) => part.closest(FORWARDED)))),
        context: {
          community: line(
            text(root.ownerDocument.querySelector('.chat.active .chat-info .peer-title, .MiddleHeader .fullName')),
          ),
          parent: answered(root),
        },
      };
    },
  });
})();
