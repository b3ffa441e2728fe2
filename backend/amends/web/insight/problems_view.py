"""Problems and shared concerns, ready to show."""

from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from uuid import UUID

import msgspec

from amends import tables
from amends.i18n import gettext as _
from amends.i18n import ngettext
from amends.rules.case.hostile_words import are_folded
from amends.rules.desk.problems import may_be_told
from amends.rules.vocabulary import ProblemState
from amends.services.desk.concerns import Concern
from amends.services.desk.problems import HistoryLine, LinkedCase, ProblemDetail, ProblemRow
from amends.services.team.members import Member
from amends.web import controls, dates
from amends.web.controls import Field, form_field
from amends.web.dates import Moment
from amends.web.desk import cards_view
from amends.web.desk.cards_view import Card
from amends.web.follow_up.labels import remedies
from amends.web.insight.labels import problems as labels
from amends.web.page_kit import Typed
from amends.web.templating import query


class ConcernShown(msgspec.Struct, frozen=True, kw_only=True):
    """A question: the sentence, what it is about, the newest posts, and a title for a problem of it."""

    scope: str
    sentence: str
    about: str
    title: str
    cards: tuple[Card, ...]
    href: str


class ProblemLine(msgspec.Struct, frozen=True, kw_only=True):
    """One problem of the list."""

    number: int
    href: str
    title: str
    owner: str
    due: Moment | None
    late: bool
    size: str
    told: str


class CaseLine(msgspec.Struct, frozen=True, kw_only=True):
    """One case of a problem: whether its person was told, and has answered."""

    card: Card
    told: Moment | None
    told_by: str
    of_this_fix: bool
    answered: bool
    tell_href: str


class EventLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the history, with the words that were written then."""

    at: Moment
    by: str
    deed: str
    words: tuple[str, ...]


class ProblemPage(msgspec.Struct, frozen=True, kw_only=True):
    """One problem, every string ready."""

    number: int
    href: str
    title: str
    incident_href: str
    version: int
    tone: str
    state: str
    is_open: bool
    is_fixed: bool
    owner: str
    due: Moment | None
    late: bool
    cost: str
    since: str
    details: tuple[Field, ...]
    line: tuple[Field, ...]
    change: tuple[Field, ...]
    has_change: bool
    approved: str
    approves: bool
    tells: bool
    untold: int
    opted_out: int
    next_href: str
    cases: tuple[CaseLine, ...]
    more_cases: int
    suggested: tuple[Card, ...]
    history: tuple[EventLine, ...]
    older_lines: int


def concern(one: Concern, names: Mapping[UUID, str], *, reader: UUID, now: datetime) -> ConcernShown:
    """The question whether something is a problem."""
    cards = tuple(cards_view.shown(one.newest, reader=reader, now=now))
    name = names.get(one.theme, "") if one.theme else ""
    return ConcernShown(
        scope=one.scope,
        sentence=_sentence(one.people, name),
        about=name,
        title=name or _named_by(one, cards),
        cards=cards,
        href=f"/cases?theme={one.theme}&stage=all" if one.theme else "",
    )


def _named_by(one: Concern, cards: Iterable[Card]) -> str:
    """The title of the newest case that is no hostile one: nobody calls a problem by an insult."""
    both = zip(one.newest, cards, strict=True)
    return next((card.title[:80] for row, card in both if not are_folded(row.facts.nature)), "")


def _sentence(people: int, theme: str) -> str:
    if theme:
        text = ngettext(
            "%(num)d person wrote about “%(theme)s”", "%(num)d people wrote about “%(theme)s”", people
        )
    else:
        text = ngettext(
            "%(num)d person wrote nearly the same", "%(num)d people wrote nearly the same", people
        )
    return text % {"num": people, "theme": theme}


def problem_line(row: ProblemRow, *, now: datetime) -> ProblemLine:
    """A problem as the list shows it."""
    people = ngettext("%(num)d person", "%(num)d people", row.people) % {"num": row.people}
    cases = ngettext("%(num)d case", "%(num)d cases", row.cases) % {"num": row.cases}
    is_owed = row.state is ProblemState.OPEN and row.due_at is not None
    return ProblemLine(
        number=row.number,
        href=f"/problems/{row.number}",
        title=row.title,
        owner=row.owner.name if row.owner else "",
        due=dates.moment(row.due_at, now=now) if is_owed and row.due_at else None,
        late=is_owed and row.due_at is not None and row.due_at <= now,
        size=f"{people} · {cases}",
        told=_told(row) if row.state is ProblemState.FIXED else "",
    )


def _told(row: ProblemRow) -> str:
    told = ngettext("%(num)d person told", "%(num)d people told", row.told) % {"num": row.told}
    waiting = _("%(num)s not yet") % {"num": row.untold} if row.untold else ""
    return " · ".join(filter(None, [told, waiting]))


def problem_page(
    detail: ProblemDetail,
    answered: Set[int],
    following: int | None,
    typed: Typed,
    *,
    reader: Member,
    members: tuple[Member, ...],
    leads: bool,
    now: datetime,
) -> ProblemPage:
    """Everything that the page of a problem shows to one member."""
    row = detail.problem
    state = ProblemState(row.state)
    tone, word = labels.STATES[state]
    has_change = bool(row.change_en or row.change_fr)
    tells = may_be_told(state, has_change=has_change, is_approved=row.approved_at is not None)
    href = f"/problems/{row.number}"
    is_open = state is ProblemState.OPEN
    return ProblemPage(
        number=row.number,
        href=href,
        title=row.title,
        incident_href=_incident_href(detail) if is_open else "",
        version=row.version,
        tone=tone,
        state=_(word),
        is_open=is_open,
        is_fixed=state is ProblemState.FIXED,
        owner=detail.owner,
        due=dates.moment(row.due_at, now=now) if row.due_at else None,
        late=is_open and row.due_at is not None and row.due_at <= now,
        cost=remedies.money(row.cost, row.currency) if row.cost is not None else "",
        since=_since(detail.since),
        details=_details(row, typed.of("details"), members),
        line=_words("line", row, typed.of("line")),
        change=_words("change", row, typed.of("change")),
        has_change=has_change,
        approved=_approved(detail, now) if row.approved_at else "",
        approves=leads and has_change and row.approved_at is None and state is not ProblemState.DROPPED,
        tells=tells,
        untold=detail.untold.waiting,
        opted_out=detail.untold.opted_out,
        next_href=f"{href}/tell/{following}" if tells and following else "",
        cases=_cases(detail.cases, answered, href if tells else "", reader=reader.id, now=now),
        more_cases=detail.more_cases,
        suggested=tuple(cards_view.shown(detail.suggested, reader=reader.id, now=now)),
        history=tuple(_event(one, now) for one in detail.history),
        older_lines=detail.history[-1].position - 1 if detail.history else 0,
    )


MOST_NAMED = 100


def _incident_href(detail: ProblemDetail) -> str:
    """The form for an incident of its cases: those that an address holds, and all of its scope."""
    numbers = ", ".join(str(one.case.number) for one in detail.cases[:MOST_NAMED])
    given = {"title": detail.problem.title, "cases": numbers, "scope": detail.problem.scope}
    return f"/incidents/new{query(given)}"


def _since(people: int) -> str:
    if not people:
        return ""
    words = ngettext(
        "%(num)d person has written about it since the fix; three open it again.",
        "%(num)d people have written about it since the fix; three open it again.",
        people,
    )
    return words % {"num": people}


def _approved(detail: ProblemDetail, now: datetime) -> str:
    at = detail.problem.approved_at
    values = {
        "name": detail.approved_by or _("someone who has left"),
        "when": dates.moment(at, now=now).brief,
    }
    return _("Approved by %(name)s, %(when)s.") % values


def _details(row: tables.Problem, typed: Typed, members: tuple[Member, ...]) -> tuple[Field, ...]:
    due = row.due_at.astimezone(dates.reader_zone()).strftime("%Y-%m-%dT%H:%M") if row.due_at else ""
    kept = {
        "title": row.title,
        "cause": row.cause,
        "action": row.action,
        "owner": str(row.owner or ""),
        "due_at": due,
        "cost": f"{row.cost / 100:.2f}" if row.cost is not None else "",
    }
    shown = msgspec.structs.replace(typed, values={**kept, **typed.values})
    owners = list(controls.members_to_choose(members))
    hint = _("Nudged like every follow-up, on the oldest of its cases.")
    return (
        form_field("title", "line", _("Title"), shown),
        form_field("cause", "long", _("Cause"), shown, required=False),
        form_field("action", "long", _("Corrective action"), shown, required=False),
        form_field("owner", "select", _("Owner"), shown, required=False, options=owners),
        form_field("due_at", "moment", _("Fixed by"), shown, required=False, hint=hint),
        form_field("cost", "line", _("Cost"), shown, required=False),
    )


def _words(what: str, row: tables.Problem, typed: Typed) -> tuple[Field, ...]:
    kept = {f"{what}_{one}": getattr(row, f"{what}_{one}") for one in ("en", "fr")}
    shown = msgspec.structs.replace(typed, values={**kept, **typed.values})
    return (
        form_field(f"{what}_en", "long", _("In English"), shown, required=False),
        form_field(f"{what}_fr", "long", _("In French"), shown, required=False),
    )


def _cases(
    cases: list[LinkedCase], answered: Set[int], href: str, *, reader: UUID, now: datetime
) -> tuple[CaseLine, ...]:
    cards = cards_view.shown((one.case for one in cases), reader=reader, now=now)
    return tuple(
        CaseLine(
            card=card,
            told=dates.moment(one.told_at, now=now) if one.told_at else None,
            told_by=one.told_by,
            of_this_fix=one.of_this_fix,
            answered=one.case.number in answered,
            tell_href=f"{href}/tell/{one.case.number}" if href and one.may_be_told else "",
        )
        for card, one in zip(cards, cases, strict=True)
    )


def _event(line: HistoryLine, now: datetime) -> EventLine:
    return EventLine(
        at=dates.moment(line.at, now=now),
        by=line.by,
        deed=labels.told(line.kind, line.told),
        words=labels.words(line.told),
    )
