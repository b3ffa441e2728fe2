// @ts-check
/** IndexedDB of the outbox: captures in the order of their creation, and their pictures. */

/** @typedef {{ entries: IDBObjectStore, pictures: IDBObjectStore, held: IDBObjectStore }} Stores */
const STORES = ['entries', 'pictures', 'held'];
let opened = /** @type {Promise<IDBDatabase> | undefined} */ (undefined);

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export const promisify = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const open = () => {
  const request = indexedDB.open('amends', 1);
  request.onupgradeneeded = () => {
    // `at` counts up: the order
    const entries = request.result.createObjectStore('entries', { keyPath: 'at', autoIncrement: true });
    entries.createIndex('id', 'id', { unique: true });
    entries.createIndex('state', 'state');
    request.result.createObjectStore('pictures');
    request.result.createObjectStore('held'); // how many bytes lie here, so that nobody has to count them
  };
  return promisify(request).then((database) => {
    database.onclose = () => {
      opened = undefined;
    };
    database.onversionchange = () => {
      database.close();
      opened = undefined;
    };
    return database;
  });
};

/**
 * Does `work` in one transaction: all of it is kept when this is fulfilled, and on the disk if that is `strict`, or
 * nothing of it.
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(stores: Stores) => Promise<T>} work
 * @param {IDBTransactionDurability} [durability]
 * @returns {Promise<T>}
 */
export const inTransaction = async (mode, work, durability = 'relaxed') => {
  opened ??= open();
  const database = await opened.catch((error) => {
    opened = undefined;
    throw error;
  });
  const transaction = database.transaction(STORES, mode, { durability });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was given up'));
  });
  const stores = /** @type {any} */ (Object.fromEntries(STORES.map((name) => [name, transaction.objectStore(name)])));
  const answer = await work(stores).catch((error) => {
    try {
      transaction.abort();
    } catch {
      /* it has ended by itself */
    }
    done.catch(() => {});
    throw error;
  });
  await done;
  return answer;
};
