"""After a restore: what must be done to rows that come from the past before anybody sees them.

A step for each reason, in order; each may be done twice. What erases people again by the list of those who
were erased since (R-95) is one more step here.
"""

from collections.abc import Awaitable, Callable

from amends import tables
from amends.services.case import case_numbers


async def end_sessions() -> None:
    """Nobody is signed in by what was true then; everybody types their password again."""
    await tables.Session.delete(force=True)
    await tables.OneTimeCode.delete(force=True)
    await tables.MessageLink.delete(force=True)


async def end_dossier_links() -> None:
    """A link that was revoked after the backup was made must not open again; whoever needs one asks anew."""
    link = tables.DossierLink
    await link.update({link.ended_at: link.made_at}).where(link.ended_at.is_null())


STEPS: tuple[Callable[[], Awaitable[None]], ...] = (
    end_sessions,
    end_dossier_links,
    case_numbers.go_on_from_the_last,
)


async def run() -> None:
    """All steps."""
    for step in STEPS:
        await step()
