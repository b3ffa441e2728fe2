// @ts-check
/**
 * Reader of reports on Signal-Arnaques, and of its lists of them. No saved page was at hand: its hooks come from public
 * source only. The names in a report are those of whom it accuses; who wrote it is not told.
 */
(() => {
  const { add, line, text, address } = Amends;
  const LISTED = 'tr.media:has(a[href*="/scam/view/"])';
  const REPORT = 'table:has(th):not(.scams-table)';

  /** @param {string | undefined} url */
  const numberOf = (url) => /\/scam\/view\/(\d+)/.exec(url ?? '')?.[1];
  /** The cell beside a label. @param {Element} root @param {RegExp} label */
  const cell = (root, label) =>
    [...root.querySelectorAll('th')]
      .find((head) => head.closest('table') === root && label.test(text(head) ?? ''))
      ?.parentElement?.querySelector('td');

  /** @param {Element} root @param {string} url @returns {Reading | undefined} */
  const listed = (root, url) => {
    const link = address(root.querySelector('a[href*="/scam/view/"]')?.getAttribute('href'), url)?.split(/[?#]/)[0];
    const title = line(text(root.querySelector('.last-scam-title')));
    const said = text(root.querySelector('.lastScam-comment-text'));
    return link && (title || said)
      ? { kind: 'post', id: numberOf(link), url: link, title, text: said, truncated: Boolean(said) || undefined }
      : undefined;
  };

  /** @param {Element} root @param {string} url @returns {Reading | undefined} */
  const report = (root, url) => {
    const id = numberOf(new URL(url).pathname);
    const skip = 'style';
    const told = text(cell(root, /^\s*commentaire/i), { skip });
    const message = text(cell(root, /^\s*contenu/i), { skip });
    if (!id || !(told || message)) return undefined;
    return {
      kind: 'post',
      id,
      url: url.split(/[?#]/)[0],
      title: line(text(root.ownerDocument.querySelector('h1, h2'))),
      text: told ?? message,
      quoted: told ? message : undefined,
      dateText: line(text(cell(root, /^\s*date/i))),
      context: { business: line(text(cell(root, /^\s*(url|site)/i))) },
    };
  };

  add({
    name: 'signalarnaques',
    platform: 'signalarnaques',
    label: 'Signal-Arnaques',
    siteKind: 'reviews',
    version: 1,
    hosts: ['signal-arnaques.com'],
    item: `${LISTED}, ${REPORT}`,
    anchor: (root) => (root.matches(LISTED) ? root.querySelector('a[href*="/scam/view/"]') : root.querySelector('th')),
    reply: 'textarea[name*="comment" i]',
    extract: (root, url) => (root.matches(LISTED) ? listed(root, url) : report(root, url)),
  });
})();
