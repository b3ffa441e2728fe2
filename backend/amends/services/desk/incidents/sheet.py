"""What an incident knows and says: fact sheet, holding statement, platforms, updates."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import add, run, transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case.platforms import platform_name
from amends.rules.case.texts import typed_text
from amends.rules.vocabulary import FactState, IncidentEntry, IncidentRole, PlaceState
from amends.services.desk.incidents import owed, timeline
from amends.services.follow_up.follow_ups import must_be_ahead
from amends.services.team.members import Act

FACT_LIMIT = 500
SOURCE_LIMIT = 200
LINE_LIMIT = 2_000
UPDATE_LIMIT = 2_000


class FactUnknown(NotFound):
    """There is no such fact."""


class FactWithoutWords(Invalid):
    """Write down the fact."""


class LineChanged(Conflict):
    """Someone else has changed the holding statement in the meantime."""


class NothingToPublish(Conflict):
    """Write the holding statement first."""


async def add_fact(act: Act, number: int, state: FactState, words: str, source: str) -> None:
    """One more line of the fact sheet. Raises IncidentUnknown, IncidentIsClosed, FactWithoutWords."""
    values = _fact(words, source)
    async with transaction():
        await owed.hold(number)
        incident = await timeline.take(number)
        row: dict[str, Any] = {"state": state, "at": act.now, "by": act.by.id, **values}
        await add(tables.IncidentFact, id=uuid4(), incident=incident.id, **row)
        await owed.tick(act, incident, "facts")
        await timeline.record(incident, IncidentEntry.FACT, act, state=state.value, **values)


async def change_fact(act: Act, number: int, fact: UUID, state: FactState, words: str, source: str) -> None:
    """Another state or wording of a fact; the timeline keeps the one before.

    Raises IncidentUnknown, IncidentIsClosed, FactUnknown, FactWithoutWords.
    """
    values = _fact(words, source)
    async with transaction():
        incident = await timeline.take(number)
        table = tables.IncidentFact
        here = (table.id == fact) & (table.incident == incident.id)
        rows = await table.select(table.state, table.words, table.source).where(here)
        if not rows:
            raise FactUnknown(_("This fact no longer exists. Look at the incident again."))
        if rows[0] == {"state": state.value, **values}:
            return
        written: dict[Any, Any] = {"state": state, "at": act.now, "by": act.by.id, **values}
        await table.update({getattr(table, name): value for name, value in written.items()}).where(here)
        await timeline.record(
            incident, IncidentEntry.FACT, act, state=state.value, before=rows[0]["state"], **values
        )


def _fact(words: str, source: str) -> dict[str, str]:
    said = typed_text(words, limit=FACT_LIMIT, field="words")
    if not said:
        raise FactWithoutWords(fields={"words": _("Write down the fact.")})
    return {"words": said, "source": typed_text(source, limit=SOURCE_LIMIT, field="source")}


async def word(act: Act, number: int, *, en: str, fr: str, version: int | None) -> None:
    """The holding statement, one more version; `version` is the one that was seen, None for any.

    Raises IncidentUnknown, IncidentIsClosed, LineChanged.
    """
    texts = {
        "line_en": typed_text(en, limit=LINE_LIMIT, field="line_en"),
        "line_fr": typed_text(fr, limit=LINE_LIMIT, field="line_fr"),
    }
    async with transaction():
        await owed.hold(number)
        incident = await timeline.take(number)
        if version is not None and incident.line_version != version:
            raise LineChanged(
                _("Someone else has changed the holding statement in the meantime. Compare, then save again.")
            )
        if texts == {"line_en": incident.line_en, "line_fr": incident.line_fr}:
            return
        following = incident.line_version + 1
        await timeline.write(incident, line_version=following, **texts)
        await owed.tick(act, incident, "line")
        await timeline.record(incident, IncidentEntry.WORDED, act, version=following, **texts)


async def publish(act: Act, number: int) -> None:
    """The holding statement as it stands was said in public: from now on it is the valid one.

    Raises IncidentUnknown, IncidentIsClosed, NotTheirIncident, NothingToPublish.
    """
    async with transaction():
        incident = await timeline.take(number)
        await timeline.must_lead_or(incident, act, IncidentRole.SPOKESPERSON)
        if not (incident.line_en or incident.line_fr):
            raise NothingToPublish(_("Write the holding statement first, in one language at least."))
        version = incident.line_version
        public = {"public_en": incident.line_en, "public_fr": incident.line_fr}
        await timeline.write(incident, published_version=version, published_at=act.now, **public)
        texts = {"line_en": incident.line_en, "line_fr": incident.line_fr}
        await timeline.record(incident, IncidentEntry.PUBLISHED, act, version=version, **texts)


async def speak(act: Act, number: int, platform: str, state: PlaceState) -> None:
    """Whether the incident is spoken of on a platform.

    Raises IncidentUnknown, IncidentIsClosed, WrongPlatformName.
    """
    platform = platform_name(platform)
    async with transaction():
        await owed.hold(number)
        incident = await timeline.take(number)
        table = tables.IncidentPlace
        here = (table.incident == incident.id) & (table.platform == platform)
        known = await table.select(table.state).where(here)
        if known and known[0]["state"] == state:
            return
        await table.delete().where(here)
        where: dict[str, Any] = {"incident": incident.id, "platform": platform}
        await add(table, id=uuid4(), state=state, at=act.now, **where)
        await owed.tick(act, incident, "places")
        await timeline.record(incident, IncidentEntry.PLACE, act, platform=platform, state=state.value)


LEAD = "SELECT member FROM incident_member WHERE incident = :incident AND role = 'lead'"


async def update(act: Act, number: int, text: str, *, next_at: datetime | None) -> None:
    """How things stand now, and when it is said again: the lead is reminded of that. Either may be left out.

    Raises IncidentUnknown, IncidentIsClosed, DateNotAhead.
    """
    words = typed_text(text, limit=UPDATE_LIMIT, field="text")
    must_be_ahead(next_at, now=act.now, field="next_at")
    async with transaction():
        await owed.hold(number)
        incident = await timeline.take(number)
        rows = await run(LEAD, incident=incident.id)
        await owed.next_update(act, incident, rows[0]["member"] if rows else None, next_at)
        following = next_at.isoformat() if next_at else ""
        await timeline.record(incident, IncidentEntry.UPDATED, act, words=words, next_at=following)
