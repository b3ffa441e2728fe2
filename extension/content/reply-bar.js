// @ts-check
/** User interface of the bar beside a reply box, in a closed shadow root. */
(() => {
  const api = globalThis.browser ?? globalThis.chrome;
  const getMessage = (/** @type {string} */ key, /** @type {string[]} */ ...parts) => api.i18n.getMessage(key, parts);
  const LOOK = `
    :host { all: initial !important; display: block !important; box-sizing: border-box !important;
      flex: none !important; align-self: stretch !important;
      grid-column: 1 / -1 !important; min-inline-size: 0 !important; max-inline-size: 100% !important;
      margin: 4px 0 !important; color-scheme: light;
      --ink: oklch(0.28 0.012 220); --accent: oklch(0.46 0.09 200); --edge: oklch(0.46 0.09 200 / 0.4);
      --paper: oklch(0.985 0.008 200); --field: #fff; --trouble: oklch(0.47 0.14 30); }
    :host([data-dark]) { color-scheme: dark;
      --ink: oklch(0.93 0.006 95); --accent: oklch(0.8 0.09 200); --edge: oklch(0.78 0.09 200 / 0.45);
      --paper: oklch(0.25 0.015 200); --field: oklch(0.2 0.01 200); --trouble: oklch(0.82 0.11 45); }
    * { box-sizing: border-box; }
    section { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; position: relative;
      padding: 5px 36px 5px 10px; border: 1px solid var(--edge); border-radius: 8px;
      background: var(--paper); color: var(--ink); font: 13px/1.4 system-ui, sans-serif; text-align: start;
      overflow-wrap: anywhere; }
    p { margin: 0; flex: 1 1 20rem; min-block-size: 20px; }
    .actions { display: flex; flex-wrap: wrap; gap: 4px 8px; }
    p.full, form { flex: 1 1 100%; }
    form { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: end; padding-block: 2px 4px; }
    label { flex: 1 1 14rem; display: grid; gap: 2px; }
    input { min-block-size: 28px; inline-size: 100%; padding: 3px 8px; border: 1px solid var(--edge);
      border-radius: 6px; background: var(--field); color: inherit; font: inherit; }
    textarea { inline-size: 100%; padding: 6px 8px; border: 1px solid var(--edge); border-radius: 6px;
      background: var(--field); color: inherit; font: inherit; }
    a, b { color: var(--accent); font-weight: 650; }
    button { min-block-size: 26px; min-inline-size: 26px; padding: 2px 9px; border: 1px solid var(--edge);
      border-radius: 7px; background: transparent; color: var(--accent); font: 600 13px/1.3 system-ui, sans-serif;
      cursor: pointer; }
    button.quiet { border-color: transparent; color: inherit; font-weight: 400; }
    button.close { position: absolute; inset-block-start: 3px; inset-inline-end: 4px; font-size: 16px; line-height: 1; }
    button:hover { border-color: var(--accent); }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
    .trouble { color: var(--trouble); }
    p:empty { display: none; }
    @media (forced-colors: active) { section, button { border-color: currentColor; } }`;
  const HEARD = [
    'click',
    'keydown',
    'keypress',
    'keyup',
    'mousedown',
    'mouseup',
    'pointerdown',
    'beforeinput',
    'input',
    'paste',
    'submit',
    'focusin',
  ];
  const SEEN = { opacityProperty: true, visibilityProperty: true }; // a click on what a page has hidden is not meant

  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {Record<string, unknown>} properties
   * @param {...(Node | string)} children
   */
  const make = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  /** @param {string} words @param {() => void} act @param {string} [look] */
  const button = (words, act, look = '') => {
    const made = make('button', { type: 'button', className: look, textContent: words });
    made.addEventListener('click', (event) => {
      event.preventDefault();
      if (event.isTrusted && made.checkVisibility(SEEN)) act();
    });
    return made;
  };

  /** The next step in words; of a draft that is read also by whom and until when. @param {Known} post */
  const nextOf = ({ next, reader, readUntil }) => {
    if (!next) return '';
    if (!readUntil || !['await_reader', 'read_draft'].includes(next)) return getMessage(`next_${next}`);
    const format = new Intl.DateTimeFormat(getMessage('language'), { dateStyle: 'medium', timeStyle: 'short' });
    const until = format.format(new Date(readUntil));
    if (next === 'read_draft') return getMessage('readDraftUntil', until);
    return getMessage('draftReadUntil', reader ?? getMessage('anyLead'), until);
  };

  /** "Case 42 · Ada · 1 of 2 public replies · next: invite to private". @param {Known} post */
  const standing = (post) => {
    const isLeft = post.budget > post.publicReplies;
    const said =
      post.budget && getMessage(isLeft ? 'barReplies' : 'barNoReply', String(post.publicReplies), String(post.budget));
    const next = isLeft && post.stage !== 'closed' && nextOf(post);
    const facts = [
      post.stage === 'closed' ? Amends.stageOf?.(post) : '',
      post.owner ?? getMessage('nobody'),
      said,
      next && getMessage('barNext', next),
    ];
    const link = make('a', {
      href: post.url,
      target: '_blank',
      rel: 'noopener noreferrer',
      textContent: getMessage('barCase', String(post.number)),
    });
    return make(
      'p',
      {},
      link,
      ...facts.filter(Boolean).map((fact) => ` · ${fact}`),
      isLeft || post.stage === 'closed' ? '' : ` · ${getMessage('barClose')}`,
    );
  };

  /**
   * The form that asks for the address of the reply.
   * @param {string} address
   * @param {(address: string | undefined) => void} done
   * @param {() => void} close
   */
  const addressForm = (address, done, close) => {
    const field = make('input', { type: 'url', value: address, required: true, autocomplete: 'off' });
    const cancel = () => {
      close();
      done(undefined);
    };
    const form = make(
      'form',
      { noValidate: true },
      make('label', {}, getMessage('replyAddress'), field),
      button(getMessage('mark'), () => done(field.value)),
      button(getMessage('cancel'), cancel, 'quiet'),
    );
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !event.isTrusted) return;
      event.preventDefault();
      done(field.value);
    });
    form.addEventListener('submit', (event) => event.preventDefault());
    return { form, field };
  };

  /** @type {Amends['bar']} */
  Amends.bar = (host, { dark, dismiss }) => {
    const shadow = host.attachShadow({ mode: 'closed' });
    Amends.attachStyles(shadow, LOOK);
    host.toggleAttribute('data-dark', dark);
    for (const kind of HEARD) host.addEventListener(kind, (event) => event.stopPropagation());
    const heading = make('p', {});
    const actions = make('span', {});
    const under = make('div', {});
    const status = make('p', { className: 'full' });
    status.setAttribute('role', 'status');
    const close = button('×', dismiss, 'quiet close');
    close.setAttribute('aria-label', getMessage('barDismiss'));
    const section = shadow.appendChild(make('section', {}, heading, actions, close, under, status));
    section.setAttribute('aria-label', 'Amends');
    actions.className = 'actions';
    /** @param {Node[]} nodes */
    const below = (...nodes) => {
      under.hidden = !nodes.length;
      under.style.display = nodes.length ? 'contents' : 'none';
      under.replaceChildren(...nodes);
    };
    below();
    return {
      draw(post, choices) {
        const focused = shadow.activeElement?.textContent;
        heading.replaceChildren(...standing(post).childNodes);
        actions.replaceChildren(...choices.map(({ words, act }) => button(words, act)));
        /** @type {HTMLElement | undefined} */ (
          [...actions.querySelectorAll('button')].find((one) => one.textContent === focused)
        )?.focus();
      },
      showStatus(words, trouble) {
        status.className = trouble ? 'full trouble' : 'full';
        status.textContent = words;
      },
      showForCopying(words) {
        below(make('textarea', { readOnly: true, rows: 4, value: words, ariaLabel: getMessage('preparedReply') }));
      },
      ask(address, done) {
        const { form, field } = addressForm(address, done, below);
        below(form);
        field.focus();
      },
      clear() {
        below();
      },
    };
  };
})();
