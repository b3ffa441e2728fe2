"""Requests of one member to another: told at once, due by the end of the day."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from amends import tables
from amends.database import run
from amends.i18n import gettext as _
from amends.i18n import use_language
from amends.rules.case.texts import shortened
from amends.rules.team.wall_clocks import end_of_day
from amends.rules.vocabulary import FollowUpKind, FollowUpState
from amends.services.follow_up.follow_ups.steps import change, chosen, insert
from amends.services.team.members import Member

AT_ONCE = timedelta(minutes=1)
"""So soon the member is told."""
AT_LEAST = timedelta(hours=1)
"""So long they have until the request is overdue; else until their day ends, so that it stands on Today."""
LAST_MINUTE = timedelta(minutes=1)
WORDS_LIMIT = 500


async def ask(
    kind: FollowUpKind,
    case: tables.Case,
    whom: Iterable[Member],
    words: str,
    values: Mapping[str, str],
    *,
    why: Mapping[str, str],
    now: datetime,
) -> list[UUID]:
    """Step: each of them is asked about the case, by a follow-up of this kind that is theirs; their ids.

    `words` is a sentence of the catalogue, said in the language of each with these values. `why` stands first
    among the steps of the date: what kind of request it is, `by` whom, and what else it is known by again.
    They are told at once, and it is due by the end of their day.
    """
    told_at = now + AT_ONCE
    made = []
    for member in whom:
        with use_language(member.language):
            said = _(words) % values
        short = shortened(said, WORDS_LIMIT)
        date = chosen(end_of_day(now + AT_LEAST, member.zone) - LAST_MINUTE)
        due = replace(date, steps=(dict(why), *date.steps))
        made.append(
            await insert(
                case,
                kind,
                due,
                start=now,
                now=now,
                words=short,
                owner=member.id,
                next_at=told_at,
                climbs_from=told_at,
            )
        )
    return made


ASKED = """
SELECT id, steps FROM follow_up WHERE "case" = :case_id AND state = 'due' AND kind = :kind
"""


async def answered(kind: FollowUpKind, case_id: UUID, why: Mapping[str, str], *, now: datetime) -> None:
    """Step: what was asked for has been given, whoever gave it: nobody is reminded of it any more."""
    for row in await run(ASKED, case_id=case_id, kind=kind):
        if row["steps"] and why.items() <= row["steps"][0].items():
            await change(row["id"], {"state": FollowUpState.DONE, "settled_at": now, "next_at": None})
