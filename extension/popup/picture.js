// @ts-check
/** Preview of the screenshot before it is sent, to be redacted in parts or removed. */
import { getMessage } from '../lib/storage.js';
import { byId, sendMessage } from '../lib/dom.js';
import { blobOf, encoded } from '../lib/pictures.js';
import { coverable, paint, rendered } from './redaction.js';

const REST = 300; // milliseconds on one post before its picture is taken: the browser allows two in a second

/**
 * @typedef {{ taken?: Picture, problem?: string, covering?: import('./redaction.js').Covering, isOut: boolean }} Shown
 */

/**
 * Takes the picture of a post and makes it ready to be covered.
 * @param {number} tab
 * @param {number | undefined} frame
 * @param {number} index
 * @returns {Promise<Shown>}
 */
const take = async (tab, frame, index) => {
  const { picture: taken, problem } = /** @type {import('../lib/screenshot.js').Taken} */ (
    await sendMessage({ type: 'picture', tab, frame, index })
  );
  const covering = taken && { image: await createImageBitmap(blobOf(taken)), covers: [] };
  return { taken, problem, covering, isOut: false };
};

/**
 * The picture to be sent: as edited, `null` where it was taken out or could not be taken, `undefined` where none was
 * shown yet.
 * @param {Shown | undefined} state
 */
const chosenOf = async ({ taken, covering, isOut, problem } = { isOut: false }) => {
  if (isOut || (problem && !taken)) return null;
  if (!covering?.covers.length) return taken;
  return { ...(await encoded(rendered(covering))), redacted: true };
};

/** @param {number} tab @param {number} [frame] */
export const startPicture = (tab, frame) => {
  const states = /** @type {Map<number, Shown>} */ (new Map());
  const canvas = /** @type {HTMLCanvasElement} */ (byId('shot'));
  let at = -1;

  const draw = (words = '') => {
    const state = states.get(at);
    const covering = state?.covering;
    byId('picture').hidden = !covering;
    byId('picture-problem').textContent = Amends.pictureText(state?.problem);
    if (!state || !covering) return;
    canvas.hidden = byId('cover').hidden = state.isOut;
    byId('uncover').hidden = state.isOut || !covering.covers.length;
    byId('take-out').textContent = state.isOut ? getMessage('putBack') : getMessage('takeOut');
    byId('picture-told').textContent = state.isOut ? getMessage('isOut') : words;
    byId('cover-hint').hidden = document.activeElement !== canvas;
    if (!state.isOut) paint(canvas, covering);
  };

  byId('cover').onclick = () => canvas.focus();
  byId('uncover').onclick = () => {
    states.get(at)?.covering?.covers.pop();
    draw(getMessage('uncovered'));
    if (byId('uncover').hidden) byId('cover').focus();
  };
  byId('take-out').onclick = () => {
    const state = states.get(at);
    if (state) state.isOut = !state.isOut;
    draw();
  };
  canvas.onfocus = canvas.onblur = () => {
    byId('cover-hint').hidden = document.activeElement !== canvas;
  };
  coverable(canvas, () => states.get(at)?.covering, draw);

  return {
    /** Shows the picture of a post as soon as there is one. @param {number} index */
    async show(index) {
      const isFirst = at < 0;
      at = index;
      draw();
      if (states.has(index)) return;
      if (!isFirst)
        await new Promise((resolve) => {
          setTimeout(resolve, REST);
        });
      if (at !== index) return;
      const shown = await take(tab, frame, index);
      states.set(index, shown);
      if (at === index) draw();
    },
    /** Why there is none, or not all of one, in a word. @param {number} index */
    problem: (index) => states.get(index)?.problem,
    chosen: (/** @type {number} */ index) => chosenOf(states.get(index)),
  };
};
