// @ts-check
/** Reader of posts on a forum that runs vBulletin (3, 4 and 5), on any host. Hooks from source. */
(() => {
  const { add, clean, line, text, time, address, quotes } = Amends;
  const ITEM =
    'li.b-post[data-node-id], li[id^="post_"]:is(.postbit, .postbitlegacy, .postcontainer), ' +
    'table[id^="post"]:has([id^="post_message_"])';
  const BODY = '.js-post__content-text, [id^="post_message_"]';
  const QUOTE = '.bbcode_container:has(.bbcode_quote), .bbcode_quote, .quote_container, blockquote .quote';
  const SKIP = `${QUOTE}, .bbcode_description, .signature, .b-post__edit, div:has(> .smallfont + table .alt2)`;
  const NAME = '.b-userinfo .author [itemprop="name"], .b-userinfo .author a, .author a, a.bigusername, .username';
  const COUNT = 'a.b-post__count, a.postcounter, a[id^="postcount"]';
  const WHEN = 'time[itemprop="dateCreated"], .b-post__timestamp time, .postdate .date, .postdate, td.thead';

  /** @param {Element} root */
  const idOf = (root) => root.getAttribute('data-node-id') ?? /^post_?(\d+)$/.exec(root.id)?.[1];
  /** The first of the first selector that has one. @param {Element} root @param {string} selectors */
  const first = (root, selectors) =>
    selectors
      .split(', ')
      .reduce((/** @type {Element | null} */ found, each) => found ?? root.querySelector(each), null);

  /** @param {Element} root */
  const author = (root) => {
    const named = first(root, NAME);
    const name = line(text(named));
    const link = named?.closest('a') ?? named?.querySelector('a[href]');
    const base = root.ownerDocument.baseURI;
    const face = root.querySelector('.b-avatar img[src], .postuseravatar img[src], a[href*="member"] > img[src]');
    return name
      ? { name, url: address(link?.getAttribute('href'), base), avatar: address(face?.getAttribute('src'), base) }
      : undefined;
  };

  /** vBulletin writes its times without an offset: only its words are sure. @param {Element} root */
  const when = (root) => {
    const shown = first(root, WHEN);
    const said = shown?.getAttribute('datetime') ?? '';
    const postedAt = /T.*(Z|[+-]\d\d:?\d\d)$/.test(said) ? time(said) : undefined;
    return postedAt ? { postedAt } : { dateText: line(text(shown, { skip: COUNT })) };
  };

  /** The page of the thread, without what leads to one post of it. @param {string} href @param {string} url */
  const threadOf = (href, url) => {
    const page = new URL(/#post\d+$/.test(href) && !/showpost/.test(href) ? href : url);
    const parts = page.search.slice(1).split('&');
    page.search = parts.filter((part) => !/^(p|s|highlight|viewfull|postcount)=/.test(part)).join('&');
    page.hash = '';
    return page.href;
  };

  /** The address that leads to the post's page. @param {string} thread @param {string} id */
  const placeOf = (thread, id) => {
    const page = new URL(thread);
    page.pathname = page.pathname.replace(/\/show(thread|post)\.php.*$/, '/showthread.php');
    page.search = `p=${id}`;
    page.hash = `post${id}`;
    return page.href;
  };

  /** A thread's poll stands above its posts. @param {Document} page */
  const poll = (page) => {
    const box = Amends.first(page, 'form[action*="poll.php"], #pollinfo, .b-post__poll, .poll-wrapper');
    const said = [...(box?.querySelectorAll('.polloption label, .pollresults .option, .js-poll-option-text') ?? [])];
    const boxes = [...(box?.querySelectorAll('input:is([type="radio"], [type="checkbox"])') ?? [])];
    return Amends.poll(
      said.length ? said : boxes,
      box?.querySelector('.question, .poll-question, strong, [style*="bold"]'),
    );
  };

  add({
    name: 'vbulletin',
    platform: 'vbulletin',
    label: 'vBulletin',
    siteKind: 'forums',
    version: 1,
    hosts: [],
    detect: (page) =>
      page.querySelector(
        'meta[name="generator" i][content^="vBulletin" i], body.vb-page, li.b-post[data-node-id], ' +
          'li.postcontainer[id^="post_"], table[id^="post"] [id^="post_message_"]',
      ) !== null,
    item: ITEM,
    anchor: (root) => root.querySelector('.b-post__footer, .postfoot') ?? root.querySelector(BODY),
    reply: 'textarea[name="message"], .b-content-entry [contenteditable="true"]',
    extract(root, url) {
      const id = idOf(root);
      const body = root.querySelector(BODY);
      const said = text(body, { skip: SKIP });
      if (!id || !/^\d+$/.test(id) || !said || root.matches('.b-post--deleted, .deleted, .ignore')) return undefined;
      const page = root.ownerDocument;
      const count = first(root, COUNT);
      const thread = threadOf(address(count?.getAttribute('href'), page.baseURI) ?? url, url);
      const number = /\d+/.exec(text(count) ?? '')?.[0];
      const isFirst = number === '1' || /\bb-post--first\b|starter/.test(root.className);
      return {
        kind: isFirst ? 'post' : 'comment',
        id,
        url: placeOf(thread, id),
        author: author(root),
        text: said,
        ...when(root),
        quoted: clean(quotes(body, '.bbcode_quote, td.alt2'), 10_000),
        context: {
          community: line(Amends.first(page, 'meta[property="og:site_name"]')?.getAttribute('content')),
          thread: isFirst ? undefined : thread,
          poll: isFirst ? poll(page) : undefined,
          threadTitle: line(
            text(Amends.first(page, 'h1.main-title, .threadtitle, #pagetitle h1, h1, td.navbar > strong')),
          ),
        },
      };
    },
  });
})();
