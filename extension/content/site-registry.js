// @ts-check
/** Registry of the sites' readers, and the posts that they find on a page. Nothing throws on a hostile page. */
(() => {
  /** How sites mark what somebody paid for, in the languages we met. */
  const PROMOTED = new Set(
    (
      'sponsored|promoted|ad|sponsorisé|sponsorisée|post sponsorisé|contenu sponsorisé|publicité|gesponsert|' +
      'anzeige|werbung|promotet|patrocinado|publicidad|publicación patrocinada|promocionado|promovido|' +
      'publicidade|sponsorizzato|post sponsorizzato|promosso|gesponsord|gepromoot|sponsorowane|promowane|' +
      'sponsrad|marknadsfört|sponsoreret|promoveret|sponset|promotert|mainostettu|sponsoroitu|sponzorováno|' +
      'propagováno|sponsorizat|promovat|szponzorált|hirdetés|promoverad|sponsorlu|öne çıkarılan içerik|реклама|' +
      'продвигается|просувається|χορηγούμενη|ממומן|ممول|مُموَّل|الترويج|広告|プロモーション|광고|프로모션|赞助内容|赞助|贊助|广告|廣告|促銷內容|' +
      '推广|được tài trợ|bersponsor|dipromosikan|ได้รับการสนับสนุน|प्रायोजित'
    ).split('|'),
  );

  /** Whether a label says that the item was paid for. @type {Amends['promoted']} */
  const promoted = (label) => PROMOTED.has((Amends.line(label, 60) ?? '').replace(/[\s·:.]+$/, '').toLowerCase());

  /** The value without what is empty in it, at any depth. @param {any} value @returns {any} */
  const filled = (value) => {
    if (Array.isArray(value)) return value.length ? value : undefined;
    if (!value || typeof value !== 'object') return value === '' ? undefined : (value ?? undefined);
    const parts = Object.entries(value)
      .map(([key, part]) => [key, filled(part)])
      .filter(([, part]) => part !== undefined);
    return parts.length ? Object.fromEntries(parts) : undefined;
  };

  /**
   * A capture without empty keys, saying in `missing` what a complete reading would have had.
   * @type {Amends['finish']}
   */
  const finish = (platform, reading) => {
    const capture = filled({ platform, ...reading });
    if ((capture.text?.length ?? 0) >= Amends.longest.text) capture.truncated = true; // cut by us

    capture.missing = ['url', 'author', 'text', 'postedAt'].filter((key) => !(key in capture));
    return capture;
  };

  /** Whether a page is one of this site's: by its host, or by what the page itself shows. @type {Amends['serves']} */
  const serves = (site, page, url) => {
    const host = new URL(url).hostname;
    return site.hosts.some((known) => host === known || host.endsWith(`.${known}`)) || Boolean(site.detect?.(page));
  };

  /** Every item of the supported sites in page order, with its element. @type {Amends['items']} */
  const items = (page, url) => Amends.once(() => itemsOf(page, url));
  /** @type {Amends['items']} */
  const itemsOf = (page, url) => {
    const found = Amends.sites
      .filter((site) => serves(site, page, url))
      .flatMap((site) => [...page.querySelectorAll(site.item)].map((root) => ({ root, site })));
    found.sort((a, b) => (a.root.compareDocumentPosition(b.root) & 4 ? -1 : 1));
    return found.flatMap(({ root, site }) => {
      const capture = Amends.read(site, root, url);
      return capture ? [{ root, site, capture }] : [];
    });
  };

  /** The values of an element's attributes. @param {Element} element */
  const values = ({ attributes }) => [...attributes].map(({ value }) => value);
  /** The words of an element itself. @param {Node[]} nodes */
  const wordsOf = (nodes) => nodes.filter(({ nodeType }) => nodeType === 3).map(({ nodeValue }) => nodeValue ?? '');

  /**
   * What an element says itself, in words or in attributes; nothing of the items within.
   * @param {Element} root
   * @param {Set<Node>} within
   * @param {boolean} [isInAttributes]
   */
  const ownWords = (root, within, isInAttributes) => {
    /** @type {string[]} */
    const said = [];
    const visit = (/** @type {Element} */ element) => {
      const nodes = [...element.childNodes, ...(element.shadowRoot?.childNodes ?? [])];
      said.push(...(isInAttributes ? values(element) : wordsOf(nodes)));
      for (const node of nodes) if (node.nodeType === 1 && !within.has(node)) visit(/** @type {Element} */ (node));
    };
    visit(root);
    return Amends.letters(said.join(' '));
  };

  /**
   * Whether the author that was found is named only in an item inside this one, and is therefore somebody else.
   * @param {Site} site
   * @param {Element} root
   * @param {string} url
   * @param {Reading} reading
   */
  const isOfAnother = (site, root, url, { author }) => {
    const name = Amends.letters(author?.name ?? author?.handle);
    const inner = new Set(name ? root.querySelectorAll(site.item) : []);
    /** Attributes are more than the words, and seldom needed. @param {Element} part */
    const isNamedIn = (part) => ownWords(part, inner).includes(name) || ownWords(part, inner, true).includes(name);
    if (!inner.size || isNamedIn(root)) return false;
    const naming = [...inner].filter(isNamedIn);
    const isInItem = (/** @type {Element} */ part) => {
      for (let box = /** @type {Element | null} */ (part); box && box !== root; box = box.parentElement)
        if (inner.has(box) && site.extract(box, url)) return true; // others only look like items
      return false;
    };
    return naming.length > 0 && naming.every(isInItem);
  };

  /** The capture that says where its author's name may be a translation. @type {Amends['doubted']} */
  const doubted = (root, capture) =>
    root && Amends.isNameTranslated(root, capture.author?.name)
      ? { ...capture, missing: [...capture.missing, 'author_translated'] }
      : capture;

  /** One item's capture, or undefined when it is deleted, promoted or unreadable. @type {Amends['read']} */
  const read = (site, root, url) => Amends.once(() => readOne(site, root, url));
  /** @type {Amends['read']} */
  const readOne = (site, root, url) => {
    try {
      const reading = site.extract(root, url);
      if (reading && isOfAnother(site, root, url, reading)) reading.author = undefined;
      return reading && doubted(root, finish(site.platform, Amends.withTranslation(root, reading, site.item)));
    } catch {
      return undefined;
    }
  };

  /** What tells one item of a page from the others: several may share the page's address. @type {Amends['key']} */
  const key = ({ url, id, author, text, timeText, context }) =>
    `${url}\n${id ?? [author?.handle ?? author?.name, text, timeText, context?.level].join('\n')}`;

  /**
   * Everything worth a case on a page, in page order; the generic reading where no site knows it.
   * @type {Amends['readAll']}
   */
  const readAll = (page, url) => {
    try {
      const seen = new Set();
      const captures = items(page, url).map((item) => item.capture);
      const unique = captures.filter((capture) => !seen.has(key(capture)) && seen.add(key(capture)));
      return unique.length ? unique : (Amends.generic?.(page, url) ?? []).map((item) => item.capture);
    } catch {
      return [];
    }
  };

  /**
   * Makes a site known; the same site again (a second injection) takes the place of the first.
   * @type {Amends['add']}
   */
  const add = (site) => {
    Amends.sites = [...Amends.sites.filter((known) => known.name !== site.name), site];
  };

  Object.assign(Amends, { promoted, finish, doubted, serves, items, read, key, readAll, add });
})();
