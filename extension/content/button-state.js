// @ts-check
/** The button of a post and its states: ready, saving, result, case, context invalidated. */
(() => {
  const api = globalThis.browser ?? globalThis.chrome;
  const LOOK = `
    :host { all: initial !important; display: inline-flex !important; flex: none !important;
      align-self: center !important;
      vertical-align: middle !important; margin-inline: 6px !important; color-scheme: light;
      --ink: oklch(0.48 0.09 200); --wash: oklch(0.48 0.09 200 / 0.1); --edge: oklch(0.48 0.09 200 / 0.45);
      --paper: #fff; }
    :host([data-dark]) { color-scheme: dark;
      --ink: oklch(0.78 0.09 200); --wash: oklch(0.78 0.09 200 / 0.16); --edge: oklch(0.78 0.09 200 / 0.5);
      --paper: oklch(0.24 0.015 200); }
    :host([data-toast]) { position: fixed !important; inset-block-end: 16px; inset-inline-end: 16px;
      z-index: 2147483647; }
    :host([data-toast]) [role=status] { background: var(--paper); border-radius: 14px;
      box-shadow: 0 2px 14px rgb(0 0 0 / 0.25); }
    [role=status] { display: inline-flex; max-inline-size: 24rem; }
    .pill { box-sizing: border-box; display: inline-flex; align-items: center; gap: 5px; min-block-size: 26px;
      padding: 3px 10px 3px 8px;
      border: 1px solid var(--edge); border-radius: 13px; background: transparent; color: var(--ink); cursor: default;
      font: 600 12.5px/1.25 system-ui, sans-serif; text-decoration: none; text-align: start; white-space: normal; }
    button.pill, a.pill { cursor: pointer; }
    button.pill:hover, a.pill:hover, .done { background: var(--wash); }
    .pill:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
    .trouble { border-style: dashed; }
    svg { inline-size: 15px; block-size: 15px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.6;
      stroke-linecap: round; stroke-linejoin: round; }
    .busy { opacity: 0.7; }
    .pair { display: inline-flex; flex-wrap: wrap; gap: 4px; }
    @media (forced-colors: active) { .pill { color: LinkText; border-color: currentColor; } }`;
  /** A speech bubble in which an arrow comes back. */
  const ICON = [
    'M8 1.8c3.6 0 6.4 2.3 6.4 5.3s-2.8 5.3-6.4 5.3c-.8 0-1.5-.1-2.2-.3' +
      'L2.6 14l.8-3C2.3 10 1.6 8.7 1.6 7.1c0-3 2.8-5.3 6.4-5.3z',
    'M10.6 9c.3-2-.8-2.9-2.4-2.9H5.4M6.9 4.5 5.3 6.1l1.6 1.6',
  ];

  const SEEN = { opacityProperty: true, visibilityProperty: true }; // a click on what a page has hidden is not meant

  const UNDO_FOR = 10 * 60_000; // milliseconds, as on the server
  const OWN_KEYS = ['Enter', ' ']; // the others are the page's: it may have shortcuts

  /** Asked for at once: the catalogue is gone when the extension is. */
  const refresh = api.i18n.getMessage('refresh');

  const icon = () => {
    const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    picture.setAttribute('viewBox', '0 0 16 16');
    picture.setAttribute('aria-hidden', 'true');
    for (const shape of ICON)
      picture.appendChild(document.createElementNS(picture.namespaceURI, 'path')).setAttribute('d', shape);
    return picture;
  };

  /** @param {string} tag @param {string} words @param {string} look */
  const pill = (tag, words, look = '') => {
    const made = document.createElement(tag);
    made.className = `pill ${look}`;
    made.append(icon(), document.createTextNode(words));
    return made;
  };

  /** @param {string} words @param {string} described @param {() => void} act */
  const button = (words, described, act) => {
    const made = pill('button', words);
    made.setAttribute('type', 'button');
    made.setAttribute('aria-label', described);
    made.addEventListener('click', (event) => {
      event.preventDefault();
      if (event.isTrusted && made.checkVisibility(SEEN)) act();
    });
    return made;
  };
  /** @param {string} words @param {string} href */
  const link = (words, href) =>
    Object.assign(pill('a', words, 'done'), { href, target: '_blank', rel: 'noopener noreferrer' });

  /** @param {...HTMLElement} pills */
  const pair = (...pills) => {
    const both = document.createElement('span');
    both.className = 'pair';
    both.append(...pills);
    return both;
  };

  /** Keeps from the page what is meant for our button, and nothing else. @param {HTMLElement} host */
  const shield = (host) => {
    for (const kind of ['click', 'mousedown', 'pointerdown', 'mouseup'])
      host.addEventListener(kind, (event) => event.stopPropagation());
    for (const kind of ['keydown', 'keypress', 'keyup'])
      host.addEventListener(kind, (event) => {
        if (OWN_KEYS.includes(/** @type {KeyboardEvent} */ (event).key)) event.stopPropagation();
      });
  };

  /** Fills `host` with a button, and later with what became of the click. @type {NonNullable<Amends['buttonState']>} */
  Amends.buttonState = (host, { dark, label, describe, press }) => {
    const shadow = host.attachShadow({ mode: 'closed' });
    Amends.attachStyles(shadow, LOOK);
    host.toggleAttribute('data-dark', dark);
    const status = shadow.appendChild(document.createElement('span'));
    status.setAttribute('role', 'status');
    shield(host);

    /**
     * Puts `next` in place of what stood there, and keeps the keyboard where it was. Only answers to a click are read
     * out.
     * @param {HTMLElement} next
     * @param {'polite' | 'off'} live
     */
    const replace = (next, live) => {
      const focused = shadow.activeElement !== null;
      status.setAttribute('aria-live', live);
      status.replaceChildren(next);
      if (focused) (next.matches('.pill') ? next : /** @type {HTMLElement} */ (next.firstElementChild)).focus();
    };
    if (press) replace(button(label, describe, press), 'off');
    return {
      show(result, takenBack) {
        if (result === 'saving') return replace(pill('span', api.i18n.getMessage('saving'), 'busy'), 'polite');
        if (result === 'contextInvalidated') return replace(pill('span', refresh, 'trouble'), 'polite');
        const { short, note, link: href } = Amends.resultText(result);
        const made = href ? link(short, href) : pill('span', short, 'trouble');
        if (!href) made.tabIndex = -1;
        if (note) made.title = note;
        const back = Amends.takeBack(result, (next) => {
          if (next.outcome !== 'takenBack')
            return undo.replaceWith(pill('span', Amends.resultText(next).note, 'trouble'));
          takenBack?.();
          this.show(next);
        });
        if (!back) return replace(made, 'polite');
        const undo = button(
          api.i18n.getMessage('undo'),
          api.i18n.getMessage('undoCapture', [`#${result.number}`]),
          back,
        );
        replace(pair(made, undo), 'polite');
        setTimeout(() => undo.remove(), UNDO_FOR);
      },
      showCase(post, again) {
        const words = Amends.caseLabel?.(post) ?? `#${post.number}`;
        const made = link(words, post.url);
        made.title = api.i18n.getMessage('openCase', [`#${post.number}`]);
        if (!post.revisit) return replace(made, 'off');
        const look = api.i18n.getMessage('recheck');
        replace(pair(made, button(look, `${look}: #${post.number}`, again)), 'off');
      },
    };
  };

  /**
   * Whether the page is dark where `element` stands: the nearest background that is not see-through decides.
   * @type {Amends['isDark']}
   */
  Amends.isDark = (element) => {
    for (let at = /** @type {Element | null} */ (element); at; at = at.parentElement) {
      const [red, green, blue, alpha] = (getComputedStyle(at).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
      if (blue !== undefined && alpha !== 0) return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
    }
    return document.documentElement.style.colorScheme === 'dark';
  };
})();
