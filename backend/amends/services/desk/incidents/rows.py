"""Reading of incidents: the list, one with all but its cases, a page of its cases, its timeline."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec

from amends import tables
from amends.database import GIVEN, Selected, columns_of, converter, read, run
from amends.rules.desk import incidents as rules
from amends.rules.vocabulary import (
    FactState,
    IncidentEntry,
    IncidentKind,
    IncidentRole,
    IncidentState,
    PlaceState,
    ReviewState,
    TaskKind,
    TaskState,
)
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of
from amends.services.desk.incidents import links, timeline
from amends.services.team.names import Name

MOST_LISTED = 200
PAGE = 50
"""Cases on one page of an incident."""
MOST_LINES = 50
"""Lines of the timeline that its page shows, the newest first."""
HOURS = 24
"""So many hours back the posts are counted by the hour."""


class IncidentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One incident as lists show it; `review` is how far its review has come."""

    number: int
    title: str
    kind: IncidentKind
    state: IncidentState
    on_hold: bool
    opened_at: datetime
    closed_at: datetime | None
    cases: Annotated[
        int,
        Selected("(SELECT COUNT(*) FROM incident_case AS l WHERE l.incident = i.id AND l.linked)"),
    ]
    lead: Annotated[
        str,
        Selected(
            "COALESCE((SELECT m.name FROM incident_member AS r JOIN member AS m ON m.id = r.member "
            "WHERE r.incident = i.id AND r.role = 'lead'), '')"
        ),
    ]
    review: Annotated[
        ReviewState | None,
        Selected("(SELECT v.state FROM incident_review AS v WHERE v.incident = i.id)"),
    ]


LISTED = f"""
SELECT {columns_of(IncidentRow, table="i")} FROM incident AS i
WHERE i.state = :state ORDER BY i.number DESC LIMIT {MOST_LISTED}
"""


async def listed(state: IncidentState) -> list[IncidentRow]:
    """The incidents in one state, the newest first."""
    return await read(converter(IncidentRow), LISTED, quick=True, state=state)


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the fact sheet."""

    id: UUID
    state: FactState
    words: str
    source: str
    at: datetime
    by: Annotated[Name | None, Selected("f.by", join="member")]


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One task; a step of the checklist has its name, others their words."""

    position: int
    kind: TaskKind
    step: str
    words: str
    target: str
    owner: Annotated[Name | None, Selected("t.owner", join="member")]
    due_at: datetime | None
    state: TaskState
    settled_at: datetime | None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the timeline; `told` is what it holds beside."""

    position: int
    kind: IncidentEntry
    at: datetime
    by: Annotated[str, Selected("COALESCE(member.name, '')")]
    told_text: Annotated[str, Selected("CAST(e.told AS TEXT)")]
    pinned: bool | None

    @property
    def told(self) -> dict[str, Any]:
        """What it holds by name."""
        found: dict[str, Any] = msgspec.json.decode(self.told_text)
        return found


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One platform: how many posts came from it, and whether we speak there."""

    platform: str
    posts: int
    answered: int
    closed: int
    unweighed: int
    state: PlaceState | None


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """How large it is: posts, different people, posts whose case is closed, those of each of the last hours.

    `unweighed` are open and less than critical.
    """

    posts: int
    people: int
    closed: int
    unweighed: int
    hours: list[int]

    @property
    def lately(self) -> int:
        """Those of the last hour."""
        return self.hours[-1]


class IncidentDetail(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the page of an incident shows, but its cases."""

    incident: tables.Incident
    roles: dict[IncidentRole, Name]
    sums: Sums
    places: list[Place]
    facts: list[Fact]
    tasks: list[Task]
    lines: list[Line]
    people_told: list[Line]
    suggested: Annotated[list[CaseRow], GIVEN]
    review: tables.IncidentReview | None


async def detail(number: int, *, now: datetime) -> IncidentDetail:
    """One incident. Raises IncidentUnknown."""
    incident = await timeline.find(number)
    is_open = incident.state == IncidentState.OPEN
    review = tables.IncidentReview
    places = await read(converter(Place), PLACES, quick=True, incident=incident.id)
    return IncidentDetail(
        incident=incident,
        roles=await _roles(incident.id),
        sums=await _sums(incident.id, places, until=incident.closed_at or now),
        places=places,
        facts=await _facts(incident.id),
        tasks=await _tasks(incident.id),
        lines=await lines(incident.id),
        people_told=await read(converter(Line), PEOPLE_TOLD, quick=True, incident=incident.id),
        suggested=await links.suggested(incident) if is_open else [],
        review=await review.objects().where(review.incident == incident.id).first(),
    )


ROLES = """
SELECT r.role, m.id, m.name FROM incident_member AS r JOIN member AS m ON m.id = r.member
WHERE r.incident = :incident
"""


async def _roles(incident: UUID) -> dict[IncidentRole, Name]:
    rows = await run(ROLES, quick=True, incident=incident)
    return {IncidentRole(row["role"]): Name(id=row["id"], name=row["name"]) for row in rows}


MINE = """
FROM incident_case AS l JOIN case_file AS c ON c.number = l.number WHERE l.incident = :incident AND l.linked
"""
PLACES = f"""
SELECT k.*, p.state FROM (
    SELECT c.platform, COUNT(*) AS posts, COUNT(CASE WHEN c.public_replies > 0 THEN 1 END) AS answered,
        COUNT(CASE WHEN c.stage = 'closed' THEN 1 END) AS closed,
        COUNT(CASE WHEN c.stage <> 'closed' AND (c.severity IS NULL OR c.severity <> 's1') THEN 1 END)
            AS unweighed
    {MINE} GROUP BY c.platform
) AS k LEFT JOIN incident_place AS p ON p.incident = :incident AND p.platform = k.platform
ORDER BY k.posts DESC, k.platform LIMIT 200
"""
PEOPLE = f"""
SELECT (SELECT COUNT(DISTINCT c.author) {MINE}) - COALESCE((
    SELECT SUM(k.accounts - 1) FROM (SELECT COUNT(*) AS accounts FROM author AS a WHERE a.person IS NOT NULL
        AND EXISTS (SELECT 1 {MINE} AND c.author = a.id) GROUP BY a.person) AS k), 0) AS people
"""
"""Their accounts, less those of one person beyond the first: few have several, so few accounts are read."""
SINCE = ", ".join(
    f"COUNT(CASE WHEN c.opened_at > :h{hour} THEN 1 END) AS h{hour}" for hour in range(HOURS + 1)
)
BY_HOUR = f"SELECT {SINCE} {MINE} AND c.opened_at > :h{HOURS}"
"""How many posts came since each full hour back."""


async def _sums(incident: UUID, places: Sequence[Place], *, until: datetime) -> Sums:
    [people] = await run(PEOPLE, quick=True, incident=incident)
    ends = {f"h{hour}": until - timedelta(hours=hour) for hour in range(HOURS + 1)}
    [since] = await run(BY_HOUR, quick=True, incident=incident, **ends)
    return Sums(
        people=int(people["people"]),
        posts=sum(one.posts for one in places),
        closed=sum(one.closed for one in places),
        unweighed=sum(one.unweighed for one in places),
        hours=[since[f"h{hour}"] - since[f"h{hour - 1}"] for hour in range(HOURS, 0, -1)],
    )


FACTS = f"""
SELECT {columns_of(Fact, table="f")} FROM incident_fact AS f LEFT JOIN member ON member.id = f.by
WHERE f.incident = :incident ORDER BY f.at DESC LIMIT 200
"""
TASKS = f"""
SELECT {columns_of(Task, table="t")} FROM incident_task AS t LEFT JOIN member ON member.id = t.owner
WHERE t.incident = :incident ORDER BY t.position LIMIT 200
"""
LINES = f"""
SELECT {columns_of(Line, table="e")} FROM incident_event AS e LEFT JOIN member ON member.id = e.member
WHERE e.incident = :incident AND e.position < :before ORDER BY e.position DESC LIMIT {MOST_LINES}
"""
KINDS = f"""
SELECT {columns_of(Line, table="e")} FROM incident_event AS e LEFT JOIN member ON member.id = e.member
WHERE e.incident = :incident AND {{which}} ORDER BY e.position DESC LIMIT 200
"""
PEOPLE_TOLD = KINDS.format(which="e.kind = 'told'")
WORDS_PROMINENT = ", ".join(f"'{kind}'" for kind in sorted(rules.PROMINENT))
TOLD_BY_REVIEW = KINDS.format(which=f"COALESCE(e.pinned, e.kind IN ({WORDS_PROMINENT}))")


async def _facts(incident: UUID) -> list[Fact]:
    return await read(converter(Fact), FACTS, quick=True, incident=incident)


async def _tasks(incident: UUID) -> list[Task]:
    return await read(converter(Task), TASKS, quick=True, incident=incident)


async def lines(incident: UUID, *, before: int = 2**31 - 1) -> list[Line]:
    """The timeline before one position, the newest line first."""
    return await read(converter(Line), LINES, quick=True, incident=incident, before=before)


async def told_lines(incident: UUID) -> list[Line]:
    """What its review tells: changes of state and pinned lines, the newest first."""
    return await read(converter(Line), TOLD_BY_REVIEW, quick=True, incident=incident)


class HeldCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case of an incident, and whether its reply was released from the hold."""

    case: CaseRow
    released_at: datetime | None


CASES = f"""
SELECT l.released_at, {COLUMNS} FROM incident_case AS l JOIN case_file AS c ON c.number = l.number {JOINS}
WHERE l.incident = :incident AND l.linked AND l.number < :before ORDER BY l.number DESC LIMIT {PAGE + 1}
"""


class CasePage(msgspec.Struct, frozen=True):
    """Some cases of an incident, the newest first, and the key of the page after them."""

    cases: Sequence[HeldCase]
    next_before: int | None


async def cases_of(incident: UUID, *, before: int | None = None) -> CasePage:
    """A page of its cases; `before` is the number of the last one of the page before."""
    found = await run(CASES, quick=True, incident=incident, before=before or 2**31 - 1)
    rows = [HeldCase(case=row_of(row), released_at=row["released_at"]) for row in found]
    return CasePage(rows[:PAGE], rows[PAGE - 1].case.number if len(rows) > PAGE else None)


async def open_ones() -> list[IncidentRow]:
    """The incidents that go on."""
    return await listed(IncidentState.OPEN)
