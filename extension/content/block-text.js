// @ts-check
/** Where the text stands in the blocks of a group: in the deepest element of one shape that has most of all words. */
(() => {
  const SILENT = new Set(
    'BUTTON TIME LABEL SELECT TEXTAREA SCRIPT STYLE NOSCRIPT TEMPLATE SVG HEADER FOOTER FORM NAV INPUT IFRAME'.split(
      ' ',
    ),
  );
  const TEXT_NAME = /(^|-)(content|body|text|message|comment|postbody|prose|markdown|md|bbwrapper|commtext|copy)$/;
  const OTHER_NAME = new RegExp(
    '(^|-)(user|author|avatar|signature|profile|member|meta|tool-?bar|actions?|attribution|reactions?|footer|header|' +
      'controls|buttons?|menu|badge|share|time|date|timestamp|age|ago|title|subject|votes?|score|' +
      'username|nickname|display-?name|screen-?name|handle)(-|$)',
  );
  const TEXT_MARK =
    '[itemprop~="text"], [itemprop~="reviewBody"], [itemprop~="commentText"], [itemprop~="articleBody"], ' +
    '[property~="text"], [property~="reviewBody"], .e-content';
  const SAID = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
  const DEEPEST = 120;

  /** @typedef {{ total: number, depth: number, at: Map<number, Element[]>, isNamed: boolean }} Candidate */

  const known = /** @type {Map<string, 'text' | 'other' | ''>} */ (new Map());
  /** What class names say of an element. @param {Element} element */
  const saidOf = (element) => {
    const name = element.getAttribute('class') ?? '';
    const before = known.get(name);
    if (before !== undefined) return before;
    const words = name.split(/\s+/).map((each) => Amends.wordsOf(each));
    const said = words.some((each) => TEXT_NAME.test(each))
      ? 'text'
      : words.some((each) => OTHER_NAME.test(each))
        ? 'other'
        : '';
    if (known.size > 5_000) known.clear();
    known.set(name, said);
    return said;
  };

  /** Whether a link is a word in a sentence. @param {Element} element */
  const isInProse = (element) =>
    [...(element.parentElement?.childNodes ?? [])].some(
      (node) => node.nodeType === 3 && /\p{L}{2}/u.test(node.nodeValue ?? ''),
    );

  /** @param {Element} element */
  const isSilent = (element) =>
    SILENT.has(element.nodeName.toUpperCase()) ||
    (element.localName === 'a' && !isInProse(element)) ||
    element.getAttribute('role') === 'button' ||
    saidOf(element) === 'other' ||
    Amends.isForEars(element);

  /**
   * The own words of a block, each with the elements around it.
   * @param {Element} root
   * @param {(element: Element) => boolean} isBoundary
   * @param {Set<Element>} named names and times beside a text
   */
  const wordsIn = (root, isBoundary, named) => {
    const found = /** @type {{ words: string, path: Element[] }[]} */ ([]);
    /** @param {Node} node @param {Element[]} path */
    const enter = (node, path) => {
      if (node.nodeType === 3 && SAID.test(node.nodeValue ?? ''))
        found.push({ words: String(node.nodeValue).trim(), path });
      const inner = /** @type {Element} */ (node);
      if (node.nodeType !== 1 || path.length > DEEPEST || isBoundary(inner) || named.has(inner) || isSilent(inner))
        return;
      const around = [...path, inner];
      for (let child = inner.firstChild; child; child = child.nextSibling) enter(child, around);
    };
    for (const child of root.childNodes) enter(child, []);
    return found;
  };

  /** Words that most blocks have are labels of the page. @param {{ words: string }[][]} said */
  const labelsOf = (said) => {
    const often = /** @type {Map<string, number>} */ (new Map());
    for (const each of said)
      for (const words of new Set(each.map((part) => part.words))) often.set(words, (often.get(words) ?? 0) + 1);
    const most = said.length > 2 ? Math.max(2, said.length / 2) : Infinity;
    return new Set([...often].filter(([, count]) => count > most).map(([words]) => words));
  };

  /**
   * @param {Candidate} candidate
   * @param {Element} element
   * @param {{ block: number, depth: number, weight: number }} where
   */
  const count = (candidate, element, { block, depth, weight }) => {
    candidate.total += weight;
    const same = candidate.at.get(block) ?? [];
    if (same.includes(element)) return;
    candidate.at.set(block, [...same, element]);
    candidate.depth += depth;
    candidate.isNamed ||= saidOf(element) === 'text' || element.matches(TEXT_MARK);
  };

  /**
   * What each shape holds of the words of all blocks.
   * @param {Element[]} roots
   * @param {(element: Element) => boolean} isBoundary
   * @param {Signs} signs
   */
  const candidates = (roots, isBoundary, { shape, times, authors }) => {
    const named = new Set([...times, ...authors].filter((sign) => !isInProse(sign)));
    const said = roots.map((root) => wordsIn(root, isBoundary, named));
    const labels = labelsOf(said);
    const byShape = /** @type {Map<string, Candidate>} */ (new Map());
    /** @param {string} words @param {Element[]} path @param {number} block */
    const weigh = (words, path, block) => {
      const counted = new Set(); // elements of one shape within each other hold the same words
      for (const [depth, element] of path.entries()) {
        const key = `${depth ? shape(path[depth - 1]) : ''}>${shape(element)}`;
        const candidate = byShape.get(key) ?? { total: 0, depth: 0, at: new Map(), isNamed: false };
        byShape.set(key, candidate);
        count(candidate, element, { block, depth, weight: counted.has(key) ? 0 : words.length });
        counted.add(key);
      }
    };
    for (const [block, parts] of said.entries())
      for (const { words, path } of parts) if (!labels.has(words)) weigh(words, path, block);
    return [...byShape.values()];
  };

  /** The outermost of elements, if there is one that holds the others. @param {Element[]} same */
  const outermost = (same) => (same.every((each) => same[0].contains(each)) ? same[0] : undefined);

  /** Whether the elements of most blocks hold a name or a time too: then the text stands in a part of them.
   * @param {Candidate} candidate @param {Signs} signs */
  const holdsNames = ({ at }, { names, dated }) => {
    const holding = [...at.values()].filter((same) => same.some((each) => names.has(each) || dated.has(each)));
    return holding.length >= at.size * 0.6;
  };

  /** The element that holds the text of each block. @type {Amends['bodies']} */
  const bodies = (roots, isBoundary, signs, areRoots) => {
    const all = candidates(roots, isBoundary, signs);
    const most = Math.max(1, ...all.map(({ total }) => total));
    const fit = all.filter(({ total, at, isNamed }) => {
      const single = [...at.values()].filter(outermost).length;
      const isShared = roots.length === 1 ? isNamed : at.size >= Math.max(2, roots.length * (areRoots ? 0.3 : 0.5));
      return isShared && single >= at.size * 0.8 && total >= most * (isNamed ? 0.4 : 0.8);
    });
    const bare = fit.filter((candidate) => !holdsNames(candidate, signs));
    const inner = bare.length ? bare : fit;
    const named = inner.filter(({ isNamed }) => isNamed);
    const chosen = named.length ? named : inner;
    const largest = Math.max(0, ...chosen.map(({ total }) => total));
    const covering = Math.max(0, ...chosen.filter(({ total }) => total >= largest * 0.85).map(({ at }) => at.size));
    const near = chosen.filter(({ total, at }) => total >= largest * 0.85 && at.size >= covering * 0.9);
    const mean = (/** @type {Candidate} */ { depth, at }) => depth / at.size;
    const best = near.reduce(
      (one, other) => (!one || mean(other) > mean(one) ? other : one),
      /** @type {Candidate | undefined} */ (undefined),
    );
    return roots.map((_, at) => {
      const same = best?.at.get(at);
      return same && outermost(same);
    });
  };

  Object.assign(Amends, { bodies, isInProse, TEXT_MARK });
})();
