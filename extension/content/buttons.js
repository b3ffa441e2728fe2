// @ts-check
/** Puts a button into every post of the page, and keeps doing so while the page grows and changes. */
(() => {
  const api = globalThis.browser ?? globalThis.chrome;
  /** @typedef {{ host: HTMLElement, chip: Chip, mark: string, done: boolean }} Mounted */
  const mounted = /** @type {WeakMap<Element, Mounted>} */ (new WeakMap());
  const byHost = /** @type {WeakMap<Element, Mounted>} */ (new WeakMap());
  const results = /** @type {Map<string, Result>} */ (new Map());
  let planned = false;

  /** False once the extension was updated or removed: this script then has nobody to talk to. */
  const isAlive = () => Boolean(api.runtime?.id);
  const here = () => Amends.sites.filter((site) => Amends.serves(site, document, location.href));
  /** What tells a post from the others of the page: its address, unless that is the page's own. @param {Capture | undefined} capture */
  const markOf = (capture) => (capture?.id || capture?.url === location.href.split(/[?#]/)[0] ? Amends.key(capture) : capture?.url ?? '');
  const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); setTimeout(resolve, 50); });

  /** @param {Element} root @param {Site} site @param {Mounted} state */
  const press = async (root, site, state) => {
    if (!isAlive()) return stop('orphaned', state);
    const capture = Amends.read(site, root, location.href);
    if (!capture?.url) return state.chip.show({ outcome: 'unreadable' });
    state.host.style.setProperty('visibility', 'hidden', 'important'); // the picture shows the post, not our button
    await frame();
    await frame();
    const shown = setTimeout(() => { state.host.style.visibility = ''; state.chip.show('saving'); }, 350);
    const place = Amends.placeOf(root, site);
    const result = await api.runtime.sendMessage({ type: 'create', capture, adapter: { name: site.name, version: site.version }, place, title: document.title })
      .catch(() => /** @type {Result} */ ({ outcome: 'failed' }));
    clearTimeout(shown);
    state.host.style.visibility = '';
    if (!isAlive()) return stop('orphaned', state);
    settle(markOf(capture), result);
  };

  /** Shows what became of a post wherever that post stands. @param {string} mark @param {Result} result */
  const settle = (mark, result) => {
    if (['created', 'existing', 'queued'].includes(result.outcome)) results.set(mark, result);
    for (const host of document.querySelectorAll('amends-button')) {
      const state = byHost.get(host);
      if (state?.mark === mark) { state.chip.show(result); state.done = true; }
    }
  };

  /** @param {Element} root @param {Site} site @param {Element} anchor @param {boolean} dark */
  const mount = (root, site, anchor, dark) => {
    const capture = Amends.read(site, root, location.href);
    if (!capture?.url) return;
    const host = document.createElement('amends-button');
    if (anchor.slot && !(site.inside && anchor.matches(site.inside))) host.slot = anchor.slot;
    const name = capture.author?.name ?? capture.author?.handle ?? api.i18n.getMessage('unknownAuthor');
    const state = /** @type {Mounted} */ ({ host, mark: markOf(capture), done: false });
    state.chip = Amends.chip(host, { dark, label: api.i18n.getMessage('create'), describe: api.i18n.getMessage('createFrom', [name]), press: () => void press(root, site, state) });
    mounted.get(root)?.host.remove();
    mounted.set(root, state);
    byHost.set(host, state);
    if (site.inside && anchor.matches(site.inside)) anchor.append(host);
    else anchor.after(host);
    const known = results.get(state.mark);
    if (known) { state.chip.show(known); state.done = true; }
  };

  const sweep = () => {
    planned = false;
    if (!isAlive()) return stop();
    let dark = /** @type {boolean | undefined} */ (undefined);
    for (const site of here()) for (const root of document.querySelectorAll(site.item)) {
      const state = mounted.get(root);
      // A site may use the same element for another post: a chip must never stay on a post that it is not about.
      if (state?.host.isConnected && !(state.done && markOf(Amends.read(site, root, location.href)) !== state.mark)) continue;
      const anchor = site.anchor(root);
      if (anchor) mount(root, site, anchor, dark ??= Amends.isDark(anchor));
    }
  };

  const plan = () => {
    if (planned) return;
    planned = true;
    setTimeout(() => (globalThis.requestIdleCallback ?? setTimeout)(sweep), 120);
  };

  const observer = new MutationObserver(plan);
  /** @param {MouseEvent} event */
  const remember = (event) => { Amends.pressed = /** @type {Element | null} */ (event.target); };

  /** Ends all work; buttons of a script that was left behind say so when pressed. @param {'orphaned'} [why] @param {Mounted} [state] */
  const stop = (why, state) => {
    observer.disconnect();
    removeEventListener('contextmenu', remember, true);
    if (why) state?.chip.show(why);
  };

  Amends.stop?.(); // the same script again: the first gives way
  Amends.stop = stop;
  Amends.chipOf = (root) => mounted.get(root)?.chip;
  for (const left of document.querySelectorAll('amends-button')) left.remove();
  addEventListener('contextmenu', remember, true);
  api.runtime.onMessage.addListener((message) => { if (message?.type === 'settled') settle(markOf(message.capture), message.result); });
  observer.observe(document.documentElement, { childList: true, subtree: true });
  sweep();
})();
