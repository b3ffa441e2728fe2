"""Timeline of an incident: lines are added and never changed; the incident is held meanwhile."""

from typing import Any
from uuid import uuid4

import msgspec

from amends import tables
from amends.database import add, converter, read, run
from amends.errors import Conflict, Forbidden, NotFound
from amends.i18n import gettext as _
from amends.rules.desk import incidents as rules
from amends.rules.team.events import OF_INCIDENTS
from amends.rules.vocabulary import IncidentEntry, IncidentRole, IncidentState
from amends.services.team import outbox
from amends.services.team.members import Act


class IncidentUnknown(NotFound):
    "Incident not found."


class IncidentIsClosed(Conflict):
    "This incident is closed."


class NotTheirIncident(Forbidden):
    "Only a lead, or who has this role in the incident, may do this."


class GoingOn(msgspec.Struct, frozen=True):
    """An open incident as Today names it."""

    number: int
    title: str
    on_hold: bool


GOING_ON = "SELECT number, title, on_hold FROM incident WHERE state = 'open' ORDER BY number DESC LIMIT 5"


async def going_on() -> list[GoingOn]:
    """The incidents that go on, the newest first."""
    return await read(converter(GoingOn), GOING_ON)


TAKE = "UPDATE incident SET version = version + 1 WHERE number = :number RETURNING id"
LAST = "SELECT MAX(position) AS last FROM incident_event WHERE incident = :incident"


def unknown(number: int) -> IncidentUnknown:
    """The error for a number that no incident has."""
    return IncidentUnknown(_("There is no incident %(number)s.") % {"number": number})


async def find(number: int) -> tables.Incident:
    """One incident. Raises IncidentUnknown."""
    found = await tables.Incident.objects().where(tables.Incident.number == number).first()
    if found is None:
        raise unknown(number)
    return found


async def take(number: int, *, even_closed: bool = False) -> tables.Incident:
    """Step: the incident, held until the transaction ends. Raises IncidentUnknown, IncidentIsClosed."""
    if not await run(TAKE, number=number):
        raise unknown(number)
    incident = await find(number)
    if not even_closed:
        must_be_open(incident)
    return incident


def must_be_open(incident: tables.Incident) -> None:
    """Raises IncidentIsClosed."""
    if incident.state == IncidentState.CLOSED:
        raise IncidentIsClosed(_("This incident is closed. Its review can still be written."))


async def record(incident: tables.Incident, kind: IncidentEntry, act: Act, **told: object) -> None:
    """Step: one more line, of an incident that is held."""
    [row] = await run(LAST, incident=incident.id)
    line = uuid4()
    await add(
        tables.IncidentEvent,
        id=line,
        incident=incident.id,
        position=(row["last"] or 0) + 1,
        kind=kind,
        at=act.now,
        member=act.by.id,
        told={name: value for name, value in told.items() if value not in (None, "")},
    )
    await outbox.put(OF_INCIDENTS[kind], "incident", incident.id, about=line, now=act.now)


async def write(incident: tables.Incident, **values: Any) -> None:  # noqa: ANN401 - what the columns take
    """Step: other values for some columns, in the row and in what was read of it."""
    table = tables.Incident
    for name, value in values.items():
        setattr(incident, name, value)
    columns = {getattr(table, name): value for name, value in values.items()}
    await table.update(columns).where(table.id == incident.id)


async def has_role(incident: tables.Incident, act: Act, role: IncidentRole) -> bool:
    """Whether this member has this role in the incident."""
    table = tables.IncidentMember
    mine = (table.incident == incident.id) & (table.role == role) & (table.member == act.by.id)
    return bool(await table.exists().where(mine))


async def must_lead_or(incident: tables.Incident, act: Act, role: IncidentRole) -> None:
    """Raises NotTheirIncident for whoever is no lead, and has not this role in the incident."""
    if not rules.may_act_as(act.by.role, has_role=await has_role(incident, act, role)):
        raise NotTheirIncident
