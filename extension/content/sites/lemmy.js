// @ts-check
/**
 * Reader of posts and comments on Lemmy, on any host, as its own web application shows them.
 *
 * Its hooks come from the application's source (versions 0.17 to 1.0) and an excerpt of a page: each post stands there
 * twice, for narrow and for wide screens, in one frame.
 */
(() => {
  const { add, clean, line, text, count, time, address } = Amends;
  const GONE = /^(removed|deleted)( by (mod|moderator|admin|creator))?$/i;

  const months = /** @type {Map<string, string[]>} */ (new Map());

  /**
   * The names of the months as dates have them in a language; none where the browser does not know it.
   * @param {string} lang
   */
  const monthsOf = (lang) => {
    const known = months.get(lang);
    if (known) return known;
    try {
      const format = new Intl.DateTimeFormat(lang, { month: 'long', day: 'numeric', timeZone: 'UTC' });
      months.set(
        lang,
        Array.from(
          { length: 12 },
          (_, month) =>
            format
              .formatToParts(Date.UTC(2024, month, 1))
              .find((part) => part.type === 'month')
              ?.value.toLowerCase() ?? '',
        ),
      );
    } catch {
      months.set(lang, []);
    }
    return months.get(lang) ?? [];
  };
  /** @param {string} written @param {string} lang */
  const monthIn = (written, lang) => {
    const at = [lang, 'en'].map((tongue) =>
      monthsOf(tongue).findIndex((name) => /^\D/.test(name) && written.toLowerCase().includes(name)),
    );
    return (
      (at.find((month) => month >= 0) ?? -1) + 1 ||
      Number(/\d{4}[年년]\s*(\d{1,2})[月월]/.exec(written)?.[1]) ||
      undefined
    );
  };

  /**
   * "Saturday, August 9th, 2025 at 5:20:00 PM GMT+02:00", in the member's language.
   * @param {string} written
   * @param {string} lang
   */
  const instant = (written, lang) => {
    const clock = /(\d{1,2})[:.](\d\d)[:.](\d\d)\s*([ap]\.?m)?/i.exec(written);
    const zone = /GMT([+-])(\d{1,2})(?::?(\d\d))?/.exec(written);
    const year = /\b\d{4}\b|\d{4}(?=[年년])/.exec(written)?.[0];
    const month = monthIn(written, lang);
    const day = /(?<![\d:.])(\d{1,2})(?=st|nd|rd|th|[日일.,]|\s|$)(?![:.]\d)/i.exec(
      written.replace(/\d{4}[年년]\s*\d{1,2}[月월]/, ''),
    )?.[1];
    if (!clock || !zone || !year || !month || !day) return undefined;
    const hour = (Number(clock[1]) % (clock[4] ? 12 : 24)) + (/^p/i.test(clock[4] ?? '') ? 12 : 0);
    const ahead = (Number(zone[2]) * 60 + Number(zone[3] ?? 0)) * (zone[1] === '-' ? -1 : 1);
    return time(
      new Date(
        Date.UTC(Number(year), month - 1, Number(day), hour, Number(clock[2]), Number(clock[3])) - ahead * 60_000,
      ).toISOString(),
    );
  };

  /** @param {Element} root */
  const times = (root) => {
    const shown = root.querySelector('.moment-time');
    const written = line(shown?.getAttribute('data-tippy-content')?.split(/\n{2,}/)[0], 100);
    const postedAt = written ? instant(written, root.ownerDocument.documentElement.lang || 'en') : undefined;
    return { postedAt, dateText: postedAt ? undefined : written, timeText: postedAt ? undefined : line(text(shown)) };
  };

  /** @param {Element | null} link @param {string} url @returns {Author | undefined} */
  const author = (link, url) => {
    const href = address(link?.getAttribute('href'), url);
    const found = /\/u\/([^/@?#]+)(?:@([^/?#]+))?$/.exec(href ?? '');
    const shown = line(text(link, { skip: 'small, img' }))
      ?.replace(/^@/, '')
      .replace(/^(\w+)@[\w.-]+$/, '$1');
    return found && href
      ? {
          name: shown ?? found[1],
          handle: `@${found[1]}@${found[2] ?? new URL(href).host}`,
          url: href,
          avatar: address(link?.querySelector('img[src]')?.getAttribute('src'), url),
        }
      : undefined;
  };
  /** @param {Element} root */
  const person = (root) => root.querySelector('a.person-listing, a[href*="/u/"]');

  /** @param {Element} root @param {string} url */
  const community = (root, url) => {
    const href = address(root.querySelector('a.community-link, a[href*="/c/"]')?.getAttribute('href'), url);
    const found = /\/c\/([^/@?#]+)(?:@([^/?#]+))?$/.exec(href ?? '');
    return found && href ? line(`!${found[1]}@${found[2] ?? new URL(href).host}`) : undefined;
  };
  /** @param {Element} root */
  const score = (root) => {
    const shown = root.querySelector('.post-score, .vote-bar .unselectable');
    return (
      count(shown?.textContent) ??
      count(root.querySelector('[data-tippy-content*=" • "]')?.getAttribute('data-tippy-content'))
    );
  };

  /** @param {Element} root @param {string} url */
  const numberOf = (root, url) => {
    const title = root.querySelector('h1 a, h5 a, .post-title a');
    const own =
      root.ownerDocument.querySelector('.post-listing, article.post-container') === root
        ? new URL(url).pathname
        : undefined;
    const links = [title, ...root.querySelectorAll('a[href*="scrollToComments"], a[href*="/post/"]')].map((link) =>
      address(link?.getAttribute('href'), url),
    );
    const paths = [
      own,
      ...links.map((link) =>
        link && new URL(link).origin === new URL(url).origin ? new URL(link).pathname : undefined,
      ),
    ];
    return paths.map((path) => /^\/post\/(\d+)/.exec(path ?? '')?.[1]).find(Boolean);
  };
  /** @param {Element | null} root */
  const titleOf = (root) => line(text(root?.querySelector('h1 a, h5 a, .post-title a, h1, h5')));

  /** @param {Element} root @param {string} url @returns {Reading | undefined} */
  const post = (root, url) => {
    const id = numberOf(root, url);
    const title = titleOf(root);
    const replies = root.querySelector('a[href*="scrollToComments"]');
    return id && title
      ? {
          kind: 'post',
          id: `post/${id}`,
          url: new URL(`/post/${id}`, url).href,
          author: author(person(root), url),
          title,
          text: text(root.querySelector('.md-div')) ?? title,
          ...times(root),
          metrics: {
            score: score(root),
            replies: count(replies?.getAttribute('title')) ?? count(replies?.textContent),
          },
          context: { community: community(root, url) },
          media: [...root.querySelectorAll('.md-div img[src], img.img-expanded[src]')]
            .map((part) => address(part.getAttribute('src'), url))
            .filter((src) => src !== undefined),
        }
      : undefined;
  };

  /** @param {Element} root @param {string} url */
  const own = (root, url) => ({
    url: new URL(`/comment/${root.id.slice(8)}`, url).href,
    author: author(person(root), url),
    text: text(root.querySelector('.comment-content .md-div, .comment-content pre, .md-div')),
  });

  /** @param {Element} root @param {string} url @returns {Reading | undefined} */
  const comment = (root, url) => {
    const { text: said, ...rest } = own(root, url);
    if (!said || root.querySelector('.comment-content.text-muted') || GONE.test(said)) return undefined;
    const above = root
      .closest('.comment')
      ?.parentElement?.closest('.comment')
      ?.querySelector('.comment-node[id^="comment-"]');
    const answered = above && own(above, url);
    const listed = [...root.querySelectorAll('a[href^="/post/"]')].find(
      (link) => /^\/post\/\d+$/.test(link.getAttribute('href') ?? '') && line(text(link)),
    );
    const top = root.ownerDocument.querySelector('.post-listing, article.post-container');
    const thread =
      listed?.getAttribute('href') ?? (top && numberOf(top, url) ? `/post/${numberOf(top, url)}` : undefined);
    return {
      kind: 'comment',
      id: `comment/${root.id.slice(8)}`,
      ...rest,
      text: said,
      ...times(root),
      metrics: { score: score(root) },
      context: {
        community: community(listed ? root : (top ?? root), url),
        thread: address(thread, url),
        threadTitle: listed ? line(text(listed)) : titleOf(top),
        parent: answered && { url: answered.url, author: answered.author?.handle, text: clean(answered.text, 500) },
      },
    };
  };

  add({
    name: 'lemmy',
    platform: 'lemmy',
    label: 'Lemmy',
    siteKind: 'forums',
    version: 1,
    hosts: [],
    detect: (page) =>
      page.querySelector(
        '#app.lemmy-site, article.post-container .person-listing, article.comment-node .person-listing',
      ) !== null,
    item: '.post-listing, article.post-container:not(.post-listing *), .comment-node[id^="comment-"]',
    anchor: (root) =>
      [...root.querySelectorAll('.moment-time')].find((part) => part.checkVisibility()) ??
      root.querySelector('.moment-time'),
    reply: '.comment-form textarea, textarea[id^="markdown-textarea"]',
    extract: (root, url) => (/^comment-\d+$/.test(root.id) ? comment(root, url) : post(root, url)),
  });
})();
