"""Where may the demonstration be made? Where nobody is at work: it reaches whatever the team has."""

from amends.database import run
from amends.errors import Conflict
from amends.i18n import gettext as _

AT_WORK = """
SELECT EXISTS (SELECT 1 FROM case_file) OR EXISTS (SELECT 1 FROM target)
    OR EXISTS (SELECT 1 FROM webhook) AS busy
"""


class TeamAtWork(Conflict):
    """The demo data are only made where there is no case, destination for reminders or webhook yet.

    To look around, run it with an empty folder in AMENDS_DATA_DIR, or an empty database in
    AMENDS_DATABASE_URL.
    """


async def ensure() -> None:
    """Raises TeamAtWork: cases would mix with the invented ones, and be told to whom the team tells."""
    [row] = await run(AT_WORK)
    if row["busy"]:
        raise TeamAtWork(
            _(
                "No demo data were made: a team works here, with cases, destinations for reminders or "
                "webhooks. Run `amends demo` with an empty folder in AMENDS_DATA_DIR, or an empty database "
                "in AMENDS_DATABASE_URL."
            )
        )
