"""Mentions in notes, told to the members who are named."""

from collections.abc import Iterable
from datetime import datetime

from amends import tables
from amends.i18n import mark
from amends.rules.vocabulary import FollowUpKind
from amends.services.follow_up.follow_ups import requests
from amends.services.team.members import Member

SAID = mark("%(name)s to you: %(words)s")


async def tell(case: tables.Case, told: Iterable[Member], words: str, *, by: Member, now: datetime) -> None:
    """Step: each of them is told the words of the note, on a snoozed or closed case too."""
    why = {"step": "mentioned", "by": by.name}
    said = {"name": by.name, "words": words}
    await requests.ask(FollowUpKind.MENTION, case, told, SAID, said, why=why, now=now)
