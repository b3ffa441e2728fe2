"""Linked cases on the page of a case."""

from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.desk.incidents import may_act_as
from amends.rules.vocabulary import IncidentState, ProblemState, Relation
from amends.services.desk.cases import CaseDetail
from amends.services.desk.cases.shared_incidents import CaseIncident
from amends.services.desk.cases.shared_problems import CaseProblem
from amends.services.team.members import Member
from amends.web import dates
from amends.web.controls import Field, form_field
from amends.web.dates import Moment
from amends.web.desk import cards_view
from amends.web.desk.cards_view import Card
from amends.web.insight.labels import problems as problem_words
from amends.web.page_kit import Typed

RELATIONS = {
    Relation.SAME_PROBLEM: N_("the same problem"),
    Relation.SAME_INCIDENT: N_("the same incident"),
    Relation.RELATED: N_("related"),
}


class LinkLine(msgspec.Struct, frozen=True, kw_only=True):
    """One case that belongs to this one."""

    link: UUID
    relation: str
    card: Card


class ProblemOfCase(msgspec.Struct, frozen=True, kw_only=True):
    """A problem behind the case, and how it stands."""

    href: str
    title: str
    tone: str
    state: str
    due: Moment | None


class IncidentOfCase(msgspec.Struct, frozen=True, kw_only=True):
    """An incident that the case belongs to; `releases` where the reader may let its reply out."""

    href: str
    title: str
    words: str
    is_held: bool
    releases: bool


class Links(msgspec.Struct, frozen=True, kw_only=True):
    """Those of one case, and the problems and incidents that it belongs to."""

    number: int
    lines: tuple[LinkLine, ...]
    problems: tuple[ProblemOfCase, ...]
    incidents: tuple[IncidentOfCase, ...]
    is_held: bool


class LinkForm(msgspec.Struct, frozen=True, kw_only=True):
    """The form for one more, and whether it was refused."""

    is_open: bool
    problem: str
    fields: tuple[Field, ...]


def links(detail: CaseDetail, *, reader: Member, now: datetime) -> Links:
    """The linked cases as one member sees them."""
    rows = cards_view.shown([one.case for one in detail.linked], reader=reader.id, now=now)
    return Links(
        number=detail.row.number,
        problems=tuple(_problem(one, now) for one in detail.problems),
        incidents=tuple(_incident(one, reader) for one in detail.incidents),
        is_held=any(one.holds for one in detail.incidents),
        lines=tuple(
            LinkLine(link=one.link, relation=_(RELATIONS[one.relation]), card=card)
            for one, card in zip(detail.linked, rows, strict=True)
        ),
    )


def _incident(one: CaseIncident, reader: Member) -> IncidentOfCase:
    return IncidentOfCase(
        href=f"/incidents/{one.number}",
        title=one.title,
        words=_incident_words(one),
        is_held=one.holds,
        releases=one.holds and may_act_as(reader.role, has_role=one.speaks),
    )


def _incident_words(one: CaseIncident) -> str:
    if one.state is IncidentState.CLOSED:
        return _("Closed")
    if not one.holds:
        return _("Replies may go out")
    if one.spokesperson:
        return _("Replies on hold; %(name)s speaks") % {"name": one.spokesperson}
    return _("Replies on hold")


def _problem(one: CaseProblem, now: datetime) -> ProblemOfCase:
    tone, word = problem_words.STATES[one.state]
    is_owed = one.state is ProblemState.OPEN and one.due_at is not None
    return ProblemOfCase(
        href=f"/problems/{one.number}",
        title=one.title,
        tone=tone,
        state=_(word),
        due=dates.moment(one.due_at, now=now) if is_owed and one.due_at else None,
    )


def link_form(typed: Typed) -> LinkForm:
    """Which other case belongs to this one, and why."""
    is_sent = typed.form == "link"
    return LinkForm(is_open=is_sent, problem=typed.problem if is_sent else "", fields=_fields(typed))


def _fields(typed: Typed) -> tuple[Field, ...]:
    typed, reasons = typed.of("link"), [(one.value, _(words)) for one, words in RELATIONS.items()]
    reason = form_field(
        "relation", "select", _("What do they have in common?"), typed.of("link"), options=reasons
    )
    return (
        form_field("other", "number", _("Number of the other case"), typed),
        msgspec.structs.replace(reason, blank=""),
    )
