// @ts-check
/**
 * Author, time, rating and address of a repeated block.
 *
 * No author rather than a wrong one: a name counts only out of the block's own part, by a strong sign, and only where
 * all signs of that strength name the same person.
 */
(() => {
  const { line, text, address, language, finish, rating, letters, isProfile, personName } = Amends;
  const { authorNameIn: nameIn, authorStrength: strength } = Amends;
  /** What stands in a post and is not said by its author: words of another, smilies drawn as pictures, notes. */
  const UNSAID =
    '[hidden], [aria-hidden="true"], blockquote[cite], blockquote[data-quote], blockquote[class*="quote" i], ' +
    'aside.quote, .quote, .quotecontent, [class*="quote-block" i], [class*="quoteblock" i], ' +
    '[class*="bbcode_quote" i], ' +
    'img[class*="smil" i][alt^=":"], img[class*="smil" i][alt^=";"]';

  /** Ids that an application gives anew each time that it draws its page: they lead nowhere. */
  const MADE = /^(ember|ext-gen|yui_|react-|radix-|headlessui-|mui-|ui-id-|v-\d|:r)/i;

  /** @param {Block} block @param {string} selector */
  const own = ({ root, body, ownerOf }, selector) =>
    [...root.querySelectorAll(selector)].filter((part) => !body.contains(part) && ownerOf(part) === root);

  /** Where an element stands. @param {Element} element @param {Signs} signs */
  const slot = (element, { shape }) => `${element.parentElement && shape(element.parentElement)}>${shape(element)}`;

  /** Whether a sign inside of a text is none of its words. @param {Element} sign */
  const isHeading = (sign) =>
    (sign.localName === 'time' || (strength(sign) ?? 9) < 4) && !sign.closest('p') && !Amends.isInProse(sign);

  /**
   * Signs that stand beside the text of a block; inside of it only names and times that are marked as such, for a text
   * mentions others and other days.
   * @param {Block} block @param {Element[]} signs
   */
  const beside = ({ body }, signs) => signs.filter((sign) => !body.contains(sign) || isHeading(sign));

  /** Links and buttons that stand in a text and are no words of a sentence. @param {Element} body */
  const pressed = (body) => [...body.querySelectorAll('a, button')].filter((each) => !Amends.isInProse(each));

  /** What a link is called, also where it counts. @param {Element} link */
  const calledOf = (link) => letters(link.textContent ?? '').replace(/\d+/g, '');

  /**
   * What the links of most texts are called that lead elsewhere in each: the page's own, as "reply".
   * @param {Block[]} group
   */
  const controlsOf = (group) => {
    const found = /** @type {Map<string, Set<string>>} */ (new Map());
    for (const [at, { body }] of group.entries())
      for (const link of pressed(body)) {
        const href = link.getAttribute('href') ?? '';
        const to = href.startsWith('#') || !href ? `${at}` : href;
        found.set(calledOf(link), (found.get(calledOf(link)) ?? new Set()).add(to));
      }
    return new Set([...found].filter(([, { size }]) => size > 2 && size > group.length / 2).map(([called]) => called));
  };

  /**
   * The text of a block, without other blocks, signs and buttons that stand in the same element.
   * @param {Block} block
   * @param {Set<string>} controls
   */
  const textOf = ({ root, body, times, authors, ownerOf }, controls) => {
    const all = [...body.querySelectorAll('*')];
    const inside = new Set([...times, ...authors].filter((sign) => body.contains(sign) && isHeading(sign)));
    const foreign = all.filter((each) => inside.has(each) || ownerOf(each) !== root);
    const links = pressed(body).filter((each) => foreign.length || controls.has(calledOf(each)));
    if (!foreign.length && !links.length) return text(body, { skip: UNSAID });
    const copy = /** @type {Element} */ (body.cloneNode(true));
    const copies = [...copy.querySelectorAll('*')];
    for (const each of [...foreign, ...links]) copies[all.indexOf(each)].remove();
    return text(copy, { skip: UNSAID });
  };

  /** Places in which most blocks of a group have a sign. @param {Element[][]} each @param {Signs} signs */
  const slots = (each, signs) => {
    const counts = /** @type {Map<string, number>} */ (new Map());
    for (const parts of each)
      for (const key of new Set(parts.map((part) => slot(part, signs)))) counts.set(key, (counts.get(key) ?? 0) + 1);
    return new Set([...counts].filter(([, count]) => count >= each.length * 0.6).map(([key]) => key));
  };

  /** What all blocks of a group have in common: where names and times stand, and links that are no names.
   * @param {Block[]} group @param {Signs} signs @returns {Common} */
  const commonOf = (group, signs) => {
    const links = /** @type {Map<string, Set<string>>} */ (new Map());
    for (const sign of group.flatMap(({ authors }) => authors)) {
      const name = nameIn(sign) ?? '';
      links.set(name, (links.get(name) ?? new Set()).add(sign.getAttribute('href') ?? ''));
    }
    return {
      signs,
      people: new Set([...signs.names.values()].flatMap((names) => [...names])),
      authors: slots(
        group.map(({ authors }) => authors),
        signs,
      ),
      times: slots(
        group.map(({ times }) => times),
        signs,
      ),
      controls: controlsOf(group),
      labels: new Set([...links].filter(([, hrefs]) => hrefs.size > 2).map(([name]) => name)),
    };
  };

  /**
   * The one person whom signs name, or undefined: a name and the handle beside it are one.
   * @param {{ name?: string, sign: Element }[]} named
   */
  const onlyOne = (named) => {
    const inner = named.filter(({ sign }) => !named.some((other) => other.sign !== sign && sign.contains(other.sign)));
    const spoken = inner.filter(({ name }) => !name?.startsWith('@'));
    const chosen = spoken.length ? spoken : inner;
    if (new Set(chosen.map(({ name }) => letters(name))).size !== 1) return undefined;
    return chosen.find(({ sign }) => sign.closest('a[href]') ?? sign.querySelector('a[href]')) ?? chosen[0];
  };

  /**
   * The names that stand nearest to the text of a block, whosever they are: a name farther away is not its author's.
   * @param {Block} block
   * @param {Signs} signs
   */
  const nearestTo = ({ root, body }, { names }) => {
    for (let at = body.parentElement; at && root.contains(at); at = at.parentElement)
      if (names.has(at)) return names.get(at);
    return undefined;
  };

  /**
   * Whether the time nearest to a name is that of the block: else the name stands in another post inside of it.
   * @param {Block} block
   * @param {Element} sign
   * @param {Signs} signs
   */
  const isOfItsTime = ({ root, body, times }, sign, { dated }) => {
    for (let at = sign.parentElement; at && at !== root && root.contains(at); at = at.parentElement)
      if (dated.has(at)) return at.contains(body) || times.some((time) => at?.contains(time));
    return true;
  };

  /** Who wrote a block: by the strongest kind of sign that it has.
   * @param {Block} block @param {string} url @param {Common} common @returns {Author} */
  const authorOf = (block, url, { signs, authors, labels }) => {
    const declared = personName(block.root.getAttribute('data-author'));
    const nearest = nearestTo(block, signs);
    const isNear = (/** @type {string | undefined} */ name) => !nearest || nearest.has(letters(name));
    const all = beside(block, block.authors)
      .map((sign) => ({ sign, name: nameIn(sign), strength: strength(sign) ?? 9 }))
      .filter(
        ({ sign, name, strength: weak }) =>
          name && !labels.has(name) && isOfItsTime(block, sign, signs) && (weak < 3 || authors.has(slot(sign, signs))),
      );
    const strongest = Math.min(...all.map((each) => each.strength));
    const chosen = onlyOne(all.filter((each) => each.strength === strongest));
    if (declared && letters(chosen?.name) !== letters(declared)) return isNear(declared) ? { name: declared } : {};
    if (!isNear(chosen?.name)) return {};
    const link = chosen?.sign.closest('a[href]') ?? chosen?.sign.querySelector('a[href]');
    const isTheirs =
      link &&
      block.root.contains(link) &&
      !link.getAttribute('href')?.startsWith('#') &&
      (isProfile(link) || strongest < 4);
    return { name: chosen?.name, url: isTheirs ? address(link.getAttribute('href'), url) : undefined };
  };

  /** An edit is later than the post. @param {Element[]} times @returns {Element | undefined} */
  const earliest = (times) => {
    const dated = times
      .map((each) => ({ each, at: Amends.posted(Amends.instantOf(each)) }))
      .map(({ each, at }) => ({ each, at: at.postedAt ?? at.dateText }))
      .filter(({ at }) => at);
    return dated.sort((a, b) => (String(a.at) < String(b.at) ? -1 : 1))[0]?.each ?? times[0];
  };

  const YEAR = /(?<!\d)20\d\d(?!\d)/;
  /** What one sign of time says: an instant, the date behind "3 years ago", or its words. @param {Element} sign
   * @returns {Reading} */
  const momentOf = (sign) => {
    const value = Amends.instantOf(sign);
    const shown = Amends.timeWords(sign);
    const exact = Amends.time(value);
    if (exact) return { postedAt: exact };
    const titled = line(sign.getAttribute('title'));
    if (!value && YEAR.test(titled ?? '') && !YEAR.test(shown ?? '')) return { dateText: titled };
    const about = Amends.posted(value);
    return about.postedAt ? { ...about, timeText: shown } : { timeText: shown ?? line(value) };
  };

  /** When a block was written. @param {Block} block @param {Common} common @returns {Reading} */
  const timeOf = (block, { signs, times }) => {
    const beside_ = beside(block, block.times);
    const all = beside_.filter((each) => !beside_.some((other) => other !== each && each.contains(other)));
    const marked = all.filter((each) =>
      each.matches('[itemprop~="datePublished"], [itemprop~="dateCreated"], .dt-published'),
    );
    const usual = all.filter((each) => times.has(slot(each, signs)));
    const chosen = marked.length ? marked : usual.length ? usual : all.length === 1 ? all : [];
    const first = earliest(chosen);
    return first ? momentOf(first) : {};
  };

  /** The address of a block of its own, and the name by which its page knows it.
   * @param {Block} block @param {string} url @returns {{ url: string, id?: string }} */
  const addressOf = (block, url) => {
    const { root } = block;
    const id = [root, ...own(block, '[id]'), root.parentElement]
      .map((each) => each?.id ?? '')
      .find((each) => /\d{2}|[-_]\d/.test(each) && each.length < 100 && !MADE.test(each));
    const number = /\d+$/.exec(id ?? '')?.[0];
    const links = /** @type {HTMLAnchorElement[]} */ (own(block, 'a[href]')).filter(
      (each) => each.host === root.ownerDocument.location.host && !isProfile(each),
    );
    const dated = links.find((each) => block.times.some((time) => each.contains(time) || time.contains(each)));
    const numbered =
      number && links.find((each) => each.hash.endsWith(number) && !/\d/.test(each.hash.at(-number.length - 1) ?? ''));
    const to = address(((dated?.pathname !== '/' && dated) || numbered || undefined)?.href);
    if (to && to !== url) return { url: to, id };
    return id ? { url: `${url.split('#')[0]}#${id}`, id } : { url };
  };

  /** The stars of a block. @param {Block} block @param {Signs} signs */
  const ratingOf = (block, signs) => {
    if (!signs.hasRatings) return undefined;
    const value = own(block, '[itemprop~="ratingValue"], [property~="ratingValue"]')[0];
    const best = own(block, '[itemprop~="bestRating"], [property~="bestRating"]')[0];
    const labels = own(
      block,
      '[role="img"][aria-label], [class*="star" i][aria-label], [class*="rating" i][aria-label]',
    );
    const said = value?.getAttribute('content') ?? (value ? text(value) : labels[0]?.getAttribute('aria-label'));
    return said ? rating(said, Number(best?.getAttribute('content')) || 5) : undefined;
  };

  /** @param {Block} block @param {Reading['rating']} stars */
  const kindOf = ({ root }, stars) => {
    const names = `${root.id} ${root.className} ${root.getAttribute('itemtype')} ${root.getAttribute('role')}`;
    if (stars || /review/i.test(names)) return 'review';
    return /comment|reply|answer/i.test(names) ? 'comment' : 'post';
  };

  /** A block as a capture, or undefined where it is nobody's words at no time.
   * @param {Block} block @param {string} url @param {string} subject @param {Common} common */
  const read = (block, url, subject, common) => {
    const author = authorOf(block, url, common);
    const when = timeOf(block, common);
    const words = textOf(block, common.controls);
    if (
      !words ||
      common.people.has(letters(words)) ||
      !block.body.checkVisibility() ||
      !(author.name || when.postedAt || when.timeText)
    )
      return [];
    const stars = ratingOf(block, common.signs);
    const named = addressOf(block, url);
    const capture = finish('web', {
      kind: kindOf(block, stars),
      ...named,
      id: named.id ?? (named.url === url ? Amends.markOf(url, `${author.name} ${words}`) : undefined),
      author,
      text: words,
      lang: language(block.body.closest('[lang]')?.getAttribute('lang')),
      ...when,
      rating: stars,
      context: { threadTitle: subject },
    });
    return [{ root: block.root, body: block.body, capture }];
  };

  /** The posts of a group of blocks. @type {Amends['readBlocks']} */
  const readBlocks = (group, signs, url, subject) => {
    const common = commonOf(group, signs);
    return group.flatMap((block) => read(block, url, subject, common));
  };

  Object.assign(Amends, { readBlocks });
})();
