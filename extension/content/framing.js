// @ts-check
/** Prepares the page for a picture of one post: brings it into view, hides what lies over it, and puts all back. */
(() => {
  const OURS = 'amends-button, amends-reply, amends-toast';
  const MARGIN = 8; // CSS pixels left around the post
  const SPOTS = [0.02, 0.25, 0.5, 0.75, 0.98]; // where it is looked whether something lies over the post
  const MOST_ELEMENTS = 20_000;
  const NEARLY = 0.95; // of a post's width: less of it is a part
  const SETTLING = 100; // milliseconds in which what was drawn gets to the screen, where it has many pixels
  const MOST_DRAWING = 1_000; // a page in the background is never drawn
  let undo = /** @type {(() => void)[]} */ ([]);
  let post = /** @type {Amends['subject']} */ (undefined);

  /** Whether `node` stands inside `element`, in whatever shadow tree. @param {Node} element @param {Node} node */
  const holds = (element, node) => {
    for (let at = /** @type {Node | null} */ (node); at; at = at.parentNode ?? /** @type {any} */ (at).host ?? null)
      if (at === element) return true;
    return false;
  };
  /** @param {Rect} a @param {Rect} b @returns {Rect} */
  const overlap = (a, b) => {
    const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
    const [right, bottom] = [Math.min(a.x + a.width, b.x + b.width), Math.min(a.y + a.height, b.y + b.height)];
    return { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
  };
  const isEmpty = (/** @type {Rect} */ { width, height }) => width < 1 || height < 1;

  /** The part of the page that is on the screen, also where it was pinched larger. @returns {Rect} */
  const view = (of = /** @type {Window} */ (window)) => {
    const seen = of.visualViewport;
    return seen && Math.abs(seen.scale - 1) > 0.01
      ? { x: seen.offsetLeft, y: seen.offsetTop, width: seen.width, height: seen.height }
      : { x: 0, y: 0, width: of.innerWidth, height: of.innerHeight };
  };
  /** @param {Element} root */
  const scrollers = (root) => {
    const found = [];
    for (let at = root.parentElement; at && at !== document.body; at = at.parentElement)
      if (/auto|scroll|overlay/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight + 1)
        found.push(at);
    return [...found, document.scrollingElement ?? document.documentElement];
  };
  /** What can be seen of the place in which a post stands. @param {Element} root */
  const clip = (root) =>
    scrollers(root)
      .filter((one) => one !== document.scrollingElement)
      .reduce((seen, one) => overlap(seen, one.getBoundingClientRect()), view());
  /** The post with its margin, without the replies nested in it. */
  const box = () => {
    const { rect } = /** @type {Place} */ (post && Amends.placeOf(post.root, post.site));
    const [width, height] = [rect.width + 2 * MARGIN, rect.height + 2 * MARGIN];
    return { x: rect.x - MARGIN, y: rect.y - MARGIN, width, height };
  };

  /**
   * Not by `visibility`, which a page may give back to what stands inside.
   * @param {Element} element
   */
  const hide = (element) => {
    const { style } = /** @type {HTMLElement} */ (element);
    if (!style) return;
    const before = ['opacity', 'transition'].map((name) => [
      name,
      style.getPropertyValue(name),
      style.getPropertyPriority(name),
    ]);
    style.setProperty('transition', 'none', 'important');
    style.setProperty('opacity', '0', 'important');
    undo.push(() => {
      for (const [name, value, priority] of before.toReversed()) style.setProperty(name, value, priority);
    });
  };
  /** Our own buttons, marks and bars, which keep their place. */
  const hideOurs = () => {
    for (const host of document.querySelectorAll(OURS)) {
      host.setAttribute('data-hidden', '');
      undo.push(() => host.removeAttribute('data-hidden'));
    }
  };
  /**
   * What stays on the screen while the page scrolls, where it meets the post.
   * @param {Element} root
   * @param {Rect} part
   */
  const bars = (root, part) =>
    [...document.querySelectorAll('body *')]
      .slice(0, MOST_ELEMENTS)
      .filter((element) => /fixed|sticky/.test(getComputedStyle(element).position))
      .filter((element) => !isEmpty(overlap(element.getBoundingClientRect(), part)))
      .filter((element) => !holds(element, root) && !holds(root, element));
  /** Whatever else is painted over the post. @param {Element} root @param {Rect} part */
  const covers = (root, part) => {
    const found = new Set();
    for (const down of SPOTS)
      for (const across of SPOTS)
        for (const element of document.elementsFromPoint(part.x + across * part.width, part.y + down * part.height)) {
          if (holds(root, element) || holds(element, root)) break;
          found.add(element);
        }
    return found;
  };

  /**
   * Brings the post's part that begins at `from` to the top of what is seen.
   * @param {Element} root
   * @param {number} from
   */
  const bring = (root, from) => {
    const here = box();
    const seen = clip(root);
    if (window === window.top && from === 0 && here.y >= seen.y && here.y + here.height <= seen.y + seen.height) return;
    if (from === 0) root.scrollIntoView({ block: 'start', inline: 'nearest', behavior: 'instant' });
    const [inner, outer] = [scrollers(root)[0], document.scrollingElement];
    for (const scroller of new Set([inner, outer])) {
      const now = clip(root);
      const wanted = now.y + Math.max(0, from === 0 ? (now.height - here.height) / 2 : 0);
      scroller?.scrollBy({ top: box().y + from - wanted, behavior: 'instant' });
    }
  };
  /** The same in the tab, of which this page may be a frame. @param {Rect} part @param {Rect} here */
  const inTab = (part, here) => {
    const top = /** @type {Window} */ (window.top);
    if (window === top) return { part, view: view(), at: part.y - here.y, total: here.height };
    const offset = Amends.frameOffset?.();
    if (!offset) return { problem: 'in_frame' };
    const whole = view(top);
    const moved = overlap({ ...part, x: part.x + offset.x, y: part.y + offset.y }, whole);
    return isEmpty(moved)
      ? undefined
      : { part: moved, view: whole, at: moved.y - here.y - offset.y, total: here.height };
  };
  /** Until what was hidden is off the screen too, not only out of the page. */
  const drawn = () =>
    new Promise((resolve) => {
      const afterFrames = (/** @type {() => void} */ work) =>
        requestAnimationFrame(() => {
          requestAnimationFrame(work);
        });
      afterFrames(() => setTimeout(() => afterFrames(() => resolve(undefined)), SETTLING));
      setTimeout(resolve, MOST_DRAWING);
    });
  /** Whether less than the width of the post can be seen, as on a pinched page. @param {Element} root */
  const isNarrow = (root) => {
    const { rect } = /** @type {Place} */ (post && Amends.placeOf(root, post.site));
    return overlap(rect, clip(root)).width < rect.width * NEARLY;
  };

  /** @type {NonNullable<Amends['framing']>} */
  Amends.framing = {
    begin() {
      Amends.framing?.end();
      post = Amends.subject;
      if (!post?.root.isConnected) return false;
      const places = scrollers(post.root).map((one) => /** @type {[Element, number]} */ ([one, one.scrollTop]));
      undo.push(() => {
        for (const [one, top] of places) one.scrollTo({ top, behavior: 'instant' });
      });
      return true;
    },
    async step(from) {
      if (!post?.root.isConnected) return undefined;
      const { root } = post;
      bring(root, from);
      hideOurs();
      const here = box();
      const part = overlap(here, clip(root));
      if (isEmpty(part)) return undefined;
      for (const element of new Set([...bars(root, part), ...covers(root, part)])) hide(element);
      await drawn();
      const framed = inTab(part, here);
      return framed && { ...framed, isNarrow: isNarrow(root) };
    },
    end() {
      for (const back of undo.toReversed()) back();
      undo = [];
    },
  };
})();
