// @ts-check
/** Validation of captures: a closed list of keys, each checked by its shape and cut to length. */
const KINDS = ['post', 'comment', 'review', 'page'];
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const DEEPEST = 3; // objects inside the context of a post: its parent, and the parent's author

/** @param {unknown} value @param {number} [most] */
export const words = (value, most = 500) =>
  typeof value === 'string' ? Amends.clean(value, most) || undefined : undefined;
/** @param {unknown} value */
const link = (value) => (typeof value === 'string' ? Amends.address(value) : undefined);
/** @param {unknown} value */
const amount = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
/** @param {unknown} value */
const whole = (value) => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined);
/** @param {unknown} value */
const yes = (value) => value === true || undefined;
/** @param {unknown} value @param {(part: any, name: string) => any} each */
const parts = (value, each) => {
  if (!value || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const kept = Object.entries(value)
    .slice(0, 20)
    .map(([name, part]) => [words(name, 40), each(part, name)])
    .filter(([name, part]) => name && part !== undefined);
  return kept.length ? Object.fromEntries(kept) : undefined;
};
/** @param {unknown} value @param {(part: unknown) => any} each @param {number} most */
const many = (value, each, most) =>
  Array.isArray(value)
    ? value
        .slice(0, most)
        .map(each)
        .filter((part) => part !== undefined)
    : undefined;

/**
 * A particular of where a post stands: words, a number, yes or no, or a few of them under a name.
 * @param {any} part
 * @param {string} name
 * @param {number} [depth]
 * @returns {any}
 */
const particular = (part, name, depth = 0) => {
  if (typeof part === 'boolean') return part;
  if (typeof part === 'number') return amount(part);
  if (typeof part === 'string')
    return /url$/i.test(name) ? link(part) : words(part, name === 'text' || name === 'thread' ? 2_000 : 500);
  return depth < DEEPEST ? parts(part, (inner, key) => particular(inner, key, depth + 1)) : undefined;
};

/** @type {Record<string, (part: unknown) => any>} */
const AUTHOR = { id: words, name: words, handle: words, url: link, avatar: link, followers: whole };

/** A second look at the post of a case. @param {any} value */
const revisit = (value) =>
  whole(value?.caseNumber) ? { caseNumber: value.caseNumber, gone: value.gone === true } : undefined;

/** Every key of a capture, and what makes it fit to be kept. @type {Record<string, (part: any) => any>} */
const SHAPE = {
  platform: (part) => words(part, 40),
  id: (part) => words(part, 2_048),
  url: link,
  kind: (part) => part,
  author: (part) => parts(part, (inner, name) => (Object.hasOwn(AUTHOR, name) ? AUTHOR[name](inner) : undefined)),
  title: words,
  text: (part) => words(part, 100_000),
  truncated: yes,
  lang: (part) => words(part, 35),
  translated: yes,
  translatedTo: (part) => words(part, 35),
  postedAt: (part) => Amends.time(words(part, 40)),
  postedApprox: yes,
  timeApprox: yes,
  timeText: (part) => words(part, 100),
  dateText: (part) => words(part, 100),
  rating: (part) =>
    amount(part?.value) !== undefined && amount(part?.max) !== undefined
      ? { value: part.value, max: part.max }
      : undefined,
  metrics: (part) => parts(part, amount),
  context: (part) => parts(part, particular),
  media: (part) => many(part, link, 50),
  quoted: (part) => words(part, 10_000),
  missing: (part) => many(part, (name) => words(name, 40), 20),
  revisit,
  sameCaseAs: (part) => (typeof part === 'string' && UUID.test(part) ? part.toLowerCase() : undefined),
};

/** What a member adds. @type {Record<string, (part: any) => any>} */
const WRITTEN = {
  note: (part) => words(part, 10_000)?.trim() || undefined,
  severity: (part) => (/^s[1-4]$/.test(part) ? part : undefined),
};

/** A capture with the keys of the contract and nothing else, or undefined if it cannot be one. @param {any} value */
export const checkedCapture = (value) => {
  if (!link(value?.url) || !KINDS.includes(value.kind) || !words(value.platform, 40)) return undefined;
  const kept = Object.entries(SHAPE)
    .filter(([name]) => Object.hasOwn(value, name))
    .map(([name, shaped]) => [name, shaped(value[name])]);
  return Object.fromEntries(kept.filter(([, part]) => part !== undefined));
};

/**
 * A capture that waits, with what a person has changed in it; what is emptied is left out.
 * @param {any} body
 * @param {Record<string, unknown>} fields
 */
export const edited = (body, fields) => {
  const changed = { ...body };
  for (const [name, value] of Object.entries(fields).filter(([, written]) => typeof written === 'string')) {
    const shaped = Object.hasOwn(WRITTEN, name)
      ? WRITTEN[name](value)
      : Object.hasOwn(SHAPE, name)
        ? SHAPE[name](value)
        : body[name];
    if (shaped !== undefined) changed[name] = shaped;
    else if (!['url', 'kind', 'platform'].includes(name)) delete changed[name];
  }
  return changed;
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
  const name = words(message.adapter?.name, 40);
  const added = Object.entries(WRITTEN)
    .map(([key, shaped]) => [key, shaped(message[key])])
    .filter(([, part]) => part !== undefined);
  return (
    checked && {
      ...checked,
      page: { url: link(page.url) ?? checked.url, title: words(page.title) ?? '' },
      ...Object.fromEntries(added),
      ...(name ? { adapter: { name, version: amount(message.adapter.version) ?? 1 } } : {}),
    }
  );
};
