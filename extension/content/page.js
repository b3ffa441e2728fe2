// @ts-check
/**
 * Parsers of text, languages and addresses of a page.
 *
 * Classic script: it also runs where no extension interface exists (tests, the background worker).
 * It never fetches, never builds HTML, and nothing it exports throws on a hostile page.
 */
(() => {
  /** The limits of a capture, as in the server's `rules/capture/limits.py`: characters, entries of lists, levels. */
  const LONGEST = {
    text: 100_000,
    quoted: 10_000,
    title: 500,
    name: 200,
    time: 200,
    particular: 2_000,
    key: 40,
    language: 35,
    note: 10_000,
    address: 4_000,
    id: 4_100,
    entries: 50,
    depth: 4,
  };
  const BLOCKS = new Set(
    (
      'ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 ' +
      'H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TR UL'
    ).split(' '),
  );
  const SILENT = new Set(
    'SCRIPT STYLE TEMPLATE NOSCRIPT SVG BUTTON SELECT TEXTAREA IFRAME OBJECT FACEPLATE-SCREEN-READER-CONTENT'.split(
      ' ',
    ),
  );
  const CONTAINERS = new Set([1, 9, 11]); // node types of elements, documents and fragments
  /** Scripts from Arabic to Mongolian, Arabic forms, emoji: where a joiner between two characters has a meaning. */
  const JOINED = '[\\u0600-\\u18AF\\u2190-\\u2BFF\\uFB50-\\uFEFE\\u{1F000}-\\u{1FAFF}]';
  const INVISIBLE = new RegExp(
    '[\\u00AD\\u061C\\u180E\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF\\uFFF9-\\uFFFB]|' +
      `(?<!${JOINED})[\\u200C\\u200D]|[\\u200C\\u200D](?!${JOINED})`,
    'gu',
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is taken out of strangers' text
  const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;
  const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

  /**
   * Text safe to keep: no control characters, no lone surrogates, at most `most` characters.
   * @type {Amends['clean']}
   */
  const clean = (value, most = LONGEST.text) =>
    String(value ?? '')
      .slice(0, most)
      .replace(CONTROL, '')
      .replace(LONE_SURROGATE, '\uFFFD');

  /** One line for names and handles: also without the invisible marks that disguise them. @type {Amends['line']} */
  const line = (value, most = LONGEST.text) =>
    clean(clean(value, LONGEST.text).replace(INVISIBLE, '').replace(/\s+/g, ' ').trim(), most) || undefined;

  /**
   * A language tag (BCP 47), or undefined: also for the marks that mean "unknown" or "none".
   * @type {Amends['language']}
   */
  const language = (value) => {
    const tag = String(value ?? '')
      .trim()
      .replace('_', '-');
    const isTag = tag.length <= LONGEST.language && /^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(tag);
    return isTag && !/^(und|zxx|art|mul|q\w\w)\b/i.test(tag) ? tag : undefined;
  };

  /** What a picture of an emoji stands for, in a line of text. @param {Element} element */
  const emojiOf = (element) => {
    const alternative = element.getAttribute('alt') ?? '';
    return alternative.length <= 30 && !/\s/.test(alternative) ? alternative : '';
  };

  /**
   * What one reading has found, while it lasts.
   * @typedef {{ texts: Map<Node, Map<string, string | undefined>>, addresses: Map<string, string | undefined>,
   *   classes: Map<string, boolean>, found: Map<Node, Map<string, any>> }} Memo
   * @type {Memo | undefined}
   */
  let memo;

  /** How sites call what they hide from the eye and leave to screen readers; Tailwind's `not-sr-only` undoes it. */
  const FOR_EARS = new RegExp(
    '(?<![\\w-])(?:\\w+[-_])?(?:sr-?only|visually-?hidden|hidden-?visually|screen-?reader(?:-?(?:text|only))?|' +
      'a-offscreen|accessib\\w+-hide|v-visible-sr)(?![a-z])',
    'i',
  );

  /** The same classes stand on many elements of a page. @param {string} names */
  const isNamedForEars = (names) => {
    const known = memo?.classes.get(names) ?? FOR_EARS.test(names);
    memo?.classes.set(names, known);
    return known;
  };

  /** Whether an innermost element is clipped away from the eye; asks for no layout. @param {Element} element */
  const isClipped = (element) => {
    if (element.firstElementChild || !/\S/.test(element.textContent ?? '')) return false;
    const style = element.ownerDocument.defaultView?.getComputedStyle(element);
    return style?.position === 'absolute' && (style.clip !== 'auto' || /^inset\((50|100)%/.test(style.clipPath));
  };

  /** Whether only a screen reader says an element, by its name or by its style. @param {Element} element */
  const isForEars = (element) => {
    const names = element.getAttribute('class');
    if (names && isNamedForEars(names)) return !names.includes('not-sr-only');
    return isClipped(element);
  };

  /** @param {Element} element @param {string} name in capitals @param {string} skip a selector of what is left out */
  const isSilent = (element, name, skip) =>
    SILENT.has(name) || isForEars(element) || Boolean(skip && element.matches(skip));

  /**
   * Visits `root` and what is below it, in the order of the page; without recursion, for pages may nest without end.
   * @param {Node} root
   * @param {(node: Node) => boolean} enter whether its children are visited
   * @param {(node: Node) => void} leave
   * @param {() => boolean} isEnough
   */
  const walk = (root, enter, leave, isEnough) => {
    /** @type {Node | null} */
    let node = root;
    while (node && !isEnough()) {
      if (enter(node) && node.firstChild) {
        node = node.firstChild;
        continue;
      }
      while (node && node !== root && !node.nextSibling) {
        leave(node);
        node = node.parentNode;
      }
      if (!node || node === root) return;
      leave(node);
      node = node.nextSibling;
    }
  };

  /** Does some reading in which nothing changes the page: each text and address of it is read once.
   * @type {Amends['once']} */
  const once = (reading) => {
    if (memo) return reading();
    memo = { texts: new Map(), addresses: new Map(), classes: new Map(), found: new Map() };
    try {
      return reading();
    } finally {
      memo = undefined;
    }
  };
  /**
   * What was found under a key, or is found now.
   * @template K, V
   * @param {Map<K, V>} found @param {K} key @param {() => V} find @returns {V}
   */
  const keeping = (found, key, find) => {
    if (!found.has(key)) found.set(key, find());
    return /** @type {any} */ (found.get(key));
  };

  /** What is found for an element or a page, once while it is read. @type {Amends['kept']} */
  const kept = (node, key, find) => {
    if (!memo) return find();
    const found = memo.found.get(node) ?? new Map();
    memo.found.set(node, found);
    return keeping(found, key, find);
  };
  /** The first match of a selector on the page: for what all items of it share. @type {Amends['first']} */
  const first = (page, selector) => kept(page, selector, () => page.querySelector(selector));

  /** Whether an element is in a `pre` or holds one: most pages have none. @param {Element} element */
  const mayKeepSpace = (element) => {
    const page = element.ownerDocument;
    if (page?.getElementsByTagName('pre').length === 0 && element.getRootNode() === page) return false;
    return Boolean(element.closest?.('pre') || element.querySelector?.('pre'));
  };

  /**
   * What an element says, as a reader sees it: paragraphs apart, pictures of emoji as emoji.
   * `pre`: line breaks are characters and blocks are inline, as in a post of X.
   * @type {Amends['text']}
   */
  const text = (root, how = {}) => {
    if (!memo || !root) return readText(root, how);
    const texts = memo.texts.get(root) ?? new Map();
    memo.texts.set(root, texts);
    return keeping(texts, `${how.pre ?? false} ${how.skip ?? ''}`, () => readText(root, how));
  };
  /** @type {Amends['text']} */
  const readText = (root, { skip = '', pre = false } = {}) => {
    let out = '';
    const mayKeep = Boolean(root && mayKeepSpace(/** @type {Element} */ (root)));
    /** @param {string} name */
    const isBlock = (name) => !pre && BLOCKS.has(name);
    /** @param {Node} node */
    const keepsSpace = (node) => pre || (mayKeep && node.parentElement?.closest('pre'));
    /** Writes what stands before a node's children; true if they are to be read. @param {Node} node */
    const enter = (node) => {
      if (node.nodeType === 3) {
        const said = node.nodeValue ?? '';
        out += keepsSpace(node) ? said : said.replace(/[^\S\uFEFF]+/g, ' ');
        return false;
      }
      const element = /** @type {Element} */ (node);
      const name = node.nodeName.toUpperCase();
      if (!CONTAINERS.has(node.nodeType) || (node !== root && isSilent(element, name, skip))) return false;
      if (name === 'IMG') out += emojiOf(element);
      if (name === 'BR' || isBlock(name)) out += '\n';
      return true;
    };
    /** @param {Node} node */
    const leave = (node) => {
      if (node.nodeType === 1 && isBlock(node.nodeName.toUpperCase())) out += '\n';
    };
    if (root) walk(root, enter, leave, () => out.length >= LONGEST.text * 2);
    const tidy = out
      .replace(/\r\n?/g, '\n')
      .replace(/[^\S\n\uFEFF]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .replace(/\n{3,}/g, '\n\n');
    return clean(tidy.trim()) || undefined;
  };

  /** A web address, absolute, or undefined: nothing but http and https is ever kept. @type {Amends['address']} */
  const address = (href, base) =>
    memo && typeof href === 'string'
      ? keeping(memo.addresses, `${base} ${href}`, () => absolute(href, base))
      : absolute(href, base);
  /** @type {Amends['address']} */
  const absolute = (href, base) => {
    if (!href || String(href).length > LONGEST.address) return undefined;
    try {
      const url = new URL(String(href), base);
      url.username = url.password = '';
      return /^https?:$/.test(url.protocol) ? url.href : undefined;
    } catch {
      return undefined;
    }
  };

  /** The first match that belongs to `root` itself, not to an item nested in it. @type {Amends['own']} */
  const own = (root, selector, item) => {
    const first = root.querySelector(selector); // mostly the one; all are looked for only where it is another's
    if (!first || first.closest(item) === root) return first;
    return [...root.querySelectorAll(selector)].find((found) => found.closest(item) === root) ?? null;
  };

  /** Words of others that a post repeats, the outermost quotes alone, each as it is read. @type {Amends['quotes']} */
  const quotes = (body, selector, read = text) =>
    [...(body?.querySelectorAll(selector) ?? [])]
      .filter((part) => !part.parentElement?.closest(selector))
      .map((part) => read(part))
      .filter(Boolean)
      .join('\n\n');

  /** The words beside a box to tick, or of an element that is one; a share of the votes is none of them.
   * @param {Element} part */
  const choiceOf = (part) => {
    const isBox = part.matches('input');
    const label = isBox && part.id ? part.ownerDocument.querySelector(`label[for="${CSS.escape(part.id)}"]`) : null;
    const beside = isBox ? (label ?? part.closest('label') ?? part.closest('li, dl, tr, div')) : part;
    const said = text(beside)?.split('\n')[0] ?? part.getAttribute('aria-label');
    return line(said?.replace(/\s*\d+(?:[.,]\d+)?\s?%.*$/, ''));
  };

  /** A poll's question, where it is not the post's own words, and its options, a line each. @type {Amends['poll']} */
  const poll = (options, question) => {
    const choices = [...new Set(options.map(choiceOf).filter(Boolean))];
    const asked = line(text(question));
    const words = asked ? [asked, ...choices.map((choice) => `• ${choice}`)] : choices;
    return choices.length ? { text: words.join('\n') } : undefined;
  };

  const exported = {
    longest: LONGEST,
    once,
    kept,
    first,
    isForEars,
    clean,
    line,
    language,
    text,
    address,
    own,
    quotes,
    poll,
  };
  globalThis.Amends = Object.assign(globalThis.Amends ?? { sites: [] }, exported);
})();
