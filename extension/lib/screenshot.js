// @ts-check
/** Screenshot of one post: the visible tab, part by part, cropped to the post before anything leaves the browser. */
import { api } from './storage.js';
import { blobOf, densityOf, encoded } from './pictures.js';
import { EVERYWHERE } from './sites.js';
import { inPage } from './tabs.js';

const PACE = 550; // milliseconds between two pictures: the browser allows two in a second
const MOST_SCREENS = 6;

/**
 * A picture, and why there is none or not all of one: `not_allowed`, `in_background`, `gone` (the post is not on the
 * page any more, or not to be seen), `in_frame` (of another site), `failed`, `cut` (only its first screens), `narrow`
 * (only a part of its width).
 * @typedef {{ picture?: Picture, problem?: string }} Taken
 */
/** @typedef {{ part: Rect, view: Rect, at: number, total: number }} Framed */

let last = 0;
let turn = /** @type {Promise<unknown>} */ (Promise.resolve());

/**
 * The visible tab as it is, after as long as the browser wants.
 * @param {number} windowId
 * @returns {Promise<ImageBitmap>}
 */
const shoot = async (windowId, tries = 3) => {
  await new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, last + PACE - Date.now()));
  });
  last = Date.now();
  try {
    const shown = await api.tabs.captureVisibleTab(windowId, { format: 'png' });
    return await createImageBitmap(blobOf({ type: 'image/png', base64: shown.slice(shown.indexOf(',') + 1) }));
  } catch (error) {
    if (tries <= 1 || !/MAX_CAPTURE|quota/i.test(String(error))) throw error;
    return shoot(windowId, tries - 1);
  }
};

/** One part of the post on the canvas, which the first part sizes. */
class Sheet {
  /** @param {Framed} first @param {ImageBitmap} image */
  constructor({ part, view, total }, image) {
    this.size = { width: part.width, height: Math.min(total, MOST_SCREENS * view.height) };
    this.density = densityOf(image.width / view.width, this.size);
    this.canvas = new OffscreenCanvas(
      Math.max(1, Math.floor(this.size.width * this.density)),
      Math.max(1, Math.floor(this.size.height * this.density)),
    );
    this.drawn = 0;
  }

  /** @param {Framed} framed @param {ImageBitmap} image */
  draw({ part, view, at }, image) {
    const scale = image.width / view.width;
    const [top, height] = [Math.max(0, at) * this.density, part.height * this.density];
    const [left, width] = [(part.x - view.x) * scale, part.width * scale];
    this.canvas
      .getContext('2d')
      ?.drawImage(
        image,
        left,
        (part.y - view.y) * scale,
        width,
        part.height * scale,
        0,
        top,
        this.canvas.width,
        height,
      );
    this.drawn = Math.max(0, at) + part.height;
    image.close();
  }

  /** What was drawn, without what is empty below it. */
  trimmed() {
    const height = Math.min(this.canvas.height, Math.max(1, Math.floor(this.drawn * this.density)));
    if (height === this.canvas.height) return this.canvas;
    const canvas = new OffscreenCanvas(this.canvas.width, height);
    canvas.getContext('2d')?.drawImage(this.canvas, 0, 0);
    return canvas;
  }
}

/**
 * A tab, and the frame in it in which the post stands.
 * @typedef {{ id: number, windowId: number, frame: number }} Spot
 */

/** @param {{ isNarrow: boolean }} framed */
const narrowness = ({ isNarrow }) => (isNarrow ? 'narrow' : undefined);

/** @param {Spot} tab @returns {Promise<Taken>} */
const photograph = async (tab) => {
  let sheet = /** @type {Sheet | undefined} */ (undefined);
  for (let from = 0, screens = 1; ; screens += 1) {
    const framed = await inPage(tab.id, tab.frame, (/** @type {number} */ at) => Amends.framing?.step(at), from);
    if (!framed) return { problem: 'gone' };
    if ('problem' in framed) return { problem: framed.problem };
    if (!(await api.tabs.get(tab.id)).active) return { problem: 'in_background' };
    const image = await shoot(tab.windowId);
    if (!(await api.tabs.get(tab.id)).active) return { problem: 'in_background' }; // another's page: not ours to show
    sheet ??= new Sheet(framed, image);
    sheet.draw(framed, image);
    const isMoved = sheet.drawn > from + 1;
    from = sheet.drawn;
    const isWhole = from >= framed.total - 1;
    if (isWhole || !isMoved || screens === MOST_SCREENS)
      return { picture: await encoded(sheet.trimmed()), problem: isWhole ? narrowness(framed) : 'cut' };
  }
};

/** Whether a picture is allowed at all; asked before a page is touched in vain. @param {number} windowId */
const isAllowed = async (windowId) =>
  (await api.permissions.contains(EVERYWHERE)) ||
  shoot(windowId).then(
    (image) => {
      image.close();
      return true;
    },
    () => false,
  );

/** @param {Spot} tab @param {boolean} isFromPage @returns {Promise<Taken>} */
const takeOne = async (tab, isFromPage) => {
  try {
    if (!(await api.tabs.get(tab.id)).active) return { problem: 'in_background' };
    if (isFromPage && !(await isAllowed(tab.windowId))) return { problem: 'not_allowed' };
    if (!(await inPage(tab.id, tab.frame, () => Amends.framing?.begin()))) return { problem: 'gone' };
    return await photograph(tab);
  } catch (error) {
    console.warn(error);
    return { problem: /permission|allowed/i.test(String(error)) ? 'not_allowed' : 'failed' };
  } finally {
    // the page may be gone, and what was hidden with it
    await inPage(tab.id, tab.frame, () => Amends.framing?.end()).catch(() => {});
  }
};

/**
 * The picture of the post that the page was last asked to show, one after the other.
 * @param {{ id?: number, windowId: number }} tab
 * `isFromPage`: a button in the page grants nothing, a click on ours does.
 * @param {{ frame?: number, isFromPage?: boolean }} [from]
 * @returns {Promise<Taken>}
 */
export const take = async ({ id, windowId }, { frame = 0, isFromPage = false } = {}) => {
  if (id === undefined) return { problem: 'gone' };
  const taken = turn.then(() => takeOne({ id, windowId, frame }, isFromPage));
  turn = taken;
  return taken;
};
