// @ts-check
/** Mounts a button, or the label of its case, beside every post that comes near the viewport. */
(() => {
  const api = globalThis.browser ?? globalThis.chrome;
  const NEAR = '800px 0px'; // how far from what is seen an item is read
  const FIRST = 12; // so many get their button at once, near or not: a person may jump to any of them
  const UNDO_FOR = 10 * 60_000; // milliseconds, as on the server
  const FRESH = 8_000; // milliseconds after which marks are looked at again
  const MOST_RESULTS = 500;
  const MOST_TIMES = 20; // how often a page may take our button away before it keeps its peace
  /**
   * @typedef {{ host: HTMLElement, buttonState: ButtonState, capture: Capture, keys: string[], done: boolean,
   *   times: number, root: Element, site: Site, shown?: string, busy?: boolean, undoUntil?: number }} Mounted
   */
  const mounted = /** @type {WeakMap<Element, Mounted>} */ (new WeakMap());
  const byHost = /** @type {WeakMap<Element, Mounted>} */ (new WeakMap());
  const expected = /** @type {WeakMap<Element, { root: Element, site: Site }>} */ (new WeakMap());
  const results = /** @type {Map<string, Result>} */ (new Map());
  let served = { host: '', until: 0, sites: /** @type {Site[]} */ ([]) };
  let early = FIRST;
  let asking = /** @type {Mounted[]} */ ([]);

  /** False once the extension was updated or removed: this script then has nobody to talk to. */
  const isAlive = () => Boolean(api.runtime?.id);
  /**
   * The sites of this page, looked for once a second: some are known only by what the page shows, and it may yet come.
   */
  const here = () => {
    if (served.host === location.host && performance.now() < served.until) return served.sites;
    served = {
      host: location.host,
      until: performance.now() + 1_000,
      sites: Amends.sites.filter((site) => Amends.serves(site, document, location.href)),
    };
    return served.sites;
  };
  const all = () =>
    [...document.querySelectorAll('amends-button')]
      .map((host) => byHost.get(host))
      .filter((state) => state !== undefined);

  /**
   * Reads the post anew and sends it.
   * @param {Mounted} state
   * @param {{ caseNumber: number, gone: boolean }} [revisit]
   */
  const press = async (state, revisit) => {
    const { root, site, buttonState } = state;
    if (!isAlive()) return stop('contextInvalidated', state);
    const capture = Amends.read(site, root, location.href);
    if (!capture?.url) return buttonState.show({ outcome: 'unreadable' });
    Amends.subject = { root, site };
    state.busy = true;
    const shown = setTimeout(() => buttonState.show('saving'), 350);
    const message = {
      type: 'create',
      id: crypto.randomUUID?.(), // asked again it is the same capture
      capture,
      adapter: { name: site.name, version: site.version },
      place: Amends.placeOf(root, site),
      title: document.title,
      revisit,
    };
    const result = /** @type {Result} */ (
      await Amends.ask?.(message).catch(() => /** @type {Result} */ ({ outcome: 'failed' }))
    );
    clearTimeout(shown);
    state.busy = false;
    if (!isAlive()) return stop('contextInvalidated', state);
    settle(capture, result);
  };

  /**
   * What tells a post from the others of the page: its address, unless that is the page's own.
   * @param {Capture} capture
   */
  const nameOf = (capture) =>
    capture.id || capture.url === location.href.split(/[?#]/)[0] ? Amends.key(capture) : (capture.url ?? '');

  /** Shows what became of a post wherever that post stands. @param {Capture} capture @param {Result} result */
  const settle = (capture, result) => {
    const name = nameOf(capture);
    if (results.size >= MOST_RESULTS) results.clear();
    if (['created', 'existing', 'queued', 'blocked'].includes(result.outcome)) results.set(name, result);
    for (const state of all())
      if (nameOf(state.capture) === name) {
        state.buttonState.show(result, () => results.delete(name));
        state.shown = undefined;
        state.undoUntil = result.outcome === 'created' ? Date.now() + UNDO_FOR : 0;
        state.done = true;
      }
  };

  /** Turns the buttons of posts that are cases already into their marks. @param {Mounted[]} states */
  const showCases = async (states) => {
    const found = (await Amends.known?.(states.flatMap(({ keys }) => keys))) ?? {};
    for (const state of states) {
      const post = state.keys.map((key) => found[key]).find(Boolean);
      const shown = post && JSON.stringify([post, Amends.caseLabel?.(post)]);
      if (!post || shown === state.shown || state.busy || !state.host.isConnected) continue;
      if ((state.undoUntil ?? 0) > Date.now()) continue; // what was just made can still be taken back there
      state.shown = shown;
      state.buttonState.showCase(post, () => void press(state, { caseNumber: post.number, gone: false }));
      state.done = true;
    }
  };

  /** Those that came at once are asked for at once. @param {Mounted} state */
  const askFor = (state) => {
    if (asking.push(state) > 1) return;
    setTimeout(() => {
      const now = asking;
      asking = [];
      if (isAlive()) void showCases(now);
    }, 30);
  };

  /** @param {Element} root @param {Site} site @param {Element} anchor */
  const mount = (root, site, anchor) => {
    const capture = root.isConnected ? Amends.read(site, root, location.href) : undefined;
    if (!capture?.url) return;
    Amends.seen?.(capture);
    void Amends.ownReply?.(root, site, capture);
    const before = mounted.get(root);
    const host = document.createElement('amends-button');
    const isInside = site.inside && anchor.matches(site.inside);
    if (anchor.slot && !isInside) host.slot = anchor.slot;
    const name = capture.author?.name ?? capture.author?.handle ?? api.i18n.getMessage('unknownAuthor');
    const state = /** @type {Mounted} */ ({
      host,
      capture,
      keys: Amends.keysOf?.(capture),
      done: false,
      times: before && nameOf(before.capture) === nameOf(capture) ? before.times + 1 : 1,
      root,
      site,
    });
    state.buttonState = Amends.buttonState(host, {
      dark: Amends.isDark(anchor),
      label: api.i18n.getMessage('create'),
      describe: api.i18n.getMessage('createFrom', [name]),
      press: () => void press(state),
    });
    before?.host.remove();
    mounted.set(root, state);
    byHost.set(host, state);
    if (isInside) anchor.append(host);
    else anchor.after(host);
    const known = results.get(nameOf(capture));
    if (known) {
      state.buttonState.show(known);
      state.done = true;
    } else askFor(state);
  };

  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const item = expected.get(target);
        if (!isIntersecting || !item) continue;
        near.unobserve(target);
        Amends.later?.(item.root, () => mount(item.root, item.site, target));
      }
    },
    { rootMargin: NEAR },
  );

  /**
   * An item that came, or that something came into: read only once it is near.
   * @param {Element} root
   * @param {Site} site
   */
  const consider = (root, site) => {
    const state = mounted.get(root);
    if (state && state.times > MOST_TIMES) return;
    // A site may use the same element for another post: a mark must never stay on a post that it is not about.
    const again = state?.host.isConnected ? Amends.read(site, root, location.href) : undefined;
    if (state && again && nameOf(again) === nameOf(state.capture)) return;
    const anchor = site.anchor(root);
    if (!anchor) return;
    if (early > 0) {
      early -= 1;
      return Amends.later?.(root, () => mount(root, site, anchor));
    }
    expected.set(anchor, { root, site });
    near.unobserve(anchor);
    near.observe(anchor);
  };

  /** @param {Element} part */
  const find = (part) => {
    if (!isAlive()) return stop();
    for (const site of here()) {
      const around = part.closest(site.item);
      for (const root of [...(around ? [around] : []), ...part.querySelectorAll(site.item)])
        Amends.later?.(root, () => consider(root, site));
      Amends.boxes?.(part, site);
    }
  };

  /** What is known may have changed while another tab was in front. */
  const look = (/** @type {Event} */ event) => {
    if (event.isTrusted && document.visibilityState === 'visible' && isAlive()) void showCases(all());
  };
  /** @param {any} message */
  const onMessage = (message) => {
    if (message?.type === 'settled') settle(message.capture, message.result);
    if (message?.type === 'marks' && isAlive()) void showCases(all());
  };

  const watching = setInterval(() => {
    if (document.visibilityState === 'visible' && isAlive()) void showCases(all());
  }, FRESH);

  /**
   * Ends all work; buttons of a script that was left behind say so when pressed.
   * @param {'contextInvalidated'} [why]
   * @param {Mounted} [state]
   */
  const stop = (why, state) => {
    unwatch?.();
    near.disconnect();
    clearInterval(watching);
    unpress?.();
    document.removeEventListener('visibilitychange', look);
    if (why) state?.buttonState.show(why);
  };

  Amends.stop?.(); // the same script again: the first gives way
  Amends.stop = stop;
  Amends.buttonStateOf = (root) => mounted.get(root)?.buttonState;
  for (const left of document.querySelectorAll('amends-button')) left.remove();
  document.addEventListener('visibilitychange', look);
  api.runtime.onMessage.addListener(onMessage);
  const unpress = Amends.rememberPress?.();
  const unwatch = Amends.watch?.(find);
})();
