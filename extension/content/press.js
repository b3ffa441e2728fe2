// @ts-check
/** Remembers what was right-clicked, for the context menu that the click opens and for nothing else. */
(() => {
  const FORGET = ['scroll', 'wheel', 'keydown', 'pointerdown', 'popstate', 'hashchange', 'pagehide'];

  /** @param {Event} event */
  const forget = (event) => {
    if (event.isTrusted) Amends.pressed = undefined;
  };

  /** @param {MouseEvent} event */
  const remember = (event) => {
    const [element] = event.composedPath(); // through open shadow trees
    if (event.isTrusted && element instanceof Element) Amends.pressed = { element, url: location.href };
  };

  /** Begins to listen, and gives what ends it. @type {NonNullable<Amends['rememberPress']>} */
  Amends.rememberPress = () => {
    addEventListener('contextmenu', remember, true);
    for (const kind of FORGET) addEventListener(kind, forget, { capture: true, passive: true });
    return () => {
      removeEventListener('contextmenu', remember, true);
      for (const kind of FORGET) removeEventListener(kind, forget, { capture: true });
    };
  };
})();
