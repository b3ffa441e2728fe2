// @ts-check
/**
 * Reader of comments below a page that runs WordPress, and of WooCommerce's reviews, on any host: classic themes, block
 * themes, and themes that keep only `#comment-N`.
 */
(() => {
  const { add, line, text, time, rating, address } = Amends;
  const MARKED = '[id^="comment-"], [id^="li-comment-"]';
  const ITEM = `:is(li, div, article, section):is(${MARKED})`;
  const NAME =
    '.comment-author .fn, cite.fn, .woocommerce-review__author, .wp-block-comment-author-name, .comment-author-name, ' +
    '.comment-author-link, .fn, .comment-author';
  const BODY =
    '.comment-content, .wp-block-comment-content, .comment-text .description, .comment-text, .comment_text, ' +
    '.commenttext';
  const PARTS =
    '.comment-author, .comment-meta, .commentmetadata, .comment-metadata, .meta, .reply, .star-rating, ' +
    '.comment-awaiting-moderation, .wp-smiley:not(.emoji), .sharedaddy, .jetpack-comment-likes-widget-wrapper, ' +
    '.children, .says, cite.fn';
  const META = '.comment-metadata, .comment-meta, .commentmetadata, .wp-block-comment-date, .comment-date, .meta';

  /** @param {Element} root */
  const idOf = (root) => /^(?:li-)?comment-(\d+)$/.exec(root.id)?.[1];
  /**
   * Parts of the comment itself: the answers below it are comments of their own.
   * @param {Element} root
   * @param {string} selector
   */
  const mine = (root, selector) => {
    const id = idOf(root);
    return [...root.querySelectorAll(selector)].filter((part) => {
      const item = part.closest(MARKED);
      return item === root || (item !== null && idOf(item) === id);
    });
  };
  /** The same, first of the first selector that has one. @param {Element} root @param {string} selectors */
  const first = (root, selectors) =>
    selectors
      .split(', ')
      .reduce((/** @type {Element | undefined} */ found, each) => found ?? mine(root, each)[0], undefined);

  /** @param {Element} root @returns {Author | undefined} */
  const author = (root) => {
    const box = first(root, NAME);
    const name = line(text(box, { skip: '.says, time, img, span:has(time), a:has(time)' }));
    const link = box?.closest('a.url') ?? box?.querySelector('a[href]:not(:has(time))');
    const base = root.ownerDocument.baseURI;
    const face = mine(root, 'img.avatar')[0];
    return name
      ? { name, url: address(link?.getAttribute('href'), base), avatar: address(face?.getAttribute('src'), base) }
      : undefined;
  };

  /** An instant, or the words for a day: a date alone is no instant. @param {Element} root */
  const when = (root) => {
    const shown = mine(root, 'time')[0];
    const said = shown?.getAttribute('datetime') ?? '';
    const postedAt = /T\d/.test(said) ? time(said) : undefined;
    const words = line(
      text(shown ?? mine(root, META)[0]?.querySelector('a[href*="#comment-"]') ?? mine(root, META)[0]),
    );
    return postedAt ? { postedAt } : { dateText: words };
  };

  /** The words: in older themes they stand beside name and date in one box. @param {Element} root */
  const words = (root) => {
    const body = first(root, BODY) ?? mine(root, '.comment-body')[0] ?? root;
    const isOwn = body.matches('.comment-content, .wp-block-comment-content, .description');
    return text(body, {
      skip: isOwn ? PARTS.replace('.meta, ', '') : `${PARTS}, ${META}, .comment-reply-link, .edit-link`,
    });
  };

  /** @param {Element} root */
  const isOutermost = (root) =>
    root.parentElement?.closest(MARKED)?.id.replace(/^li-/, '') !== root.id.replace(/^li-/, '');

  add({
    name: 'wordpress',
    platform: 'wordpress',
    label: 'WordPress',
    siteKind: 'forums',
    version: 1,
    hosts: [],
    detect: (page) =>
      page.querySelector(MARKED) !== null &&
      page.querySelector(
        'meta[name="generator"][content^="WordPress"], link[rel="https://api.w.org/"], [href*="/wp-content/"], ' +
          '[src*="/wp-content/"], [href*="/wp-json/"], .comment-reply-link, .wp-block-comment-template',
      ) !== null,
    item: ITEM,
    anchor: (root) => first(root, BODY) ?? mine(root, '.comment-body')[0] ?? null,
    reply: '#commentform textarea',
    extract(root, url) {
      const id = idOf(root);
      const by = author(root);
      if (!id || !by || !isOutermost(root) || root.matches('.pingback, .trackback')) return undefined;
      const page = root.ownerDocument;
      const thread = address(url)?.split('#')[0];
      const stars = mine(root, '.star-rating')[0];
      const said = words(root);
      const above = root.parentElement?.closest(MARKED);
      if (!said || root.querySelector(':scope > .pingback')) return undefined;
      return {
        kind: stars ? 'review' : 'comment',
        id,
        url: `${thread}#comment-${id}`,
        author: by,
        text: said,
        ...when(root),
        rating: stars ? rating(stars.getAttribute('aria-label') ?? text(stars)) : undefined,
        context: {
          community: line(Amends.first(page, 'meta[property="og:site_name"]')?.getAttribute('content')),
          thread,
          threadTitle: line(text(Amends.first(page, 'h1.entry-title, h1.wp-block-post-title, article h1, h1'))),
          parent: above ? { url: `${thread}#comment-${idOf(above)}`, author: author(above)?.name } : undefined,
        },
      };
    },
  });
})();
