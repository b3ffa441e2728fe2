"""Due date calculator: a start and a term make a date."""

import re

import msgspec

from amends.errors import AmendsError
from amends.i18n import gettext as _
from amends.rules.follow_up.follow_ups import after
from amends.rules.team.calendars import ON_DUTY
from amends.rules.team.policies import LONGEST
from amends.rules.team.terms import Term, Unit
from amends.services.team import calendars
from amends.web import dates, forms
from amends.web.dates import Moment
from amends.web.page_kit import Here
from amends.web.team.labels import steps as step_words

NEAR = re.compile(r"20\d\d-", re.ASCII)


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked, and the date with its arithmetic, or what was wrong."""

    at: str
    amount: str
    unit: str
    calendar: str
    due: Moment | None = None
    steps: tuple[str, ...] = ()
    wrong: dict[str, str] = {}


async def tried(here: Here) -> Tried:
    """The date that the address asks for; nothing where it asks for none."""
    asked = here.query
    at, amount, unit = asked.get("at", ""), asked.get("amount", ""), asked.get("unit", "")
    which = ON_DUTY if asked.get("calendar") == ON_DUTY else "team"
    shown = Tried(at=at, amount=amount or "4", unit=unit or Unit.WORKING_HOURS.value, calendar=which)
    if not at and not amount:
        return shown
    zone, now = here.visit.zone, here.now
    if wrong := _wrong(at, shown.amount, shown.unit):
        return msgspec.structs.replace(shown, wrong=wrong)
    try:
        start = forms.moment_of(at, zone=zone)
        known = await calendars.both()
        counted_in = known.on_duty if which == ON_DUTY and known.on_duty else known.team
        due = after(Term(int(shown.amount), Unit(shown.unit)), counted_in, start)
    except AmendsError as error:
        return msgspec.structs.replace(shown, wrong={"at": error.detail})
    return msgspec.structs.replace(
        shown, due=dates.moment(due.at, now=now), steps=tuple(step_words.told(due.steps))
    )


def _wrong(at: str, amount: str, unit: str) -> dict[str, str]:
    wrong = {}
    if not NEAR.match(at):
        wrong["at"] = _("Enter a date, such as 2026-03-28.")
    if not (amount.isascii() and amount.isdigit() and 1 <= int(amount[:4]) <= LONGEST and len(amount) < 4):
        wrong["amount"] = _("Enter a number from 1 to %(most)s.") % {"most": LONGEST}
    if unit not in {one.value for one in Unit}:
        wrong["unit"] = _("Choose one from the list.")
    return wrong
