// @ts-check
/** Own replies: what the team's own accounts wrote below the post of a case, also outside Amends. */
(() => {
  const MOST = 500; // replies told of on one page
  const sent = new Set();
  /** @type {Promise<OwnAccount[]> | undefined} */
  let accounts;

  /** @param {string | undefined} handle */
  const bare = (handle) => (handle ?? '').trim().replace(/^@/, '').toLowerCase();

  /** @param {Capture} capture @param {OwnAccount} account */
  const isBy = ({ platform, author }, account) =>
    platform === account.platform &&
    ((account.handle && bare(account.handle) === bare(author?.handle)) ||
      (account.url && Amends.folded(account.url) === Amends.folded(author?.url)));

  /** @param {Node} one @param {Node} other */
  const isBefore = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

  /**
   * Whether one item stands below another in one thread: later, with no heading of another list between them.
   * @param {{ root: Element, capture: Capture }} subject
   * @param {Element} root
   * @param {Site} site
   * @param {Capture} capture
   */
  const isBelow = (subject, root, site, capture) =>
    isBefore(subject.root, root) &&
    !((subject.capture.postedAt ?? '') > (capture.postedAt ?? '9')) &&
    ![...document.querySelectorAll('h1, h2, h3, [role="heading"]')].some(
      (heading) => isBefore(subject.root, heading) && isBefore(heading, root) && !heading.closest(site.item),
    );

  /**
   * Keys of the post that is answered: the one that this item stands in, else the one whose own page this is.
   * @param {Element} root
   * @param {Site} site
   * @param {Capture} capture
   */
  const answered = (root, site, capture) => {
    const around = root.parentElement?.closest(site.item);
    const outer = around && Amends.read(site, around, location.href);
    if (outer) return Amends.keysOf?.(outer) ?? [];
    const page = Amends.folded(location.href);
    const subject = [...document.querySelectorAll(site.item)]
      .map((item) => ({ root: item, capture: Amends.read(site, item, location.href) }))
      .find(({ capture: read }) => read && Amends.keysOf?.(read).includes(page));
    const isThread = subject?.capture && isBelow(/** @type {any} */ (subject), root, site, capture);
    return isThread ? (Amends.keysOf?.(/** @type {Capture} */ (subject.capture)) ?? []) : [];
  };

  /** @type {Amends['ownReply']} */
  Amends.ownReply = async (root, site, capture) => {
    accounts ??= Amends.ask?.({ type: 'ownAccounts' }).catch(() => {
      accounts = undefined; // the next post asks again
      return [];
    });
    const own = (await accounts) ?? [];
    if (!own.some((account) => isBy(capture, account)) || !capture.url || sent.size > MOST) return;
    const name = Amends.key(capture);
    const keys = answered(root, site, capture);
    if (!keys.length || sent.has(name) || keys.some((key) => Amends.keysOf?.(capture).includes(key))) return;
    sent.add(name);
    const message = { type: 'ownReply', keys, replyUrl: capture.url, text: capture.text };
    await Amends.ask?.(message).catch(() => sent.delete(name));
  };
})();
