"""Filters of Cases on the page: the lists to choose from, the chips of what narrows, and the orders."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from uuid import UUID

import msgspec

from amends.i18n import N_, language, ngettext
from amends.i18n import gettext as _
from amends.rules.case import platforms as known_platforms
from amends.rules.vocabulary import Outcome, Severity, Stage
from amends.services.case.fields import FieldShown
from amends.services.desk.cases import CaseFilters
from amends.services.desk.themes import ThemeShown
from amends.services.team.locations import LocationShown
from amends.services.team.members import Member
from amends.web import dates
from amends.web.case import labels as case_labels
from amends.web.case.fields_view import FieldInput, asked
from amends.web.case.labels import severity_label
from amends.web.case.labels.fields import field_label
from amends.web.case.labels.languages import language_title
from amends.web.controls import Chip, Select
from amends.web.desk.filters import COUNTED, DAYS, written
from amends.web.desk.labels import themes as theme_words
from amends.web.desk.labels.counted import counted_label
from amends.web.forms import OWN_FIELD
from amends.web.labels import count_label, label
from amends.web.page_kit import Typed
from amends.web.templating import query

Options = list[tuple[str, str]]

TICKS = {
    "late": N_("Late only"),
    "came_back": N_("Came back"),
    "danger": N_("In danger"),
    "forgotten": N_("Forgotten"),
}
DAY_LABELS = {
    "opened_from": N_("Opened from"),
    "opened_to": N_("Opened until"),
    "due_from": N_("Due from"),
    "due_to": N_("Due until"),
}
SORTS = {
    "": N_("Newest first"),
    "opened": N_("Oldest first"),
    "due": N_("Due soonest"),
    "-due": N_("Due latest"),
    "severity": N_("Most severe first"),
    "-severity": N_("Least severe first"),
    "stage": N_("By stage"),
    "-stage": N_("By stage, last first"),
    "owner": N_("By owner"),
    "-owner": N_("By owner, Z to A"),
}
HEADS = {
    "opened": N_("Case"),
    "severity": N_("Severity"),
    "stage": N_("Stage"),
    "due": N_("Due"),
    "owner": N_("Owner"),
}


class Head(msgspec.Struct, frozen=True):
    """A column of the table, the address that puts the list in its order, and the order at hand (ARIA)."""

    name: str
    title: str
    href: str
    order: str


class Tick(msgspec.Struct, frozen=True):
    """A box that narrows the list."""

    name: str
    label: str
    checked: bool


class Day(msgspec.Struct, frozen=True):
    """A day from which on, or until which."""

    name: str
    label: str
    value: str


class Known(msgspec.Struct, frozen=True):
    """What there is to choose from."""

    members: tuple[Member, ...]
    platforms: tuple[str, ...]
    languages: tuple[str, ...]
    themes: tuple[ThemeShown, ...]
    locations: tuple[LocationShown, ...]
    fields: tuple[FieldShown, ...] = ()


class FiltersShown(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """The filters as the page shows them; `more` are those behind a button, of which `used` narrow now.

    `hidden` are those that came with the address and have no control.
    """

    words: str
    selects: tuple[Select, ...]
    more: tuple[Select, ...]
    own: tuple[FieldInput, ...]
    days: tuple[Day, ...]
    ticks: tuple[Tick, ...]
    sort: Select
    hidden: tuple[tuple[str, str], ...]
    used: int
    chips: tuple[Chip, ...]
    heads: tuple[Head, ...]
    caption: str
    first_href: str
    next_href: str
    closed_too_href: str
    export_href: str


def shown(
    filters: CaseFilters, known: Known, *, reader: UUID, before: int | None, next_before: int | None
) -> FiltersShown:
    """The filters as the page shows them to one member."""
    return _kept(filters, known, reader, before, next_before, language())


@lru_cache(maxsize=128)
def _kept(
    filters: CaseFilters,
    known: Known,
    reader: UUID,
    before: int | None,
    next_before: int | None,
    _spoken: str,
) -> FiltersShown:
    values = written(filters, reader=reader)
    people = {str(one.id): one.name for one in known.members if one.id != reader}
    named = dict(theme_words.options(known.themes, chosen=filters.theme))
    places = {str(one.id): one.name for one in known.locations}
    more = tuple(_more(values, known, named))
    own = _own(filters, known.fields)
    labels = {one.name: field_label(one) for one in known.fields}
    words_of_open = filters.words and filters.stage == "open"
    return FiltersShown(
        words=filters.words,
        selects=tuple(_selects(values, people)),
        more=more,
        own=own,
        days=tuple(Day(name, _(DAY_LABELS[name]), values[name]) for name in DAYS),
        ticks=tuple(_ticks(values)),
        sort=Select(
            "sort", _("Order"), values["sort"], tuple((name, _(word)) for name, word in SORTS.items())
        ),
        hidden=tuple((name, values[name]) for name in ("campaign", *COUNTED) if values[name]),
        used=sum(bool(values[name]) for name in (*(one.name for one in more), *DAYS, *TICKS))
        + len(filters.fields),
        chips=(
            *_chips(filters, values, {**people, **named, **places}),
            *_field_chips(filters, values, labels),
        ),
        heads=tuple(_heads(filters, values)),
        caption=_("Late cases, the latest first") if filters.late else _(SORTS[filters.order]),
        first_href=f"/cases{query(values)}" if before else "",
        next_href=f"/cases{query(values, before=next_before)}" if next_before else "",
        closed_too_href=f"/cases{query({**values, 'stage': 'all'})}" if words_of_open else "",
        export_href=f"/cases/export.csv{query(values)}",
    )


def total(count: int) -> str:
    """How many cases fit."""
    return ngettext("%(count)s case", "%(count)s cases", count) % {"count": count_label(count)}


def _selects(values: Mapping[str, str], people: Mapping[str, str]) -> list[Select]:
    anybody: Options = [("", _("Anybody")), ("me", _("Me")), ("nobody", _("Unassigned"))]
    severities = [(one.value, severity_label(one)) for one in Severity]
    return [
        Select("stage", _("Stage"), values["stage"] or "open", tuple(_stages())),
        Select("owner", _("Owner"), values["owner"], (*anybody, *people.items())),
        Select("severity", _("Severity"), values["severity"], (("", _("Any")), *severities)),
    ]


def _more(values: Mapping[str, str], known: Known, themes: Mapping[str, str]) -> Iterable[Select]:
    spoken = dict.fromkeys(filter(None, (*known.languages, values["language"])))
    platforms = {name: known_platforms.label(name) for name in (*known.platforms, values["platform"]) if name}
    lists = {
        "location": (_("Location or brand"), _located(known, values["location"])),
        "platform": (_("Platform"), _sorted(platforms)),
        "theme": (_("Theme"), list(themes.items())),
        "language": (_("Language"), _sorted({one: language_title(one) for one in spoken})),
        "outcome": (_("Outcome"), [(one.value, label(one)) for one in Outcome]),
    }
    for name, (title, options) in lists.items():
        if options:
            yield Select(name, title, values[name], (("", _("Any")), *options))


def _located(known: Known, chosen: str) -> Options:
    """The locations to choose from; a retired one while it is chosen."""
    return [(str(one.id), one.name) for one in known.locations if not one.retired or str(one.id) == chosen]


def _sorted(options: Mapping[str, str]) -> Options:
    return sorted(options.items(), key=lambda option: option[1].casefold())


def _ticks(values: Mapping[str, str]) -> Iterable[Tick]:
    """Forgotten cases are found by their number on Today; the box is there while it is ticked."""
    for name, words in TICKS.items():
        if name != "forgotten" or values[name]:
            yield Tick(name, _(words), bool(values[name]))


def _stages() -> Options:
    named = [(value.value, _(word)) for value, word in case_labels.STAGES.items()]
    return [("open", _("All open")), ("all", _("Open and closed")), *named]


def _heads(filters: CaseFilters, values: Mapping[str, str]) -> Iterable[Head]:
    """A column at hand leads to its other way round; late cases and found ones have an order of their own."""
    is_ordered = not (filters.late or filters.words)
    at_hand = filters.sort or "-opened"
    for name, title in HEADS.items():
        is_at_hand = is_ordered and at_hand.removeprefix("-") == name
        wanted = "" if (name, at_hand) == ("opened", "opened") else name
        wanted = f"-{name}" if at_hand == name and name != "opened" else wanted
        order = ("descending" if at_hand.startswith("-") else "ascending") if is_at_hand else ""
        yield Head(name, _(title), f"/cases{query(values, sort=wanted)}" if is_ordered else "", order)


def _chips(filters: CaseFilters, values: Mapping[str, str], names: Mapping[str, str]) -> list[Chip]:
    labels = {
        "stage": _("Open and closed") if filters.stage == "all" else _word(filters.stage),
        "owner": {"me": _("Mine"), "nobody": _("Unassigned")}.get(
            values["owner"], names.get(values["owner"], values["owner"])
        ),
        "severity": severity_label(values["severity"]),
        "platform": known_platforms.label(filters.platform or ""),
        "theme": names.get(values["theme"], _("A theme that is gone")),
        "location": names.get(values["location"], _("A location that is gone")),
        "language": language_title(values["language"]),
        "outcome": label(filters.outcome) if filters.outcome else "",
        "campaign": _("Campaign %(number)s") % {"number": values["campaign"]},
        **{name: _since(name, values[name]) for name in DAYS},
        **{name: _(words) for name, words in TICKS.items()},
        "words": f"“{filters.words}”",
    }
    plain = [Chip(labels[name], f"/cases{query(values, **{name: None})}") for name in labels if values[name]]
    return [*_counted(filters, values), *plain]


def _own(filters: CaseFilters, known: tuple[FieldShown, ...]) -> tuple[FieldInput, ...]:
    """The team's own fields: those that are offered, and a retired one while it narrows the list."""
    asked_for = dict(filters.fields)
    shown = [one for one in known if not one.retired or one.name in asked_for]
    return asked(shown, Typed(values={f"{OWN_FIELD}{name}": value for name, value in filters.fields}))


def _field_chips(
    filters: CaseFilters, values: Mapping[str, str], labels: Mapping[str, str]
) -> Iterable[Chip]:
    for name, value in filters.fields:
        label = f"{labels.get(name, name)}{_(': ')}{value}"
        yield Chip(label, f"/cases{query(values, **{OWN_FIELD + name: None})}")


def _counted(filters: CaseFilters, values: Mapping[str, str]) -> Iterable[Chip]:
    """The number of a report that led here: one chip with its days."""
    if filters.counted:
        name = counted_label(filters.counted)
        if filters.counted_from and filters.counted_to:
            name = f"{name} · {dates.days(filters.counted_from, filters.counted_to)}"
        yield Chip(name, f"/cases{query({**values, **dict.fromkeys(COUNTED, '')})}")


def _since(name: str, value: str) -> str:
    return f"{_(DAY_LABELS[name])} {dates.day(date.fromisoformat(value))}" if value else ""


def _word(value: object) -> str:
    return label(value) if isinstance(value, Stage) else ""
