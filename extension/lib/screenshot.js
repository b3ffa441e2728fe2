// @ts-check
/** Screenshot of the visible tab, cropped to the post before anything leaves the browser. */
import { api } from './storage.js';

const LARGEST = 1_500_000; // characters of base64 above which a photograph's format is used
const MOST = 7_000_000; // characters of base64 that the server takes
const PAUSE = 600; // milliseconds until the browser allows another picture
const MARGIN = 8; // CSS pixels left around the post

/** The post's visible part in the picture's own pixels, or undefined when nothing of it is visible.
 * @param {Place} place @param {{ width: number, height: number }} picture @returns {Rect | undefined} */
export const visiblePart = ({ rect, viewport }, picture) => {
  const scale = picture.width / viewport.width;
  const left = Math.max(0, Math.floor((rect.x - MARGIN) * scale));
  const top = Math.max(0, Math.floor((rect.y - MARGIN) * scale));
  const right = Math.min(picture.width, Math.ceil((rect.x + rect.width + MARGIN) * scale));
  const bottom = Math.min(picture.height, Math.ceil((rect.y + rect.height + MARGIN) * scale));
  return right - left >= 16 && bottom - top >= 16
    ? { x: left, y: top, width: right - left, height: bottom - top }
    : undefined;
};

/** @param {string} base64 */
const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
/** @param {{ type: string, base64: string }} picture */
export const blobOf = ({ type, base64 }) => new Blob([bytesOf(base64)], { type });

/** @param {Blob} blob */
const base64Of = async (blob) => {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let letters = '';
  for (let at = 0; at < bytes.length; at += 32_768) letters += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(letters);
};

/**
 * The SHA-256 of what is sent, in base64: the server can tell that nothing changed on the way (RFC 9530).
 * @param {Blob} blob
 */
export const digestOf = async (blob) =>
  btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))));

/**
 * A picture as it is kept and sent: its bytes, and what they are.
 * @param {Picture} picture
 * @returns {Promise<KeptPicture>}
 */
export const kept = async (picture) => {
  const blob = blobOf(picture);
  return { blob, digest: await digestOf(blob), ...(picture.redacted ? { redacted: true } : {}) };
};

/** What is drawn, exactly where that is not too large. @param {OffscreenCanvas} canvas @returns {Promise<Picture>} */
export const encoded = async (canvas) => {
  const exact = await base64Of(await canvas.convertToBlob({ type: 'image/png' }));
  if (exact.length <= LARGEST) return { type: 'image/png', base64: exact };
  return {
    type: 'image/jpeg',
    base64: await base64Of(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })),
  };
};

/**
 * A picture that was too large, in about a fifth of the bytes; undefined where it cannot be read or gets no smaller.
 * @param {KeptPicture} picture
 * @returns {Promise<KeptPicture | undefined>}
 */
export const reencoded = async (picture) => {
  const whole = await createImageBitmap(picture.blob).catch(() => undefined);
  if (!whole) return undefined;
  const canvas = new OffscreenCanvas(Math.ceil(whole.width / 2), Math.ceil(whole.height / 2));
  canvas.getContext('2d')?.drawImage(whole, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.7 });
  return blob.size < picture.blob.size ? { ...picture, blob, digest: await digestOf(blob), isSmall: true } : undefined;
};

/**
 * A picture as our own pages send it, or undefined if it cannot be one.
 * @param {any} value
 * @returns {Picture | undefined}
 */
export const checkedPicture = (value) => {
  const isOne =
    /^image\/(png|jpeg)$/.test(value?.type) &&
    typeof value.base64 === 'string' &&
    /^[a-z\d+/]+={0,2}$/i.test(value.base64);
  return isOne && value.base64.length < MOST
    ? { type: value.type, base64: value.base64, ...(value.redacted === true ? { redacted: true } : {}) }
    : undefined;
};

/** The visible tab. The browser allows two pictures a second: one more waits for its turn, and is not lost.
 * @param {number} windowId @param {number} [tries] @returns {Promise<string>} */
const shoot = async (windowId, tries = 3) => {
  try {
    return await api.tabs.captureVisibleTab(windowId, { format: 'png' });
  } catch (error) {
    if (tries <= 1 || !/MAX_CAPTURE|quota/i.test(String(error))) throw error;
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSE);
    });
    return shoot(windowId, tries - 1);
  }
};

/** The picture of a post, or undefined where the browser does not allow one (a button in the page grants nothing).
 * @param {{ id?: number, windowId: number }} tab @param {Place | undefined} place */
export const take = async (tab, place) => {
  if (!place || tab.id === undefined) return undefined;
  try {
    if (!(await api.tabs.get(tab.id)).active) return undefined;
    const shown = await shoot(tab.windowId);
    if (!(await api.tabs.get(tab.id)).active) return undefined; // another tab came to the front: not ours to show
    const whole = await createImageBitmap(
      new Blob([bytesOf(shown.slice(shown.indexOf(',') + 1))], { type: 'image/png' }),
    );
    const part = visiblePart(place, whole);
    if (!part) return undefined;
    const canvas = new OffscreenCanvas(part.width, part.height);
    canvas.getContext('2d')?.drawImage(whole, part.x, part.y, part.width, part.height, 0, 0, part.width, part.height);
    return await encoded(canvas);
  } catch {
    return undefined;
  }
};
