"""Contact attempts on the page of a case."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.follow_up.contact_attempts import Attempt, attempts
from amends.services.case.timeline import EntryShown
from amends.web import dates
from amends.web.dates import Moment
from amends.web.labels import label

RESULTS = {
    True: ("won", N_("they answered")),
    False: ("closed", N_("no answer")),
    None: ("waiting", N_("no answer yet")),
}
"""Tone and words."""


class AttemptLine(msgspec.Struct, frozen=True):
    """One try: by which way, when, by whom, and what came of it."""

    way: str
    at: Moment
    who: str
    tone: str
    result: str


def lines(
    entries: Sequence[EntryShown], *, is_over: bool, unsent: Mapping[int, str], now: datetime
) -> tuple[AttemptLine, ...]:
    """The tries of one case, the last one first; where it `is_over`, none waits for an answer any more.

    `unsent` says by the position of its entry what became of a message that nobody can answer.
    """
    told = {entry.position: entry for entry in entries}
    return tuple(
        _line(told[one.position], *_result(one, unsent, is_over=is_over), now=now)
        for one in reversed(attempts(entries))
    )


def _result(one: Attempt, unsent: Mapping[int, str], *, is_over: bool) -> tuple[str, str]:
    if not one.answered and one.position in unsent:
        return "closed", unsent[one.position]
    tone, words = RESULTS[bool(one.answered) if is_over else one.answered]
    return tone, _(words)


def _line(entry: EntryShown, tone: str, result: str, *, now: datetime) -> AttemptLine:
    minute = now.replace(second=0, microsecond=0)  # as the timeline counts
    return AttemptLine(
        way=label(entry.channel) if entry.channel else _("Private link"),
        at=dates.moment(entry.at, now=minute),
        who=entry.by.name if entry.by else "",
        tone=tone,
        result=result,
    )
