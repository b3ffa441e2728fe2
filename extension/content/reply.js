// @ts-check
/** Reply bar: finds reply boxes that answer a known case, inserts prepared replies, marks them as posted. */
(() => {
  const api = globalThis.browser ?? globalThis.chrome;
  const getMessage = (/** @type {string} */ key, /** @type {string[]} */ ...parts) => api.i18n.getMessage(key, parts);
  /**
   * @typedef {{ box: HTMLElement, site: Site, keys: string[], host: HTMLElement, bar: Bar, post: Known, page: string,
   *   text?: string, reply?: string }} Open
   */
  const open = /** @type {Set<Open>} */ (new Set());
  const hidden = new Set(); // pages on which a person put the bar away
  const MOST_HIDDEN = 200;
  const MOST_BOXES = 50; // looked at on one page
  let looked = { page: '', boxes: 0 };

  /** @param {Record<string, unknown>} message @returns {Promise<any>} */
  const ask = async (message) => Amends.ask?.(message).catch(() => ({ sentence: getMessage('refresh') }));
  /** @param {Element | null | undefined} root @param {Site} site */
  const keysOf = (root, site) => {
    const capture = root && Amends.read(site, root, location.href);
    return capture ? Amends.keysOf?.(capture) : undefined;
  };

  /**
   * What is answered in this box: the post around it, the last one above it in its dialog, else the one whose own page
   * this is.
   * @param {Element} box
   * @param {Site} site
   */
  const answered = (box, site) => {
    const around = keysOf(box.closest(site.item), site);
    if (around) return around;
    const dialog = box.closest('[role="dialog"], dialog');
    const above = [...(dialog?.querySelectorAll(site.item) ?? [])]
      .filter((item) => item.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING)
      .at(-1);
    const page = Amends.folded(location.href);
    return keysOf(above, site) ?? (page ? [page] : []);
  };

  /**
   * Where a line can stand without pushing anything aside: before the outermost element that is as wide and hardly
   * higher than the box.
   * @param {HTMLElement} box
   */
  const seat = (box) => {
    let at = /** @type {HTMLElement} */ (
      box.parentElement?.closest('[contenteditable]:not([contenteditable="false"])') ?? box
    );
    for (let steps = 0; steps < 8 && at.parentElement && at.parentElement !== document.body; steps += 1) {
      const { display, flexDirection } = getComputedStyle(at.parentElement);
      const isStacked =
        /^(block|flow-root|list-item|table-cell)$/.test(display) ||
        (/flex/.test(display) && flexDirection.startsWith('column'));
      const alone =
        at.parentElement.children.length === 1 ||
        at.parentElement.getBoundingClientRect().height < at.getBoundingClientRect().height + 16;
      if (isStacked && !alone) break;
      at = at.parentElement;
    }
    return at;
  };

  /** @param {Open} state */
  const close = (state) => {
    state.host.remove();
    open.delete(state);
  };

  /** @param {Open} state */
  const draw = (state) => {
    const choices = [{ words: getMessage('markPosted'), act: () => askAddress(state) }];
    if (state.post.prepared) choices.unshift({ words: getMessage('insertReply'), act: () => void fetchReply(state) });
    state.bar.draw(state.post, choices);
  };

  /** @param {Open} state */
  const fetchReply = async (state) => {
    state.bar.clear();
    const { prepared, sentence } = await ask({ type: 'reply', keys: state.keys });
    if (!prepared?.length) return state.bar.showStatus(sentence ?? getMessage('noPrepared'), true);
    if (prepared.length === 1) return insert(state, prepared[0].text);
    state.bar.showStatus(getMessage('chooseReply'));
    return state.bar.draw(
      state.post,
      prepared.map((/** @type {any} */ one) => ({
        words: one.title ?? one.text.slice(0, 40),
        act: () => void insert(state, one.text),
      })),
    );
  };

  /** @param {Open} state @param {string} words */
  const insert = async (state, words) => {
    state.text = words;
    state.page = location.href;
    const where = (await Amends.insert?.(state.box, words)) ?? 'nowhere';
    draw(state);
    if (where === 'nowhere') state.bar.showForCopying(words);
    state.bar.showStatus(
      { there: getMessage('inserted'), copied: getMessage('copied'), nowhere: getMessage('notCopied') }[where],
      where !== 'there',
    );
  };

  /** @param {Open} state */
  const askAddress = (state) => {
    const moved = state.page === location.href ? undefined : location.href;
    state.bar.showStatus('');
    state.bar.ask(state.reply ?? moved ?? '', (address) => {
      if (address !== undefined) void markPosted(state, address);
    });
  };

  /** @param {Open} state @param {string} address */
  const markPosted = async (state, address) => {
    if (!Amends.address(address)) return state.bar.showStatus(getMessage('addressNeeded'), true);
    const { number, sentence } = await ask({ type: 'posted', keys: state.keys, replyUrl: address, text: state.text });
    if (!number) return state.bar.showStatus(sentence ?? getMessage('failed'), true); // the address stays in its field
    state.bar.clear();
    state.bar.showStatus(getMessage('postedDone', `#${number}`));
    state.post = Object.values((await Amends.known?.(state.keys)) ?? {})[0] ?? state.post;
    return draw(state);
  };

  /** @param {HTMLElement} box @param {Site} site */
  const consider = async (box, site) => {
    if (looked.page !== location.href) looked = { page: location.href, boxes: 0 };
    if (!box.isConnected || hidden.has(location.pathname)) return;
    looked.boxes += 1;
    if (looked.boxes > MOST_BOXES || [...open].some((state) => state.box === box)) return;
    const keys = answered(box, site);
    const post = Object.values((await Amends.known?.(keys)) ?? {})[0];
    if (!post || !box.isConnected || [...open].some((state) => state.box === box)) return;
    const host = document.createElement('amends-reply');
    const at = seat(box);
    host.slot = at.slot;
    const dismiss = () => {
      if (hidden.size > MOST_HIDDEN) hidden.clear();
      hidden.add(location.pathname);
      for (const state of [...open]) close(state);
    };
    const bar = /** @type {Bar} */ (Amends.bar?.(host, { dark: Amends.isDark(at), dismiss }));
    const state = { box, site, keys, host, bar, post, page: location.href };
    open.add(state);
    draw(state);
    at.before(host);
  };

  /** @type {Amends['boxes']} */
  Amends.boxes = (part, site) => {
    for (const state of [...open]) {
      const isOther =
        !state.text && state.page !== location.href && answered(state.box, state.site).join() !== state.keys.join();
      if ((!state.box.isConnected && !state.text) || !state.host.isConnected || isOther) close(state);
    }
    if (!site.reply) return;
    for (const found of [...(part.matches(site.reply) ? [part] : []), ...part.querySelectorAll(site.reply)]) {
      const box = /** @type {HTMLElement | null} */ (Amends.boxOf?.(found) ?? null);
      if (box) Amends.later?.(box, () => void consider(box, site));
    }
  };

  /** A post that came onto the page may be the reply that was just sent: it says the same. @type {Amends['seen']} */
  Amends.seen = (capture) => {
    const squeeze = (/** @type {string | undefined} */ words) => (words ?? '').replace(/\s+/g, '');
    for (const state of open)
      if (state.text && squeeze(capture.text).startsWith(squeeze(state.text).slice(0, 40))) state.reply = capture.url;
  };

  for (const left of document.querySelectorAll('amends-reply')) left.remove();
})();
