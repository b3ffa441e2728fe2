// @ts-check
/**
 * Inserts text into a site's reply box as if pasted or typed, and verifies that it is there.
 *
 * Each editor keeps its own model of what it holds, so only input events count. Nothing here sends anything.
 */
(() => {
  const EDITABLE =
    'textarea, input, [contenteditable=""], [contenteditable="true"], [contenteditable="plaintext-only"]';
  /**
   * Lexical (Facebook, Threads), Draft.js (X), Quill (LinkedIn), ProseMirror (Bluesky, Discourse): they keep lines only
   * of what is pasted.
   */
  const PASTED = '[data-lexical-editor], .public-DraftEditor-content, .ql-editor, .ProseMirror';
  const FRAMES = 40; // how long an editor may take to show what it was given
  // there a synthetic paste is said to be handled, and inserts nothing
  const isFirefox = CSS.supports('-moz-appearance', 'none');

  const frame = () =>
    new Promise((resolve) => {
      requestAnimationFrame(resolve);
      setTimeout(resolve, 50);
    });
  /** @param {string} words */
  const squeeze = (words) => words.replace(/[\s\u200B\uFEFF]+/g, '');
  /** @param {HTMLElement} box @returns {box is HTMLTextAreaElement | HTMLInputElement} */
  const isField = (box) => /^(TEXTAREA|INPUT)$/.test(box.nodeName);
  // biome-ignore-start lint/performance/useDomNodeTextContent: an editor's lines are apart only where they are rendered
  /** @param {HTMLElement} box @param {string} words */
  const holds = (box, words) => squeeze(isField(box) ? box.value : box.innerText).includes(squeeze(words));
  // biome-ignore-end lint/performance/useDomNodeTextContent: as above

  /** The box itself of what a site's selector found, which may stand around it. @type {Amends['boxOf']} */
  Amends.boxOf = (found) => (found.matches(EDITABLE) ? found : found.querySelector(EDITABLE));

  /** @param {HTMLTextAreaElement | HTMLInputElement} box @param {string} words */
  const setValue = (box, words) => {
    const [start, end] = [box.selectionStart ?? box.value.length, box.selectionEnd ?? box.value.length];
    const owner = box.nodeName === 'TEXTAREA' ? HTMLTextAreaElement : HTMLInputElement;
    const value = box.value.slice(0, start) + words + box.value.slice(end);
    Object.getOwnPropertyDescriptor(owner.prototype, 'value')?.set?.call(box, value); // React listens to its own setter
    box.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText', data: words }));
    box.dispatchEvent(new Event('change', { bubbles: true }));
  };

  /** Puts the caret into the box, at the end where it stood elsewhere. @param {HTMLElement} box */
  const enter = (box) => {
    box.focus();
    const selection = getSelection();
    if (isField(box) || !selection || box.contains(selection.anchorNode)) return;
    selection.selectAllChildren(box);
    selection.collapseToEnd();
  };

  /** @param {HTMLElement} box @param {string} words */
  const paste = (box, words) => {
    const carried = new DataTransfer();
    carried.setData('text/plain', words);
    box.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true, composed: true }),
    );
  };

  /** @type {Amends['insert']} */
  Amends.insert = async (box, words) => {
    if (holds(box, words)) return 'there';
    enter(box);
    await frame(); // an editor hears of its new selection a moment later
    if (isField(box)) setValue(box, words);
    else if (box.closest(PASTED) && !isFirefox) paste(box, words);
    else document.execCommand('insertText', false, words);
    for (let at = 0; at < FRAMES; at += 1) {
      if (holds(box, words)) return 'there';
      await frame();
    }
    return navigator.clipboard.writeText(words).then(
      () => /** @type {const} */ ('copied'),
      () => /** @type {const} */ ('nowhere'),
    );
  };
})();
