// @ts-check
/**
 * Places to watch: the pages whose visit is due for the member, by a local list.
 *
 * That one of them was opened is told by its id, once; no other address is compared with anything but this list.
 */
import '../content/page.js';
import '../content/folded.js';
import { getItem, removeItems, setItems } from './storage.js';
import { ask } from './api.js';
import { pairings } from './pairings.js';

const MOST_PLACES = 200;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const LOCK = 'amends-places'; // two events of one page make one visit

/** @typedef {{ id: string, url: string }} Place */

/** Whether opened places are told; they are until a person says no. */
export const arePlacesOn = async () => !(await getItem('placesOff'));

/** @param {string | undefined} address */
const partsOf = (address) => {
  const [page, query = ''] = (Amends.folded(address) ?? '').replace(/#.*$/, '').split('?');
  return { page, pairs: query.split('&').filter(Boolean) };
};

/**
 * Whether a page is the place: the same address, whatever else stands in its query.
 * @param {string} place
 * @param {string | undefined} url
 */
export const isAt = (place, url) => {
  const [there, here] = [partsOf(place), partsOf(url)];
  return Boolean(there.page) && here.page === there.page && there.pairs.every((pair) => here.pairs.includes(pair));
};

/** @param {any} value @returns {Place[]} */
const checked = (value) =>
  (Array.isArray(value) ? value : []).slice(0, MOST_PLACES).flatMap((place) => {
    const url = Amends.address(place?.url);
    return url && UUID.test(place.id) ? [{ id: place.id, url }] : [];
  });

/** Asks one server which places are due for its member. An error changes nothing. @param {Pairing} to */
const refreshOf = async (to) => {
  if (to.refused) return;
  const tag = (await getItem(`places:${to.key}`))?.tag;
  const answer = await ask(to, 'GET', '/places', { tag, valid: (data) => Array.isArray(data?.places) });
  if (answer.kind !== 'done' || answer.same) return;
  await setItems({ [`places:${to.key}`]: { tag: answer.tag, places: checked(answer.data.places) } });
};

/** Asks every server; where it is switched off nothing is asked, and nothing is kept. */
export const refreshPlaces = async () => {
  const all = await pairings();
  if (await arePlacesOn()) await Promise.all(all.map(refreshOf));
  else await removeItems(...all.map(({ key }) => `places:${key}`));
};

/**
 * Takes the places at an address out of the list of one pairing; the next refresh brings back what was not counted.
 * @param {string} key
 * @param {string} url
 */
const taken = async (key, url) => {
  /** @type {Place[]} */
  const places = (await getItem(`places:${key}`))?.places ?? [];
  const here = places.filter((place) => isAt(place.url, url));
  if (here.length) await setItems({ [`places:${key}`]: { places: places.filter((place) => !here.includes(place)) } });
  return here;
};

/**
 * A page that a person looks at: told to the server whose place it is, by the place's id.
 * @param {{ url?: string, active?: boolean, incognito?: boolean } | undefined} tab
 */
export const opened = async (tab) => {
  const url = tab?.url;
  if (!url || !tab.active || tab.incognito || !(await arePlacesOn())) return;
  await navigator.locks.request(LOCK, async () => {
    for (const to of await pairings())
      for (const { id } of await taken(to.key, url)) await ask(to, 'POST', `/places/${id}/visits`);
  });
};
