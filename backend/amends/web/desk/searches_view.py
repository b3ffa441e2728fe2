"""Excerpts of search results in a list."""

from collections.abc import Iterable, Mapping
from uuid import UUID

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.case import searches as rules
from amends.rules.case.hostile_words import are_folded
from amends.rules.case.searches import Question
from amends.services.case.searches import Found
from amends.services.desk.cases import CaseRow
from amends.web.desk.cards_view import Card, FoundShown

PLACES = {"post": N_("In the post"), "author": N_("The author"), "timeline": N_("In the timeline")}


def unexplained(rows: Iterable[CaseRow], *, typed: str) -> list[UUID]:
    """The cases whose titles, as the list shows them, do not say why they were found."""
    question = rules.asked(typed)
    return [row.id for row in rows if _is_folded(row) or not _says_it(row.title, question)]


def shown(cards: Iterable[Card], rows: Iterable[CaseRow], found: Mapping[UUID, Found]) -> list[Card]:
    """The cards of a list, each with the place where the words were found, where that is known."""
    return [
        _with(card, found[row.id], is_folded=_is_folded(row)) if row.id in found else card
        for card, row in zip(cards, rows, strict=True)
    ]


def _says_it(title: str, question: Question) -> bool:
    excerpt = rules.excerpt(title, question)
    return excerpt is not None and excerpt.words == len(question.marks)


def _is_folded(row: CaseRow) -> bool:
    return are_folded(row.facts.nature)


def _with(card: Card, found: Found, *, is_folded: bool) -> Card:
    """With the place alone where the words around are hostile; an author's name is on the list anyway."""
    pieces = () if is_folded and found.place != "author" else found.excerpt.pieces
    return msgspec.structs.replace(card, found=FoundShown(_(PLACES[found.place]), pieces))
