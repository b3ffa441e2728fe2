// @ts-check
/** What did the post look like? The visible tab, cut down to the post before anything leaves the browser. */
import { api } from './storage.js';

const LARGEST = 1_100_000; // bytes above which a photograph's format is used
const MARGIN = 8; // CSS pixels left around the post

/** The post's visible part in the picture's own pixels, or undefined when nothing of it is visible.
 * @param {Place} place @param {{ width: number, height: number }} picture @returns {Rect | undefined} */
export const visiblePart = ({ rect, viewport }, picture) => {
  const scale = picture.width / viewport.width;
  const left = Math.max(0, Math.floor((rect.x - MARGIN) * scale));
  const top = Math.max(0, Math.floor((rect.y - MARGIN) * scale));
  const right = Math.min(picture.width, Math.ceil((rect.x + rect.width + MARGIN) * scale));
  const bottom = Math.min(picture.height, Math.ceil((rect.y + rect.height + MARGIN) * scale));
  return right - left >= 16 && bottom - top >= 16 ? { x: left, y: top, width: right - left, height: bottom - top } : undefined;
};

/** @param {string} base64 */
const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
/** The SHA-256 of what is sent, in base64: the server can tell that nothing changed on the way (RFC 9530). @param {Blob} blob */
export const digestOf = async (blob) => btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))));

/** The picture of a post, or undefined where the browser does not allow one (a button in the page grants nothing).
 * @param {{ id?: number, windowId: number }} tab @param {Place | undefined} place
 * @returns {Promise<Picture | undefined>} */
export const take = async (tab, place) => {
  if (!place || tab.id === undefined) return undefined;
  try {
    if (!(await api.tabs.get(tab.id)).active) return undefined;
    const shown = await api.tabs.captureVisibleTab(tab.windowId, { format: 'png' });
    if (!(await api.tabs.get(tab.id)).active) return undefined; // another tab came to the front: not ours to show
    const whole = await createImageBitmap(new Blob([bytesOf(shown.slice(shown.indexOf(',') + 1))], { type: 'image/png' }));
    const part = visiblePart(place, whole);
    if (!part) return undefined;
    const canvas = new OffscreenCanvas(part.width, part.height);
    canvas.getContext('2d')?.drawImage(whole, part.x, part.y, part.width, part.height, 0, 0, part.width, part.height);
    const exact = await canvas.convertToBlob({ type: 'image/png' });
    const blob = exact.size <= LARGEST ? exact : await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
    return { blob, digest: await digestOf(blob) };
  } catch {
    return undefined;
  }
};
