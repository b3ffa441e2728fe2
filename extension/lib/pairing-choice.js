// @ts-check
/** Choice of the pairing (server and member) that gets a capture. */
import { getMessage } from './storage.js';
import { make } from './dom.js';

/** "amends.example, as Nell". @param {{ server: string, member: string }} to */
export const named = ({ server, member }) => getMessage('asMember', new URL(server).host, member);

/**
 * Draws it into `box`, and gives the key of the one chosen.
 * @param {HTMLElement} box
 * @param {Pairing[]} all
 * @param {string | undefined} key
 * @param {string} label
 * @returns {() => string | undefined}
 */
export const drawAddressee = (box, all, key, label) => {
  const known = all.find((pairing) => pairing.key === key);
  if (known && all.length === 1) {
    box.textContent = getMessage('sendsTo', new URL(known.server).host, known.member);
    return () => known.key;
  }
  const choices = all.map((pairing) =>
    make('option', { value: pairing.key, textContent: named(pairing), selected: pairing === known }),
  );
  const select = make('select', {}, ...choices);
  if (!known) select.selectedIndex = -1; // it waits for one that this browser no longer works for
  box.replaceChildren(make('label', {}, make('span', { textContent: label }), ' ', select));
  return () => select.value || undefined;
};
