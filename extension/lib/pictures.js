// @ts-check
/** Encoding of screenshots: WebP of bounded size, their digests, and the same picture in fewer bytes. */
import { getItem } from './storage.js';

const MOST = 9_000_000; // characters of base64 that our own pages hand over
const LONGEST_SIDE = 16_000; // pixels; WebP ends at 16,383
const MOST_PIXELS = 12_000_000;
/** What a person chooses in the options: quality from 0 to 1, and at most so many bytes. */
export const QUALITIES = /** @type {Record<string, { quality: number, most: number }>} */ ({
  small: { quality: 0.6, most: 500_000 },
  standard: { quality: 0.85, most: 2_000_000 },
  sharp: { quality: 0.95, most: 6_000_000 },
});

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

/** How many pixels a CSS pixel gets: never more than two, nor more than a picture of that size can hold. */
export const densityOf = (/** @type {number} */ wanted, /** @type {{ width: number, height: number }} */ size) =>
  Math.min(
    wanted,
    2,
    LONGEST_SIDE / Math.max(size.width, size.height),
    Math.sqrt(MOST_PIXELS / (size.width * size.height)),
  );

/** @param {OffscreenCanvas | ImageBitmap} image @param {number} scale */
const scaled = (image, scale) => {
  const canvas = new OffscreenCanvas(Math.ceil(image.width * scale), Math.ceil(image.height * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
};
/**
 * A browser that writes no WebP gives a photograph's format.
 * @param {OffscreenCanvas} canvas
 * @param {number} quality
 */
const written = async (canvas, quality) => {
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
  return blob.type === 'image/webp' ? blob : canvas.convertToBlob({ type: 'image/jpeg', quality });
};

/**
 * What is drawn, as small as it was chosen in the options.
 * @param {OffscreenCanvas} canvas
 * @returns {Promise<Picture>}
 */
export const encoded = async (canvas) => {
  const { quality, most } = QUALITIES[await getItem('pictureQuality')] ?? QUALITIES.standard;
  let blob = await written(canvas, quality);
  for (let scale = 1; blob.size > most && scale > 0.2; scale *= 0.75)
    blob = await written(scale === 1 ? canvas : scaled(canvas, scale), Math.min(quality, 0.6));
  return { type: blob.type, base64: await base64Of(blob) };
};

/**
 * A picture that was too large, with half its width and height; undefined where it cannot be read or gets no smaller.
 * @param {KeptPicture} picture
 * @returns {Promise<KeptPicture | undefined>}
 */
export const reencoded = async (picture) => {
  const whole = await createImageBitmap(picture.blob).catch(() => undefined); // damaged: it is sent as it is
  if (!whole) return undefined;
  const blob = await written(scaled(whole, 0.5), 0.7);
  return blob.size < picture.blob.size ? { ...picture, blob, digest: await digestOf(blob), isSmall: true } : undefined;
};

/**
 * A picture as our own pages send it, or undefined if it cannot be one.
 * @param {any} value
 * @returns {Picture | undefined}
 */
export const checkedPicture = (value) => {
  const isOne =
    /^image\/(png|jpeg|webp)$/.test(value?.type) &&
    typeof value.base64 === 'string' &&
    /^[a-z\d+/]+={0,2}$/i.test(value.base64);
  return isOne && value.base64.length < MOST
    ? { type: value.type, base64: value.base64, ...(value.redacted === true ? { redacted: true } : {}) }
    : undefined;
};
