// @ts-check
/** Reader of Steam's discussions. No saved page was at hand: its hooks come from public source only. */
(() => {
  const { add, line, text, time, address } = Amends;
  const ITEM = '.forum_op, .commentthread_comment[id^="comment_"]';

  /** @param {Element} root @param {string} selector */
  const mine = (root, selector) => Amends.own(root, selector, ITEM);

  /** The seconds that Steam writes beside its own words. @param {Element} root @param {string} selector */
  const written = (root, selector) => {
    const part = mine(root, selector);
    const exact = time(part?.getAttribute('data-timestamp'));
    return { postedAt: exact, dateText: exact ? undefined : (line(part?.getAttribute('title')) ?? line(text(part))) };
  };

  /** @param {Element} root @param {string} selector @param {string} url */
  const author = (root, selector, url) => {
    const link = mine(root, selector);
    const name = link?.querySelector('bdi') ?? link;
    return { name: line(text(name)), url: address(link?.getAttribute('href'), url)?.split(/[?#]/)[0] };
  };

  add({
    name: 'steamforum',
    platform: 'steam',
    label: 'Steam',
    siteKind: 'reviews',
    version: 1,
    hosts: ['steamcommunity.com'],
    item: ITEM,
    anchor: (root) => mine(root, '.commentthread_comment_timestamp, .date'),
    reply: 'textarea.commentthread_textarea',
    extract(root, url) {
      const topic = /^(\/app\/\d+\/discussions\/\d+\/(\d+)|\/[^?#]*)/.exec(new URL(url).pathname);
      const page = `${new URL(url).origin}${(topic?.[1] ?? '').replace(/\/+$/, '')}/`;
      const title = line(text(root.ownerDocument.querySelector('.forum_op .topic')));
      if (root.matches('.forum_op')) {
        const said = text(mine(root, '.content'));
        return said || title
          ? {
              kind: 'post',
              id: topic?.[2],
              url: page,
              author: author(root, '.forum_op_author', url),
              title,
              text: said,
              ...written(root, '.date'),
            }
          : undefined;
      }
      const id = root.id.slice('comment_'.length);
      const body = mine(root, '.commentthread_comment_text');
      const said = text(body, { skip: '.bb_blockquote' });
      if (!/^\d+$/.test(id) || !said) return undefined;
      return {
        kind: 'comment',
        id: `c${id}`,
        url: `${page}#c${id}`,
        author: author(root, 'a.commentthread_author_link', url),
        text: said,
        quoted: text(body?.querySelector('.bb_blockquote')),
        ...written(root, '.commentthread_comment_timestamp'),
        context: { threadTitle: title, thread: title ? page : undefined },
      };
    },
  });
})();
