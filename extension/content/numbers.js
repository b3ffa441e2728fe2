// @ts-check
/** Parsers of counts, in the compact forms of the page's language, and of ratings. */
(() => {
  const { clean, language } = Amends;
  const { CLDR, SITES } = Amends.compactForms;
  const SPACE = '[ \u00A0\u202F]';
  const NUMBER = /(?<![\p{L}\d])([-\u2212])?(\d{1,3}(?:[ \u00A0\u202F'’]\d{3})+(?!\d)|\d[\d.,]*\d|\d)/u;
  /** Scripts that put no space between words: what follows a unit in them is no longer unit. */
  const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/u;
  const LATIN = /^[\p{sc=Latin}. ]+$/u;
  /** Languages that put the unit before the number. */
  const BEFORE = new Set(['sw', 'si']);
  /** The English letters, which sites write in languages that have no such unit of their own. */
  const ENGLISH = /** @type {[string, number][]} */ ([
    ['K', 3],
    ['k', 3],
    ['M', 6],
  ]);
  /** The language of labels on a page that the browser has translated: they may still be in the one before. */
  const MIXED = 'mul';
  const tables = /** @type {Map<string, Map<string, number>[]>} */ (new Map());

  /** @param {string | undefined} row @returns {[string, number][]} */
  const units = (row) =>
    (row ? row.split('|') : []).map((part) => {
      const [, unit, power] = /** @type {RegExpExecArray} */ (/^(.*?)(\d+)$/.exec(part));
      return [unit, Number(power)];
    });

  /** The units of a language and its region; a long one is also known in small letters and without its point.
   * @param {string} tag */
  const own = (tag) => {
    const base = tag.split('-')[0];
    const rows = [...new Set([base, tag])].flatMap((name) => [...units(CLDR[name]), ...units(SITES[name])]);
    const bare = rows.map(([unit, power]) => /** @type {[string, number]} */ ([unit.replace(/\.$/, ''), power]));
    const small = bare.map(([unit, power]) => /** @type {[string, number]} */ ([unit.toLowerCase(), power]));
    return new Map([...small.filter(([unit]) => unit.length > 1), ...bare, ...rows]);
  };

  /** Units that mean the same in every language that has them, and cannot be taken for a word. */
  const shared = () => {
    const found = /** @type {Map<string, number>} */ (new Map());
    const unlike = new Set();
    for (const [unit, power] of Object.values(CLDR).flatMap(units)) {
      if ((found.get(unit) ?? power) !== power) unlike.add(unit);
      found.set(unit, power);
    }
    return new Map([...found].filter(([unit]) => !unlike.has(unit) && (unit.length > 2 || !LATIN.test(unit))));
  };

  /** Its own units, and those of others that mean one thing only: on a page in another language no bare Latin word.
   * @param {string} tag the language, "" where it is not known */
  const known = (tag) => {
    const kept = tables.get(tag);
    if (kept) return kept;
    const mine = own(tag);
    const others = [...shared()].filter(([unit]) => !mine.size || !LATIN.test(unit) || unit.endsWith('.'));
    const english = ENGLISH.filter(([unit]) => tag !== MIXED || unit !== 'M'); // a milliard in Indonesia
    const made = [mine, new Map([...others, ...english])];
    tables.set(tag, made);
    return made;
  };

  const LONGEST = 24; // characters of a unit
  /** One letter is a unit only as it is written: "M" is not "m".
   * @param {string} unit @param {Map<string, number>} table */
  const powerOf = (unit, table) => table.get(unit) ?? (unit.length > 1 ? table.get(unit.toLowerCase()) : undefined);
  /** The power of ten of the longest unit at one end of some words, and whether something else stands there.
   * @param {string} words @param {Map<string, number>} table @param {boolean} [atEnd] */
  const unitAt = (words, table, atEnd = false) => {
    const plain = (atEnd ? words.slice(-LONGEST) : words.slice(0, LONGEST)).replace(/[\u00A0\u202F]/g, ' ');
    for (let length = plain.length; length > 0; length--) {
      const unit = atEnd ? plain.slice(-length) : plain.slice(0, length);
      const power = powerOf(unit, table);
      const beside = atEnd ? words.at(-length - 1) : words[length];
      if (power !== undefined && (UNSPACED.test(unit) || !/\p{L}|\p{M}/u.test(beside ?? ''))) return power;
    }
    return undefined;
  };

  /** Digits of every script as ours, and the Arabic marks as ours. @param {unknown} label */
  const ascii = (label) =>
    clean(label, 1_000)
      .replace(/[\u200E\u200F\u061C]/g, '')
      .replace(/\p{Nd}/gu, (digit) => {
        const code = /** @type {number} */ (digit.codePointAt(0)); // blocks begin at 0 or, in India, at 6
        return String((code - (code >= 0x900 && code <= 0xdff ? 6 : 0)) & 15);
      })
      .replace(/٫/g, '.')
      .replace(/٬/g, ',');

  /** @param {string} written @param {boolean} isCompact whether a unit goes with it, and so a fraction may */
  const amount = (written, isCompact) => {
    const plain = written.replace(/['’ \u00A0\u202F]/g, '');
    if (!isCompact && /^\d{1,3}([.,]\d{2,3})*[.,]\d{3}$/.test(plain)) return Number(plain.replace(/[.,]/g, ''));
    const [, whole, fraction = ''] = /** @type {RegExpExecArray} */ (/^(.*?)(?:[.,](\d+))?$/.exec(plain));
    return Number(`${whole.replace(/[.,]/g, '')}.${fraction || 0}`);
  };

  /** The language that labels of this page are in. */
  const here = () => {
    const root = globalThis.document?.documentElement;
    return root && Amends.isTranslated?.(root.ownerDocument) ? MIXED : (language(root?.lang) ?? '');
  };

  /** The first number a label says, as written in a language: "18K", "1 234 avis", "12,3 tys.", "-3 points".
   * Undefined where there is none, and where a unit is not known: never a number that is wrong a thousandfold.
   * @type {Amends['count']} */
  const count = (label, tag = here()) => {
    const words = ascii(label);
    const found = NUMBER.exec(words);
    if (!found) return undefined;
    const [mine, others] = known(tag);
    const after = words.slice(found.index + found[0].length);
    const before = BEFORE.has(tag.split('-')[0]) ? words.slice(0, found.index).trimEnd() : '';
    const space = new RegExp(`^${SPACE}?`).exec(after)?.[0] ?? '';
    const next = after.slice(space.length);
    const power = unitAt(next, mine) ?? unitAt(before, mine, true) ?? unitAt(next, others);
    const isStrange = power === undefined && !space && /^\p{L}{1,4}(?!\p{L})/u.test(after) && !UNSPACED.test(after[0]);
    const value = amount(found[2], power !== undefined) * (found[1] ? -1 : 1);
    if (isStrange || (power === undefined && !Number.isInteger(value))) return undefined;
    const whole = Math.round(value * 10 ** (power ?? 0));
    return Number.isSafeInteger(whole) ? whole : undefined;
  };

  /** A rating as a label says it in any language: "4,0 von 5 Sternen", "5つ星のうち4.0", "1 star"; undefined if none.
   * @type {Amends['rating']} */
  const rating = (label, max = 5) => {
    const digits = ascii(label);
    const said = (digits.match(/\d+(?:[.,]\d+)?/g) ?? []).map((number) => Number(number.replace(',', '.')));
    const whole = said.indexOf(max);
    const value = [...said.filter((_, place) => place !== whole), ...(whole < 0 ? [] : [max])].find(
      (number) => number <= max,
    );
    return value === undefined ? undefined : { value, max };
  };

  Object.assign(Amends, { count, rating });
})();
