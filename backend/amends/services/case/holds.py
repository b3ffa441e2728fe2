"""Hold of an incident or a threat on the public replies of a case: asked by every way of replying."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from uuid import uuid4

from amends import tables
from amends.database import add, run
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.vocabulary import EntryKind
from amends.rules.workflow.reply_guards import hold_sentence
from amends.services.case import timeline
from amends.services.case.openings import OpenedCase
from amends.services.team.members import Member

ON_HOLD = """EXISTS (
    SELECT 1 FROM incident_case AS held JOIN incident AS holding ON holding.id = held.incident
    WHERE held.number = {number} AND held.linked AND held.released_at IS NULL
    AND holding.on_hold AND holding.state = 'open')"""
"""Whether an open incident holds the replies of a case, in SQL; `number` is where its number comes from."""
THREAT_HOLD = """EXISTS (
    SELECT 1 FROM threat AS flagged
    WHERE flagged."case" = {case} AND flagged.withdrawn_at IS NULL AND flagged.on_hold)"""
"""Whether a threat does, in SQL; `case` is where the id of the case comes from."""
HELD = f"""
SELECT {ON_HOLD.format(number="c.number")} AS on_hold, {THREAT_HOLD.format(case="c.id")} AS threat_hold
FROM case_file AS c WHERE c.number = :number
"""


class ReplyOnHold(Conflict):
    """The replies of this case are held."""


async def of_case(number: int) -> dict[str, bool]:
    """Whether an incident (`on_hold`) and a threat (`threat_hold`) hold the replies of a case now."""
    rows = await run(HELD, number=number)
    return {name: bool(rows and rows[0][name]) for name in ("on_hold", "threat_hold")}


async def must_not_be_on_hold(number: int) -> None:
    """Raises ReplyOnHold, with the sentence that says who may release it."""
    held = await of_case(number)
    if any(held.values()):
        raise ReplyOnHold(_(hold_sentence(held["threat_hold"])))


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
