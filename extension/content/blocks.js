// @ts-check
/**
 * Repeated blocks of a page: posts of forums and comment threads that no site's reader knows.
 *
 * Each sign of a post (a time, an author's name, an element named after a post) belongs to a group of its shape. The
 * block of a sign is the largest element that holds no other sign of its group; where the text stands in it is what all
 * blocks of a group have in common. A block never reaches into another one that is nested in it.
 */
(() => {
  const TYPES = ['Comment', 'UserComment', 'Answer', 'Question', 'Review', 'UserReview', 'DiscussionForumPosting'];
  const ROOTS = [
    'article, [role="article"], [role="comment"], .h-entry, .h-review, .hreview, .hentry, [data-author]',
    ...TYPES.map((type) => `[itemtype$="schema.org/${type}"], [typeof~="${type}"], [typeof~="schema:${type}"]`),
  ].join(', ');
  const RATINGS = '[itemprop~="ratingValue"], [property~="ratingValue"], [role="img"][aria-label], [class*="rating" i]';
  const AWAY =
    'nav, [role="navigation"], [role="complementary"], [role="banner"], [role="contentinfo"], body > header, ' +
    'body > footer, body > aside, form:has(textarea, [contenteditable]), dialog:not([open]), template, [hidden]';
  const POST_ID =
    /(?:^|[-_:])(?:comment|post|reply|answer|review|message|msg|entry)s?[-_:]?[a-z]{0,3}\d+$|^[pcm]?\d{2,}$/i;
  /** "elComment_12" is "el-Comment_12". @param {string} id */
  const apart = (id) => id.replace(/([a-z])([A-Z])/g, '$1-$2');
  const HIGHEST = 25; // ancestors of a sign that are looked at
  const MOST_GROUPS = 12;
  const MOST = 1_000;

  /** What is found out of an element once for one reading. @template T @param {(element: Element) => T} work */
  const once = (work) => {
    const known = /** @type {Map<Element, T>} */ (new Map());
    return (/** @type {Element} */ element) => {
      if (!known.has(element)) known.set(element, work(element));
      return /** @type {T} */ (known.get(element));
    };
  };

  /** What an element looks like, apart from what differs from post to post. @type {Amends['shape']} */
  const shape = (element) => {
    if (element.localName.includes('-')) return element.localName; // the page's own kind of element
    const names = [...element.classList].filter(
      (name) =>
        !/\d{2}|-\d$|^(even|odd|alt|first|last|parent|active|new|depth.*|level.*|.*-(even|odd|alt))$/i.test(name),
    );
    return [element.localName, ...names.sort().slice(0, 4)].join('.');
  };

  /** What kind of element a page calls it: its first class. @param {Element} element */
  const kindOf = (element) => `${element.localName}.${element.classList[0] ?? ''}`;

  /** Whether a shape tells posts from the rest of a page. @param {string} shaped */
  const isTelling = (shaped) => /[.-]/.test(shaped);

  /** The names that stand in each element of a page. @param {Element[]} authors */
  const namesAround = (authors) => {
    const names = /** @type {Map<Element, Set<string>>} */ (new Map());
    for (const sign of authors) {
      const name = Amends.letters(Amends.authorNameIn(sign));
      for (let at = name ? sign.parentElement : null; at && !names.get(at)?.has(name); at = at.parentElement)
        names.set(at, (names.get(at) ?? new Set()).add(name));
    }
    return names;
  };

  /**
   * All that one page shows of posts, read once.
   * @param {Document} page
   * @returns {Signs}
   */
  const signsOf = (page) => {
    const isAway = once((element) => element.matches(AWAY));
    const isHere = (/** @type {Element} */ element) => {
      for (let at = /** @type {Element | null} */ (element); at; at = at.parentElement) if (isAway(at)) return false;
      return true;
    };
    const times = Amends.timeSigns(page).filter(isHere);
    const authors = Amends.authorSigns(page).filter(isHere);
    const named = [...page.querySelectorAll('[id]')].filter((each) => POST_ID.test(apart(each.id)));
    const around = new Set();
    for (const sign of [...times, ...authors])
      for (let at = sign.parentElement; at && !around.has(at); at = at.parentElement) around.add(at);
    // an article without a sign of its own is a part of a post
    const roots = [...page.querySelectorAll(ROOTS), ...named].filter(
      (each) => (around.has(each) || each.hasAttribute('data-author')) && isHere(each),
    );
    const hasRatings = page.querySelector(RATINGS) !== null;
    const dated = new Set();
    for (const sign of times)
      for (let at = sign.parentElement; at && !dated.has(at); at = at.parentElement) dated.add(at);
    const names = namesAround(authors);
    return { times, authors, roots: new Set(roots), shape: once(shape), hasRatings, names, dated };
  };

  /** @param {Iterable<Element>} parts @param {(part: Element) => string} key @param {boolean} areRoots */
  const grouped = (parts, key, areRoots) => {
    const groups = /** @type {Map<string, Element[]>} */ (new Map());
    for (const part of parts) {
      const same = groups.get(key(part));
      if (!same) groups.set(key(part), [part]);
      else if (same.length < MOST) same.push(part);
    }
    return [...groups.values()].map((members) => ({ parts: members, areRoots }));
  };

  /** The largest element around each sign that holds no other of its group. @param {Element[]} signs */
  const regions = (signs) => {
    const counts = /** @type {Map<Element, number>} */ (new Map());
    for (const sign of signs)
      for (let at = /** @type {Element | null} */ (sign); at; at = at.parentElement)
        counts.set(at, (counts.get(at) ?? 0) + 1);
    return signs.map((sign) => {
      let at = sign;
      while (at.parentElement?.parentElement && counts.get(at.parentElement) === 1) at = at.parentElement;
      return at;
    });
  };

  /**
   * The outermost shape of which each sign has an element of its own: so a post with its replies inside is whole.
   * @param {Element[]} parts
   * @param {(element: Element) => string} shapeOf
   */
  const sharedShape = (parts, shapeOf) => {
    const found = /** @type {Map<string, { own: Set<Element>, signs: number, height: number }>} */ (new Map());
    for (const part of parts) {
      const seen = new Set();
      let height = 0;
      for (let at = part.parentElement; at && height < HIGHEST; at = at.parentElement) {
        height += 1;
        const key = shapeOf(at);
        if (seen.has(key) || at.localName === 'body') continue;
        seen.add(key);
        const known = found.get(key) ?? { own: new Set(), signs: 0, height: 0 };
        known.own.add(at);
        known.signs += 1;
        known.height += height;
        found.set(key, known);
      }
    }
    const fit = [...found].filter(([, { own, signs }]) => own.size === signs && signs >= parts.length * 0.8);
    return fit.sort(([, a], [, b]) => b.height / b.signs - a.height / a.signs)[0]?.[0];
  };

  /**
   * The roots of a group: the element named after a post around a sign, else all that is the sign's alone.
   * @param {{ parts: Element[], areRoots: boolean }} group
   * @param {Signs} signs
   */
  const rootsOf = ({ parts, areRoots }, signs) => {
    if (areRoots) return parts;
    const around = regions(parts);
    const shared = sharedShape(parts, signs.shape);
    return parts.map((part, index) => {
      let own = /** @type {Element | undefined} */ (undefined);
      for (let at = part.parentElement; at; at = at.parentElement) {
        const isAround = around[index].contains(at);
        if (isAround && signs.roots.has(at)) return at;
        if (signs.shape(at) === shared) own = at;
        if (own && !isAround) break;
      }
      return own ?? around[index];
    });
  };

  /**
   * Whose each element is in a group: the block in which it stands, or null where another block lies between.
   * @param {Set<Element>} roots
   * @param {Signs} signs
   */
  const owners = (roots, signs) => {
    const shapes = new Set([...roots].map(signs.shape).filter(isTelling));
    const kinds = new Set([...roots].filter((root) => signs.roots.has(root) && root.classList[0]).map(kindOf));
    /** @param {Element} element */
    const isBoundary = (element) =>
      roots.has(element) || signs.roots.has(element) || shapes.has(signs.shape(element)) || kinds.has(kindOf(element));
    const known = /** @type {Map<Element, Element | null>} */ (new Map());
    /** @param {Element} element @returns {Element | null} */
    const ownerOf = (element) => {
      const path = [];
      let at = /** @type {Element | null} */ (element);
      while (at && !known.has(at) && !isBoundary(at)) {
        path.push(at);
        at = at.parentElement;
      }
      const owner = (at && (known.get(at) ?? (roots.has(at) ? at : null))) ?? null;
      for (const each of path) known.set(each, owner);
      return owner;
    };
    return { isBoundary, ownerOf };
  };

  /** The signs of each block. @param {Element[]} signs @param {(element: Element) => Element | null} ownerOf */
  const byOwner = (signs, ownerOf) => {
    const found = /** @type {Map<Element, Element[]>} */ (new Map());
    for (const sign of signs) {
      const owner = ownerOf(sign);
      const known = owner && found.get(owner);
      if (known) known.push(sign);
      else if (owner) found.set(owner, [sign]);
    }
    return found;
  };

  /**
   * The blocks of a group.
   * @param {{ parts: Element[], areRoots: boolean }} group
   * @param {Signs} signs
   * @returns {Block[]}
   */
  const blocksOf = (group, signs) => {
    const roots = [...new Set(rootsOf(group, signs))];
    const { isBoundary, ownerOf } = owners(new Set(roots), signs);
    const bodies = Amends.bodies(roots, isBoundary, signs, group.areRoots);
    const [times, authors] = [byOwner(signs.times, ownerOf), byOwner(signs.authors, ownerOf)];
    return roots.flatMap((root, index) => {
      const marked = [...root.querySelectorAll(Amends.TEXT_MARK)].filter((each) => ownerOf(each) === root);
      const body = marked.length === 1 ? marked[0] : bodies[index];
      return body ? [{ root, body, ownerOf, times: times.get(root) ?? [], authors: authors.get(root) ?? [] }] : [];
    });
  };

  /** The groups of a page, the largest first. @param {Signs} signs */
  const groupsOf = (signs) => {
    const slot = (/** @type {Element} */ part) =>
      `${part.parentElement && signs.shape(part.parentElement)}>${signs.shape(part)}`;
    const repeated = [...grouped(signs.times, slot, false), ...grouped(signs.authors, slot, false)];
    return [...grouped(signs.roots, signs.shape, true), ...repeated].sort((a, b) => b.parts.length - a.parts.length);
  };

  /**
   * What is in posts already; a post of a shape that was found is no part of the one around it.
   * @param {Signs} signs
   */
  const takenBy = (signs) => {
    const taken = /** @type {Set<Element>} */ (new Set());
    const shapes = /** @type {Set<string>} */ (new Set());
    /** @param {Element} part */
    const has = (part) => {
      for (let at = /** @type {Element | null} */ (part); at; at = at.parentElement) {
        if (taken.has(at)) return true;
        if (signs.roots.has(at) || shapes.has(signs.shape(at))) return false;
      }
      return false;
    };
    /** Takes a post unless one of its parts is another's. @param {Found} post */
    const take = ({ root, body }) => {
      if (!root || !body || has(root) || has(body)) return false;
      taken.add(root).add(body);
      if (isTelling(signs.shape(root))) shapes.add(signs.shape(root));
      return true;
    };
    return { has, take };
  };

  /**
   * The posts of a page, each read by `read` from its block. The largest groups come first, and no element is in two
   * posts.
   * @type {Amends['blocks']}
   */
  const blocks = (page, read) => {
    const signs = signsOf(page);
    const { has, take } = takenBy(signs);
    const kept = /** @type {Found[]} */ ([]);
    let left = MOST_GROUPS;
    for (const { parts, areRoots } of groupsOf(signs)) {
      const free = parts.filter((part) => !has(part));
      if (free.length < (areRoots ? 1 : 2) || left <= 0) continue;
      left -= 1;
      const found = read(blocksOf({ parts: free, areRoots }, signs), signs);
      const named = found.filter(({ capture }) => capture.author).length;
      if (areRoots || named >= found.length / 2) kept.push(...found.filter(take));
    }
    return kept;
  };

  Object.assign(Amends, { blocks, shape });
})();
