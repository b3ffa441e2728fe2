// @ts-check
/**
 * Reader of comments on TikTok, beside a video or over it; since 2025 only their writers and words tell them apart.
 */
(() => {
  const { add, line, text, count, idTime, address } = Amends;
  const HOME = 'https://www.tiktok.com';
  /** @param {string} name */
  const part = (name) => `[data-e2e^="comment-${name}-"]`;
  // No element around a comment has a name: it is two steps above the words, or, by TikTok's own components, one of
  // these.
  const BOXES = ['DivCommentItemWrapper', 'DivCommentContentContainer'].map((name) => `[class*="${name}"]`);
  const ITEM = `${BOXES.join()}, :has(> * > ${part('level')}):not(${BOXES.map((box) => `${box} *`).join()})`;
  const VIDEO = /\/(@[\w.-]+)\/(?:video|photo)\/(\d{15,20})/;

  /**
   * The first part that belongs to the words of this comment: the nearest words around it are these.
   * @param {Element} root
   * @param {string} selector
   */
  const mine = (root, selector) => {
    const said = root.querySelector(part('level'));
    const isMine = (/** @type {Element | null} */ at) => {
      while (at && at !== root && !at.matches(part('level')) && !at.querySelector(part('level'))) at = at.parentElement;
      return Boolean(at?.contains(said));
    };
    return [...root.querySelectorAll(selector)].find((found) => !said?.contains(found) && isMine(found)) ?? null;
  };

  /** @param {Element} root @param {string} url */
  const author = (root, url) => {
    const shown = mine(root, part('username'));
    const link = shown?.closest('a') ?? shown?.querySelector('a[href*="/@"]') ?? mine(root, 'a[href*="/@"]');
    const handle = /^\/(@[^/?#]+)/.exec(new URL(address(link?.getAttribute('href'), HOME) ?? HOME).pathname)?.[1];
    return {
      name: line(text(shown?.closest('a') ? shown : (link ?? shown))),
      handle,
      url: handle && `${HOME}/${handle}`,
      avatar: address(mine(root, 'img[src]')?.getAttribute('src'), url),
    };
  };

  /** "3d ago", "5-26": beside the button to reply, where it has no name of its own. @param {Element} root */
  const when = (root) =>
    line(text(mine(root, part('time')))) ?? line(text(mine(root, part('reply'))?.previousElementSibling));

  /** @param {Element} root */
  const likes = (root) => {
    const named = mine(root, '[data-e2e="comment-like-count"]');
    const heart = mine(root, '[aria-pressed]');
    return count(named?.textContent) ?? count(heart?.textContent) ?? count(heart?.getAttribute('aria-label'));
  };

  add({
    name: 'tiktok',
    platform: 'tiktok',
    label: 'TikTok',
    siteKind: 'social',
    version: 1,
    hosts: ['tiktok.com'],
    item: ITEM,
    anchor: (root) => mine(root, part('reply')) ?? root.querySelector(part('level')),
    reply:
      '[data-e2e="comment-input"] [contenteditable="true"], ' +
      '[class*="DivInputEditorContainer"] [contenteditable="true"]',
    extract(root, url) {
      const said = root.querySelector(part('level'));
      const words = text(said);
      if (!words || said?.closest(ITEM) !== root) return undefined;
      const id = /^\d{15,20}$/.test(root.id) ? root.id : undefined;
      const video = VIDEO.exec(new URL(url).pathname);
      const thread = video ? `${HOME}${video[0]}` : url.split(/[?#]/)[0];
      const level = count(said?.getAttribute('data-e2e')?.split('-').pop());
      return {
        kind: 'comment',
        id,
        url: thread,
        author: author(root, url),
        text: words,
        postedAt: idTime(id, 32, 0),
        timeText: when(root),
        metrics: { likes: likes(root) },
        context: { thread, threadPostedAt: idTime(video?.[2], 32, 0), level: level === 1 ? undefined : level },
      };
    },
  });
})();
