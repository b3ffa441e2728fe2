// @ts-check
/** Reader of posts on a forum that runs phpBB (2 and 3, prosilver and subsilver), on any host. */
(() => {
  const { add, clean, line, memberSince, text, time, address, quotes } = Amends;
  /** prosilver; subsilver2 of phpBB 3; subSilver of phpBB 2, where name and words stand in one row of a table. */
  const ITEM =
    '.post[id^="p"]:has(.postbody), table:has(> tbody > tr > td > .postauthor):has(.postbody), ' +
    'tr:has(> td > .name > a[name]):has(.postbody)';
  const PROFILE = '.postprofile';
  const SKIP =
    'blockquote, .quote, .quotetitle, .quotecontent, .signature, .notice, .codebox > p, .attachtitle, .smilies';

  /** @param {Element} root */
  const idOf = (root) =>
    [root.id, ...[...root.querySelectorAll('a[name]')].map((part) => part.getAttribute('name'))]
      .map((name) => /^p?(\d+)$/.exec(name ?? '')?.[1])
      .find(Boolean);

  /** Readable addresses: `lost-parcel-t88.html`, `lost-parcel-t88-10.html` after ten posts, `post501.html`. */
  const TOPIC = /-t\d+(?:-(\d+))?\.html$/;
  const POST = /\/post\d+\.html$/;

  /** How many posts of the topic stand on the pages before. @param {URL} page */
  const before = (page) => Number(page.searchParams.get('start') ?? TOPIC.exec(page.pathname)?.[1] ?? 0);

  /** Where the post itself says that it stands, among readable addresses. @param {Element} root @param {string} id */
  const linked = (root, id) => {
    const link = root.querySelector(`a[href*="/post${id}.html"], a[href^="post${id}.html"]`);
    const found = address(link?.getAttribute('href'), root.ownerDocument.baseURI);
    return found && new URL(found).pathname;
  };

  /**
   * A post's address: below its topic's where that is the first page, else one that leads to the page with the post.
   * @param {Element} root @param {string} id @param {string} url
   */
  const placeOf = (root, id, url) => {
    const page = new URL(pageOf(url));
    const topic = page.searchParams.get('t');
    const isFirstPage = topic && !page.searchParams.has('p') && !before(page);
    if (page.pathname.endsWith('/viewtopic.php')) page.search = isFirstPage ? `t=${topic}` : `p=${id}`;
    else if (POST.test(page.pathname)) page.pathname = page.pathname.replace(POST, `/post${id}.html`);
    else if (before(page)) page.pathname = linked(root, id) ?? page.pathname;
    page.hash = `${root.matches('tr') ? '' : 'p'}${id}`;
    return page.href;
  };

  /** The page's address without the visitor's session. @param {string} url */
  const pageOf = (url) => {
    const page = new URL(url);
    for (const name of ['sid', 'hilit', 'view']) page.searchParams.delete(name);
    page.hash = '';
    return page.href;
  };

  /** @param {Element} root */
  const author = (root) => {
    const named = root.querySelector(
      [
        ...[`${PROFILE} .username`, `${PROFILE} .username-coloured`, '.author .username', '.author .username-coloured'],
        ...['.postauthor', '.name b', '.name'],
      ].join(),
    );
    const name = line(text(named));
    const link = named?.closest('a') ?? named?.querySelector('a[href]');
    const href = address(link?.getAttribute('href'), root.ownerDocument.baseURI);
    const face = root.querySelector(`${PROFILE} .avatar img[src], .profile img[src]`)?.getAttribute('src');
    return name ? { name, url: href && pageOf(href), avatar: address(face, root.ownerDocument.baseURI) } : undefined;
  };

  /** Since when they are a member, in the words beside the post. @param {Element} root */
  const since = (root) => {
    const named = line(text(root.querySelector(`${PROFILE} .profile-joined`), { skip: 'strong' }));
    const shown = [...root.querySelectorAll(`${PROFILE} dd, .postdetails`)].flatMap((part) => text(part)?.split('\n'));
    return named ?? memberSince(shown.map((each) => line(each)));
  };

  /** The line that says when, in phpBB 2 "Posted: … Post subject: …". @param {Element} root */
  const posted = (root) =>
    root.querySelector('.author, td.gensmall') ??
    [...root.querySelectorAll('.postdetails')].find((part) =>
      part.closest('td')?.querySelector('a[href*="viewtopic"]'),
    );
  const DATE = /[^:»]*\b(?:19|20)\d\d\b[ ,]*(?:\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?)?/i;
  /** An instant where the page has one; else its words. @param {Element} root */
  const when = (root) => {
    const postedAt = time(root.querySelector('.author time[datetime]')?.getAttribute('datetime'));
    return postedAt ? { postedAt } : { dateText: line(DATE.exec(line(text(posted(root))) ?? '')?.[0]) };
  };

  /** @param {Element} root */
  const bodyOf = (root) => root.querySelector('.postbody .content') ?? root.querySelector('.postbody');

  /** The first post of a topic: the first one on the topic's first page. @param {Element} root @param {string} url */
  const isFirst = (root, url) => {
    const page = root.ownerDocument;
    if (before(new URL(url)) || Amends.first(page, ITEM) !== root) return false;
    const active = line(
      text(Amends.first(page, '.pagination .active, .pagination > span > strong, .gensmall > b > b')),
    );
    return !active || !/^\d+$/.test(active) || active === '1';
  };

  /** A topic's poll stands above its posts; the last lines of its list hold the number of votes and the button.
   * @param {Document} page */
  const poll = (page) => {
    const box = Amends.first(page, 'form.topic_poll, .polls, form:has(input[name^="vote_id"])');
    const rows = [
      ...(box?.querySelectorAll('dl:not([class*="poll_vote"], [class*="poll_total"], [class*="poll_view"])') ?? []),
    ];
    const said = rows.flatMap((row) => row.querySelector(':scope > dt') ?? []);
    const boxes = [...(box?.querySelectorAll('input[name^="vote_id"]') ?? [])];
    return Amends.poll(said.length ? said : boxes, box?.querySelector('.poll-title, span.gen > b'));
  };

  add({
    name: 'phpbb',
    platform: 'phpbb',
    label: 'phpBB',
    siteKind: 'forums',
    version: 1,
    hosts: [],
    detect: (page) =>
      (TOPIC.test(new URL(page.URL).pathname) && page.querySelector('.post[id^="p"] .postbody') !== null) ||
      page.querySelector(
        'body#phpbb, .copyright a[href*="phpbb.com"], .copyright a[href*="phpbb.fr"], ' +
          'a.copyright[href*="phpbb.com"], body:has(.postbody) a[href*="phpbb.com"]',
      ) !== null,
    item: ITEM,
    anchor: (root) => root.querySelector('.post-buttons, .profile-icons') ?? bodyOf(root),
    reply: 'textarea[name="message"]',
    extract(root, url) {
      const id = idOf(root);
      const body = bodyOf(root);
      const said = text(body, { skip: SKIP })?.split(/\n_{10,}\n/)[0]; // an older signature follows a line
      if (!id || !said || root.matches('.deleted, .post-hidden, .hidden')) return undefined;
      const page = root.ownerDocument;
      const first = isFirst(root, url);
      const topic = pageOf(url);
      return {
        kind: first ? 'post' : 'comment',
        id,
        url: placeOf(root, id, url),
        author: author(root),
        text: said,
        ...when(root),
        quoted: clean(quotes(body, 'blockquote, .quotecontent, td.quote'), 10_000),
        context: {
          authorSince: since(root),
          community: line(Amends.first(page, 'meta[property="og:site_name"]')?.getAttribute('content')),
          thread: first ? undefined : topic,
          poll: first ? poll(page) : undefined,
          threadTitle: line(
            text(Amends.first(page, 'h2.topic-title, .topic-title, #page-body > h2, a.titles, a.maintitle')),
          ),
        },
      };
    },
  });
})();
