// @ts-check
/** Inline confirmation of what cannot be undone; the harmless answer has the focus. */
import { make } from './dom.js';

/**
 * Draws the question into `box`; `after` gets the keyboard back when the answer is no.
 * @param {HTMLElement} box
 * @param {{ text: string, yes: string, no: string, after: HTMLElement }} words
 * @param {() => unknown} act
 */
export const confirmInPlace = (box, { text, yes, no, after }, act) => {
  const close = () => {
    box.replaceChildren();
    after.focus();
  };
  const refuse = make('button', { type: 'button', className: 'no', textContent: no, onclick: close });
  box.replaceChildren(
    make(
      'div',
      {
        className: 'notice',
        role: 'alert',
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key === 'Escape') close();
        },
      },
      make('p', { textContent: text }),
      make(
        'p',
        { className: 'row' },
        make('button', { type: 'button', className: 'yes', textContent: yes, onclick: act }),
        refuse,
      ),
    ),
  );
  refuse.focus();
};
