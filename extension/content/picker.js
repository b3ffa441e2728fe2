// @ts-check
/** Picks the post that is meant when the click was not on its own button, and offers all of the page. */
(() => {
  const MOST = 200;
  let found = /** @type {Found[]} */ ([]);

  /**
   * The smallest thing that holds these words: for items without an element, and for the end of those that span a page.
   * @param {string | undefined} words
   * @param {Element} within
   */
  const standing = (words, within = document.body) => {
    const start = (words ?? '').replace(/\s+/g, ' ').trim().slice(0, 40);
    if (start.length < 8) return undefined;
    const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const holder = walker.currentNode.parentElement;
      if (holder?.closest('script, style, template, noscript')) continue;
      if (walker.currentNode.nodeValue?.replace(/\s+/g, ' ').includes(start))
        return holder?.closest('article, section, li, blockquote, p, div') ?? undefined;
    }
    return undefined;
  };

  /** Where the window of this page begins in that of the tab; undefined where another site's frame lies between. */
  Amends.frameOffset = () => {
    const offset = { x: 0, y: 0 };
    for (let view = /** @type {Window} */ (window); view !== view.parent; view = view.parent) {
      let frame;
      try {
        frame = view.frameElement;
      } catch {
        return undefined; // of another site: where it stands cannot be known
      }
      if (!frame) return undefined;
      const box = frame.getBoundingClientRect();
      offset.x += box.left + frame.clientLeft;
      offset.y += box.top + frame.clientTop;
    }
    return offset;
  };

  Amends.placeOf = (root, site) => {
    const box = root.getBoundingClientRect();
    const inside = site ? [...root.querySelectorAll(site.item)] : found.map((item) => item.root);
    const nested = inside
      .filter((inner) => inner && inner !== root && root.contains(inner))
      .map((inner) => /** @type {Element} */ (inner).getBoundingClientRect())
      .find((inner) => inner.height && inner.top > box.top);
    const bottom = Math.min(nested?.top ?? box.bottom, box.bottom);
    return {
      rect: { x: box.left, y: box.top, width: box.width, height: bottom - box.top },
      viewport: { width: innerWidth, height: innerHeight },
    };
  };

  /** @param {Found} item */
  const placeOf = ({ root, site, capture }) => {
    const element = root ?? standing(capture.text);
    return element?.isConnected ? Amends.placeOf(element, site) : undefined;
  };

  /** The place in the picture of the whole tab, as far as that can be known.
   * @param {Place | undefined} place @returns {Place | undefined} */
  const inTab = (place) => {
    const offset = place && Amends.frameOffset?.();
    if (!place || !offset) return place;
    const { x, y, width, height } = place.rect;
    const view = /** @type {Window} */ (window.top);
    return {
      rect: { x: x + offset.x, y: y + offset.y, width, height },
      viewport: { width: view.innerWidth, height: view.innerHeight },
    };
  };

  /**
   * How far an item's own words are from the middle of the window: one that spans the page, as the opening post of a
   * thread may, ends where its text does.
   * @param {Found} item
   * @param {number} index
   */
  const distance = (item, index) => {
    const rect = item.root && placeOf(item)?.rect;
    if (!rect) return { index, away: Infinity, height: 0 };
    const text = rect.height > innerHeight ? standing(item.capture.text, item.root) : undefined;
    const bottom = Math.min(text?.getBoundingClientRect().bottom ?? Infinity, rect.y + rect.height);
    const middle = innerHeight / 2;
    return { index, away: Math.max(rect.y - middle, middle - bottom, 0), height: bottom - rect.y };
  };

  /** An address without what does not tell pages apart. @param {string | undefined} url */
  const bare = (url) => (url ?? '').split(/[?#]/)[0].replace(/\/+$/, '');

  /** The one item whose own page this is, while it is in view; on the page of a thread it is none. */
  const named = () => {
    const here = bare(location.href);
    const own = found.filter(({ capture }) => bare(capture.url) === here);
    const isThread = own.length > 1 || found.some(({ capture }) => bare(capture.url).startsWith(`${here}/`));
    const rect = !isThread && own[0]?.root ? placeOf(own[0])?.rect : undefined;
    return rect && rect.y < innerHeight && rect.y + rect.height > 0 ? found.indexOf(own[0]) : -1;
  };

  /**
   * All items, the one in the middle of the window first; in their order where the page ends above its middle.
   * @returns {number[]}
   */
  const byNearness = () => {
    const first = named();
    const distances = found.map(distance);
    const isShort = document.documentElement.scrollHeight <= innerHeight && distances.every(({ away }) => away > 0);
    const apart = (/** @type {number} */ one, /** @type {number} */ other) =>
      isShort || one === other ? 0 : one - other;
    return distances
      .sort(
        (a, b) =>
          Number(b.index === first) - Number(a.index === first) || apart(a.away, b.away) || apart(a.height, b.height),
      )
      .map(({ index }) => index);
  };

  /** The item that was right-clicked, for the menu that the click opened. */
  const pressed = () => {
    const { element, url } = Amends.pressed ?? {};
    return element?.isConnected && url === location.href ? Amends.innermost(found, element) : undefined;
  };

  /** The item meant beyond doubt: selected, right-clicked for this menu, or the only one. @param {boolean} isMenu */
  const meant = (isMenu) => {
    const selection = Amends.selected(document);
    if (!selection) return (isMenu ? pressed() : undefined) ?? (found.length === 1 ? found[0] : undefined);
    const holder = Amends.holderOf(found, selection);
    if (holder) return holder;
    const alone = Amends.selectedAlone(document, Amends.pageAddress(document) ?? location.href, selection);
    found = [alone, ...found];
    return alone;
  };

  Amends.offer = ({ isMenu = false } = {}) => {
    const seen = new Set();
    const url = Amends.pageAddress(document) ?? location.href;
    const items = Amends.items(document, url).filter(
      ({ capture }) => !seen.has(Amends.key(capture)) && seen.add(Amends.key(capture)),
    );
    found = items.length ? items : (Amends.generic?.(document, url) ?? []);
    const sure = meant(isMenu);
    const order = sure ? [] : byNearness();
    const at = sure ? found.indexOf(sure) : (order[0] ?? 0);
    const start = Math.max(0, Math.min(at - MOST / 2, found.length - MOST));
    found = found.slice(start, start + MOST);
    return {
      captures: found.map(({ capture }) => capture),
      chosen: at - start,
      sure: Boolean(sure),
      alone: Boolean(sure?.alone),
      order: order.map((index) => index - start).filter((index) => index >= 0 && index < found.length),
      platform:
        document.readyState === 'complete'
          ? Amends.sites.find((site) => Amends.serves(site, document, url))?.platform
          : undefined,
      adapters: found.map(({ site }) => ({ name: site?.name ?? 'generic', version: site?.version ?? 1 })),
    };
  };

  Amends.show = (index) => {
    const item = found[index];
    const place = item && placeOf(item);
    if (!item || !place) return undefined;
    const shown = item.root ?? standing(item.capture.text);
    Amends.subject = shown && { root: shown, site: item.site };
    const { rect, viewport } = place;
    const isSeen = rect.y >= 0 && rect.y + Math.min(rect.height, viewport.height) <= viewport.height;
    if (isSeen && window === window.top) return place;
    (item.root ?? standing(item.capture.text))?.scrollIntoView({
      block: rect.height > viewport.height ? 'start' : 'center',
      behavior: 'instant',
    });
    return inTab(placeOf(item));
  };

  Amends.showResult = (result, index) => {
    const beside = found[index]?.root && Amends.buttonStateOf?.(/** @type {Element} */ (found[index].root));
    if (beside && result.outcome !== 'choose') return beside.show(result);
    document.querySelector('amends-toast')?.remove();
    const host = document.createElement('amends-toast');
    host.dataset.toast = '';
    const buttonState = Amends.buttonState(host, { dark: Amends.isDark(document.body), label: '', describe: '' });
    document.documentElement.append(host);
    buttonState.show(result);
    addEventListener(
      'pointerdown',
      (event) => {
        if (event.target !== host) host.remove();
      },
      { once: true },
    );
  };
})();
