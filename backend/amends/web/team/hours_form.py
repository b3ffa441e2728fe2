"""Form of working hours, one line a day."""

import re
from collections.abc import Mapping
from typing import Any

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.team.zones import present_name
from amends.services.team import calendars
from amends.services.team.calendars import Hours
from amends.services.team.teams import Slots, Team
from amends.web.team import regions
from amends.web.team.team_form import WrongHours, clock

SLOT = re.compile(r"(\d{1,2})(?:[:h.](\d{2})?)?\s*(?:[-–—]|to|à)\s*(\d{1,2})(?:[:h.](\d{2})?)?", re.ASCII)
BETWEEN = re.compile(r"[,;+]|\band\b|\bet\b")
MIDNIGHT = 24 * 60
ON_DUTY = "duty_"
"""What the fields of the hours on duty begin with: both calendars are in one form."""


def typed_of(hours: Team | Hours, of: str = "") -> dict[str, Any]:
    """What the form shows of a calendar: a line for each day, zone and holidays."""
    shown = {
        **{f"day_{number}": written(slots) for number, slots in enumerate(hours.week)},
        "zone": present_name(hours.zone),
        "country": regions.listed(hours.country, hours.subdivision),
        "closed_days": "on" if isinstance(hours, Hours) and hours.closed_days else "",
    }
    return {of + name: value for name, value in shown.items()}


def both_of(typed: Mapping[str, Any]) -> tuple[Hours, Hours | None]:
    """The working hours as they were typed, and those on duty where they are others.

    Raises WrongHours, which says all that is wrong with both.
    """
    calendars_typed = ("", ON_DUTY) if typed.get("on_duty") == "own" else ("",)
    read: list[Hours] = []
    wrong: dict[str, str] = {}
    for of in calendars_typed:
        try:
            read.append(hours_of(typed, of))
        except WrongHours as error:
            wrong |= error.fields
    if wrong:
        raise WrongHours(_("Something is missing or wrong. Check the marked fields."), fields=wrong)
    return read[0], read[1] if len(read) > 1 else None


def hours_of(typed: Mapping[str, Any], of: str = "") -> Hours:
    """The hours of a calendar as they were typed. Raises WrongHours."""
    mine = {name.removeprefix(of): value for name, value in typed.items() if name.startswith(of)}
    country, _slash, region = str(mine.get("country", "")).partition("/")
    try:
        hours = Hours(
            zone=str(mine.get("zone", "")),
            country=country,
            subdivision=region,
            week=week_of(mine),
            closed_days=bool(mine.get("closed_days")),
        )
        calendars.calendar_of(hours)
    except Invalid as error:
        fields = error.fields or {"country": error.detail}
        beside = {of + ("day_0" if name == "week" else name): words for name, words in fields.items()}
        raise WrongHours(error.detail, fields=beside) from error
    return hours


def written(slots: Slots) -> str:
    """The hours of a day: "09:00–12:00, 13:00–18:00"; nothing for a day that is not worked."""
    return ", ".join(f"{clock(opens)}–{clock(closes)}" for opens, closes in slots)


def week_of(typed: Mapping[str, Any]) -> tuple[Slots, ...]:
    """The hours of seven days. Raises WrongHours with a sentence for each day that cannot be read."""
    week: list[Slots] = []
    wrong: dict[str, str] = {}
    for number in range(7):
        try:
            week.append(slots_of(str(typed.get(f"day_{number}", ""))))
        except ValueError as unread:
            wrong[f"day_{number}"] = str(unread)
    if wrong:
        raise WrongHours(_("Something is missing or wrong. Check the marked fields."), fields=wrong)
    return tuple(week)


def slots_of(text: str) -> Slots:
    """The hours of one day, as people write them. Raises ValueError with the sentence to show."""
    slots = tuple(_slot(part.strip()) for part in BETWEEN.split(text.lower()) if part.strip())
    edges = [edge for slot in slots for edge in slot]
    if edges != sorted(edges) or any(opens == closes for opens, closes in slots):
        raise ValueError(_("Each slot must end after it begins, and begin after the previous one ends."))
    return slots


def _slot(text: str) -> tuple[int, int]:
    found = SLOT.fullmatch(text)
    if not found:
        raise ValueError(_("Enter hours such as 09:00–12:00, 13:00–18:00, or leave empty."))
    opens, closes = _minutes(found[1], found[2]), _minutes(found[3], found[4])
    return opens, closes or MIDNIGHT


def _minutes(hour: str, minute: str | None) -> int:
    at = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or at > MIDNIGHT:
        raise ValueError(_("Enter working hours between 00:00 and 24:00."))
    return at
