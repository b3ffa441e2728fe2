// @ts-check
/** storage.local by key, and the texts of the message catalogue. */
export const api = globalThis.browser ?? globalThis.chrome;

/** @param {string} key @returns {Promise<any>} */
export const getItem = async (key) => (await api.storage.local.get(key))[key];

/** @param {Record<string, unknown>} values */
export const setItems = (values) => api.storage.local.set(values);

/** @param {...string} keys */
export const removeItems = (...keys) => api.storage.local.remove(keys);

/** A text of the catalogue in the browser's language. @param {string} key @param {...string} parts */
export const getMessage = (key, ...parts) => api.i18n.getMessage(key, parts);

/** Content scripts live beside strangers' code: they get no access to what is kept. Firefox has no such switch. */
export const restrictToTrustedContexts = async () => {
  await api.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
};
