"""Hold of an incident on the public replies of its cases: asked by every way of replying."""

from datetime import datetime
from uuid import uuid4

from amends import tables
from amends.database import add, run
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.vocabulary import EntryKind
from amends.rules.workflow.reply_guards import NOT_ON_HOLD
from amends.services.case import timeline
from amends.services.case.openings import OpenedCase
from amends.services.team.members import Member

ON_HOLD = """EXISTS (
    SELECT 1 FROM incident_case AS held JOIN incident AS holding ON holding.id = held.incident
    WHERE held.number = {number} AND held.linked AND held.released_at IS NULL
    AND holding.on_hold AND holding.state = 'open')"""
"""Whether an open incident holds the replies of a case, in SQL; `number` is where its number comes from."""
HELD = f"SELECT {ON_HOLD.format(number=':number')} AS on_hold"


class ReplyOnHold(Conflict):
    """An incident holds the replies of this case."""


async def is_on_hold(number: int) -> bool:
    """Whether nothing may be said in public on a case now."""
    [row] = await run(HELD, number=number)
    return bool(row["on_hold"])


async def must_not_be_on_hold(number: int) -> None:
    """Raises ReplyOnHold, with the sentence that says who may release it."""
    if await is_on_hold(number):
        raise ReplyOnHold(_(NOT_ON_HOLD.sentence))


OPEN = """
SELECT i.id, i.number, i.title FROM incident_case AS l JOIN incident AS i ON i.id = l.incident
WHERE l.number = :number AND l.linked AND i.state = 'open' ORDER BY i.number
"""


async def stay_with(made: OpenedCase, number: int, *, by: Member, now: datetime) -> None:
    """Step: a case of a post that was split off stays with the open incidents of the case that it was on."""
    for row in await run(OPEN, number=number):
        await add(tables.IncidentCase, id=uuid4(), incident=row["id"], number=made.number, linked_at=now)
        told = {"to_incident": row["number"], "title": row["title"]}
        await timeline.record(made.id, EntryKind.LINKED, by=by, now=now, **told)
