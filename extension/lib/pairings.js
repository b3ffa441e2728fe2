// @ts-check
/** Stored pairings: one member of one server, or several; each capture belongs to one of them. */
import { removeItems, setItems, getItem } from './storage.js';

/**
 * The same member of the same server is the same pairing, whatever its token.
 * @param {{ server: string, member: string, email?: string }} pairing
 */
export const keyOf = ({ server, member, email }) => `${server} ${email ?? member}`;

/** @returns {Promise<Pairing[]>} */
export const pairings = async () => (await getItem('pairings')) ?? [];
/** @param {string | undefined} key */
export const pairingOf = async (key) => (await pairings()).find((pairing) => pairing.key === key);

/** @param {(all: Pairing[]) => Pairing[]} work */
const rewrite = (work) =>
  navigator.locks.request('amends-pairings', async () => setItems({ pairings: work(await pairings()) }));
/** @param {Pairing} pairing */
export const addPairing = (pairing) => rewrite((all) => [...all.filter(({ key }) => key !== pairing.key), pairing]);
/** @param {string} key @param {Partial<Pairing>} changes */
export const changePairing = (key, changes) =>
  rewrite((all) => all.map((pairing) => (pairing.key === key ? { ...pairing, ...changes } : pairing)));
/** @param {string} key */
export const removePairing = async (key) => {
  await rewrite((all) => all.filter((pairing) => pairing.key !== key));
  await removeItems(`summary:${key}`, `rest:${key}`, `posts:${key}`, `places:${key}`);
};

/** @param {string | undefined} url */
const hostOf = (url) => (url && URL.canParse(url) ? new URL(url).hostname : '');
/** For whom a capture made at an address is meant: whoever got the last one from that site, else the last one at all.
 * @param {string | undefined} url @returns {Promise<Pairing | undefined>} */
export const pairingFor = async (url) => {
  const [all, last] = [await pairings(), (await getItem('lastUsed')) ?? {}];
  return [last[hostOf(url)], last['']].map((key) => all.find((pairing) => pairing.key === key)).find(Boolean) ?? all[0];
};
/**
 * Remembers, where there is a choice, who got the last capture of a site.
 * @param {string | undefined} url
 * @param {string} key
 */
export const remember = async (url, key) => {
  if ((await pairings()).length < 2) return;
  await navigator.locks.request('amends-last-used', async () =>
    setItems({ lastUsed: { ...(await getItem('lastUsed')), [hostOf(url)]: key, '': key } }),
  );
};
