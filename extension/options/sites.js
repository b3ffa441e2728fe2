// @ts-check
/**
 * Options for sites and for servers of one's own.
 *
 * The browser's permission prompt is opened from the click itself, as Firefox demands.
 */
import { api, setItems, getMessage } from '../lib/storage.js';
import { byId, make, sendMessage } from '../lib/dom.js';
import { EVERYWHERE, hostOf, originsOf, ownHosts, ownSoftware, platforms, switchedOff } from '../lib/sites.js';
import { byKind } from '../lib/sites-choice.js';
import { NOTICES } from '../lib/notifications.js';
import { arePlacesOn } from '../lib/places.js';

/** @param {string} label @param {boolean} on @param {boolean} granted */
const toldOfSite = (label, on, granted) => {
  byId('told').textContent = granted ? getMessage(on ? 'siteOn' : 'siteOff', label) : getMessage('siteDenied', label);
};

/**
 * One checkbox.
 * @param {string} label
 * @param {string} hint
 * @param {boolean} checked
 * @param {(on: boolean) => Promise<boolean>} change
 * @param {typeof toldOfSite} [told]
 */
const choice = (label, hint, checked, change, told = toldOfSite) => {
  const box = make('input', { type: 'checkbox', checked });
  box.onchange = () => {
    void change(box.checked).then(async (granted) => {
      if (!granted) box.checked = !box.checked;
      told(label, granted ? box.checked : !box.checked, granted);
      await sendMessage({ type: 'sites' });
    });
  };
  return make(
    'li',
    {},
    make('label', {}, box, make('span', { textContent: label }), make('small', { textContent: hint })),
  );
};

/**
 * Ticks or unticks platforms; the browser asks once for all of them, in the click itself.
 * @param {import('../lib/sites.js').Platform[]} chosen
 * @param {boolean} on
 */
const turn = async (chosen, on) => {
  const granted = !on || (await api.permissions.request({ origins: chosen.flatMap(({ origins }) => origins) }));
  const names = chosen.map(({ platform }) => platform);
  const others = (await switchedOff()).filter((other) => !names.includes(other));
  if (granted) await setItems({ switchedOff: on ? others : [...others, ...names] });
  return granted;
};

/** @param {import('../lib/sites.js').Platform} one @param {boolean} isOn */
const siteRow = (one, isOn) => {
  const hosts = one.origins.filter((origin) => !origin.includes('//*.')).map((origin) => new URL(origin).hostname);
  return choice(one.label, hosts.join(', '), isOn, (on) => turn([one], on));
};

/** @param {{ label: string, platforms: import('../lib/sites.js').Platform[] }} kind @param {string[]} off */
const kindRows = async ({ label, platforms: members }, off) => {
  const states = await Promise.all(
    members.map(async ({ platform, origins }) => {
      return (await api.permissions.contains({ origins })) && !off.includes(platform);
    }),
  );
  const all = choice(getMessage('kindAll'), '', states.every(Boolean), async (on) => {
    const granted = await turn(members, on);
    await drawSites();
    return granted;
  });
  all.querySelector('input')?.setAttribute('aria-label', `${getMessage('kindAll')}: ${label}`);
  const rows = members.map((one, at) => siteRow(one, states[at]));
  return make('li', { className: 'kind' }, make('h3', { textContent: label }), make('ul', {}, all, ...rows));
};

export const drawSites = async () => {
  const off = await switchedOff();
  const everywhere = await api.permissions.contains(EVERYWHERE);
  byId('sites').replaceChildren(
    choice(getMessage('everywhere'), getMessage('everywhereWhy'), everywhere, async (on) =>
      on ? api.permissions.request(EVERYWHERE) : api.permissions.remove(EVERYWHERE),
    ),
    ...(await Promise.all(byKind(platforms()).map((kind) => kindRows(kind, off)))),
  );
};

/** @param {string} host */
const ownRow = async (host) => {
  const allowed = await api.permissions.contains({ origins: originsOf(host) });
  const remove = async () => {
    await setItems({ ownHosts: (await ownHosts()).filter((other) => other !== host) });
    // what was given for all sites stays given
    await api.permissions.remove({ origins: originsOf(host) }).catch(() => {});
    await sendMessage({ type: 'sites' });
    await drawOwn();
    byId('own-told').textContent = getMessage('ownRemoved', host);
    byId('own-host').focus();
  };
  return make(
    'li',
    { className: 'row' },
    make('span', { textContent: host }),
    !allowed && make('span', { className: 'trouble', textContent: getMessage('ownDenied') }),
    make('button', {
      type: 'button',
      className: 'quiet',
      textContent: getMessage('ownRemove'),
      ariaLabel: `${getMessage('ownRemove')}: ${host}`,
      onclick: remove,
    }),
  );
};

export const drawOwn = async () => {
  const software = ownSoftware();
  byId('own').hidden = !software.length;
  byId('own-why').textContent = getMessage('ownWhy', new Intl.ListFormat(getMessage('language')).format(software));
  byId('own-hosts').replaceChildren(...(await Promise.all((await ownHosts()).map(ownRow))));
};

/** @param {SubmitEvent} event */
export const addOwn = async (event) => {
  event.preventDefault();
  const field = byId('own-host');
  const host = hostOf(field.value);
  const problem = host ? '' : getMessage('ownWrong');
  byId('own-problem').textContent = problem;
  field.ariaInvalid = String(Boolean(problem));
  if (!host) {
    field.focus();
    return;
  }
  const granted = await api.permissions.request({ origins: originsOf(host) }); // nothing may be awaited before it
  if (!granted) {
    byId('own-told').textContent = getMessage('siteDenied', host);
    return;
  }
  await setItems({ ownHosts: [...(await ownHosts()).filter((other) => other !== host), host] });
  await sendMessage({ type: 'sites' });
  field.value = '';
  await drawOwn();
  byId('own-told').textContent = getMessage('siteOn', host);
};

export const drawNotices = async () => {
  const row = choice(
    getMessage('notices'),
    getMessage('noticesWhy'),
    await api.permissions.contains(NOTICES),
    (on) => (on ? api.permissions.request(NOTICES) : api.permissions.remove(NOTICES)),
    (label, on, granted) => {
      byId('notices-told').textContent = granted
        ? getMessage(on ? 'noticesOn' : 'noticesOff')
        : getMessage('siteDenied', label);
    },
  );
  byId('notices').replaceChildren(row);
};

export const drawPlaces = async () => {
  const row = choice(
    getMessage('places'),
    getMessage('placesWhy'),
    await arePlacesOn(),
    async (on) => {
      await setItems({ placesOff: !on });
      await sendMessage({ type: 'places' });
      return true;
    },
    (_label, on) => {
      byId('places-told').textContent = getMessage(on ? 'placesOn' : 'placesOff');
    },
  );
  byId('places').replaceChildren(row);
};
