"""API: incidents, events that bring many cases at once and hold their replies."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from amends.rules.vocabulary import IncidentKind, IncidentRole, IncidentState
from amends.services.desk import incidents
from amends.services.desk.incidents import Opening
from amends.services.team.names import Name
from amends.web.api.changes import change
from amends.web.api.kit import Asked
from amends.web.api.paging import Cursored, Paged, answered, cursor, listed
from amends.web.api.problems import CasesWanted, Numbers, Opened, Title
from amends.web.security import Policy

ONE = "/incidents/{number:int}"


class IncidentsAsked(Paged, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which incidents are asked for."""

    state: IncidentState = IncidentState.OPEN


class IncidentListed(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One incident: whether public replies are on hold, how many cases it has, and who leads it."""

    number: int
    title: str
    kind: IncidentKind
    state: IncidentState
    on_hold: bool
    opened_at: datetime
    closed_at: datetime | None
    cases: int
    lead: str


class IncidentsSent(msgspec.Struct, frozen=True):
    """Some incidents, the newest first, and the cursor of the page after."""

    incidents: list[IncidentListed]
    next: str | None


class RoleHeld(msgspec.Struct, frozen=True):
    """Who does what in an incident."""

    role: IncidentRole
    member: Name


class IncidentShown(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One incident, and who does what in it."""

    number: int
    title: str
    kind: IncidentKind
    state: IncidentState
    on_hold: bool
    opened_at: datetime
    closed_at: datetime | None
    roles: list[RoleHeld]


class IncidentCase(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A case of an incident; `released_at` says since when its replies are no longer held."""

    number: int
    released_at: datetime | None


class IncidentCasesSent(msgspec.Struct, frozen=True):
    """Some cases of an incident, the newest first, and the cursor of the page after."""

    cases: list[IncidentCase]
    next: str | None


class IncidentWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An incident that begins, with its cases; the token’s member leads it."""

    title: Title
    kind: Annotated[IncidentKind, Meta(description="What happened; each kind has a checklist.")]
    cases: Numbers


class IncidentDetails(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another title or kind; both are set."""

    title: Title
    kind: IncidentKind


class RoleWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A role, and the id of the member who has it from now on; null for nobody, except for the lead."""

    role: IncidentRole
    # Not `member`: to litestar a wrong field with the name of a dependency is a fault of the server.
    holder: UUID | None


class IncidentNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One more line of the incident’s timeline."""

    text: Annotated[str, Meta(min_length=1, max_length=2_000)]


class CloseWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who owes the review; the token’s member where nobody is named."""

    owner: UUID | None = None


class IncidentChange(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How an incident stands after it was changed."""

    number: int
    state: IncidentState
    on_hold: bool


@get(
    "/incidents",
    operation_id="listIncidents",
    opt={"policy": Policy.TOKEN_INSIGHTS, "query": IncidentsAsked},
    tags=["incidents"],
)
async def index(asked: NamedDependency[Asked]) -> IncidentsSent:
    """Lists the incidents in one state, the newest first."""
    wanted = asked.query(IncidentsAsked)
    return listed(asked, wanted, await incidents.listed(wanted.state), IncidentListed, IncidentsSent)


@get(
    ONE,
    operation_id="getIncident",
    opt={"policy": Policy.TOKEN_INSIGHTS},
    tags=["incidents"],
)
async def show(asked: NamedDependency[Asked], number: FromPath[int]) -> IncidentShown:
    """One incident, and who does what in it."""
    found = await incidents.detail(number, now=asked.now)
    incident = found.incident
    return IncidentShown(
        number=incident.number,
        title=incident.title,
        kind=IncidentKind(incident.kind),
        state=IncidentState(incident.state),
        on_hold=incident.on_hold,
        opened_at=incident.opened_at,
        closed_at=incident.closed_at,
        roles=[RoleHeld(role, member) for role, member in found.roles.items()],
    )


@get(
    f"{ONE}/cases",
    operation_id="listIncidentCases",
    opt={"policy": Policy.TOKEN_INSIGHTS, "query": Cursored},
    tags=["incidents"],
)
async def cases(asked: NamedDependency[Asked], number: FromPath[int]) -> IncidentCasesSent:
    """Lists the cases of an incident, the newest first."""
    before = asked.query(Cursored).number()
    found = (await incidents.detail(number, now=asked.now)).incident
    page = await incidents.cases_of(found.id, before=before)
    following = cursor(page.next_before)
    sent = [IncidentCase(number=one.case.number, released_at=one.released_at) for one in page.cases]
    return answered(asked, IncidentCasesSent(sent, following), following)


@change("/incidents", "openIncident", tag="incidents", policy=Policy.TOKEN_INSIGHTS_WRITE, makes=True)
async def begin(asked: NamedDependency[Asked], data: JSONBody[IncidentWanted]) -> Opened:
    """Opens an incident: the public replies of its cases are held, and those concerned are told."""
    opening = Opening(title=data.title, kind=data.kind, numbers=data.cases)
    return Opened(await incidents.open_incident(asked.act, opening))


@change(f"{ONE}/cases", "addIncidentCases", tag="incidents", policy=Policy.TOKEN_INSIGHTS_WRITE)
async def add(asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[CasesWanted]) -> Opened:
    """Adds cases to an incident, which are held with it."""
    await incidents.join(asked.act, number, data.cases)
    return Opened(number)


async def changed(number: int) -> IncidentChange:
    """How an incident stands after it was changed."""
    incident = await incidents.find(number)
    return IncidentChange(number=number, state=IncidentState(incident.state), on_hold=incident.on_hold)


@put(ONE, operation_id="editIncident", opt={"policy": Policy.TOKEN_INSIGHTS_WRITE}, tags=["incidents"])
async def edit(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[IncidentDetails]
) -> IncidentChange:
    """Sets title and kind; the checklist stays as it began."""
    await incidents.change(asked.act, number, title=data.title, kind=data.kind)
    return await changed(number)


@change(f"{ONE}/roles", "giveIncidentRole", tag="incidents", policy=Policy.TOKEN_INSIGHTS_WRITE)
async def give(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[RoleWanted]
) -> IncidentChange:
    """Gives a role to a member, who is told; only the lead of the incident and leads may."""
    await incidents.name(asked.act, number, data.role, data.holder)
    return await changed(number)


@change(f"{ONE}/notes", "addIncidentNote", tag="incidents", policy=Policy.TOKEN_INSIGHTS_WRITE, makes=True)
async def note(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[IncidentNote]
) -> IncidentChange:
    """Writes one more line into the timeline of an incident."""
    await incidents.note(asked.act, number, data.text)
    return await changed(number)


@change(f"{ONE}/hold", "holdIncident", tag="incidents", policy=Policy.TOKEN_INSIGHTS_WRITE)
async def hold(asked: NamedDependency[Asked], number: FromPath[int]) -> IncidentChange:
    """Holds the public replies on all its cases, whatever was released before."""
    await incidents.hold(asked.act, number)
    return await changed(number)


@change(f"{ONE}/resume", "resumeIncident", tag="incidents", policy=Policy.TOKEN_INSIGHTS_WRITE)
async def resume(asked: NamedDependency[Asked], number: FromPath[int]) -> IncidentChange:
    """Ends the hold: replies may go out again."""
    await incidents.resume(asked.act, number)
    return await changed(number)


@change(f"{ONE}/close", "closeIncident", tag="incidents", policy=Policy.TOKEN_INSIGHTS_WRITE)
async def close(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[CloseWanted]
) -> IncidentChange:
    """Ends an incident and its hold; a review is owed within five days."""
    await incidents.close(asked.act, number, owner=data.owner)
    return await changed(number)


routes = (index, show, cases, begin, add, edit, give, note, hold, resume, close)
