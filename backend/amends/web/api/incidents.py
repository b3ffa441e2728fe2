"""API: incidents, events that bring many cases at once and hold their replies."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get
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
    "/incidents/{number:int}",
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
    "/incidents/{number:int}/cases",
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


@change(
    "/incidents/{number:int}/cases", "addIncidentCases", tag="incidents", policy=Policy.TOKEN_INSIGHTS_WRITE
)
async def add(asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[CasesWanted]) -> Opened:
    """Adds cases to an incident, which are held with it."""
    await incidents.join(asked.act, number, data.cases)
    return Opened(number)


routes = (index, show, cases, begin, add)
