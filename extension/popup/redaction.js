// @ts-check
/**
 * Redaction of a picture: parts covered with one even colour in the pixels themselves.
 *
 * Blurred or pixelated letters can be guessed back; an even colour holds nothing of what it covers.
 */
import { getMessage } from '../lib/storage.js';

const COLOUR = '#3b4044';
const LEAST = 6; // pixels of the picture: less is a slip of the finger
const STEP = 1 / 40; // of the picture's width, for each press of an arrow

/** @typedef {{ image: ImageBitmap, covers: Rect[], frame?: Rect }} Covering */

/** Draws the picture as it would be sent. @param {Covering} covering */
export const rendered = ({ image, covers }) => {
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  pen.drawImage(image, 0, 0);
  pen.fillStyle = COLOUR;
  for (const { x, y, width, height } of covers) pen.fillRect(x, y, width, height);
  return canvas;
};

/** @param {HTMLCanvasElement} canvas @param {Covering} covering */
export const paint = (canvas, covering) => {
  Object.assign(canvas, { width: covering.image.width, height: covering.image.height });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  pen.drawImage(rendered(covering), 0, 0);
  const { frame } = covering;
  if (!frame) return;
  const line = canvas.width / (canvas.clientWidth || canvas.width);
  pen.fillStyle = 'rgb(0 0 0 / 0.45)';
  pen.fillRect(frame.x, frame.y, frame.width, frame.height);
  for (const [colour, dash] of /** @type {[string, number[]][]} */ ([
    ['#fff', []],
    ['#000', [6 * line, 4 * line]],
  ])) {
    Object.assign(pen, { strokeStyle: colour, lineWidth: 2 * line });
    pen.setLineDash(dash);
    pen.strokeRect(frame.x, frame.y, frame.width, frame.height);
  }
};

/** @param {Rect} rect @param {ImageBitmap} image @returns {Rect} */
const within = (rect, image) => {
  const width = Math.min(Math.max(rect.width, LEAST), image.width);
  const height = Math.min(Math.max(rect.height, LEAST), image.height);
  const [x, y] = [
    Math.min(Math.max(rect.x, 0), image.width - width),
    Math.min(Math.max(rect.y, 0), image.height - height),
  ];
  return { x: Math.floor(x), y: Math.floor(y), width: Math.ceil(width), height: Math.ceil(height) };
};

/** "Left 10 %, top 20 %, 30 % wide, 10 % high". @param {Covering} covering */
const described = ({ frame, image }) => {
  const share = (/** @type {number} */ part, /** @type {number} */ whole) => String(Math.round((part / whole) * 100));
  return frame
    ? getMessage(
        'frameAt',
        share(frame.x, image.width),
        share(frame.y, image.height),
        share(frame.width, image.width),
        share(frame.height, image.height),
      )
    : '';
};

/**
 * @param {KeyboardEvent} event
 * @param {Covering} covering
 * @returns {string | undefined} what to say, or undefined where the key means nothing here
 */
const pressed = (event, covering) => {
  const { image, covers } = covering;
  const step = Math.max(2, Math.round(image.width * STEP));
  const moves = /** @type {Record<string, [number, number]>} */ ({
    ArrowLeft: [-step, 0],
    ArrowRight: [step, 0],
    ArrowUp: [0, -step],
    ArrowDown: [0, step],
  });
  const frame = covering.frame ?? {
    x: image.width / 3,
    y: image.height / 3,
    width: image.width / 3,
    height: image.height / 4,
  };
  const [across, down] = moves[event.key] ?? [0, 0];
  if (event.key === 'Enter' && covering.frame) {
    covers.push(covering.frame);
    covering.frame = undefined;
    return getMessage('covered');
  }
  if (event.key === 'Escape' && covering.frame) {
    covering.frame = undefined;
    return '';
  }
  if (event.key === 'Backspace' || event.key === 'Delete' || (event.key === 'z' && (event.ctrlKey || event.metaKey)))
    return covers.pop() ? getMessage('uncovered') : '';
  if (!moves[event.key] && event.key !== 'Enter') return undefined;
  covering.frame = within(
    !covering.frame
      ? frame
      : event.shiftKey
        ? { ...frame, width: frame.width + across, height: frame.height + down }
        : { ...frame, x: frame.x + across, y: frame.y + down },
    image,
  );
  return described(covering);
};

/**
 * Lets a canvas be covered by pointer and by keyboard. `current` gives what is shown in it.
 * @param {HTMLCanvasElement} canvas
 * @param {() => Covering | undefined} current
 * @param {(words: string) => void} changed
 */
export const coverable = (canvas, current, changed) => {
  let start = /** @type {{ x: number, y: number } | undefined} */ (undefined);
  /** @param {PointerEvent} event */
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    return {
      x: (event.clientX - box.left) * (canvas.width / box.width),
      y: (event.clientY - box.top) * (canvas.height / box.height),
    };
  };
  canvas.onpointerdown = (event) => {
    if (event.button === 0) {
      start = point(event);
      canvas.setPointerCapture(event.pointerId);
    }
  };
  canvas.onpointermove = (event) => {
    const covering = current();
    if (!start || !covering) return;
    const to = point(event);
    covering.frame = within(
      {
        x: Math.min(start.x, to.x),
        y: Math.min(start.y, to.y),
        width: Math.abs(to.x - start.x),
        height: Math.abs(to.y - start.y),
      },
      covering.image,
    );
    paint(canvas, covering);
  };
  canvas.onpointerup = (event) => {
    const covering = current();
    const from = start;
    start = undefined;
    if (!from || !covering?.frame) return;
    const to = point(event);
    const isMeant = Math.abs(to.x - from.x) >= LEAST && Math.abs(to.y - from.y) >= LEAST;
    if (isMeant) covering.covers.push(covering.frame);
    covering.frame = undefined;
    changed(isMeant ? getMessage('covered') : '');
  };
  canvas.onpointercancel = () => {
    start = undefined;
    const covering = current();
    if (covering) covering.frame = undefined;
    changed('');
  };
  canvas.onkeydown = (event) => {
    const covering = current();
    const words = covering && pressed(event, covering);
    if (words === undefined) return;
    event.preventDefault();
    changed(words);
  };
};
