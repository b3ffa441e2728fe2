"""Form of the team."""

from datetime import time
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.team.zones import present_name
from amends.rules.vocabulary import Language
from amends.services.team.calendars import Hours
from amends.services.team.seen import fingerprint
from amends.services.team.teams import Slots, Team, values_of
from amends.web.page_kit import Typed
from amends.web.team import regions

Day = Annotated[int, Meta(ge=0, le=6)]
DEFAULTS: dict[str, Any] = {
    "team_name": "",
    "zone": "",
    "country": "",
    "opens": "09:00",
    "closes": "18:00",
    "pause_from": "",
    "pause_until": "",
    "kept": "",
    "seen": "",
    "hours": [],
    "days": ["0", "1", "2", "3", "4"],
}


class WrongHours(Invalid):
    "These working hours are not valid."


class TeamFields(msgspec.Struct, kw_only=True):
    """The team as a form sends it: which days, and the same one or two slots on each; or the hours it has."""

    team_name: Annotated[str, Meta(max_length=120)]
    team_language: Language
    zone: str
    country: str = ""
    opens: time
    closes: time
    pause_from: time | None = None
    pause_until: time | None = None
    kept: bool = False
    seen: str = ""
    days: list[Day] = msgspec.field(default_factory=list)

    def team(self, *, before: Team | None = None) -> Team:
        """The team these fields mean; `kept` keeps the hours of the one `before`. Raises WrongHours."""
        country, _slash, region = self.country.partition("/")
        return Team(
            name=self.team_name,
            language=self.team_language,
            zone=self.zone,
            country=country,
            subdivision=region,
            week=before.week if before and self.kept else self._week(),
        )

    def _week(self) -> tuple[Slots, ...]:
        first, last = _minutes(self.opens), _minutes(self.closes) or 24 * 60
        if last <= first:
            raise WrongHours(fields={"closes": _("The day must end after it begins.")})
        if not self.days:
            raise WrongHours(fields={"days": _("Choose at least one day.")})
        slots = self._slots(first, last)
        return tuple(slots if day in self.days else () for day in range(7))

    def _slots(self, first: int, last: int) -> Slots:
        if self.pause_from is None and self.pause_until is None:
            return ((first, last),)
        if self.pause_from is None or self.pause_until is None:
            raise WrongHours(fields={"pause_until": _("Enter both the beginning and the end of the break.")})
        begins, ends = _minutes(self.pause_from), _minutes(self.pause_until)
        if not first < begins < ends < last:
            raise WrongHours(fields={"pause_until": _("The break must be within the day.")})
        return ((first, begins), (ends, last))


def typed_of(team: Team | None) -> dict[str, Any]:
    """What the form shows of a team; where no team is, what most of them need."""
    if team is None:
        return {**DEFAULTS, "team_language": language()}
    worked = [number for number, slots in enumerate(team.week) if slots]
    slots = team.week[worked[0]]
    is_shown = len(slots) <= 2 and all(team.week[number] == slots for number in worked)
    first, last = slots[0][0], slots[-1][1]
    pause = (clock(slots[0][1]), clock(slots[1][0])) if is_shown and len(slots) == 2 else ("", "")
    return {
        "team_name": team.name,
        "team_language": team.language,
        "zone": present_name(team.zone),
        "country": regions.listed(team.country, team.subdivision),
        "opens": clock(first),
        "closes": clock(last % (24 * 60)),
        "pause_from": pause[0],
        "pause_until": pause[1],
        "kept": "" if is_shown else "on",
        "hours": hours(team),
        "days": [str(number) for number in worked],
        "seen": fingerprint(values_of(team)),
    }


def typed_again(typed: Typed) -> dict[str, Any]:
    """What was typed, to be shown again beside what is wrong."""
    days = typed.several.get("days", ())
    return {**DEFAULTS, "team_language": language(), **typed.values, "days": days}


def hours(team: Team | Hours) -> list[str]:
    """Each working day with its slots, in words."""
    return [
        day + _(": ") + ", ".join(f"{clock(first)}–{clock(last % 1440)}" for first, last in slots)
        for day, slots in zip(week_days(), team.week, strict=True)
        if slots
    ]


def week_days() -> list[str]:
    """The days of a week, from Monday."""
    return [
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    ]


def options() -> dict[str, Any]:
    """The lists that the form chooses from."""
    return {
        "countries": regions.countries(language()),
        "zones": regions.zones(language()),
        "languages": [("en", "English"), ("fr", "Français")],
        "week_days": week_days(),
    }


def clock(minutes: int) -> str:
    """Minutes of a day as an input of time writes them."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
