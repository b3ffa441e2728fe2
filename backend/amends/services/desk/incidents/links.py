"""Commands that gather cases into an incident: by theme, text or platform, by suggestion, by hand."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, run, transaction
from amends.errors import Conflict, Invalid
from amends.i18n import gettext as _
from amends.rules.case.texts import clean_name
from amends.rules.desk.case_numbers import chosen as chosen_of
from amends.rules.desk.problems import WITHIN
from amends.rules.vocabulary import EntryKind, IncidentEntry, IncidentKind, IncidentRole
from amends.services.case import locks
from amends.services.case import timeline as case_timeline
from amends.services.case.access import take as take_case
from amends.services.desk import concerns
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of
from amends.services.desk.incidents import owed, timeline
from amends.services.team import absences, counters, members, notices
from amends.services.team.members import Act

MOST_AT_ONCE = 500
"""Cases that join an incident in one go."""
MOST_SUGGESTED = 20
TITLE_LIMIT = 120


class IncidentNameless(Invalid):
    """Give the incident a title."""


class NothingGathered(Invalid):
    """Choose at least one case of this incident."""


class IncidentExists(Conflict):
    """There is already an open incident about this."""


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """An incident that begins: posts of its `scope` since then belong to it, and these cases.

    `noticed_at` is from when its deadlines count; without it, from now.
    """

    title: str
    kind: IncidentKind
    scope: str = ""
    since: datetime | None = None
    noticed_at: datetime | None = None
    numbers: Collection[int] = ()


async def open_incident(act: Act, opening: Opening) -> int:
    """An incident with its cases, its checklist and a hold on their replies; its number.

    Who opens it leads it; those concerned are told once. Raises IncidentNameless, NothingGathered,
    IncidentExists, CaseUnknown, ConcernUnknown.
    """
    since = opening.since or act.now - WITHIN
    fitting = await _numbers(opening.scope, since=since) if opening.scope else []
    chosen = chosen_of({*opening.numbers, *fitting}, most=MOST_AT_ONCE, refusal=NothingGathered)
    async with transaction():
        await locks.hold_cases(chosen)
        incident = await _insert(act, opening, since)
        await _must_be_the_first(incident)
        await add(
            tables.IncidentMember,
            id=uuid4(),
            incident=incident.id,
            role=IncidentRole.LEAD,
            member=act.by.id,
        )
        await timeline.record(
            incident, IncidentEntry.OPENED, act, title=incident.title, what=incident.kind, cases=len(chosen)
        )
        await timeline.record(incident, IncidentEntry.HELD, act)
        await _link(act, incident, chosen)
        await owed.plan_checklist(act, incident)
        await owed.tick(act, incident, "hold")
        await _tell(act, incident, await _everyone_concerned(act, chosen))
    return incident.number


async def _insert(act: Act, opening: Opening, since: datetime) -> tables.Incident:
    incident = tables.Incident(
        id=uuid4(),
        number=await counters.next_number("incident"),
        title=titled(opening.title),
        kind=opening.kind,
        scope=opening.scope,
        since=since,
        noticed_at=opening.noticed_at or act.now,
        opened_at=act.now,
    )
    await tables.Incident.insert(incident)
    return incident


OTHERS = """
SELECT number FROM incident WHERE scope = :scope AND state = 'open' AND number <> :number LIMIT 1
"""


async def _must_be_the_first(incident: tables.Incident) -> None:
    """Step: two members may press at once; numbers are given to one after the other."""
    rows = await run(OTHERS, scope=incident.scope, number=incident.number) if incident.scope else []
    if rows:
        raise IncidentExists(
            _("Incident %(number)s is already about this. Add the cases to it.")
            % {"number": rows[0]["number"]}
        )


async def join(act: Act, number: int, cases: Collection[int]) -> None:
    """These cases belong to the incident from now on, and are held with it.

    Raises IncidentUnknown, IncidentIsClosed, NothingGathered, CaseUnknown.
    """
    chosen = chosen_of(cases, most=MOST_AT_ONCE, refusal=NothingGathered)
    async with transaction():
        await owed.hold(number, *chosen)
        incident = await timeline.take(number)
        if linked := await _link(act, incident, chosen):
            await timeline.record(incident, IncidentEntry.JOINED, act, cases=linked)
            await _tell(act, incident, await _owners(linked))


async def join_fitting(act: Act, number: int) -> int:
    """All that fit and were not taken out, at most 500 at once; how many there were.

    Raises IncidentUnknown, IncidentIsClosed, NothingGathered where no other case fits.
    """
    incident = await timeline.find(number)
    timeline.must_be_open(incident)
    found = await _fitting(incident)
    if not found:
        raise NothingGathered(fields={"cases": _("No other case fits this incident.")})
    await join(act, number, found)
    return len(found)


OF_CASE = """
SELECT i.number FROM incident_case AS l JOIN incident AS i ON i.id = l.incident
WHERE l.number = :number AND l.linked AND i.state = 'open' ORDER BY i.number
"""


HOLD_AGAIN = """
UPDATE incident_case SET released_at = NULL, released_by = NULL
WHERE incident = :incident AND number = :kept AND EXISTS (
    SELECT 1 FROM incident_case AS merged WHERE merged.incident = :incident AND merged.number = :number
    AND merged.linked AND merged.released_at IS NULL)
"""
"""A release was for what the kept case was then, not for a held post that is merged into it."""


async def take_over(act: Act, kept: int, number: int) -> None:
    """Step: one case is merged into another, which is held with the open incidents of the first."""
    for row in await run(OF_CASE, number=number):
        incident = await timeline.take(row["number"])
        if linked := await _link(act, incident, [kept]):
            await timeline.record(incident, IncidentEntry.JOINED, act, cases=linked)
        await run(HOLD_AGAIN, incident=incident.id, kept=kept, number=number)


async def leave(act: Act, number: int, case_number: int) -> None:
    """The case does not belong to the incident, and is suggested no more.

    Its reply is held no more either: while it is, only who may release it takes it out. Raises
    IncidentUnknown, CaseUnknown, NotTheirIncident.
    """
    async with transaction():
        await owed.hold(number, case_number)
        case = await take_case(case_number, by=act.by)
        incident = await timeline.take(number)
        table = tables.IncidentCase
        here = (table.incident == incident.id) & (table.number == case_number) & (table.linked == True)  # noqa: E712
        if incident.on_hold and await table.exists().where(here & table.released_at.is_null()):
            await timeline.must_lead_or(incident, act, IncidentRole.SPOKESPERSON)
        if not await table.update({table.linked: False}).where(here).returning(table.id):
            return
        await _say(act, case.id, from_incident=number, title=incident.title)
        await timeline.record(incident, IncidentEntry.LEFT, act, case=case_number)
        await owed.move_from(act, incident, case.id)


async def _link(act: Act, incident: tables.Incident, numbers: Sequence[int]) -> list[int]:
    """Step: one entry in each case that is new to the incident; those that were."""
    table = tables.IncidentCase
    rows = await table.select(table.number, table.linked).where(table.incident == incident.id)
    known = {row["number"]: row["linked"] for row in rows}
    new = [number for number in numbers if not known.get(number)]
    for number in new:
        case = await take_case(number, by=act.by)
        if number in known:
            here = (table.incident == incident.id) & (table.number == number)
            again: dict[Any, Any] = {table.linked: True, table.linked_at: act.now, table.released_at: None}
            await table.update(again | {table.released_by: None}).where(here)
        else:
            await add(table, id=uuid4(), incident=incident.id, number=number, linked_at=act.now)
        await _say(act, case.id, to_incident=incident.number, title=incident.title)
    return new


async def _say(act: Act, case_id: UUID, **told: Any) -> None:  # noqa: ANN401 - what an entry holds
    """Step: the case says that it belongs to an incident, or no longer."""
    await case_timeline.record(case_id, EntryKind.LINKED, by=act.by, now=act.now, held=True, **told)


NOT_YET = """NOT EXISTS (
    SELECT 1 FROM incident_case AS l WHERE l.incident = :incident AND l.number = c.number)"""


async def suggested(incident: tables.Incident) -> list[CaseRow]:
    """Cases of its scope that never belonged to it, nor were taken out, the newest first."""
    if not incident.scope:
        return []
    where, values = concerns.posts_of(incident.scope)
    text = f"""
    SELECT {COLUMNS} FROM case_file AS c {JOINS} WHERE {concerns.LATELY} AND {where} AND {NOT_YET}
    ORDER BY c.number DESC LIMIT {MOST_SUGGESTED}
    """
    return [row_of(row) for row in await run(text, since=incident.since, incident=incident.id, **values)]


async def _fitting(incident: tables.Incident) -> list[int]:
    if not incident.scope:
        return []
    where, values = concerns.posts_of(incident.scope)
    text = f"""
    SELECT c.number FROM case_file AS c WHERE {concerns.LATELY} AND {where} AND {NOT_YET}
    ORDER BY c.number LIMIT {MOST_AT_ONCE}
    """
    rows = await run(text, since=incident.since, incident=incident.id, **values)
    return [row["number"] for row in rows]


async def _numbers(scope: str, *, since: datetime) -> list[int]:
    where, values = concerns.posts_of(scope)
    text = f"SELECT c.number FROM case_file AS c WHERE {concerns.LATELY} AND {where} ORDER BY c.number DESC"
    return [row["number"] for row in await run(f"{text} LIMIT {MOST_AT_ONCE}", since=since, **values)]


async def _everyone_concerned(act: Act, numbers: Sequence[int]) -> set[UUID]:
    """The owners of these cases, whoever is on duty, and the leads."""
    leads = {one.id for one in await members.leads()}
    return leads | set(await absences.on_duty(now=act.now)) | await _owners(numbers)


async def _owners(numbers: Sequence[int]) -> set[UUID]:
    table = tables.Case
    rows = await table.select(table.owner).where(
        table.number.is_in(list(numbers)) & table.owner.is_not_null()
    )
    return {row["owner"] for row in rows}


async def _tell(act: Act, incident: tables.Incident, whom: Collection[UUID]) -> None:
    """Step: one message for each member, however many cases they have."""
    for member in sorted(whom, key=str):
        await notices.give(member, [incident.id], by=act.by, now=act.now)


def titled(typed: str) -> str:
    """A title that is one. Raises IncidentNameless."""
    title = clean_name(typed, limit=TITLE_LIMIT + 1)
    if not title:
        raise IncidentNameless(fields={"title": _("Give it a title that the team understands.")})
    if len(title) > TITLE_LIMIT:
        text = _("Use at most %(most)s characters.") % {"most": TITLE_LIMIT}
        raise IncidentNameless(fields={"title": text})
    return title
