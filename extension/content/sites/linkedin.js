// @ts-check
/**
 * Reader of posts and comments on LinkedIn: the member's feed, activity and single posts, and what visitors are
 * shown.
 *
 * The layout of 2025 (data-view-name, data-testid, componentkey) and the comments are known from sources only.
 */
(() => {
  const { add, line, text, count, idTime, address, promoted } = Amends;
  const HOME = 'https://www.linkedin.com';
  const COMMENT =
    'article.comments-comment-entity, article.comments-comment-item, section.comment, ' +
    '[componentkey^="replaceableComment_"]';
  const CARD =
    ':is(.feed-shared-update-v2, [role="article"][data-urn], [data-activity-urn], ' +
    '[data-view-name="feed-full-update"],' +
    ' [role="listitem"]:has([data-testid="expandable-text-box"]))';
  const POST = `${CARD}:not(:is(${CARD}, ${COMMENT}) *, ${COMMENT})`;
  const ITEM = `${COMMENT}, ${POST}`;
  const QUOTE =
    '.feed-shared-update-v2__update-content-wrapper, .update-components-mini-update-v2, .feed-reshare-content,' +
    ' [data-test-id="feed-reshare-content"], [data-view-name="feed-reshare"], [componentkey^="feed-original-share"]';
  const WORDS =
    '.update-components-update-v2__commentary, .feed-shared-update-v2__description .update-components-text, ' +
    '.feed-shared-text,' +
    ' [data-test-id="main-feed-activity-card__commentary"], [data-view-name="feed-commentary"], ' +
    '[componentkey^="feed-commentary"],' +
    ' .comments-comment-item__main-content, .comments-comment-entity__content .update-components-text, ' +
    '.comment__text,' +
    ' [data-view-name$="-commentary"], [data-testid="expandable-text-box"]';
  const NAME =
    '.update-components-actor__title, .update-components-actor__name, .feed-shared-actor__name, ' +
    '[data-tracking-control-name$="_feed-actor-name"],' +
    ' .comments-comment-meta__description-title, .comments-post-meta__name-text, .comment__author, ' +
    '[data-tracking-control-name$="_comment_actor-name"]';
  const PERSON = ['in', 'company', 'school', 'showcase'].map((kind) => `a[href*="/${kind}/"]`).join();
  const BARS =
    '.feed-shared-social-action-bar, .social-action-bar, .comments-comment-social-bar--cr, ' +
    '.comments-comment-social-bar, .comment__actions';

  let scope = /** @type {{ root: Element, quote: Element | null, outer: Element | null } | undefined} */ (undefined);
  /** What bounds the item that is being read, found once for it. @param {Element} root */
  const scopeOf = (root) => {
    if (scope?.root === root) return scope;
    queueMicrotask(() => {
      scope = undefined;
    });
    const outer = root.matches(COMMENT) ? root : (root.parentElement?.closest(COMMENT) ?? null);
    scope = { root, quote: root.querySelector(QUOTE), outer };
    return scope;
  };
  /**
   * Parts of the item itself: neither a shared post nor the comments below.
   * @param {Element} root
   * @param {string} selector
   */
  const mine = (root, selector) => {
    const { quote, outer } = scopeOf(root);
    return [...root.querySelectorAll(selector)].filter(
      (part) => !quote?.contains(part) && part.closest(COMMENT) === outer,
    );
  };
  /** @param {Element} part */
  const told = (part) =>
    [
      'data-urn',
      'data-activity-urn',
      'data-id',
      'id',
      'componentkey',
      'data-view-tracking-scope',
      'data-semaphore-content-urn',
      'href',
    ]
      .map((name) => part.getAttribute(name) ?? '')
      .join(' ')
      .replace(/%3A/gi, ':')
      .replace(/%28/g, '(')
      .replace(/%2C/gi, ',')
      .replace(/%29/g, ')');

  /**
   * A post by the name LinkedIn gives it (URN): on its card, around it, in a link, in its comments, or in the page's
   * address.
   * @param {Element} root
   * @param {string} url
   */
  const placeOf = (root, url) => {
    const near = [
      root,
      root.closest('[data-view-tracking-scope], [data-id^="urn:li:"]'),
      ...mine(root, 'a[href*="/feed/update/"], a[href*="/posts/"], [data-semaphore-content-urn]'),
      root.querySelector('[componentkey^="replaceableComment_"]'),
    ];
    const said = near
      .map((part) =>
        /urn:li:(activity|ugcPost|share):(\d{15,})|-(activity|ugcPost|share)-(\d{15,})-/.exec(part ? told(part) : ''),
      )
      .find(Boolean);
    const isShown = !said && root.ownerDocument.querySelector(POST) === root;
    const shown = isShown
      ? /(activity|ugcPost|share)[:-](\d{15,})/.exec(new URL(url).pathname.replace(/%3A/gi, ':'))
      : null;
    const found = said ? [said[0], said[1] ?? said[3], said[2] ?? said[4]] : shown;
    return found ? { id: found[2], link: `${HOME}/feed/update/urn:li:${found[1]}:${found[2]}/` } : undefined;
  };

  /**
   * A name stands twice, for eyes and for ears; what follows the first line is a headline.
   * @param {Element | undefined} box
   */
  const nameIn = (box) => {
    const seen = [...(box?.querySelectorAll('[aria-hidden="true"]') ?? [])].find((part) => text(part));
    return line(
      text(seen ?? box)
        ?.split('\n')[0]
        .replace(/\s+[•·].*$/, ''),
    );
  };

  /** @param {Element} root @param {string} url */
  const author = (root, url) => {
    const box = mine(root, NAME)[0];
    const links = mine(root, PERSON).filter(
      (link) => !link.closest(`.update-components-actor__sub-description, .update-components-header, ${WORDS}`),
    );
    const link =
      box?.closest(PERSON) ?? links.find((part) => part.matches('[data-view-name="feed-actor-image"]')) ?? links[0];
    const home = address(link?.getAttribute('href'), url)?.split(/[?#]/)[0];
    const named =
      box ??
      links.find((part) => address(part.getAttribute('href'), url)?.split(/[?#]/)[0] === home && line(text(part)));
    const face = [link, ...links].map((part) => part?.querySelector('img')).find(Boolean);
    return {
      name: nameIn(named),
      url: home,
      avatar: address(face?.getAttribute('src') ?? face?.getAttribute('data-delayed-url'), url),
    };
  };

  /** @param {Element} root @param {string} selector */
  const number = (root, selector) => {
    const part = mine(root, selector)[0];
    return (
      count(
        part?.getAttribute('data-num-reactions') ??
          part?.getAttribute('data-num-comments') ??
          part?.getAttribute('aria-label'),
      ) ?? count(text(part))
    );
  };

  /** @param {Element} root @param {string} url */
  const pictures = (root, url) =>
    [
      ...new Set(
        mine(
          root,
          '.update-components-image img, .update-components-article img, video, ' +
            '[data-test-id^="feed-images"] img, [data-view-name="feed-update-image"] img, ' +
            '.comments-comment-item__inline-image img, .comment__image img',
        ).map((part) =>
          address(
            part.getAttribute('poster') ||
              part.getAttribute('data-poster-url') ||
              part.getAttribute('src') ||
              part.getAttribute('data-delayed-url'),
            url,
          ),
        ),
      ),
    ].filter((src) => src !== undefined);

  /** @param {Element | null} quote */
  const quoted = (quote) =>
    quote &&
    ([
      nameIn(quote.querySelector(NAME) ?? quote.querySelector(`:is(${PERSON}):not(:has(img))`) ?? undefined),
      text(quote.querySelector(`${WORDS}, .update-components-text`)),
    ]
      .filter(Boolean)
      .join('\n') ||
      undefined);

  /** @param {Element} root */
  const isPromoted = (root) =>
    [root, root.closest('[data-view-tracking-scope]') ?? root].some((part) =>
      /SPONSORED_UPDATE|SponsoredUpdateServed|urn:li:sponsored/i.test(told(part)),
    ) ||
    mine(root, '.update-components-actor__container [aria-hidden="true"], p')
      .slice(0, 20)
      .some((part) => promoted(part.textContent?.trim().split(/[•·\n]/)[0]));

  /** @param {Element} root @param {string} url @returns {Reading | undefined} */
  const post = (root, url) => {
    const place = placeOf(root, url);
    const by = author(root, url);
    const said = text(mine(root, WORDS)[0]);
    const media = pictures(root, url);
    const quote = quoted(root.querySelector(QUOTE)) ?? undefined;
    if (!place || !by.name || !(said || quote || media.length) || isPromoted(root)) return undefined;
    const isFollowed = /\/(company|school|showcase)\//.test(by.url ?? '');
    return {
      kind: 'post',
      id: place.id,
      url: place.link,
      author: by,
      text: said,
      postedAt: idTime(place.id, 22, 0),
      media,
      quoted: quote,
      metrics: {
        likes: number(
          root,
          'button[data-reaction-details], [data-num-reactions], [data-test-id="social-actions__reactions"], ' +
            '.social-details-social-counts__reactions-count',
        ),
        replies: number(
          root,
          '.social-details-social-counts__comments button, [data-num-comments], ' +
            '[data-test-id="social-actions__comments"]',
        ),
        followers: isFollowed ? number(root, '[data-test-id="main-feed-activity-card__entity-lockup"] p') : undefined,
      },
    };
  };

  /** @param {Element} root @param {string} url @returns {Reading | undefined} */
  const comment = (root, url) => {
    const card = root.parentElement?.closest(CARD) ?? null;
    const urns = [root, ...mine(root, '[data-semaphore-content-urn*="comment"]')].map(told).join(' ');
    const named = /urn:li:comment:\((?:urn:li:)?(activity|ugcPost|share):(\d+),(\d+)\)/.exec(urns);
    const thread = named
      ? `${HOME}/feed/update/urn:li:${named[1]}:${named[2]}/`
      : card
        ? placeOf(card, url)?.link
        : address(url)?.split(/[?#]/)[0];
    const by = author(root, url);
    const said = text(mine(root, WORDS)[0]);
    const media = pictures(root, url);
    if (!thread || !by.name || !(said || media.length)) return undefined;
    const above = root.parentElement?.closest(COMMENT);
    const link = named
      ? `${thread}?commentUrn=${encodeURIComponent(`urn:li:comment:(${named[1]}:${named[2]},${named[3]})`)}`
      : thread;
    return {
      kind: 'comment',
      id: named?.[3],
      url: link,
      author: by,
      text: said,
      postedAt: idTime(named?.[3], 22, 0),
      timeText: named ? undefined : line(text(mine(root, 'time, .comment__duration-since')[0])),
      media,
      metrics: {
        likes: number(
          root,
          '.comments-comment-social-bar__reactions-count--cr, .comments-comment-social-bar__reactions-count, ' +
            '.comment__reactions-count',
        ),
      },
      context: {
        thread,
        threadTitle: card ? line(text(mine(card, WORDS)[0])?.split('\n')[0]) : undefined,
        parent: above ? { author: author(above, url).name, text: text(mine(above, WORDS)[0]) } : undefined,
      },
    };
  };

  add({
    name: 'linkedin',
    platform: 'linkedin',
    label: 'LinkedIn',
    version: 1,
    hosts: ['linkedin.com'],
    item: ITEM,
    anchor: (root) => mine(root, BARS)[0] ?? mine(root, WORDS)[0] ?? null,
    inside: BARS,
    reply: '.ql-editor[contenteditable="true"], [role="textbox"][contenteditable="true"]',
    extract: (root, url) => (root.matches(COMMENT) ? comment(root, url) : post(root, url)),
  });
})();
