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
      'edit|edited|moderat\\w*|react\\w*|mention|share|recommend\\w*|posts|info|extra|extras|details|bio',
  );
  const PROFILE = new RegExp(
    '(^|/)(u|users?|members?|profiles?|people|person|authors?|membres?|profil)(\\.php)?[/?][^/?#]|' +
      '[?&](mode=viewprofile|user=|member=|author=)|/[@~][^/]+/?$',
    'i',
  );
  const SELECTORS = [
    '[itemprop~="author"], [itemprop~="creator"], [property~="author"], [rel~="author"], .p-author, .h-card, .vcard',
    '[class*="author" i], [class*="user" i], [class*="nick" i], [class*="commenter" i], [class*="poster" i]',
    '[class*="display" i], [class*="screen" i], .fn, [class*="byline" i], [class*="pseudo" i], [class*="auteur" i]',
    '[class*="autor" i], [class*="reviewer" i]',
  ].join(', ');
  /** Whom a text names, and where a person is named who did not write it. */
  const MENTION =
    'p:not([class]), blockquote, [class*="mention" i], [class*="reply-to" i], [class*="replyto" i], ' +
    '[class*="in-reply" i], [class*="quote" i], [class*="edited" i], [class*="moderat" i], ' +
    '[class*="repost" i], [class*="reblog" i], ' +
    '[class*="likes" i], [class*="liked" i], [class*="reaction" i], [class*="suggest" i], [class*="related" i]';
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
  /** @param {Element} element */
  const isProfile = (element) => element.localName === 'a' && PROFILE.test(element.getAttribute('href') ?? '');

  /** How strong a sign of an author an element is: 0 is the strongest, undefined none. @param {Element} element */
  const authorStrength = (element) => {
    if (element.matches('[itemprop~="author"], [itemprop~="creator"], [property~="author"]')) return 1;
    if (element.matches('.p-author, .h-card, .vcard, [rel~="author"]')) return 2;
    if (isNamedSo(element)) return 3;
    return isProfile(element) ? 4 : undefined;
  };

  /** Whether an element names somebody who did not write the post. @param {Element} element */
  const isMention = (element) => {
    let at = /** @type {Element | null} */ (element);
    for (let up = 0; at && up < 4; up += 1, at = at.parentElement) if (at.matches(MENTION)) return true;
    return false;
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
    const inner = named ?? (text(sign)?.includes('\n') ? sign.querySelector('a, b, strong') : undefined);
    const element = inner ?? sign;
    if (element.querySelectorAll('a[href]').length > 1) return undefined;
    const words = element.getAttribute('content') ?? text(element, { skip: 'time, img, [aria-hidden="true"]' });
    return words?.includes('\n') ? undefined : personName(words);
  };

  Object.assign(Amends, { wordsOf, authorSigns, authorNameIn, authorStrength, isProfile, personName });
})();
