"""Request to rewrite a draft that was read and sent back, to the member who wrote it."""

from amends import tables
from amends.i18n import N_
from amends.rules.vocabulary import FollowUpKind
from amends.services.follow_up.follow_ups import requests
from amends.services.team import members
from amends.services.team.members import Act

SAID = N_("%(name)s: %(words)s")


async def ask(act: Act, case: tables.Case, words: str) -> None:
    """Step: whoever wrote the draft is told that it came back, with the words of who read it.

    Nobody is told where its author can no longer sign in, or sent it back to themselves.
    """
    authors = [one for one in await members.everyone() if one.id == case.draft_by and one.works]
    whom = [one for one in authors if one.id != act.by.id]
    why = {"step": "draft_rejected", "by": act.by.name}
    said = {"name": act.by.name, "words": words}
    await requests.ask(FollowUpKind.REWRITE, case, whom, SAID, said, why=why, now=act.now)
