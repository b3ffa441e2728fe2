// @ts-check
/** How does what we put on a page get its look, past whatever the page's own policy forbids? */
(() => {
  const isXray = 'wrappedJSObject' in window; // Firefox: no content script may adopt a sheet there (its bug 1751346)
  const sheets = /** @type {Map<string, CSSStyleSheet>} */ (new Map());

  /** @param {string} look */
  const sheetOf = (look) => {
    const sheet = sheets.get(look) ?? new CSSStyleSheet();
    if (!sheets.has(look)) sheet.replaceSync(look);
    sheets.set(look, sheet);
    return sheet;
  };

  /**
   * Gives what is in `shadow` its look; Firefox lets an extension's own style pass the page's policy, Chromium a sheet.
   * @type {Amends['dress']}
   */
  Amends.dress = (shadow, look) => {
    if (isXray) shadow.appendChild(document.createElement('style')).textContent = look;
    else shadow.adoptedStyleSheets = [sheetOf(look)];
  };
})();
