// @ts-check
/** Outbox: captures are written before any request, and deleted only after the server has acknowledged them. */
import { promisify, inTransaction } from './idb.js';

export const MOST_ENTRIES = 500;
export const MOST_BYTES = 200_000_000;

const channel = new BroadcastChannel('amends-outbox');
/**
 * Calls `listener` soon after another page, or the worker, has changed what waits: once for many changes.
 * @param {() => void} listener
 */
export const onChanged = (listener) => {
  let planned = false;
  channel.onmessage = () => {
    if (planned) return;
    planned = true;
    setTimeout(() => {
      planned = false;
      listener();
    }, 80);
  };
};

/**
 * @template T
 * @param {(stores: import('./idb.js').Stores) => Promise<T>} work
 * @param {IDBTransactionDurability} [durability]
 */
const write = async (work, durability) => {
  const answer = await inTransaction('readwrite', work, durability);
  channel.postMessage('changed');
  return answer;
};
/** @param {import('./idb.js').Stores} stores @param {number} more */
const weigh = async ({ held }, more) =>
  promisify(held.put(((await promisify(held.get('bytes'))) ?? 0) + more, 'bytes'));
/** @param {import('./idb.js').Stores} stores @param {number} more */
const fits = async ({ held }, more) => ((await promisify(held.get('bytes'))) ?? 0) + more <= MOST_BYTES;
/** @param {import('./idb.js').Stores} stores @param {string} id @returns {Promise<Entry | undefined>} */
const find = ({ entries: kept }, id) => promisify(kept.index('id').get(id));

/** Everything that waits or failed, in the order of its making. @returns {Promise<Entry[]>} */
export const entries = () => inTransaction('readonly', ({ entries: kept }) => promisify(kept.getAll()));
/** @param {string} id */
export const entryOf = (id) => inTransaction('readonly', (stores) => find(stores, id));
/** @param {string} id @returns {Promise<KeptPicture | undefined>} */
export const pictureOf = (id) =>
  inTransaction('readonly', async (stores) => {
    const entry = await find(stores, id);
    return entry && promisify(stores.pictures.get(/** @type {number} */ (entry.at)));
  });
/** How many are here, and how many of them were refused. */
export const counts = () =>
  inTransaction('readonly', async ({ entries: kept }) => ({
    all: await promisify(kept.count()),
    failed: await promisify(kept.index('state').count('failed')),
  })).catch(() => ({ all: 0, failed: 0 })); // nothing waits where nothing can be kept

/**
 * Keeps a capture, or says why it is not: there is no room, and none is pushed out for it; or the browser keeps nothing
 * (a private window, history switched off, a disk that is full). One that is here already stays as it is.
 * @param {Entry} entry
 * @returns {Promise<'kept' | 'full' | 'notKept'>}
 */
export const put = (entry) =>
  write(async (stores) => {
    if (await find(stores, entry.id)) return /** @type {const} */ ('kept');
    const bytes = JSON.stringify(entry.body).length;
    if ((await promisify(stores.entries.count())) >= MOST_ENTRIES || !(await fits(stores, bytes))) return 'full';
    await promisify(stores.entries.add({ ...entry, bytes }));
    await weigh(stores, bytes);
    return /** @type {const} */ ('kept');
  }, 'strict').catch((error) => {
    console.error(error);
    return 'notKept';
  });

/** Whether this browser keeps anything at all: a write is tried, and leaves nothing behind. */
export const keepsAnything = () =>
  inTransaction('readwrite', async ({ held }) => {
    await promisify(held.put(1, 'probe'));
    await promisify(held.delete('probe'));
    return true;
  }).catch(() => false); // why does not matter: what is clicked would be lost

/** @param {string} id @param {Partial<Entry>} changes @returns {Promise<Entry | undefined>} */
export const change = (id, changes) =>
  write(async (stores) => {
    const entry = await find(stores, id);
    if (entry) await promisify(stores.entries.put({ ...entry, ...changes }));
    return entry && { ...entry, ...changes };
  });

/**
 * Changes what a capture says, unless a server may have it already: another text under the same id would be refused.
 * @param {string} id
 * @param {(body: Entry['body']) => Entry['body']} revised
 */
export const revise = (id, revised) =>
  write(async (stores) => {
    const entry = await find(stores, id);
    if (entry && !entry.sent) await promisify(stores.entries.put({ ...entry, body: revised(entry.body) }));
  });

/**
 * Why a capture has no picture, where it does not say so itself.
 * @param {Entry} entry @param {KeptPicture | undefined} picture @param {string | undefined} problem
 */
const whyNone = (entry, picture, problem) => {
  if (picture) return 'no_room';
  return entry.sent ? problem : undefined;
};

/**
 * Adds the picture to a capture that is still here, or says that there is none, and why: a capture that a server has
 * already is told of it by itself.
 * @param {string} id
 * @param {KeptPicture | undefined} picture
 * @param {string} [problem]
 */
export const attach = (id, picture, problem) =>
  write(async (stores) => {
    const entry = await find(stores, id);
    const kept = Boolean(entry && picture && (await fits(stores, picture.blob.size)));
    const bytes = kept ? (picture?.blob.size ?? 0) : 0;
    if (kept) await promisify(stores.pictures.put(picture, entry?.at));
    if (kept) await weigh(stores, bytes);
    if (entry)
      await promisify(
        stores.entries.put({
          ...entry,
          bytes: (entry.bytes ?? 0) + bytes,
          screenshot: kept ? 'kept' : 'none',
          untold: kept ? undefined : whyNone(entry, picture, problem),
        }),
      );
    return kept;
  }, 'strict').catch(async (error) => {
    console.error(error);
    await change(id, { screenshot: 'none' });
    return false;
  });

/**
 * Puts another picture in the place of the one that is kept; false if the capture, or the room, is gone.
 * @param {string} id
 * @param {KeptPicture} picture
 */
export const replacePicture = (id, picture) =>
  write(async (stores) => {
    const entry = await find(stores, id);
    if (!entry) return false;
    const before = /** @type {KeptPicture | undefined} */ (await promisify(stores.pictures.get(entry.at ?? -1)));
    const more = picture.blob.size - (before?.blob.size ?? 0);
    if (!(await fits(stores, more))) return false;
    await promisify(stores.pictures.put(picture, entry.at));
    await promisify(stores.entries.put({ ...entry, bytes: (entry.bytes ?? 0) + more }));
    await weigh(stores, more);
    return true;
  }, 'strict');

/** @param {string} id */
export const drop = (id) =>
  write(async (stores) => {
    const entry = await find(stores, id);
    if (!entry) return;
    await promisify(stores.entries.delete(/** @type {number} */ (entry.at)));
    await promisify(stores.pictures.delete(/** @type {number} */ (entry.at)));
    await weigh(stores, -(entry.bytes ?? 0));
  });
