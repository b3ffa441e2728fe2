// @ts-check
/** Migration of what version 0 kept in storage.local (one pairing and a queue) to pairings and IndexedDB. */
import { api, removeItems, getItem } from './storage.js';
import { attach, put } from './outbox.js';
import { addPairing, keyOf, pairings } from './pairings.js';
import { kept as keptPicture } from './pictures.js';

/** Moves it once, piece by piece: each is let go at the old place when it lies at the new one. */
export const migrate = () =>
  navigator.locks.request('amends-move', async () => {
    const old = await getItem('pairing');
    if (old) await addPairing({ ...old, key: keyOf(old) });
    await removeItems('pairing', 'summary');
    const everything = /** @type {Record<string, any>} */ (await api.storage.local.get(null));
    const kept = Object.entries(everything)
      .filter(([key]) => key.startsWith('outbox:'))
      .map(([, entry]) => entry);
    for (const entry of kept.sort((a, b) => a.made.localeCompare(b.made))) {
      const to = (await pairings()).find(({ server }) => server === entry.server);
      const moved = { ...entry, next: 0, to: to?.key ?? `${entry.server} `, member: to?.member ?? '' };
      if ((await put(moved)) !== 'kept') return; // no room yet: what is not moved stays where it was
      const picture = entry.screenshot === 'kept' ? await getItem(`screenshot:${entry.id}`) : undefined;
      if (entry.screenshot === 'kept') await attach(entry.id, picture && (await keptPicture(picture)));
      await removeItems(`outbox:${entry.id}`, `screenshot:${entry.id}`);
    }
  });
