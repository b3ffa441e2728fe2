"""What an imported calendar file brought, and which of its entries were left out."""

import re

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.team.calendar_events import moment
from amends.rules.team.closed_day_files import CalendarFile, LeftOut, Reason
from amends.web import dates

MOST_LISTED = 200
WORDS = 120

REASONS = {
    Reason.NO_DAY: N_("It has no readable date."),
    Reason.HOUR: N_("It has a time: only whole days can be closed days."),
    Reason.REPEATS: N_("It repeats other than once a year."),
    Reason.PAST: N_("It repeats, but on no day of the coming five years."),
    Reason.CANCELLED: N_("It is marked as cancelled."),
    Reason.ENDS_BEFORE: N_("It ends before it begins."),
    Reason.LENGTH: N_("Its end cannot be read."),
    Reason.TOO_LONG: N_("It lasts longer than a year."),
    Reason.YEAR: N_("It is before 1990 or after 2100."),
}


class LeftOutShown(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that was left out: its words and day, and why."""

    title: str
    begins: str
    reason: str


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """How many days a file brought that were new, and its entries that were left out, the first of them."""

    added: int
    left_out: int
    listed: list[LeftOutShown]


def brought(file: CalendarFile, added: int) -> Brought:
    """The file as the page shows it."""
    return Brought(
        added=added,
        left_out=len(file.left_out),
        listed=[_shown(entry) for entry in file.left_out[:MOST_LISTED]],
    )


def _shown(entry: LeftOut) -> LeftOutShown:
    return LeftOutShown(
        title=" ".join(entry.words.split())[:WORDS] or _("No text"),
        begins=_day(entry.begins),
        reason=_(REASONS[entry.reason]),
    )


def _day(begins: str) -> str:
    """The day for a reader; what is none as the file writes it."""
    day = moment(begins)
    return dates.day(day) if day else re.sub(r"\s+", " ", begins)[:40]
