// @ts-check
/** Signs of authors in a page without a reader: which elements name a person, how strongly, and what the name is. */
(() => {
  const { line, text } = Amends;
  /** @param {string} names parts of class names, apart by bars */
  const oneOf = (names) => new RegExp(`(^|-)(${names})(-|$)`);
  const NAME_WORD = oneOf(
    'author|user-?name|nick-?name|commenter|poster|display-?name|screen-?name|user-?link|fn|byline|pseudo|' +
      'auteur|autor|reviewer',
  );
  const NOT_NAME = oneOf(
    'avatar|badge|title|rank|role|count|joined|location|signature|image|img|photo|icon|online|reply-to|quote|' +
      'edit|edited|moderat\\w*|react\\w*|mention|share|recommend\\w*|posts|info|extra|extras|details|bio|' +
      'buttons?|controls|tools|actions?|statistics|stats|contact|viewer|logged',
  );
  const OTHER_NAMES = oneOf(
    'product|item|site|forum|board|topic|thread|group|community|category|tag|file|domain|host|shop|store|brand|place|' +
      'business|company|channel|page|event|field|first|last|app|game|project|list|section|menu|nav|country|city|class',
  );
  const PROFILE = new RegExp(
    '(^|/)(u|users?|members?|profiles?|people|person|authors?|membres?|profil)(\\.php)?[/?][^/?#]|' +
      '[?&;](mode=viewprofile|action=profile|mod=space|user=|member=|author=)|/[@~][^/]+/?$|' +
      '[/_-](user|member|profile)\\.(php|aspx?|cfm|jsp)[?]',
    'i',
  );
  const SELECTORS = [
    '[itemprop~="author"], [itemprop~="creator"], [property~="author"], [rel~="author"], .p-author, .h-card, .vcard',
    '[class*="author" i], [class*="user" i], [class*="nick" i], [class*="commenter" i], [class*="poster" i]',
    '[class*="display" i], [class*="screen" i], .fn, [class*="byline" i], [class*="pseudo" i], [class*="auteur" i]',
    '[class*="autor" i], [class*="reviewer" i], [class*="name" i]',
  ].join(', ');
  /** Whom a text names, and where a person is named who did not write it. */
  const MENTION =
    'p:not([class]), blockquote, [class*="mention" i], [class*="reply-to" i], [class*="replyto" i], ' +
    '[class*="in-reply" i], [class*="quote" i], [class*="edited" i], [class*="lastedit" i], [class*="moderat" i], ' +
    '[class*="repost" i], [class*="reblog" i], ' +
    '[class*="likes" i], [class*="liked" i], [class*="reaction" i], [class*="suggest" i], [class*="related" i]';
  /** Words before the name of somebody who changed a post. */
  const EDITED =
    'edited|updated|modified|modifi|édité|bearbeitet|geändert|editad|modificad|modificat|bewerkt|gewijzigd|edytow|' +
    'zmienion|изменено|отредактир|düzenle|redigera|redigert|redigeret';
  const EDITED_BY = new RegExp(`(^|\\P{L})(${EDITED})[^.]{0,40}$`, 'iu');
  /** Words before the name of somebody who did anything else to it, or whom it answers. */
  const HANDLED_BY = new RegExp(
    '(pinned|moved|closed|removed|posted|boosted|shared|liked|featured|épingl|déplac|partag|aim|' +
      'angeheftet|verschoben|geteilt|fijad|compartid|condivis|gedeeld|udostępni)\\p{L}* ' +
      '(by|par|von|por|da|door|przez):?$|' +
      '(repl(y|ied|ying) to|(en )?réponse à|antwort (an|auf)|(en )?respuesta a|(in )?risposta a|respondendo a|' +
      'antwoord op|odpowiedź (do|dla)):?$',
    'iu',
  );
  /** Words after such a name. */
  const HANDLED = new RegExp(
    '^(re-?posted|re-?tweeted|reacted|thanked|replied to this|boosted|shared|pinned|likes?|liked|commented on this|' +
      'suggests|follows|and \\d+ others|a réagi|hat reagiert|' +
      'a (partagé|republié|épinglé|aimé|commenté cet)|aime|hat (geteilt|angeheftet)|gefällt|' +
      'ha (compartido|condiviso)|et \\d+ autres|und \\d+ weiter)',
    'i',
  );
  const NEAR = 80; // characters of a line of a few words
  /** What stands before the name in the line of its author. */
  const BY = /^\s*(by|posted by|written by|par|von|por|di|door|af|av)\s/i;
  /** The same where the name is no element of its own, in words that are no beginning of a name. */
  const WRITTEN_BY = /^(by|(posted|written|review(ed)?) by|par|(publié|écrit|rédigé) par)\s+(?=\p{L})/iu;
  const LONGEST_NAME = 60;

  /** A class name in one spelling: UserName__a1b2, user_name and userName are user-name. @type {Amends['wordsOf']} */
  const wordsOf = (name) =>
    name
      .replace(/__?[\w-]*\d[\w-]*$/, '')
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .replace(/[_-]+/g, '-')
      .toLowerCase();
  /** @param {Element} element */
  const isNamedSo = (element) =>
    [...element.classList].map(wordsOf).some((word) => NAME_WORD.test(word) && !NOT_NAME.test(word));
  /** Whether a class ends in "name" and does not say whose else: weaker than a profile, for many things have names.
   * @param {Element} element */
  const isCalledName = (element) =>
    [...element.classList].map(wordsOf).some((word) => /(^|-)name$/.test(word) && !OTHER_NAMES.test(word));
  /** @param {Element} element */
  const isProfile = (element) => element.localName === 'a' && PROFILE.test(element.getAttribute('href') ?? '');

  /** How strong a sign of an author an element is: 0 is the strongest, undefined none. @param {Element} element */
  const authorStrength = (element) => {
    if (element.matches('[itemprop~="author"], [itemprop~="creator"], [property~="author"]')) return 1;
    if (element.matches('.p-author, .h-card, .vcard, [rel~="author"]')) return 2;
    if (isNamedSo(element)) return 3;
    if (isProfile(element)) return 4;
    return isCalledName(element) ? 5 : undefined;
  };

  /** The bare words beside an element, before or after it. @param {Element} element @param {boolean} isBefore */
  const wordsBeside = (element, isBefore) => {
    const next = isBefore ? element.previousSibling : element.nextSibling;
    return next?.nodeType === 3 ? (next.nodeValue ?? '').trim() : '';
  };

  /** Whether the line around a name says that this person handled the post, and did not write it.
   * @param {Element} element */
  const isHandler = (element) => {
    const name = element.textContent ?? '';
    const isHeading = element.parentElement?.matches('h2, h3, h4, h5, h6'); // whose block it is; edits are told below
    const isEditor = (/** @type {string} */ before) => !isHeading && EDITED_BY.test(before);
    for (let at = element, up = 0; up < 3 && at.parentElement; up += 1, at = at.parentElement) {
      const [before, after] = [wordsBeside(at, true), wordsBeside(at, false)];
      if (before || after) return isEditor(before) || isHandled(before) || HANDLED.test(after);
      const around = at.parentElement.textContent ?? '';
      if (around.length < NEAR && isEditor(around.slice(0, around.indexOf(name)).trim())) return true;
    }
    return false;
  };
  /** "Posted by" is the author, "reposted by" is not. @param {string} before */
  const isHandled = (before) => HANDLED_BY.test(before) && !/(^|\P{L})posted by:?$/iu.test(before);

  /** Whether an element names somebody who did not write the post. @param {Element} element */
  const isMention = (element) => {
    let at = /** @type {Element | null} */ (element);
    for (let up = 0; at && up < 4; up += 1, at = at.parentElement) if (at.matches(MENTION)) return true;
    return isHandler(element);
  };

  /** All signs of authors of a page. @type {Amends['authorSigns']} */
  const authorSigns = (page) =>
    [...page.querySelectorAll(`${SELECTORS}, a[href]`)].filter(
      (each) => authorStrength(each) !== undefined && !isMention(each),
    );

  /** A name as it may stand for a person, or undefined. @param {string | null | undefined} value */
  const personName = (value) => {
    const name = line(value)?.replace(/\s*(says|said|schrieb|sagt|a écrit|dit|escribió|dice)?\s*:$/i, '');
    const isName = name && name.length <= LONGEST_NAME && /[\p{L}\p{S}\p{P}]/u.test(name) && !/^#?\d+$/.test(name);
    return isName && !/^https?:/.test(name) ? name : undefined;
  };

  /** The name that a sign says: of the innermost element that is one. @param {Element} sign */
  const authorNameIn = (sign) => {
    const named = sign.matches('[itemprop~="name"]') ? sign : sign.querySelector('[itemprop~="name"], .p-name, .fn');
    const isLine = text(sign)?.includes('\n') || BY.test(sign.textContent ?? '');
    const inner = named ?? (isLine ? sign.querySelector('a, b, strong') : undefined);
    const element = inner ?? sign;
    if (element.querySelectorAll('a[href]:not(:has(time))').length > 1) return undefined;
    const words =
      element.getAttribute('content') ?? text(element, { skip: 'time, a:has(time), img, [aria-hidden="true"]' });
    return words?.includes('\n') ? undefined : personName(words?.replace(WRITTEN_BY, ''));
  };

  Object.assign(Amends, { wordsOf, authorSigns, authorNameIn, authorStrength, isProfile, personName });
})();
