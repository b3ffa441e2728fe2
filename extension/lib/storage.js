// @ts-check
/** Where does the extension keep what it must not forget? In the browser's own storage, key by key. */
export const api = globalThis.browser ?? globalThis.chrome;

/** @param {string} key @returns {Promise<any>} */
export const recall = async (key) => (await api.storage.local.get(key))[key];

/** @param {Record<string, unknown>} values */
export const keep = (values) => api.storage.local.set(values);

/** @param {...string} keys */
export const forget = (...keys) => api.storage.local.remove(keys);

/** A text of the catalogue in the browser's language. @param {string} key @param {...string} parts */
export const say = (key, ...parts) => api.i18n.getMessage(key, parts);

/** Content scripts live beside strangers' code: they get no access to what is kept. Firefox has no such switch. */
export const closeToPages = async () => {
  await api.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
};
