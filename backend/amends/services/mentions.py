"""How does a member hear that somebody named them in a note? By a reminder that is due at once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from amends import tables
from amends.i18n import gettext as _
from amends.i18n import speaking
from amends.rules.vocabulary import FollowUpKind
from amends.services.follow_ups.steps import chosen, insert
from amends.services.members import Member

AT_ONCE = timedelta(minutes=1)
WORDS_LIMIT = 500


async def tell(case: tables.Case, told: Iterable[Member], words: str, *, by: Member, now: datetime) -> None:
    """Step: each of them is reminded of the case with the words of the note, through whatever they read."""
    date = chosen(now + AT_ONCE)
    due = replace(date, steps=({"step": "mentioned", "by": by.name}, *date.steps))
    for member in told:
        with speaking(member.language):
            said = _("%(name)s to you: %(words)s") % {"name": by.name, "words": words}
        await insert(
            case,
            FollowUpKind.REMINDER,
            due,
            start=now,
            now=now,
            words=said[:WORDS_LIMIT],
            owner=member.id,
        )
