"""Incidents, ready to show: the list, the room, the wall, the review."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from amends.i18n import gettext as _
from amends.i18n import ngettext, number
from amends.rules.desk import incidents as rules
from amends.rules.vocabulary import (
    IncidentKind,
    IncidentRole,
    IncidentState,
    ReviewState,
    TaskKind,
)
from amends.services.desk.incidents import CasePage, IncidentDetail, IncidentRow, Task
from amends.services.team.members import Member
from amends.services.team.names import Name
from amends.web import dates
from amends.web.dates import Moment
from amends.web.desk import cards_view
from amends.web.desk.cards_view import Card
from amends.web.insight.charts_view import Chart, chart
from amends.web.insight.incident_lines_view import (
    CaseLine,
    EventLine,
    FactLine,
    PlaceLine,
    TaskLine,
    case_lines,
    event_line,
    fact_line,
    place_line,
    task_line,
)
from amends.web.insight.labels import incidents as labels


class IncidentLine(msgspec.Struct, frozen=True, kw_only=True):
    """One incident of the list."""

    href: str
    title: str
    kind: str
    facts: str
    on_hold: bool
    opened: Moment
    review: tuple[str, str] | None


class IncidentPage(msgspec.Struct, frozen=True, kw_only=True):
    """One incident, every string ready."""

    number: int
    href: str
    title: str
    kind: str
    kind_value: str
    is_open: bool
    on_hold: bool
    opened: Moment
    closed: Moment | None
    leads: bool
    speaks: bool
    sums: str
    size: str
    unweighed: int
    chart: Chart
    roles: tuple[tuple[str, str, str, str], ...]
    spokesperson: str
    clocks: tuple[TaskLine, ...]
    facts: tuple[FactLine, ...]
    next_task: TaskLine | None
    steps: tuple[TaskLine, ...]
    progress: str
    update: TaskLine | None
    review_task: TaskLine | None
    actions: tuple[TaskLine, ...]
    places: tuple[PlaceLine, ...]
    people_told: tuple[EventLine, ...]
    line_version: int
    published_version: int
    published: str
    suggested: tuple[Card, ...]
    cases: tuple[CaseLine, ...]
    next_href: str
    lines: tuple[EventLine, ...]
    older_href: str


def incident_line(row: IncidentRow, *, now: datetime) -> IncidentLine:
    """An incident as the list shows it."""
    cases = ngettext("%(num)s case", "%(num)s cases", row.cases) % {"num": number(row.cases)}
    review = labels.REVIEWS[row.review] if row.review else None
    return IncidentLine(
        href=f"/incidents/{row.number}"
        if row.state is IncidentState.OPEN
        else f"/incidents/{row.number}/review",
        title=row.title,
        kind=_(labels.KINDS[row.kind]),
        facts=" · ".join(filter(None, (cases, row.lead))),
        on_hold=row.on_hold,
        opened=dates.moment(row.opened_at, now=now),
        review=(review[0], _(review[1])) if review else None,
    )


def incident_page(detail: IncidentDetail, page: CasePage, *, reader: Member, now: datetime) -> IncidentPage:
    """Everything that the page of an incident shows to one member."""
    row = detail.incident
    href = f"/incidents/{row.number}"
    tasks = tuple(task_line(one, now=now) for one in detail.tasks)
    kinds = list(zip(detail.tasks, tasks, strict=True))
    steps = tuple(line for task, line in kinds if task.kind is TaskKind.STEP)
    lines = [event_line(one, now=now) for one in detail.lines]
    speaker, lead = detail.roles.get(IncidentRole.SPOKESPERSON), detail.roles.get(IncidentRole.LEAD)
    oldest = detail.lines[-1].position if detail.lines else 1
    is_open = row.state == IncidentState.OPEN
    return IncidentPage(
        number=row.number,
        href=href,
        title=row.title,
        kind=_(labels.KINDS[IncidentKind(row.kind)]),
        kind_value=row.kind,
        is_open=is_open,
        on_hold=row.on_hold,
        opened=dates.moment(row.opened_at, now=now),
        closed=dates.moment(row.closed_at, now=now) if row.closed_at else None,
        leads=_acts_as(lead, reader),
        speaks=_acts_as(speaker, reader),
        sums=_sums(detail),
        size=ngettext("%(num)s case", "%(num)s cases", detail.sums.posts)
        % {"num": number(detail.sums.posts)},
        unweighed=detail.sums.unweighed,
        chart=hours_chart(detail.sums.hours, until=row.closed_at or now, href=href),
        roles=tuple(_role(role, detail) for role in IncidentRole),
        spokesperson=speaker.name if speaker else "",
        clocks=tuple(line for task, line in kinds if task.step in rules.CLOCKS and line.is_open),
        facts=tuple(fact_line(one, now=now) for one in detail.facts),
        next_task=_next(tasks, detail.tasks),
        steps=steps,
        progress=_("%(done)s of %(all)s")
        % {"done": sum(not one.is_open for one in steps), "all": len(steps)},
        update=_open_one(kinds, TaskKind.UPDATE),
        review_task=next((line for task, line in reversed(kinds) if task.kind is TaskKind.REVIEW), None),
        actions=tuple(line for task, line in kinds if task.kind is TaskKind.ACTION),
        places=tuple(place_line(one) for one in detail.places),
        people_told=tuple(event_line(one, now=now) for one in detail.people_told),
        line_version=row.line_version,
        published_version=row.published_version,
        published=_published(detail, now=now),
        suggested=tuple(cards_view.shown(detail.suggested, reader=reader.id, now=now)),
        cases=case_lines(page, held=is_open and row.on_hold, reader=reader.id, now=now),
        next_href=f"{href}?before={page.next_before}#cases" if page.next_before else "",
        lines=tuple(lines),
        older_href=f"{href}/timeline?before={oldest}" if oldest > 1 else "",
    )


def _acts_as(holder: Name | None, reader: Member) -> bool:
    return rules.may_act_as(reader.role, has_role=holder is not None and holder.id == reader.id)


def _sums(detail: IncidentDetail) -> str:
    sums = detail.sums
    people = ngettext("%(num)s person", "%(num)s people", sums.people) % {"num": number(sums.people)}
    posts = ngettext("%(num)s post", "%(num)s posts", sums.posts) % {"num": number(sums.posts)}
    lately = ngettext("%(num)s in the last hour", "%(num)s in the last hour", sums.lately)
    closed = ngettext("%(num)s case closed", "%(num)s cases closed", sums.closed)
    said = [posts, people, lately % {"num": number(sums.lately)}, closed % {"num": number(sums.closed)}]
    return " · ".join(said)


def hours_chart(hours: Sequence[int], *, until: datetime, href: str) -> Chart:
    """Posts by the hour, the oldest first."""
    first = until - timedelta(hours=len(hours))
    zone = dates.reader_zone()
    rows = [
        (f"{(first + timedelta(hours=place)).astimezone(zone):%H:%M}", [(count, f"{href}#cases")])
        for place, count in enumerate(hours)
    ]
    total = ngettext("%(num)d post in 24 hours", "%(num)d posts in 24 hours", sum(hours)) % {
        "num": sum(hours)
    }
    return chart(_("Posts by the hour"), total, (_("Posts"),), rows)


def _role(role: IncidentRole, detail: IncidentDetail) -> tuple[str, str, str, str]:
    holder = detail.roles.get(role)
    return role.value, _(labels.ROLES[role]), holder.name if holder else "", str(holder.id) if holder else ""


def _open_one(kinds: Sequence[tuple[Task, TaskLine]], kind: TaskKind) -> TaskLine | None:
    return next((line for task, line in kinds if task.kind is kind and line.is_open), None)


def _next(lines: Sequence[TaskLine], tasks: Sequence[Task]) -> TaskLine | None:
    """What is due first."""
    dated = [
        (task.due_at, line) for task, line in zip(tasks, lines, strict=True) if line.is_open and task.due_at
    ]
    return min(dated, key=lambda one: one[0])[1] if dated else None


def _published(detail: IncidentDetail, *, now: datetime) -> str:
    row = detail.incident
    if not row.published_at:
        return ""
    values = {"version": row.published_version, "when": dates.moment(row.published_at, now=now).brief}
    return _("Version %(version)s was published %(when)s.") % values


def review_moves(state: ReviewState) -> tuple[tuple[str, str], ...]:
    """Where a review may go from here."""
    return tuple((one.value, _(labels.REVIEW_MOVES[one])) for one in rules.REVIEW_GOES_TO[state])
