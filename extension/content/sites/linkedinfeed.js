// @ts-check
/**
 * Reader of posts and comments in LinkedIn's feed as it is served since 2026: every class is a hash, so what is read
 * hangs on roles, component keys and the labels of a card's own controls.
 *
 * Resharing with words of one's own and `data-view-name` are known from sources only.
 */
(() => {
  const { add, line, text, idTime, address, promoted } = Amends;
  const HOME = 'https://www.linkedin.com';
  const COMMENT = '[componentkey^="replaceableComment_"]';
  const CARD = ':is([role="listitem"][componentkey], [data-view-name="feed-full-update"])';
  const BOX = '[data-testid="expandable-text-box"]';
  const WORDS = `:is(${BOX}, [data-view-name="feed-commentary"]:not(:has(${BOX})))`;
  const TOOLS = '[componentkey*="-replaceableCommentTools"]';
  const PERSON = ['in', 'company', 'school', 'showcase'].map((kind) => `a[href*="/${kind}/"]`).join();
  const LINK = 'a[href*="/feed/update/"]';
  const OPTION = '[data-view-name="feed-poll-vote-option"], fieldset[role="radiogroup"] :is([role="radio"], input)';
  const ASKED = '[data-view-name="feed-poll-view-question"]';
  const ASKING = `${OPTION}, ${ASKED}`;
  const PART = `${WORDS}, ${PERSON}, ${TOOLS}, ${COMMENT}, ${LINK}, ${ASKING}, button[aria-label], hr, p, img[src]`;

  /** @typedef {{ link: Element, name: string, home: string | undefined }} Person */
  /** @typedef {'words' | 'labels' | 'lines' | 'pictures' | 'places' | 'asking'} Part */
  /** @typedef {Record<Part, Element[]> & { people: Person[] }} Parts */
  const known = /** @type {Map<Element, Parts>} */ (new Map());

  /** @param {Element} root */
  const keyOf = (root) => (root.matches(COMMENT) ? root.getAttribute('componentkey') : undefined);
  /** A name stands twice, for eyes and for ears; what follows the first line is a headline. @param {Element} box */
  const nameIn = (box) => {
    const seen = [...box.querySelectorAll('[aria-hidden="true"]')].find((part) => text(part));
    return line(text(seen ?? box)?.split(/\n|\s[•·]/)[0]);
  };

  /**
   * The parts of an item itself in page order, found in one pass and kept while the page is read. A person
   * named inside a paragraph is one who liked, reposted or commented, or is mentioned: never the author.
   * @param {Element} root @returns {Parts}
   */
  const partsOf = (root) => {
    const found = known.get(root);
    if (found) return found;
    if (!known.size) queueMicrotask(() => known.clear());
    const key = keyOf(root);
    const every = [...root.querySelectorAll(PART)];
    const isAlone = !key && !every.some((part) => part.matches(COMMENT));
    const all = every.filter(
      (part) =>
        (isAlone ||
          (part.closest(COMMENT)?.getAttribute('componentkey') ?? undefined) === key ||
          part.matches(COMMENT)) &&
        !part.parentElement?.closest(BOX),
    );
    /** @param {string} selector */
    const those = (selector) => all.filter((part) => part.matches(selector));
    const parts = {
      words: those(WORDS),
      people: those(PERSON)
        .filter((link) => !link.closest('p'))
        .map((link) => ({ link, name: nameIn(link) ?? '', home: homeOf(link) }))
        .filter(({ name }) => name),
      labels: those('button[aria-label]'),
      lines: those('p'),
      pictures: those('img[src], hr'),
      asking: those(ASKING),
      places: those(`${TOOLS}, ${COMMENT}, ${LINK}`),
    };
    known.set(root, parts);
    return parts;
  };

  /** @param {Element} one @param {Element | undefined} other */
  const precedes = (one, other) => !other || (one.compareDocumentPosition(other) & 4) !== 0;

  /**
   * Who wrote it, and whether the words below the name are those of somebody else who is shared. The label of the
   * card's own control names the author; whoever else stands above the words only made the card appear.
   * @param {Element} root
   */
  const writer = (root) => {
    const { people, labels, words } = partsOf(root);
    const above = people.filter(({ link }) => precedes(link, words[0]));
    const said = labels
      .filter((label) => precedes(label, words[0]))
      .map((label) => line(label.getAttribute('aria-label')) ?? '');
    const nearest = above.at(-1);
    if (said.length === 0)
      return { by: above.every(({ home }) => home === nearest?.home) ? nearest : undefined, isShared: false };
    const named = above.filter(({ name }) => said.some((label) => label.includes(name)));
    if (nearest && named.includes(nearest)) return { by: nearest, isShared: false };
    return { by: named.sort((one, other) => other.name.length - one.name.length)[0], isShared: true };
  };

  /** @param {Element} link */
  const homeOf = (link) => /^.*?\/(?:in|company|school|showcase)\/[^/?#]+\/?/.exec(hrefOf(link))?.[0];
  /** @param {Element} link */
  const hrefOf = (link) => address(link.getAttribute('href'), HOME) ?? '';

  /** @param {Element} root @returns {Author | undefined} */
  const author = (root) => {
    const { by } = writer(root);
    const face = partsOf(root).pictures.find((part) => {
      const link = part.closest(PERSON);
      return link && homeOf(link) === by?.home;
    });
    return by && { name: by.name, url: by.home, avatar: address(face?.getAttribute('src'), HOME) };
  };

  /**
   * The number in a component's key: base64 of a short message, whose field is the kind of post and whose value is the
   * number in zigzag form.
   * @param {string | null | undefined} key
   */
  const numberIn = (key) => {
    const found = /^(CgsI|EgsI)([\w+/]{8,16})-/.exec(key ?? '');
    if (!found) return undefined;
    const bytes = [...atob(found[2] + '='.repeat(-found[2].length & 3))].map((letter) => letter.charCodeAt(0) & 127);
    const zigzag = bytes.reduce((sum, byte, place) => sum | (BigInt(byte) << BigInt(7 * place)), 0n);
    return { kind: found[1] === 'CgsI' ? 'activity' : 'ugcPost', id: String(zigzag >> 1n) };
  };

  /**
   * Where a post stands: an address where the page shows one (in a poll, in the keys of its comments), else the page's
   * own with the number that the page gives to the post.
   * @param {Element} root @param {string} url @param {boolean} shares
   */
  const placeOf = (root, url, shares) => {
    const { places } = partsOf(root);
    const shown = [root, root.closest('[data-view-tracking-scope]'), ...places]
      .filter((part) => part && !(shares && part.matches('a')))
      .flatMap((part) => ['href', 'componentkey', 'data-view-tracking-scope'].map((name) => part?.getAttribute(name)))
      .map((said) => /urn:li:(activity|ugcPost|share):(\d{15,})/.exec(said?.replace(/%3A/gi, ':') ?? ''))
      .find(Boolean);
    if (shown) return { id: shown[2], number: shown[2], link: `${HOME}/feed/update/${shown[0]}/` };
    const own = places.map((part) => numberIn(part.getAttribute('componentkey'))).find(Boolean);
    const card = /^expanded([\w-]{20,})FeedType/.exec(root.getAttribute('componentkey') ?? '')?.[1];
    return { id: own ? `${own.kind}:${own.id}` : card, number: own?.id, link: address(url)?.split(/[?#]/)[0] };
  };

  /** "2 h •", "1 w • Edited •": the last short line above the words that ends in a bullet. @param {Element} root */
  const timeText = (root) => {
    const { lines, words } = partsOf(root);
    const said = lines.filter((part) => precedes(part, words[0]) && !part.contains(words[0])).map((part) => text(part));
    return line(said.findLast((each) => /^[^•·\n]{1,25}[•·](.{0,40}[•·])?$/.test(each ?? ''))?.split(/[•·]/)[0]);
  };

  /** @param {Element} root */
  const isPromoted = (root) => {
    const { lines, words } = partsOf(root);
    return (
      /SPONSORED_UPDATE|SponsoredUpdateServed|urn:li:sponsored/i.test(
        root.closest('[data-view-tracking-scope]')?.getAttribute('data-view-tracking-scope') ?? '',
      ) ||
      lines.some((part) => precedes(part, words[0]) && !part.contains(words[0]) && promoted(text(part)?.split('•')[0]))
    );
  };

  /**
   * Pictures between the words and the line above the controls.
   * @param {Element} root
   * @param {Element | undefined} to
   */
  const pictures = (root, to) => {
    const { words, pictures: found } = partsOf(root);
    const below = found.filter((part) => words[0] && precedes(words[0], part) && (!to || precedes(part, to)));
    const end = below.findIndex((part) => part.matches('hr'));
    return [
      ...new Set(
        below
          .slice(0, Math.max(end, 0))
          .filter((part) => part.getAttribute('alt') && !part.closest(PERSON))
          .map((part) => address(part.getAttribute('src'), HOME)),
      ),
    ].filter((src) => src !== undefined);
  };

  /** @param {Element} root */
  const poll = (root) => {
    const { asking } = partsOf(root);
    const options = asking.filter((part) => part.matches(OPTION));
    return Amends.poll(
      options,
      asking.find((part) => part.matches(ASKED)),
    );
  };

  /** @param {Element} root @param {string} url @returns {Reading | undefined} */
  const post = (root, url) => {
    const { words, people } = partsOf(root);
    const { by, isShared } = writer(root);
    const between = people.find(({ link }) => words[1] && precedes(words[0], link) && precedes(link, words[1]));
    const others = isShared && by ? people.findLast(({ link }) => precedes(link, words[0])) : between;
    const place = placeOf(root, url, Boolean(others));
    const [said, quote] = others && !between ? [undefined, text(words[0])] : [text(words[0]), text(words[1])];
    if (!place.id || !place.link || !(said || (others && quote)) || isPromoted(root)) return undefined;
    const postedAt = idTime(place.number, 22, 0);
    return {
      kind: 'post',
      id: place.id,
      url: place.link,
      author: author(root),
      text: said,
      postedAt,
      timeText: postedAt ? undefined : timeText(root),
      media: pictures(root, between?.link),
      quoted: others && [others.name, quote].filter(Boolean).join('\n'),
      context: { poll: poll(root) },
    };
  };

  /** @param {Element} root @returns {Reading | undefined} */
  const comment = (root) => {
    const named = /urn:li:comment:\((?:urn:li:)?(activity|ugcPost|share):(\d+),(\d+)\)/.exec(keyOf(root) ?? '');
    const said = text(partsOf(root).words[0]);
    if (!named || !said) return undefined;
    const thread = `${HOME}/feed/update/urn:li:${named[1]}:${named[2]}/`;
    const by = author(root);
    const card = root.closest(CARD);
    const above = root.parentElement?.closest(COMMENT);
    return {
      kind: 'comment',
      id: named[3],
      url: `${thread}?commentUrn=${encodeURIComponent(`urn:li:comment:(${named[1]}:${named[2]},${named[3]})`)}`,
      author: by,
      text: said,
      postedAt: idTime(named[3], 22, 0),
      context: {
        thread,
        threadTitle: card ? line(text(partsOf(card).words[0])?.split('\n')[0]) : undefined,
        parent: above ? { author: author(above)?.name, text: text(partsOf(above).words[0]) } : undefined,
      },
    };
  };

  /** An item's key may stand on several elements, one in the other. @param {Element} root */
  const isOutermost = (root) =>
    root.matches(COMMENT)
      ? root.parentElement?.closest(COMMENT)?.getAttribute('componentkey') !== keyOf(root)
      : !root.parentElement?.closest(CARD);

  add({
    name: 'linkedinfeed',
    platform: 'linkedin',
    label: 'LinkedIn',
    siteKind: 'social',
    version: 1,
    hosts: ['linkedin.com'],
    item: `${COMMENT}, ${CARD}`,
    anchor: (root) => partsOf(root).words[0]?.closest('p') ?? null,
    reply: '[role="textbox"][contenteditable="true"]',
    extract: (root, url) => (isOutermost(root) ? (root.matches(COMMENT) ? comment(root) : post(root, url)) : undefined),
  });
})();
