"""Hold of an incident on the public replies of its cases: asked by every way of replying."""

from amends.database import run
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.workflow.reply_guards import NOT_ON_HOLD

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
