"""Mentions in notes, told to the members who are named."""

from collections.abc import Sequence

from amends import tables
from amends.i18n import N_
from amends.rules.vocabulary import FollowUpKind
from amends.services.follow_up import colleagues
from amends.services.follow_up.follow_ups import requests
from amends.services.team.members import Act, Member

SAID = N_("%(name)s: %(words)s")


async def tell(act: Act, case: tables.Case, told: Sequence[Member], words: str) -> list[str]:
    """Step: each of them is told the words of the note, on a snoozed or closed case too.

    The names of those who have no destination of their own, and find it on Today only.
    """
    why = {"step": "mentioned", "by": act.by.name}
    said = {"name": act.by.name, "words": words}
    await requests.ask(FollowUpKind.MENTION, case, told, SAID, said, why=why, now=act.now)
    reached = await colleagues.with_destination() if told else frozenset()
    return [one.name for one in told if one.id not in reached]
