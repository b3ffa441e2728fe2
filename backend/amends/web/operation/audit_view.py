"""Audit log, ready to show: the filters that were asked for, and each event in words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

import msgspec
from babel.dates import get_day_names

from amends.i18n import LOCALES, language
from amends.i18n import gettext as _
from amends.rules.team.audit import KINDS, kinds_of
from amends.rules.vocabulary import Role
from amends.rules.vocabulary.audit import AuditGroup, AuditKind
from amends.services.team.audit import EventShown, Filters
from amends.services.team.members import Member
from amends.web import dates
from amends.web.dates import Moment
from amends.web.labels import label, reference
from amends.web.team.labels import audit as labels

YEARS = range(2020, 2100)
LONGEST = 36
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
COLUMNS = ("at", "event", "actor", "about", "network", "details", "position")
OF_CASES = frozenset(kinds_of(AuditGroup.CASES))


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for, as it stands in the address."""

    who: str = ""
    what: str = ""
    first: str = ""
    last: str = ""

    @property
    def written(self) -> dict[str, str]:
        """The same as parameters of an address."""
        return {"who": self.who, "what": self.what, "from": self.first, "to": self.last}


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """One event: when, what, who, about whom or what and where that is, and what else it tells."""

    at: Moment
    event: str
    actor: str
    about: str
    href: str
    network: str
    details: tuple[str, ...]
    waits: bool


def read(asked: Mapping[str, str]) -> Asked:
    """The filters of an address; what is none of them is left out."""
    what = asked.get("what", "")
    return Asked(
        who=asked.get("who", "")[:LONGEST],
        what=what if _kinds(what) else "",
        first=_day(asked.get("from", "")),
        last=_day(asked.get("to", "")),
    )


def _day(text: str) -> str:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return ""
    return found.isoformat() if found.year in YEARS else ""


def _kinds(what: str) -> tuple[AuditKind, ...]:
    if what in list(AuditGroup):
        return kinds_of(AuditGroup(what))
    return (AuditKind(what),) if what in list(AuditKind) else ()


def filters(asked: Asked) -> Filters:
    """The same for the service; days are those of the reader."""
    return Filters(
        actor=asked.who,
        kinds=_kinds(asked.what),
        since=_begin(asked.first),
        before=_begin(asked.last, after=timedelta(days=1)),
    )


def _begin(day: str, *, after: timedelta = timedelta()) -> datetime | None:
    if not day:
        return None
    return datetime.combine(date.fromisoformat(day) + after, time(), dates.reader_zone())


def whose(everyone: Sequence[Member]) -> list[tuple[str, str]]:
    """Who may have acted: members by name, and who is none."""
    return [
        *((str(one.id), one.name) for one in everyone),
        *((word, _(name)) for word, name in labels.ACTORS.items()),
    ]


def what() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Groups of events with their kinds."""
    return [
        (group.value, _(name), [(kind.value, _(KINDS[kind].label)) for kind in kinds_of(group)])
        for group, name in labels.GROUPS.items()
    ]


def row(event: EventShown, names: Mapping[str, str], *, now: datetime) -> EventRow:
    """One line of the page."""
    about, href = _about(event, names)
    return EventRow(
        at=dates.moment(event.at, now=now),
        event=_(KINDS[event.kind].label),
        actor=_name(event.actor, names),
        about=about,
        href=href,
        network=event.network,
        details=tuple(_details(event)),
        waits=event.position is None,
    )


def cells(event: EventShown, names: Mapping[str, str]) -> dict[str, str]:
    """One line of the file: times in UTC, words of the database beside names."""
    return {
        "at": event.at.isoformat(timespec="seconds"),
        "event": event.kind.value,
        "actor": _name(event.actor, names),
        "about": _about(event, names)[0],
        "network": event.network,
        "details": "; ".join(_details(event)),
        "position": str(event.position or ""),
    }


def names_of(everyone: Sequence[Member]) -> dict[str, str]:
    """Members by the id that events keep."""
    return {str(one.id): one.name for one in everyone}


def _name(actor: str, names: Mapping[str, str]) -> str:
    if actor in labels.ACTORS:
        return _(labels.ACTORS[actor])
    return names.get(actor) or _("someone who has left")


def _about(event: EventShown, names: Mapping[str, str]) -> tuple[str, str]:
    """Whom or what an event is about, and its page where it has one."""
    about = event.about
    if event.kind in OF_CASES and about.isdecimal():
        return reference(int(about)), f"/cases/{about}"
    if event.kind is AuditKind.SIGN_IN_FAILED and not about:
        return _("unknown name"), ""
    if event.kind is AuditKind.SETTING_CHANGED:
        return _(labels.SETTINGS[about]) if about in labels.SETTINGS else about, ""
    if about == "team":
        return _("Team"), ""
    if about == event.actor or not about:
        return "", ""
    return names.get(about) or (_("someone who has left") if _is_id(about) else about), ""


def _is_id(word: str) -> bool:
    try:
        return bool(UUID(word))
    except ValueError:
        return False


def _details(event: EventShown) -> Iterator[str]:
    for name, value in event.told.items():
        if name == "changes":
            yield from (_line(field, old, new) for field, (old, new) in value.items())
        elif name in ("how", "what", "name", "masked"):
            yield _word(str(value))
        elif isinstance(value, list):
            yield _line(name, *value)
        else:
            yield f"{_field(name)}{_(': ')}{_word(str(value))}"


def _line(field: str, old: str = "", new: str = "") -> str:
    return f"{_field(field)}{_(': ')}{_word(old) or '–'} → {_word(new) or '–'}"


def _field(name: str) -> str:
    if name in labels.FIELDS:
        return _(labels.FIELDS[name])
    within, _dot, day = name.partition(".")
    if within == "week" and day.isdecimal():
        return str(get_day_names("wide", locale=LOCALES[language()])[int(day) - 1]).capitalize()
    return name


def _word(value: str) -> str:
    if value in list(Role):
        return label(Role(value))
    if value in labels.WORDS:
        return _(labels.WORDS[value])
    return dates.day(date.fromisoformat(value)) if DAY.fullmatch(value) and _day(value) else value
