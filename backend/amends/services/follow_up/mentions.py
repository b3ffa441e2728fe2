"""Mentions in notes, told to the members who are named."""

from collections.abc import Iterable

from amends import tables
from amends.i18n import N_
from amends.rules.vocabulary import FollowUpKind
from amends.services.follow_up.follow_ups import requests
from amends.services.team.members import Act, Member

SAID = N_("%(name)s: %(words)s")


async def tell(act: Act, case: tables.Case, told: Iterable[Member], words: str) -> None:
    """Step: each of them is told the words of the note, on a snoozed or closed case too."""
    why = {"step": "mentioned", "by": act.by.name}
    said = {"name": act.by.name, "words": words}
    await requests.ask(FollowUpKind.MENTION, case, told, SAID, said, why=why, now=act.now)
