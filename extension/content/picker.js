// @ts-check
/** Picks the post that is meant when the click was not on its own button, and offers all of the page. */
(() => {
  const MOST = 200;
  let found = /** @type {Found[]} */ ([]);

  /**
   * The smallest thing on the page that holds these words, for statements that have no element.
   * @param {string | undefined} words
   */
  const standing = (words) => {
    const start = (words ?? '').replace(/\s+/g, ' ').trim().slice(0, 40);
    if (start.length < 8) return undefined;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const holder = walker.currentNode.parentElement;
      if (holder?.closest('script, style, template, noscript')) continue;
      if (walker.currentNode.nodeValue?.replace(/\s+/g, ' ').includes(start))
        return holder?.closest('article, section, li, blockquote, p, div') ?? undefined;
    }
    return undefined;
  };

  Amends.placeOf = (root, site) => {
    const box = root.getBoundingClientRect();
    const nested =
      site &&
      [...root.querySelectorAll(site.item)]
        .map((inner) => inner.getBoundingClientRect())
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

  /**
   * The item pressed or selected, else the one whose own page this is while it is in view, else the smallest nearest to
   * the middle.
   */
  const chosen = () => {
    const selection = getSelection();
    const picked = selection && !selection.isCollapsed ? selection.anchorNode : Amends.pressed;
    const holding = found
      .map(({ root }, index) => ({ root, index }))
      .filter(({ root }) => picked && root?.contains(picked));
    const inner = holding.find(
      ({ root }) => !holding.some((other) => other.root !== root && root?.contains(other.root ?? null)),
    );
    if (inner) return inner.index;
    const named = found.findIndex(
      ({ capture }) => capture.url?.replace(/\/+$/, '') === location.href.split(/[?#]/)[0].replace(/\/+$/, ''),
    );
    const place = named >= 0 && found[named].root ? placeOf(found[named]) : undefined;
    if (place && place.rect.y < innerHeight && place.rect.y + place.rect.height > 0) return named;
    const middle = innerHeight / 2;
    const distances = found.map((item, index) => {
      const rect = item.root && placeOf(item)?.rect;
      const away = rect ? Math.max(rect.y - middle, middle - rect.y - rect.height, 0) : index;
      return { index, away, height: rect?.height ?? 0 };
    });
    return distances.sort((a, b) => a.away - b.away || a.height - b.height)[0]?.index ?? 0;
  };

  Amends.offer = () => {
    const seen = new Set();
    const items = Amends.items(document, location.href).filter(
      ({ capture }) => !seen.has(Amends.key(capture)) && seen.add(Amends.key(capture)),
    );
    found = items.length ? items : (Amends.generic?.(document, location.href) ?? []);
    const at = chosen();
    const start = Math.max(0, Math.min(at - MOST / 2, found.length - MOST));
    found = found.slice(start, start + MOST);
    return {
      captures: found.map(({ capture }) => capture),
      chosen: at - start,
      platform:
        document.readyState === 'complete'
          ? Amends.sites.find((site) => Amends.serves(site, document, location.href))?.platform
          : undefined,
      adapters: found.map(({ site }) => ({ name: site?.name ?? 'generic', version: site?.version ?? 1 })),
    };
  };

  Amends.show = (index) => {
    const item = found[index];
    const place = item && placeOf(item);
    if (!item || !place) return undefined;
    const { rect, viewport } = place;
    if (rect.y >= 0 && rect.y + Math.min(rect.height, viewport.height) <= viewport.height) return place;
    (item.root ?? standing(item.capture.text))?.scrollIntoView({
      block: rect.height > viewport.height ? 'start' : 'center',
      behavior: 'instant',
    });
    return placeOf(item);
  };

  Amends.showResult = (result, index) => {
    const beside = found[index]?.root && Amends.buttonStateOf?.(/** @type {Element} */ (found[index].root));
    if (beside) return beside.show(result);
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
