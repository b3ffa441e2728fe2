"""Location of a case, as a member sets it."""

from uuid import UUID

from amends import tables
from amends.database import transaction
from amends.rules.vocabulary import EntryKind
from amends.services.case import timeline
from amends.services.case.access import take_to_write
from amends.services.team import locations
from amends.services.team.members import Act
from amends.services.workflow import undo_snapshots

LOCATE = "locate"
"""What undoing calls it, beside the moves."""


async def locate(act: Act, number: int, location: UUID | None, *, version: int | None = None) -> None:
    """Gives a case to a location, or to none; also a closed one. It can be undone for half a minute.

    `version` is the one that the member saw. Raises CaseUnknown, CaseChanged, CaseErased, LocationNotOffered.
    """
    async with transaction():
        case = await take_to_write(number, by=act.by, version=version)
        if case.location == location:
            return
        names = {one.id: one.name for one in await locations.everything()}
        after = (await locations.choosable(location)).name if location else ""
        await undo_snapshots.take(act, case, move=LOCATE)
        await tables.Case.update({tables.Case.location: location}).where(tables.Case.id == case.id)
        before = names.get(case.location, "") if case.location else ""
        await timeline.record(case.id, EntryKind.LOCATED, by=act.by, now=act.now, before=before, after=after)
