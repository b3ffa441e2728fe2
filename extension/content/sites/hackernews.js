// @ts-check
/** Reader of stories and comments on Hacker News: lists, threads, and the page of one comment. */
(() => {
  const { add, clean, line, text, count, time } = Amends;
  const HOME = 'https://news.ycombinator.com';
  const TITLE = '.titleline > a, a.storylink, td.title > a:not(.morelink)';

  /** @param {string | undefined} id */
  const page = (id) => (id ? `${HOME}/item?id=${id}` : undefined);
  /** The item a link of the site leads to: "item?id=1#2" is about 2. @param {Element | null | undefined} link */
  const target = (link) => /(?:#|item\?id=)(\d+)$/.exec(link?.getAttribute('href') ?? '')?.[1];
  /** @param {Element | null} link */
  const author = (link) => {
    const name = line(text(link));
    return name && { name, handle: name, url: `${HOME}/user?id=${encodeURIComponent(name)}` };
  };

  /** "2024-02-02T19:22:59 1706901779", formerly its first half only, both in UTC. @param {Element | null} age */
  const when = (age) => {
    const [written, seconds] = (age?.getAttribute('title') ?? '').split(' ');
    return time(seconds) ?? time(/(Z|[+-]\d\d:?\d\d)$/.test(written) ? written : written && `${written}Z`);
  };
  /** @param {Element} where */
  const times = (where) => {
    const age = where.querySelector('.age');
    return { postedAt: when(age), timeText: when(age) ? undefined : line(age?.textContent) };
  };
  /** @param {Element | null} root */
  const words = (root) => text(root?.querySelector('.commtext') ?? root?.querySelector('.comment'), { skip: '.reply' });

  /** The comment that is answered, where the page links or holds it. @param {Element} root */
  const parent = (root) => {
    const id = target(
      [...root.querySelectorAll('.navs a, .par a')].find((link) => link.textContent?.trim() === 'parent'),
    );
    const above = id ? root.ownerDocument.getElementById(id) : null;
    return {
      url: page(id),
      author: line(text(above?.querySelector('.hnuser'))),
      text: clean(words(above), 500),
    };
  };

  /** @param {Element} root @returns {Reading | undefined} */
  const comment = (root) => {
    const by = author(root.querySelector('.hnuser'));
    if (!by) return undefined; // deleted, or a choice in a poll
    const top = root.ownerDocument.querySelector('.fatitem');
    const story = root.querySelector('.onstory a') ?? top?.querySelector('.onstory a');
    const title = story ?? top?.querySelector(TITLE);
    return {
      kind: 'comment',
      id: root.id,
      url: page(root.id),
      author: by,
      text: words(root),
      ...times(root),
      metrics: { score: count(root.querySelector('.score')?.textContent) },
      context: {
        thread: page(target(story) ?? (title ? top?.querySelector('.athing')?.id : undefined)),
        threadTitle: line(story?.getAttribute('title') ?? text(title)),
        parent: parent(root),
      },
    };
  };

  /** What was written under a title; formerly in a row without a name. @param {Element} root */
  const body = (root) => {
    const rows = /** @type {HTMLElement[]} */ ([...(root.closest('.fatitem')?.querySelectorAll('tr') ?? [])]);
    const row = rows
      .slice(2)
      .find((each) => !each.closest('.athing') && !each.querySelector('form, .subtext, .athing') && text(each));
    return text(row?.querySelector('.toptext') ?? row);
  };

  /** The row with a story's author and time: it follows the title and links the same story. @param {Element} root */
  const lineBelow = (root) => {
    const row = root.nextElementSibling;
    const isOfStory = row && [...row.querySelectorAll('.subtext a')].some((link) => target(link) === root.id);
    return isOfStory && !row.matches('.athing') ? row : undefined;
  };

  /** @param {Element} root @returns {Reading | undefined} */
  const story = (root) => {
    const below = lineBelow(root);
    const by = author(below?.querySelector('.hnuser') ?? null);
    if (!below || !by) return undefined; // an advertisement for a job has no author
    const title = line(text(root.querySelector(TITLE)));
    const replies = [...below.querySelectorAll('a[href*="item?id="]')].findLast(
      (link) => !link.closest('.age') && target(link) === root.id,
    );
    return {
      kind: 'post',
      id: root.id,
      url: page(root.id),
      author: by,
      title,
      text: body(root) ?? title,
      ...times(below),
      metrics: { score: count(below.querySelector('.score')?.textContent), replies: count(replies?.textContent) },
    };
  };

  add({
    name: 'hackernews',
    platform: 'hackernews',
    label: 'Hacker News',
    siteKind: 'forums',
    version: 1,
    hosts: ['news.ycombinator.com'],
    item: 'tr.athing[id]',
    anchor: (root) => root.querySelector('.comhead .age') ?? root.nextElementSibling?.querySelector('.age') ?? null,
    reply: 'form[action$="comment"] textarea[name="text"]',
    extract: (root) =>
      !/^\d+$/.test(root.id) ? undefined : root.querySelector('.comment') ? comment(root) : story(root),
  });
})();
