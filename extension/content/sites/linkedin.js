// @ts-check
/**
 * Reader of posts and comments on LinkedIn: the member's feed, activity and single posts, and what visitors are
 * shown. The feed as it is served since 2026 has a reader of its own, `linkedinfeed.js`.
 */
(() => {
  const { add, line, text, count, idTime, address, promoted } = Amends;
  const HOME = 'https://www.linkedin.com';
  const COMMENT = 'article.comments-comment-entity, article.comments-comment-item, section.comment';
  const CARD = ':is(.feed-shared-update-v2, [role="article"][data-urn], [data-activity-urn])';
  const POST = `${CARD}:not(:is(${CARD}, ${COMMENT}) *, ${COMMENT})`;
  const ITEM = `${COMMENT}, ${POST}`;
  const QUOTE =
    '.feed-shared-update-v2__update-content-wrapper, .update-components-mini-update-v2, .feed-reshare-content,' +
    ' [data-test-id="feed-reshare-content"]';
  const WORDS =
    '.update-components-update-v2__commentary, .feed-shared-update-v2__description .update-components-text, ' +
    '.feed-shared-text,' +
    ' [data-test-id="main-feed-activity-card__commentary"],' +
    ' .comments-comment-item__main-content, .comments-comment-entity__content .update-components-text, ' +
    '.comment__text';
  const NAME =
    '.update-components-actor__title, .update-components-actor__name, .feed-shared-actor__name, ' +
    '[data-tracking-control-name$="_feed-actor-name"],' +
    ' .comments-comment-meta__description-title, .comments-post-meta__name-text, .comment__author, ' +
    '[data-tracking-control-name$="_comment_actor-name"]';
  const PERSON = ['in', 'company', 'school', 'showcase'].map((kind) => `a[href*="/${kind}/"]`).join();

  const BARS =
    '.feed-shared-social-action-bar, .social-action-bar, .comments-comment-social-bar--cr, ' +
    '.comments-comment-social-bar, .comment__actions';
  const LINKS = 'a[href*="/feed/update/"], a[href*="/posts/"], [data-semaphore-content-urn]';
  const PICTURES =
    '.update-components-image img, .update-components-article img, video, [data-test-id^="feed-images"] img, ' +
    '.comments-comment-item__inline-image img, .comment__image img';
  const OPTION = '.update-components-poll-option__text-container > span, [data-view-name="feed-poll-vote-option"]';
  const ASKED = ':is(.update-components-poll, .feed-shared-poll) h5, [data-view-name="feed-poll-view-question"]';
  const LABELS = '.update-components-actor__container [aria-hidden="true"], p';
  const WHEN = 'time, .comment__duration-since';
  const LIKES =
    'button[data-reaction-details], [data-num-reactions], [data-test-id="social-actions__reactions"], ' +
    '.social-details-social-counts__reactions-count';
  const REPLIES =
    '.social-details-social-counts__comments button, [data-num-comments], [data-test-id="social-actions__comments"]';
  const FOLLOWERS = '[data-test-id="main-feed-activity-card__entity-lockup"] p';
  const LIKED =
    '.comments-comment-social-bar__reactions-count--cr, .comments-comment-social-bar__reactions-count, ' +
    '.comment__reactions-count';
  const CONTROLS = [WHEN, LIKES, REPLIES, FOLLOWERS, LIKED, BARS].join();
  const PART = [QUOTE, WORDS, NAME, PERSON, LINKS, PICTURES, OPTION, ASKED, LABELS, CONTROLS].join();

  /** @typedef {{ quote: Element | null, parts: Element[] }} Scope */
  const scopes = /** @type {Map<Element, Scope>} */ (new Map());
  /** What an item shares, and all parts of its own: found in one pass, and kept while the page is read.
   * @param {Element} root @returns {Scope} */
  const scopeOf = (root) => {
    const known = scopes.get(root);
    if (known) return known;
    if (!scopes.size) queueMicrotask(() => scopes.clear());
    const outer = root.matches(COMMENT) ? root : (root.parentElement?.closest(COMMENT) ?? null);
    const all = [...root.querySelectorAll(PART)];
    const quote = all.find((part) => part.matches(QUOTE)) ?? null;
    const parts = all.filter((part) => !quote?.contains(part) && part.closest(COMMENT) === outer);
    const scope = { quote, parts };
    scopes.set(root, scope);
    return scope;
  };
  /**
   * Parts of the item itself: neither a shared post nor the comments below.
   * @param {Element} root
   * @param {string} selector one of those that make up PART
   */
  const mine = (root, selector) => scopeOf(root).parts.filter((part) => part.matches(selector));
  /**
   * The words of a post or comment: not those for ears only, such as "hashtag" before "#".
   * @param {Element | null} part
   */
  const words = (part) => text(part, { skip: '.visually-hidden' });
  /** @param {Element} part */
  const told = (part) =>
    ['data-urn', 'data-activity-urn', 'data-id', 'id', 'data-semaphore-content-urn', 'href']
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
      root.closest('[data-id^="urn:li:"]'),
      ...mine(root, LINKS).filter(
        (link) => !link.closest(WORDS), // words may name another post
      ),
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
    const link = box?.closest(PERSON) ?? links[0];
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
        mine(root, PICTURES).map((part) =>
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
      words(quote.querySelector(`${WORDS}, .update-components-text`)),
    ]
      .filter(Boolean)
      .join('\n') ||
      undefined);

  /** @param {Element} root */
  const isPromoted = (root) =>
    /urn:li:sponsored/i.test(told(root)) ||
    mine(root, LABELS)
      .slice(0, 20)
      .some((part) => promoted(text(part)?.split(/[•·\n]/)[0]));

  /** @param {Element} root @param {string} url @returns {Reading | undefined} */
  const post = (root, url) => {
    const place = placeOf(root, url);
    const by = author(root, url);
    const said = words(mine(root, WORDS)[0]) ?? words(mine(root, ASKED)[0] ?? null);
    const media = pictures(root, url);
    const quote = quoted(scopeOf(root).quote) ?? undefined;
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
        likes: number(root, LIKES),
        replies: number(root, REPLIES),
        followers: isFollowed ? number(root, FOLLOWERS) : undefined,
      },
      context: { poll: Amends.poll(mine(root, OPTION), mine(root, ASKED)[0]) },
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
    const said = words(mine(root, WORDS)[0]);
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
      timeText: named ? undefined : line(text(mine(root, WHEN)[0])),
      media,
      metrics: {
        likes: number(root, LIKED),
      },
      context: {
        thread,
        threadTitle: card ? line(words(mine(card, WORDS)[0])?.split('\n')[0]) : undefined,
        parent: above ? { author: author(above, url).name, text: words(mine(above, WORDS)[0]) } : undefined,
      },
    };
  };

  add({
    name: 'linkedin',
    platform: 'linkedin',
    label: 'LinkedIn',
    siteKind: 'social',
    version: 1,
    hosts: ['linkedin.com'],
    item: ITEM,
    anchor: (root) => mine(root, BARS)[0] ?? mine(root, WORDS)[0] ?? null,
    inside: BARS,
    reply: '.ql-editor[contenteditable="true"], [role="textbox"][contenteditable="true"]',
    extract: (root, url) => (root.matches(COMMENT) ? comment(root, url) : post(root, url)),
  });
})();
