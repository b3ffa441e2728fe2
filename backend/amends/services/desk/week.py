"""Figures of the week so far: captured, answered, answered in time, won back."""

import msgspec

from amends.database import counted, run
from amends.rules.team.wall_clocks import start_of_week
from amends.services.team.members import Act

OPENED = "case_file WHERE opened_at >= :since@"
ANSWERED = "follow_up WHERE kind = 'acknowledge' AND state = 'done' AND settled_at >= :since@"
COUNTED = {
    "captured": OPENED,
    "answered": ANSWERED,
    "in_time": f"{ANSWERED} AND settled_at <= due_at",
    "won_back": "case_file WHERE stage = 'closed' AND outcome = 'won_back' AND closed_at >= :since@",
}
WEEK = "SELECT " + ", ".join(f"{counted(rows)} AS {name}" for name, rows in COUNTED.items())


class Week(msgspec.Struct, frozen=True, cache_hash=True):
    """What the whole team did since Monday; `in_time` of those `answered` were so before their date."""

    captured: int
    answered: int
    in_time: int
    won_back: int


async def so_far(act: Act) -> Week:
    """The figures since Monday began where this member lives; each is read from an index."""
    [row] = await run(WEEK, since=start_of_week(act.now, act.by.zone))
    return Week(**row)
