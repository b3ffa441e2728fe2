// @ts-check
/**
 * Translations: whether words of a page are its author's own, or those of a browser or site that translated them.
 *
 * Browsers leave marks where they change a text: Chrome its `font` elements, Edge `msttexthash`, Firefox
 * `data-moz-translations-id`. Sites say "Translated from Japanese" and offer to show the original.
 */
(() => {
  const { language, line } = Amends;
  const MARKS =
    'font[style*="vertical-align: inherit"], [msttexthash], [_msttexthash], [data-moz-translations-id], ' +
    'html.translated-ltr font:not([color], [size], [face]), html.translated-rtl font:not([color], [size], [face])';
  /** An offer to show the original: nobody offers it below words that are the original. */
  const OFFER = new RegExp(
    "^(?:(?:show|see|view|read) (?:the )?original|(?:afficher|voir) (?:l[’']|le )?(?:avis d[’'])?(?:texte )?origin|" +
      '(?:original|originaltext) (?:anzeigen|ansehen)|(?:ver|mostrar) (?:el |o )?(?:texto )?original|' +
      "(?:mostra|vedi|visualizza) (?:l[’'])?(?:testo )?originale|origine(?:el|le tekst) (?:weergeven|bekijken|tonen)|" +
      '(?:pokaż|zobacz|wyświetl) oryginał|(?:visa|vis|se) original|näytä alkuperäinen|zobrazit originál|' +
      'показать (?:оригинал|исходный)|показати оригінал|orijinal\\p{L}* (?:göster|gör)|' +
      '(?:lihat|tampilkan) (?:teks )?asli|xem bản gốc|ดูต้นฉบับ|عرض (?:النص )?الأصل|הצג(?:ת)? (?:את )?המקור|' +
      '原文を(?:表示|見る)|(?:显示|顯示|查看|檢視)原(?:文|始)|원(?:문|본) 보기|मूल (?:देखें|दिखाएं))',
    'iu',
  );
  const SAID = new RegExp(
    '^(?:(?:auto-?|automatically )?translated (?:from|by|with)|traduit (?:automatiquement )?(?:de|du|par|depuis)|' +
      '(?:automatisch )?übersetzt (?:aus|von)|traducido (?:de|por)|traduzido (?:d[eo]|por|automaticamente)|' +
      'tradotto (?:da|dal)|vertaald (?:uit|vanuit|door)|przetłumaczono|переведено|перекладено|översatt från|' +
      'oversat fra|oversatt fra|käännetty|přeloženo|(?:diterjemahkan|dialihbahasakan) dari|được dịch|แปลจาก|' +
      'مترجم من|تمت الترجمة|תורגם מ|翻(?:译|譯)自|.{1,12}(?:から翻訳|에서 번역|dilinden çevril))',
    'iu',
  );
  /** What each of those has in it: most posts have none of it, and are not looked at closely. */
  const ANY = new RegExp(
    'origin|translat|tradu|übersetz|vertaal|tłumacz|перев|перек|оригин|исходн|оригін|översatt|oversat|käänn|přelož|' +
      'çevril|asli|terjemah|alih|gốc|dịch|ต้นฉบับ|แปล|أصل|ترجم|מקור|תורגם|原文|翻|原始|원|번역|मूल|oryg|alkup',
    'iu',
  );
  // biome-ignore format: a list
  const TAGS = (
    'af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr ht hu hy id is it ja ka kk ' +
    'km kn ko ku ky la lb lo lt lv mg mi mk ml mn mr ms mt my nb ne nl no pa pl ps pt ro ru sd si sk sl so sq sr sv ' +
    'sw ta te tg th tk tl tr tt ug uk ur uz vi xh yi yo zh zu'
  ).split(' ');
  const named = /** @type {Map<string, [string, string][]>} */ (new Map());
  const seen = /** @type {WeakMap<Document, boolean>} */ (new WeakMap());

  /** Whether the browser has translated this page, found once while it is read. @type {Amends['isTranslated']} */
  const isTranslated = (page) => {
    const before = seen.get(page);
    if (before !== undefined) return before;
    const marked = page.documentElement?.matches('.translated-ltr, .translated-rtl') || page.querySelector(MARKS);
    seen.set(page, Boolean(marked));
    queueMicrotask(() => seen.delete(page));
    return Boolean(marked);
  };

  /** Names of languages in the language of the page, the longest first. @param {string} tag */
  const names = (tag) => {
    const kept = named.get(tag);
    if (kept) return kept;
    const called = new Intl.DisplayNames([tag, 'en'], { type: 'language', fallback: 'none' });
    const found = TAGS.map((code) => /** @type {[string, string]} */ ([(called.of(code) ?? '').toLowerCase(), code]))
      .filter(([name]) => name)
      .sort(([one], [other]) => other.length - one.length);
    named.set(tag, found);
    return found;
  };

  /** The language that some words name in the language of the page: "Translated from Japanese".
   * @param {string} words @param {Document} page */
  const namedIn = (words, page) => {
    const lower = words.toLowerCase();
    const isWord = (/** @type {string} */ name) => {
      const at = lower.indexOf(name);
      const [before, after] = [lower[at - 1] ?? '', lower[at + name.length] ?? ''];
      return at >= 0 && (!/[a-z]/.test(name) || !/\p{L}/u.test(before + after));
    };
    return names(language(page.documentElement.lang) ?? 'en').find(([name]) => isWord(name))?.[1];
  };

  /** @param {string | undefined} tag */
  const base = (tag) => tag?.split('-')[0].toLowerCase();

  /** What a site says beside a post, in a line or button of its own, of having translated it.
   * @param {Element} root @param {string | undefined} item @param {string} said the post's own words */
  const noticeOf = (root, item, said) => {
    if (!ANY.test((root.textContent ?? '').replace(said, ''))) return undefined;
    const page = root.ownerDocument;
    const parts = [...root.querySelectorAll('button, a, span, div, p, small, [role="button"]')].filter(
      (part) =>
        (part.textContent ?? '').length < 100 &&
        (!item || part.closest(item) === root) &&
        !part.closest('[role="link"]:not(a)'),
    );
    const told = parts
      .map((part) => line(part.textContent, 100) ?? '')
      .filter((words) => (OFFER.test(words) || SAID.test(words)) && !said.includes(words));
    return told.length ? { from: told.map((words) => namedIn(words, page)).find(Boolean) } : undefined;
  };

  /** Whether the browser put other words in the place of these. @param {Element} root @param {string} said */
  const isReplaced = (root, said) =>
    isTranslated(root.ownerDocument) &&
    [root.closest(MARKS), ...root.querySelectorAll(MARKS)].some((part) => {
      const words = line(part?.textContent);
      return words !== undefined && words.length > 1 && line(said)?.includes(words.slice(0, 200));
    });

  /**
   * A reading that says whether its words are a translation, and between which languages as far as that is known.
   * @type {Amends['withTranslation']}
   */
  const withTranslation = (root, reading, item) => {
    const said = [reading.title, reading.text].filter(Boolean).join('\n');
    if (!said || reading.translated !== undefined) return { ...reading, translated: reading.translated || undefined };
    const notice = noticeOf(root, item, said);
    const replaced = isReplaced(root, said);
    if (!notice && !replaced) return reading;
    const shown = language(root.ownerDocument.documentElement.lang);
    const to = replaced ? shown : (reading.lang ?? shown);
    const from = notice?.from ?? (base(reading.lang) === base(to) ? undefined : reading.lang);
    return base(from) && base(from) === base(to)
      ? reading
      : { ...reading, lang: from, translated: true, translatedTo: to };
  };

  /** Where a name stands that no browser translates. */
  const UNTOUCHED = ['aria-label', 'title', 'alt', 'data-author', 'data-name'];

  /**
   * Whether the browser may have put another name in the place of an author's: it stands where the browser wrote, and
   * nothing beside it that browsers leave alone says the same.
   * @type {Amends['isNameTranslated']}
   */
  const isNameTranslated = (root, name) => {
    if (!name || !isTranslated(root.ownerDocument)) return false;
    const isThere = [...root.querySelectorAll(MARKS)].some((part) => line(part.textContent) === name);
    const says = (/** @type {Element} */ part) => UNTOUCHED.some((each) => line(part.getAttribute(each)) === name);
    return isThere && ![root, ...root.querySelectorAll(UNTOUCHED.map((each) => `[${each}]`).join())].some(says);
  };

  Object.assign(Amends, { isTranslated, isNameTranslated, withTranslation });
})();
