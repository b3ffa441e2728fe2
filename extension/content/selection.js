// @ts-check
/**
 * Selected words: of which post they are, or a capture of the words alone.
 *
 * Also loaded by the background worker, for words that only the context menu knows.
 */
(() => {
  /** Letters and digits of a text: how a site lays words out does not matter. @param {string | undefined} words */
  const letters = (words) => {
    const squeezed = (words ?? '').normalize('NFKC').replace(/\s+/g, '').toLowerCase();
    return squeezed.replace(/[^\p{L}\p{N}]+/gu, '') || squeezed;
  };

  /** A name for words that have no address of their own: the page's, and a short sum (FNV-1a) of the words.
   * @type {Amends['markOf']} */
  const markOf = (url, words) => {
    let sum = 0x811c9dc5;
    for (const letter of (words ?? '').replace(/\s+/g, ' ').trim())
      sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    return `${url.split('#')[0]}#words-${sum.toString(16)}`;
  };

  /**
   * The address that a page is known by: its own, or for a file on this computer the one that the file names.
   * Undefined where there is none: nothing but http and https can be a case.
   * @type {Amends['pageAddress']}
   */
  const pageAddress = (page) => {
    const own = Amends.address(page.location.href) ?? Amends.address(page.baseURI);
    if (own || page.location.protocol !== 'file:') return own;
    const saved = [...page.childNodes].find(
      (node) => node.nodeType === 8 && /saved from url=/.test(node.nodeValue ?? ''),
    );
    const named =
      /saved from url=\(\d+\)(\S+)/.exec(saved?.nodeValue ?? '')?.[1] ??
      page.querySelector('link[rel="canonical"]')?.getAttribute('href') ??
      page.querySelector('meta[property="og:url"]')?.getAttribute('content');
    return Amends.address(named);
  };

  /** Every open shadow root of a page. @param {Document | ShadowRoot} root @returns {ShadowRoot[]} */
  const shadows = (root) =>
    [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
      shadowRoot ? [shadowRoot, ...shadows(shadowRoot)] : [],
    );

  /** The selected part of an open shadow tree. @param {Document} page @returns {Range | undefined} */
  const rangeInShadow = (page) => {
    for (const root of shadows(page)) {
      const selection = /** @type {any} */ (root).getSelection?.(); // Chrome; Firefox gives it to the page
      if (selection?.rangeCount && !selection.isCollapsed && root.contains(selection.anchorNode))
        return selection.getRangeAt(0);
    }
    return undefined;
  };

  /** What is selected on a page, in its open shadow trees too. @type {Amends['selected']} */
  const selected = (page) => {
    const selection = page.defaultView?.getSelection?.() ?? null;
    const isPlain = selection?.rangeCount && !selection.isCollapsed;
    const range = isPlain ? selection.getRangeAt(0) : selection && rangeInShadow(page);
    if (!range) return undefined;
    const read = Amends.text(range.cloneContents());
    const shown = Amends.clean(selection?.toString().trim());
    const words = shown && letters(shown) !== letters(read) ? shown : read; // never what is hidden between them
    return words && /\S/.test(words) ? { words, range } : undefined;
  };

  /** Whether a node is inside of an element, through shadow trees too. @param {Node} root @param {Node} node */
  const isWithin = (root, node) => {
    for (let at = /** @type {any} */ (node); at; at = at.parentNode ?? at.host) if (at === root) return true;
    return false;
  };

  /**
   * Whether words are of this capture, and not of somebody else who stands in the same element: a quoted person, or a
   * comment that no reader knows.
   * @param {Capture} capture
   * @param {string} words
   */
  const areOf = ({ text, title, author }, words) => {
    const chosen = letters(words);
    const own = letters(text);
    return (
      [text, title, author?.name, author?.handle].some((part) => part && letters(part).includes(chosen)) ||
      Boolean(own && chosen.includes(own))
    );
  };

  /** The innermost of the items that hold a node. @type {Amends['innermost']} */
  const innermost = (found, ...nodes) =>
    found
      .filter(({ root }) => root && nodes.every((node) => isWithin(root, node)))
      .reduce(
        (inner, each) => (!inner || inner.root?.contains(each.root ?? null) ? each : inner),
        /** @type {Found | undefined} */ (undefined),
      );

  /** The item that holds the whole selection and whose words it is, or undefined. @type {Amends['holderOf']} */
  const holderOf = (found, { words, range }) => {
    const holding = innermost(found, range.startContainer, range.endContainer);
    if (holding) {
      const isOfOthers = found.some(
        ({ root }) => root && root !== holding.root && holding.root?.contains(root) && range.intersectsNode(root),
      );
      return !isOfOthers && areOf(holding.capture, words) ? holding : undefined;
    }
    const stated = found.filter(({ root, capture }) => !root && letters(capture.text).includes(letters(words)));
    return stated.length === 1 && stated[0].capture.kind !== 'page' && letters(words).length >= 20
      ? stated[0]
      : undefined;
  };

  /** Words without an author; the title of the page is not theirs. @type {Amends['wordsAlone']} */
  const wordsAlone = (words, url, { title, lang } = {}) =>
    Amends.finish('web', {
      kind: 'page',
      id: markOf(url, words),
      url,
      context: { pageTitle: Amends.line(title) },
      text: words,
      lang: Amends.language(lang),
    });

  /** The words selected on a page, as a capture. @type {Amends['selectedAlone']} */
  const selectedAlone = (page, url, { words, range }) => {
    const common = range.commonAncestorContainer;
    const around = /** @type {Element | null} */ (common.nodeType === 1 ? common : common.parentElement);
    const capture = wordsAlone(words, url, {
      title: page.title,
      lang: around?.closest('[lang]')?.getAttribute('lang'),
    });
    return {
      root: around ?? undefined,
      capture: around ? Amends.withTranslation(around, capture) : capture,
      alone: true,
    };
  };

  Object.assign(Amends, { letters, markOf, pageAddress, selected, innermost, holderOf, wordsAlone, selectedAlone });
})();
