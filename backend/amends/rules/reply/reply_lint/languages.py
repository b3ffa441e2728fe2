"""Language detection by function words; none where there are too few."""

import re
from collections.abc import Mapping

from amends.rules.reply.reply_lint.english import ENGLISH
from amends.rules.reply.reply_lint.french import FRENCH
from amends.rules.reply.reply_lint.phrases import Phrases
from amends.rules.reply.reply_lint.sentences import plain

PHRASES: Mapping[str, Phrases] = {"en": ENGLISH, "fr": FRENCH}

SMALL_WORDS: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        [
            "the", "and", "you", "your", "we", "our", "us", "is", "are", "was", "were", "to", "of", "for",
            "with", "this", "that", "it", "have", "has", "not", "but", "they", "my", "me", "i", "at",
            "from", "be", "will", "can", "what", "please", "sorry", "thank", "thanks", "here", "there"
        ]
    ),
    "fr": frozenset(
        [
            "le", "la", "les", "de", "des", "du", "et", "vous", "votre", "vos", "nous", "notre", "nos",
            "est", "sont", "pour", "avec", "pas", "que", "qui", "une", "un", "ce", "cette", "au", "aux",
            "sur", "je", "mon", "ma", "en", "dans", "mais", "ne", "plus", "tres", "bonjour", "merci",
            "sommes", "avez", "avons", "il", "elle", "etait", "ete", "ont", "ils", "chez", "sans", "on"
        ]
    ),
    "de": frozenset(
        [
            "der", "die", "das", "und", "ist", "nicht", "ein", "eine", "ich", "wir", "sie", "mit", "von",
            "zu", "den", "dem", "auf", "fur", "war", "haben", "auch", "sich", "es", "im", "wird", "bei",
            "nach", "aber", "hat", "noch"
        ]
    ),
    "es": frozenset(
        [
            "el", "los", "las", "y", "es", "que", "una", "con", "por", "para", "no", "muy", "mi", "pero",
            "fue", "lo", "se", "del", "al", "como", "hay", "su", "mas", "esta", "este", "nos", "ha"
        ]
    ),
    "it": frozenset(
        [
            "il", "di", "che", "e", "per", "non", "una", "con", "sono", "del", "della", "gli", "ho", "mi",
            "ma", "si", "anche", "molto", "questo", "questa", "alla", "dal", "nel", "siamo", "hanno",
            "stato", "era"
        ]
    ),
    "nl": frozenset(
        [
            "het", "een", "en", "van", "ik", "niet", "is", "dat", "op", "te", "zijn", "met", "voor", "maar",
            "er", "wij", "aan", "ook", "bij", "heb", "was", "naar", "om", "deze", "wordt"
        ]
    ),
    "pt": frozenset(
        [
            "o", "os", "as", "e", "que", "uma", "com", "por", "para", "nao", "muito", "meu", "mas", "foi",
            "do", "da", "no", "na", "em", "um", "se", "mais", "como", "esta", "nos", "ao", "pela"
        ]
    ),
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]+")
LOOKED_AT = 3_000
ENOUGH = 3
"""Small words of a language that a text must have before it counts as written in it."""
MARGIN = 1.5
"""How many times as many as of any other language, for neighbours share some."""


def small_words(text: str, code: str) -> int:
    """How many small words of a language a text has that no other language known here has."""
    others = set[str]().union(*(small for other, small in SMALL_WORDS.items() if other != code))
    own = SMALL_WORDS[code] - others
    return sum(word in own for word in WORD.findall(plain(text[:LOOKED_AT])))


def language_of(text: str) -> str | None:
    """The code of the language; None for too short a text, a mixture, or one that is not known here."""
    words = WORD.findall(plain(text[:LOOKED_AT]))
    counts = {code: sum(word in small for word in words) for code, small in SMALL_WORDS.items()}
    ranked = sorted(counts, key=lambda code: counts[code], reverse=True)
    first, second = ranked[0], ranked[1]
    if counts[first] < ENOUGH or counts[first] < MARGIN * counts[second]:
        return None
    return first


def spoken(text: str) -> tuple[str, ...]:
    """The languages whose phrases a reply is looked through for: its own, else all."""
    found = language_of(text)
    return (found,) if found and found in PHRASES else tuple(PHRASES)
