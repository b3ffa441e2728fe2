"""What does a list show of the words that were looked for?"""

from collections.abc import Iterable, Mapping
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.i18n import mark
from amends.rules import searches as rules
from amends.services.cases import CaseRow
from amends.services.searches import Found
from amends.web.presenters.cards import Card, FoundShown

PLACES = {"post": mark("In the post"), "author": mark("The author"), "timeline": mark("In the timeline")}


def shown(
    cards: Iterable[Card], rows: Iterable[CaseRow], found: Mapping[UUID, Found], *, typed: str
) -> list[Card]:
    """The cards of a list, each with the place where the words were found, unless its title has them all."""
    wanted = rules.asked(typed)
    return [
        card if _says_it(row.title, wanted) or row.id not in found else _with(card, found[row.id])
        for card, row in zip(cards, rows, strict=True)
    ]


def _says_it(title: str, wanted: tuple[str, ...]) -> bool:
    excerpt = rules.excerpt(title, wanted)
    return excerpt is not None and excerpt.words == len(wanted)


def _with(card: Card, found: Found) -> Card:
    return msgspec.structs.replace(card, found=FoundShown(_(PLACES[found.place]), found.excerpt.pieces))
