"""Filters of Cases: in the address, in the form, and as chips."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.case import platforms as known_platforms
from amends.rules.vocabulary import Severity, Stage
from amends.services.desk.cases import CaseFilters
from amends.services.desk.themes import ThemeShown
from amends.services.desk.views import ViewShown
from amends.services.team.members import Member
from amends.web.case import labels as case_labels
from amends.web.case.labels import severity_label, severity_title
from amends.web.controls import Chip, Select
from amends.web.desk.labels import themes as theme_words
from amends.web.labels import label
from amends.web.page_kit import Typed
from amends.web.templating import query

Options = list[tuple[str, str]]

STAGES: dict[str, Stage] = {one.value: one for one in Stage}
SEVERITIES: dict[str, Severity] = {one.value: one for one in Severity}


class FiltersShown(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """The filters as the page shows them."""

    words: str
    late: bool
    selects: tuple[Select, ...]
    chips: tuple[Chip, ...]
    first_href: str
    next_href: str
    closed_too_href: str


def read(asked: Mapping[str, str], *, reader: UUID) -> CaseFilters:
    """The filters of an address; what makes no sense there does not narrow."""
    return CaseFilters(
        stage=_stage(asked.get("stage", "")),
        owner=_owner(asked.get("owner", ""), reader),
        severity=SEVERITIES.get(asked.get("severity", "")),
        platform=_platform(asked.get("platform", "")),
        theme=_id(asked.get("theme", "")),
        late=_is_on(asked, "late"),
        forgotten=_is_on(asked, "forgotten"),
        words=asked.get("words", "").strip()[:200],
    )


def _is_on(asked: Mapping[str, str], name: str) -> bool:
    return asked.get(name, "") not in ("", "off", "0")


def _stage(asked: str) -> Stage | Literal["open", "all"]:
    if asked == "all":
        return "all"
    return STAGES.get(asked, "open")


def _owner(asked: str, reader: UUID) -> UUID | Literal["nobody"] | None:
    if asked == "nobody":
        return "nobody"
    if asked == "me":
        return reader
    return _id(asked)


def _platform(asked: str) -> str | None:
    return asked if known_platforms.is_platform_name(asked) else None


def _id(asked: str) -> UUID | None:
    try:
        return UUID(asked)
    except ValueError:
        return None


def shown(
    filters: CaseFilters,
    *,
    members: tuple[Member, ...],
    platforms: tuple[str, ...],
    themes: tuple[ThemeShown, ...],
    reader: UUID,
    before: int | None,
    next_before: int | None,
) -> FiltersShown:
    """The filters as the page shows them to one member."""
    return _kept(filters, members, platforms, themes, reader, before, next_before, language())


@lru_cache(maxsize=128)
def _kept(
    filters: CaseFilters,
    members: tuple[Member, ...],
    platforms: tuple[str, ...],
    themes: tuple[ThemeShown, ...],
    reader: UUID,
    before: int | None,
    next_before: int | None,
    _spoken: str,
) -> FiltersShown:
    values = written(filters, reader=reader)
    people = {str(one.id): one.name for one in members if one.id != reader}
    named = dict(theme_words.options(themes, chosen=filters.theme))
    words_of_open = filters.words and filters.stage == "open"
    return FiltersShown(
        words=filters.words,
        late=filters.late,
        selects=tuple(_selects(values, people, platforms, named)),
        chips=tuple(_chips(filters, values, {**people, **named})),
        first_href=f"/cases{query(values)}" if before else "",
        next_href=f"/cases{query(values, before=next_before)}" if next_before else "",
        closed_too_href=f"/cases{query({**values, 'stage': 'all'})}" if words_of_open else "",
    )


class ViewLink(msgspec.Struct, frozen=True, kw_only=True):
    """A list under a name, and whether it is the one at hand."""

    id: UUID
    name: str
    href: str
    shared: bool
    mine: bool
    current: bool


class Views(msgspec.Struct, frozen=True):
    """The lists under a name, and the fields of the one at hand where it may be kept.

    `name` is what was typed to keep it under; `wrong` says what is wrong with that, `problem` with the whole.
    """

    links: tuple[ViewLink, ...]
    keepable: tuple[tuple[str, str], ...]
    name: str = ""
    wrong: str = ""
    problem: str = ""


def views(found: Iterable[ViewShown], filters: CaseFilters, typed: Typed, *, reader: UUID) -> Views:
    """The views as links; the list at hand is kept where it narrows and is no view yet."""
    at_hand = written(filters, reader=reader)
    address = query(at_hand)
    links = tuple(
        ViewLink(
            id=view.id,
            name=view.name,
            href=f"/cases{query(view.filters)}",
            shared=view.shared,
            mine=view.mine,
            current=query(view.filters) == address,
        )
        for view in found
    )
    fields = tuple((name, value) for name, value in at_hand.items() if value)
    return Views(
        links,
        () if any(link.current for link in links) else fields,
        name=typed.values.get("name", ""),
        wrong=typed.errors.get("name", ""),
        problem=typed.problem,
    )


def written(filters: CaseFilters, *, reader: UUID) -> dict[str, str]:
    """The filters as they stand in an address; the usual is left out."""
    owner = "me" if filters.owner == reader else str(filters.owner or "")
    return {
        "stage": "" if filters.stage == "open" else str(filters.stage),
        "owner": owner,
        "severity": str(filters.severity or ""),
        "platform": str(filters.platform or ""),
        "theme": str(filters.theme or ""),
        "late": "on" if filters.late else "",
        "forgotten": "on" if filters.forgotten else "",
        "words": filters.words,
    }


def _selects(
    values: Mapping[str, str], people: Mapping[str, str], platforms: Iterable[str], named: Mapping[str, str]
) -> list[Select]:
    anybody: Options = [("", _("Anybody")), ("me", _("Me")), ("nobody", _("Nobody yet"))]
    anything = ("", _("Any"))
    severities = [(one.value, f"{severity_label(one)} · {severity_title(one)}") for one in Severity]
    about = [Select("theme", _("Theme"), values["theme"], (anything, *named.items()))] if named else []
    return [
        Select("stage", _("Stage"), values["stage"] or "open", tuple(_stages())),
        Select("owner", _("Owner"), values["owner"], (*anybody, *people.items())),
        Select("severity", _("Severity"), values["severity"], (anything, *severities)),
        Select(
            "platform",
            _("Platform"),
            values["platform"],
            (anything, *_labelled(platforms, values["platform"])),
        ),
        *about,
    ]


def _stages() -> Options:
    return [("open", _("All open")), ("all", _("Open and closed")), *_named(case_labels.STAGES)]


def _named(table: Mapping[Stage, str]) -> Options:
    return [(value.value, _(word)) for value, word in table.items()]


def _labelled(platforms: Iterable[str], chosen: str) -> Options:
    """The platforms of which there are cases, and the one that is chosen, in the order of their labels."""
    named = {name: known_platforms.label(name) for name in (*platforms, chosen) if name}
    return sorted(named.items(), key=lambda option: option[1].casefold())


def _chips(filters: CaseFilters, values: Mapping[str, str], names: Mapping[str, str]) -> list[Chip]:
    labels = {
        "stage": _("Open and closed") if filters.stage == "all" else _word(filters.stage),
        "owner": {"me": _("Mine"), "nobody": _("Nobody yet")}.get(
            values["owner"], names.get(values["owner"], values["owner"])
        ),
        "severity": severity_label(values["severity"]),
        "platform": known_platforms.label(filters.platform or ""),
        "theme": names.get(values["theme"], _("A theme that is gone")),
        "late": _("Only late"),
        "forgotten": _("Forgotten"),
        "words": f"“{filters.words}”",
    }
    return [
        Chip(labels[name], f"/cases{query(values, **{name: None})}")
        for name, value in values.items()
        if value
    ]


def _word(value: object) -> str:
    return label(value) if isinstance(value, Stage) else ""
