"""Patterns of what tells who somebody is: links, mail addresses, handles, numbers, dates of birth, streets.

They read a text as `redaction` folds it: accents, invisible characters, full-width and look-alike signs make
no difference, capitals do where a pattern asks. Where a pattern has a group `hidden`, only that part goes.
"""

import re
from collections.abc import Callable, Iterator

FORMS = (
    "com|net|org|fr|de|co|io|eu|uk|be|ch|ca|info|me|shop|store|app|social|nl|es|it|pt|at|ie|lu|dk|se|no|fi"
    "|pl|cz|jp|cn|ru|us|in|xyz|biz|site|online|blog|dev|tv|gg|cc|ly|paris"
)
DOMAINS = rf"(?:{FORMS})"
"""Last parts of host names that people type without “https://”."""
SPELLED = r"(?:com|net|org|fr|de|co|io|eu|uk|be|ch|ca|nl|es|it)"
"""Last parts that are believed where the dot is a word too: “at that point in” is no address."""
DOT = r"(?:\.|\s?[(\[{]\s?(?:\.|dot|point)\s?[)\]}]\s?|\s(?:dot|point)\s)"
AT_IN_BRACKETS = r"\s?[(\[{]\s?(?:at|a|arobase|@)\s?[)\]}]\s?"

MAIL = re.compile(
    r"(?<![^\s@<>()\[\]])@?[^\s@<>()\[\]]+(?:@\s?|\s@\s)[^\s@<>()\[\]]{1,190}\.\w[\w-]*"
    rf"|(?i:[\w.+-]{{1,64}}\s(?:at|arobase)\s[\w-]{{1,63}}(?:{DOT}[\w-]{{1,63}}){{0,3}}{DOT}{SPELLED}\b)"
    rf"|(?i:[\w.+-]{{1,64}}{AT_IN_BRACKETS}[\w-]{{1,63}}(?:{DOT}[\w-]{{1,63}}){{0,4}})"
)
LINK = re.compile(
    r"\b\w[\w+.-]{0,30}\s?:\s?//\s?\S+|\bwww\.\S+"
    rf"|\b(?:[\w-]{{1,63}}\.){{1,6}}{DOMAINS}\b(?:/\S*)?"
    r"|\b(?:[\w-]{1,63}\.){1,6}[a-z]{2,}/\S+"
    rf"|\b[\w-]{{1,63}}(?:\s?[(\[{{]\s?(?:\.|dot|point)\s?[)\]}}]\s?|\s(?:dot|point)\s|\s\.){SPELLED}\b",
    re.IGNORECASE,
)
HANDLE = re.compile(
    r"(?:(?<!\w)\w+)?@\s?(?=\w*[^\W\d])\w[\w.-]*(?:@[\w.-]+)?|(?<!\w)/?(?:u|user)/[\w-]+|(?<!\w)_*[^\W_]+(?:_+[^\W_]+)+",
    re.IGNORECASE,
)
"""With an underscore inside a word is a handle too, whatever stands around it."""
NETWORK = re.compile(
    r"\b(?:instagram|insta|ig|snapchat|snap|tiktok|twitter|telegram|whatsapp|facebook|skype|discord|signal)"
    r"(?:\s?[:=]\s?(?P<hidden>[\w.-]+)|\s(?P<word>(?=[\w.]*\d)[a-z][\w.]{2,}))",
    re.IGNORECASE,
)

NAMED = (
    "order|parcel|tracking|invoice|ticket|booking|reservation|contract|customer|client|account|reference|ref|case"
    "|file|pnr|policy|claim|commande|colis|suivi|facture|contrat|compte|dossier|billet|police|sinistre"
)
SIGNS = r"[\s:#.,=_'\"“”«»()-]{0,4}"
NO_AMOUNT = r"(?!\d[\d .,]*\s?(?:€|eur|\$|£|%))"
MORE = r"(?:\s?(?:,|et|and|&|ou|or|/)\s?\d{3,}\b)*"
NUMBER_OF = re.compile(
    rf"\b(?:{NAMED})s?{SIGNS}(?:(?:(?<=_)|\b)(?:number|numero|num|no|nr|id|code)\b|n\s?°){SIGNS}"
    rf"(?P<hidden>[\w/.-]*\d[\w/.-]*(?:\s\d{{2,4}}\b)*{MORE})",
    re.IGNORECASE,
)
NAMED_NUMBER = re.compile(
    rf"\b(?i:{NAMED})s?(?:{SIGNS}\b(?i:number|numero|code|reference|ref|is|est|est le)\b){{0,3}}{SIGNS}"
    rf"{NO_AMOUNT}"
    rf"(?P<hidden>(?:(?=[\w/-]*\d)[\w/-][\w/.-]{{2,}}(?:\s\d{{2,4}}\b)*|(?<=[rR]ef\.\s)\w+|[A-Z]{{2,}}-[A-Z0-9-]+"
    rf"|[A-Z]{{6}}\b){MORE})"
)
NUMBER_SIGN = re.compile(r"(?:#\s?|\bn\s?°\s?|\bn(?:[or]|um)\.\s?)[a-z]{0,4}-?\d[\w-]+", re.IGNORECASE)
ACCOUNT = re.compile(r"\b[A-Z]{2}\s?\d{2}(?:\s?[A-Z0-9]{4}){2,}(?:\s?[A-Z0-9]{1,3})?\b")
PHONE = re.compile(r"(?<![\w-])[+(]{0,4}\d(?:[^\S\n]{0,3}[().\-/·|*]?[^\S\n]{0,3}[(]?\d){6,}")
PAIRS = re.compile(r"(?<!\d)0\d(?:[^\w]{1,3}\d{2}){4,}(?!\d)")
"""A French phone number by its pairs, whatever stands between them, also on two lines."""
AMOUNT = re.compile(r"[1-9]\d{0,2}(?:[ .]\d{3})+(?:\s?-\s?[1-9]\d{0,2}(?:[ .]\d{3})+)?")
COUNTED = re.compile(r",\d\d?\b|\s?(?:€|eur|\$|£|fois\b|times\b)", re.IGNORECASE)
"""What stands after an amount."""
YEARS = re.compile(r"(?:19|20)\d\d\s?-\s?(?:19|20)\d\d")
CODE = re.compile(r"[\w-]{5,}")
DIGITS_OF_CODE = 4
"""A year has four digits, but no letter beside them."""

MONTH = r"(?:jan|feb|fev|mar|apr|avr|ma[iy]|ju[nil]|jui|aug|aou|sep|oct|nov|dec)[a-z]*\.?"
DAY = r"\d{1,2}(?:st|nd|rd|th|er)?"
WHOLE_DATE = re.compile(r"(?<![\w.])\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?![\w.]*\d)")
BORN = re.compile(
    r"\b(?:born|birth(?:day|date)?|date of birth|dob|nee?s?|naissance|anniversaire)\b"
    r"(?:[\s:]{1,3}(?:on|in|the|is|le|en|est|my)\b){0,3}[\s:]{1,3}"
    rf"(?P<hidden>(?:{DAY}\s(?:of\s|de\s)?{MONTH}|{MONTH}\s{DAY})(?:,?\s\d{{4}})?|\d[\d./-]+)",
    re.IGNORECASE,
)
STREET = re.compile(
    r"\b\d{1,4}\s?(?:bis|ter|[a-z])?,?\s(?i:rue|avenue|boulevard|bd|impasse|allee|chemin|quai|faubourg)\b"
    r"(?:\s(?:de|du|des|la|le|les)\b|\s[dl]['’])*\s?[\w-]+(?:[\s-][A-Z][\w-]*)*"
    r"|\b\d{1,5}[A-Za-z]?\s(?:[A-Z][\w'’]+\s){1,3}(?i:street|st|road|rd|avenue|ave|lane|ln|drive|court|square)\b"
    r"|\b\w+(?:str\.|stra(?:ss|ß)e)\s?\d+[a-z]?\b"
)
PLATE = re.compile(r"\b[A-Z]{2}[ -]\d{3}[ -][A-Z]{2}\b")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b")

PATTERNS = (
    *(MAIL, LINK, NUMBER_OF, NAMED_NUMBER, HANDLE, NETWORK, ACCOUNT, BORN, STREET, POSTCODE, PLATE),
    *(PHONE, PAIRS, WHOLE_DATE, NUMBER_SIGN, CODE),
)
"""In the order in which they are asked: what is part of a longer thing comes after it."""


def _is_code(word: str) -> bool:
    digits = sum(one.isdecimal() for one in word)
    return digits > DIGITS_OF_CODE or (digits == DIGITS_OF_CODE and any(one.isalpha() for one in word))


def _is_phone(match: re.Match[str]) -> bool:
    number = match.group()
    is_amount = AMOUNT.fullmatch(number) and COUNTED.match(match.string, match.end())
    return not (YEARS.fullmatch(number) or is_amount)


ONLY_IF: dict[re.Pattern[str], Callable[[re.Match[str]], bool]] = {
    PHONE: _is_phone,
    CODE: lambda match: _is_code(match.group()) and not YEARS.fullmatch(match.group()),
}
"""What a pattern finds is weighed again."""


def found(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """From where to where a folded text holds what a pattern tells."""
    is_one = ONLY_IF.get(pattern, bool)
    for match in pattern.finditer(text):
        if is_one(match):
            names = [name for name in pattern.groupindex if match[name] is not None]
            yield match.span(*names[:1])
