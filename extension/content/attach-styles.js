// @ts-check
/** Style sheets for our shadow roots that the page's content security policy cannot block. */
(() => {
  const isXray = 'wrappedJSObject' in window; // Firefox: no content script may adopt a sheet there (its bug 1751346)
  const sheets = /** @type {Map<string, CSSStyleSheet>} */ (new Map());

  /** Left out of pictures, where it stands: the page's own styles reach no `!important` of a shadow tree. */
  const HIDDEN = ':host([data-hidden]) { visibility: hidden !important; }';

  /** @param {string} look */
  const sheetOf = (look) => {
    const sheet = sheets.get(look) ?? new CSSStyleSheet();
    if (!sheets.has(look)) sheet.replaceSync(look + HIDDEN);
    sheets.set(look, sheet);
    return sheet;
  };

  /**
   * Gives what is in `shadow` its look; Firefox lets an extension's own style pass the page's policy, Chromium a sheet.
   * @type {Amends['attachStyles']}
   */
  Amends.attachStyles = (shadow, look) => {
    if (isXray) shadow.appendChild(document.createElement('style')).textContent = look + HIDDEN;
    else shadow.adoptedStyleSheets = [sheetOf(look)];
  };
})();
