"""Title of a case where it stands among others: in lists, on the board, on Today, in the agenda."""

from amends.i18n import gettext as _
from amends.rules.case.hostile_words import are_folded
from amends.rules.operation import own_texts
from amends.rules.vocabulary import Nature


def title(words: str, nature: Nature | None) -> str:
    """What such a case is called; hostile words are on its own page, for whoever asks for them."""
    return _("Hostile content") if are_folded(nature) else own_texts.title(words) or _("No text")


def language(lang: str, nature: Nature | None) -> str:
    """The language of that: the reader's own, which needs no mark, where the words are folded."""
    return "" if are_folded(nature) else lang
