"""Readers of reports, ready to show: never more about a letter than its mail server said."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.insight.periods import Period
from amends.rules.insight.report_letters import Rhythm, called
from amends.rules.vocabulary import Language
from amends.services.insight.report_readers import Post, Posted, Reader
from amends.services.team.locations import LocationShown
from amends.web import dates
from amends.web.controls import Options
from amends.web.dates import Moment

RHYTHMS = {Rhythm.MONTHLY: N_("every month"), Rhythm.WEEKLY: N_("every week")}
LANGUAGES = {Language.ENGLISH: "English", Language.FRENCH: "Français"}
STATES = {
    Post.WAITING: N_("The report of %(period)s is waiting to be sent."),
    Post.ON_ITS_WAY: N_("The report of %(period)s is being sent."),
    Post.TRIED: N_("The report of %(period)s is tried again: %(why)s"),
    Post.ACCEPTED: N_("The mail server accepted the report of %(period)s."),
    Post.GIVEN_UP: N_("The report of %(period)s was given up: %(why)s"),
    Post.ENDED: N_("The report of %(period)s was not sent: it was paused before."),
    Post.UNKNOWN: N_("It is not known whether the report of %(period)s was sent: its destination is gone."),
}
LATE = frozenset({Post.GIVEN_UP, Post.UNKNOWN})


class ReaderRow(msgspec.Struct, frozen=True, kw_only=True):
    """One address: how often in which language, and how its last report stands since when."""

    id: UUID
    address: str
    rhythm: str
    language: str
    location: str
    through: str
    paused: bool
    words: str
    tone: str
    since: Moment | None


def rhythms() -> Options:
    """How often, to choose from."""
    return tuple((one.value, _(words)) for one, words in RHYTHMS.items())


def languages() -> Options:
    """In which language, each under its own name."""
    return tuple((one.value, name) for one, name in LANGUAGES.items())


def places(offered: Sequence[LocationShown]) -> Options:
    """Of whose cases, to choose from; nothing where the team has no locations."""
    return (("", _("all cases")), *((str(one.id), one.name) for one in offered)) if offered else ()


def row(reader: Reader, names: Mapping[str, str], *, now: datetime) -> ReaderRow:
    """One address as the page shows it; `names` are those of locations by their id."""
    posted = reader.posted
    return ReaderRow(
        id=reader.id,
        address=reader.address,
        rhythm=_(RHYTHMS[reader.rhythm]),
        language=LANGUAGES[reader.language],
        location=names.get(reader.location, _("A location that is gone")) if reader.location else "",
        through=reader.through,
        paused=reader.paused,
        words=_words(posted) if posted else "",
        tone="late" if posted and posted.state in LATE else "",
        since=dates.moment(posted.at, now=now) if posted else None,
    )


def _words(posted: Posted) -> str:
    period = called(Period(posted.first, posted.last))
    return _(STATES[posted.state]) % {"period": period, "why": posted.why}
