"""Mentions in notes, told to the members who are named."""

from collections.abc import Iterable
from datetime import datetime

from amends import tables
from amends.i18n import mark
from amends.services.follow_up.follow_ups import requests
from amends.services.team.members import Member

SAID = mark("%(name)s to you: %(words)s")


async def tell(case: tables.Case, told: Iterable[Member], words: str, *, by: Member, now: datetime) -> None:
    """Step: each of them is reminded of the case with the words of the note."""
    why = {"step": "mentioned", "by": by.name}
    await requests.ask(case, told, SAID, {"name": by.name, "words": words}, why=why, now=now)
