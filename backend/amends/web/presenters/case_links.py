"""How does a case show the cases that belong to it?"""

from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.i18n import mark
from amends.rules.vocabulary import Relation
from amends.services.cases import CaseDetail
from amends.services.members import Member
from amends.web.presenters import cards
from amends.web.presenters.cards import Card
from amends.web.presenters.forms import Typed

RELATIONS = {
    Relation.SAME_PROBLEM: mark("the same problem"),
    Relation.SAME_INCIDENT: mark("the same incident"),
    Relation.RELATED: mark("belongs to it"),
}


class LinkLine(msgspec.Struct, frozen=True, kw_only=True):
    """One case that belongs to this one."""

    link: UUID
    relation: str
    card: Card


class Links(msgspec.Struct, frozen=True, kw_only=True):
    """Those of one case, and the form for one more."""

    lines: tuple[LinkLine, ...]
    relations: tuple[tuple[str, str], ...]
    linking: bool
    other: str
    error: str


def links(detail: CaseDetail, typed: Typed, *, reader: Member, now: datetime) -> Links:
    """The linked cases as one member sees them."""
    here = typed if typed.form == "link" else Typed()
    rows = cards.shown([one.case for one in detail.linked], reader=reader.id, now=now)
    return Links(
        lines=tuple(
            LinkLine(link=one.link, relation=_(RELATIONS[one.relation]), card=card)
            for one, card in zip(detail.linked, rows, strict=True)
        ),
        relations=tuple((one.value, _(words)) for one, words in RELATIONS.items()),
        linking=typed.form == "link",
        other=here.values.get("other", ""),
        error=here.errors.get("other", here.problem),
    )
