// @ts-check
/** Validation of captures: a closed list of keys, each checked by its shape; what is too long is cut and named. */
const KINDS = ['post', 'comment', 'review', 'page'];
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const UNCUT = Infinity; // the server refuses with a sentence what is too long and must not be cut

/** Called where something was longer than it may be. @typedef {() => void} Cut */

/** Words within a limit. @param {unknown} value @param {number} most @param {Cut} [cut] */
const words = (value, most, cut) => {
  if (typeof value !== 'string') return undefined;
  if (value.length > most) cut?.();
  return Amends.clean(value, most) || undefined;
};
/**
 * What would be another thing when cut: whole, or left out.
 * @param {unknown} value
 * @param {number} most
 * @param {Cut} cut
 */
const exact = (value, most, cut) => {
  const whole = words(value, most + 1);
  if (whole === undefined || whole.length <= most) return whole;
  cut();
  return undefined;
};
/** @param {unknown} value @param {Cut} [cut] */
const link = (value, cut) => {
  if (typeof value !== 'string') return undefined;
  if (value.length > Amends.longest.address) cut?.();
  return Amends.address(value);
};
/** @param {unknown} value */
const amount = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
/** @param {unknown} value */
const whole = (value) => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined);
/** @param {unknown} value */
const yes = (value) => value === true || undefined;
/**
 * The first entries of a list.
 * @template Entry
 * @param {Entry[]} list @param {Cut} cut
 */
const first = (list, cut) => {
  const most = Amends.longest.entries;
  if (list.length > most) cut();
  return list.slice(0, most);
};
/** @param {unknown} value @param {Cut} cut @param {(part: any, name: string) => any} each */
const parts = (value, cut, each) => {
  if (!value || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const kept = first(Object.entries(value), cut)
    .map(([name, part]) => [words(name, Amends.longest.key, cut), each(part, name)])
    .filter(([name, part]) => name && part !== undefined);
  return kept.length ? Object.fromEntries(kept) : undefined;
};
/** @param {unknown} value @param {Cut} cut @param {(part: unknown) => any} each */
const many = (value, cut, each) =>
  Array.isArray(value)
    ? first(value, cut)
        .map(each)
        .filter((part) => part !== undefined)
    : undefined;

/**
 * A particular of where a post stands: words, a number, yes or no, or a few of them under a name.
 * @param {any} part
 * @param {string} name
 * @param {Cut} cut
 * @param {number} [depth]
 * @returns {any}
 */
const particular = (part, name, cut, depth = 1) => {
  if (typeof part === 'boolean') return part;
  if (typeof part === 'number') return amount(part);
  if (typeof part === 'string')
    return /url$/i.test(name) ? link(part, cut) : words(part, Amends.longest.particular, cut);
  if (!part || typeof part !== 'object') return undefined;
  if (depth < Amends.longest.depth) return parts(part, cut, (inner, key) => particular(inner, key, cut, depth + 1));
  cut();
  return undefined;
};

/** @type {Record<string, (part: unknown, cut: Cut) => any>} */
const AUTHOR = {
  id: (part, cut) => exact(part, Amends.longest.name, cut),
  name: (part, cut) => words(part, Amends.longest.name, cut),
  handle: (part, cut) => exact(part, Amends.longest.name, cut),
  url: link,
  avatar: link,
  followers: whole,
};

/** A second look at the post of a case. @param {any} value */
const revisit = (value) =>
  whole(value?.caseNumber) ? { caseNumber: value.caseNumber, gone: value.gone === true } : undefined;

/** @param {unknown} part @param {Cut} cut */
const timeWords = (part, cut) => words(part, Amends.longest.time, cut);

/** Every key of a capture, and what makes it fit to be kept. @type {Record<string, (part: any, cut: Cut) => any>} */
const SHAPE = {
  platform: (part) => words(part, Amends.longest.key),
  id: (part) => words(part, UNCUT),
  url: link,
  kind: (part) => part,
  author: (part, cut) =>
    parts(part, cut, (inner, name) => (Object.hasOwn(AUTHOR, name) ? AUTHOR[name](inner, cut) : undefined)),
  title: (part, cut) => words(part, Amends.longest.title, cut),
  text: (part, cut) => words(part, Amends.longest.text, cut),
  truncated: yes,
  lang: (part, cut) => exact(part, Amends.longest.language, cut),
  translated: yes,
  translatedTo: (part, cut) => exact(part, Amends.longest.language, cut),
  postedAt: (part) => Amends.time(words(part, Amends.longest.key)),
  postedApprox: yes,
  timeApprox: yes,
  timeText: timeWords,
  dateText: timeWords,
  rating: (part) =>
    amount(part?.value) !== undefined && amount(part?.max) !== undefined
      ? { value: part.value, max: part.max }
      : undefined,
  metrics: (part, cut) => parts(part, cut, amount),
  context: (part, cut) => parts(part, cut, (inner, name) => particular(inner, name, cut)),
  media: (part, cut) => many(part, cut, (href) => link(href, cut)),
  quoted: (part, cut) => words(part, Amends.longest.quoted, cut),
  missing: (part, cut) => many(part, cut, (name) => words(name, Amends.longest.key, cut)),
  revisit,
  sameCaseAs: (part) => (typeof part === 'string' && UUID.test(part) ? part.toLowerCase() : undefined),
};
/** What the server calls a field that was too long; the text has a mark of its own. @type {Record<string, string>} */
const CALLED = { dateText: 'timeText', translatedTo: 'lang' };

/** What a member adds. @type {Record<string, (part: any) => any>} */
const WRITTEN = {
  note: (part) => words(part, UNCUT)?.trim() || undefined,
  severity: (part) => (/^s[1-4]$/.test(part) ? part : undefined),
};
/** @param {any} fields */
const added = (fields) =>
  Object.fromEntries(
    Object.entries(WRITTEN)
      .map(([name, shaped]) => [name, shaped(fields[name])])
      .filter(([, part]) => part !== undefined),
  );

/**
 * Fields as they are kept, and which of them were too long.
 * @param {Record<string, any>} fields
 * @param {Set<string>} shortened gets the names of those that were too long
 */
const fitting = (fields, shortened) =>
  Object.fromEntries(
    Object.entries(SHAPE)
      .filter(([name]) => Object.hasOwn(fields, name))
      .map(([name, shaped]) => [name, shaped(fields[name], () => shortened.add(CALLED[name] ?? name))])
      .filter(([, part]) => part !== undefined),
  );

/** The marks of what was too long. @param {Set<string>} shortened */
const marks = (shortened) => {
  const others = [...shortened].filter((name) => name !== 'text');
  return { ...(shortened.has('text') && { truncated: true }), ...(others.length && { shortened: others }) };
};

/** A capture with the keys of the contract and nothing else, or undefined if it cannot be one. @param {any} value */
export const checkedCapture = (value) => {
  if (!link(value?.url) || !KINDS.includes(value.kind) || !words(value.platform, Amends.longest.key)) return undefined;
  const shortened = new Set(
    many(
      value.shortened,
      () => {},
      (name) => words(name, Amends.longest.key),
    ),
  );
  return { ...fitting(value, shortened), ...marks(shortened) };
};

/**
 * A capture that waits, with what a person has changed in it; what is emptied is left out.
 * @param {any} body
 * @param {Record<string, unknown>} fields
 */
export const edited = (body, fields) => {
  const written = Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string'));
  const shortened = /** @type {Set<string>} */ (new Set(body.shortened));
  const kept = { ...fitting(written, shortened), ...added(written) };
  const emptied = Object.keys({ ...SHAPE, ...WRITTEN }).filter(
    (name) => Object.hasOwn(written, name) && !(name in kept) && !['url', 'kind', 'platform'].includes(name),
  );
  const rest = Object.entries(body).filter(([name]) => !emptied.includes(name));
  return { ...Object.fromEntries(rest), ...kept, ...marks(shortened) };
};

/** @param {any} value @returns {Place | undefined} */
export const checkedPlace = (value) => {
  const numbers = [
    value?.rect?.x,
    value?.rect?.y,
    value?.rect?.width,
    value?.rect?.height,
    value?.viewport?.width,
    value?.viewport?.height,
  ];
  return numbers.every((number) => amount(number) !== undefined) && numbers[4] > 0
    ? { rect: value.rect, viewport: value.viewport }
    : undefined;
};

/**
 * The body of a capture, from what was read, chosen and written.
 * @param {any} message
 * @param {{ url?: string, title?: string }} page
 */
export const bodyOf = (message, page) => {
  const { capture, revisit: again = capture?.revisit, sameCaseAs = capture?.sameCaseAs } = message;
  const checked = checkedCapture({ ...capture, revisit: again, sameCaseAs });
  if (!checked) return undefined;
  const name = words(message.adapter?.name, Amends.longest.name);
  const shortened = /** @type {Set<string>} */ (new Set(checked.shortened));
  const cut = () => shortened.add('page');
  return {
    ...checked,
    page: { url: link(page.url, cut) ?? checked.url, title: words(page.title, Amends.longest.title, cut) ?? '' },
    ...added(message),
    ...marks(shortened),
    ...(name ? { adapter: { name, version: amount(message.adapter.version) ?? 1 } } : {}),
  };
};
