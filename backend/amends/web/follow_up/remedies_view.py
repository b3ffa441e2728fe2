"""Remedies on the page of a case and in the approval queue."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.rules.vocabulary import RemedyKind, RemedyState, Role, Stage
from amends.services.desk.cases import CaseDetail
from amends.services.follow_up.remedies import RemedyAsked, RemedyShown
from amends.services.team.members import Member
from amends.web import dates
from amends.web.case import titles
from amends.web.controls import Field, form_field
from amends.web.dates import Moment
from amends.web.follow_up.labels import remedies as labels
from amends.web.page_kit import Typed


class RemedyLine(msgspec.Struct, frozen=True, kw_only=True):
    """One remedy, every string ready; what the reader may do with it now."""

    id: UUID
    kind: str
    words: str
    cost: str
    state: str
    tone: str
    who: str
    at: Moment
    may_decide: bool
    may_answer: bool
    form: str
    reason: str
    wrong: str


class Remedies(msgspec.Struct, frozen=True, kw_only=True):
    """Those of one case, and the form for one more."""

    lines: tuple[RemedyLine, ...]
    closed: bool
    offering: bool
    problem: str
    fields: tuple[Field, ...]


class AskedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One that waits for a lead, with its case."""

    href: str
    number: int
    title: str
    remedy: RemedyLine


def remedies(detail: CaseDetail, typed: Typed, *, reader: Member, now: datetime) -> Remedies:
    """What was offered on a case, as one member sees it."""
    closed = detail.row.stage is Stage.CLOSED
    return Remedies(
        lines=tuple(_line(one, typed, reader=reader, closed=closed, now=now) for one in detail.remedies),
        closed=closed,
        offering=typed.form == "remedy",
        problem=typed.problem if typed.form == "remedy" else "",
        fields=_fields(typed),
    )


def asked(found: Iterable[RemedyAsked], typed: Typed, *, reader: Member, now: datetime) -> list[AskedLine]:
    """What waits for a lead, with what was typed of one that was refused."""
    return [
        AskedLine(
            href=f"/cases/{one.number}#owed",
            number=one.number,
            title=titles.title(one.title, one.nature),
            remedy=_line(one.remedy, typed, reader=reader, closed=False, now=now),
        )
        for one in found
    ]


def _line(one: RemedyShown, typed: Typed, *, reader: Member, closed: bool, now: datetime) -> RemedyLine:
    theirs = one.offered_by is None or one.offered_by.id != reader.id
    form = f"remedy-{one.id}"
    decides = theirs and reader.role.reaches(Role.LEAD) and not closed
    return RemedyLine(
        id=one.id,
        kind=labels.kind(one.kind),
        words=one.words,
        cost=labels.money(one.cost, one.currency),
        state=labels.state(one.state),
        tone=labels.TONES[one.state],
        who=_who(one),
        at=dates.moment(one.settled_at or one.offered_at, now=now),
        may_decide=one.state is RemedyState.ASKED and decides,
        may_answer=one.state is RemedyState.OFFERED and not closed,
        form=form,
        reason=typed.of(form).values.get("reason", ""),
        wrong=typed.of(form).errors.get("reason", ""),
    )


def _who(one: RemedyShown) -> str:
    """Who proposed it, who agreed, and who wrote down what became of it, each by name."""
    settled = _("refused by %(name)s") if one.state is RemedyState.REFUSED else _("recorded by %(name)s")
    people = (
        (one.offered_by, _("proposed by %(name)s")),
        (one.agreed_by, _("approved by %(name)s")),
        (one.decided_by if one.decided_by != one.agreed_by else None, settled),
    )
    return ", ".join(words % {"name": who.name} for who, words in people if who)


def _fields(typed: Typed) -> tuple[Field, ...]:
    kinds = [(one.value, labels.kind(one)) for one in RemedyKind]
    hint = _("Such as 12.50. Above the team’s ceiling a lead is asked first.")
    cost = _("What does it cost us?")
    return (
        form_field("kind", "chips", _("What is offered?"), typed.of("remedy"), options=kinds),
        form_field("words", "line", _("What exactly?"), typed.of("remedy")),
        form_field("cost", "line", cost, typed.of("remedy"), hint=hint, required=False),
    )
