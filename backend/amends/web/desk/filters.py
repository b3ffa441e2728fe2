"""Filters of Cases in an address: read from it, and written into it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, get_args
from uuid import UUID

from amends.rules.case import fields
from amends.rules.case import platforms as known_platforms
from amends.rules.case.fields import LONGEST_VALUE, MOST
from amends.rules.insight.counted import WORDS
from amends.rules.vocabulary import Outcome, Severity, Stage
from amends.services.desk.cases import CaseFilters
from amends.services.desk.cases.filters import Sort
from amends.web.dates import reader_zone
from amends.web.forms import OWN_FIELD

STAGES: dict[str, Stage] = {one.value: one for one in Stage}
SEVERITIES: dict[str, Severity] = {one.value: one for one in Severity}
OUTCOMES: dict[str, Outcome] = {one.value: one for one in Outcome}
SORTS: dict[str, Sort] = {one: one for one in get_args(Sort)}
DAYS = ("opened_from", "opened_to", "due_from", "due_to")
COUNTED_DAYS = ("counted_from", "counted_to")
COUNTED = ("counted", *COUNTED_DAYS)
"""The cases behind a number of a report: its word, and the days."""
TICKS = ("late", "came_back", "danger", "forgotten")


def read(asked: Mapping[str, str], *, reader: UUID) -> CaseFilters:
    """The filters of an address; what makes no sense there does not narrow."""
    days_and_ticks: dict[str, Any] = {
        **{name: _day(asked.get(name, "")) for name in (*DAYS, *COUNTED_DAYS)},
        **{name: asked.get(name, "") not in ("", "off", "0") for name in TICKS},
    }
    return CaseFilters(
        **days_and_ticks,
        stage=_stage(asked.get("stage", "")),
        owner=_owner(asked.get("owner", ""), reader),
        severity=SEVERITIES.get(asked.get("severity", "")),
        platform=_platform(asked.get("platform", "")),
        theme=_id(asked.get("theme", "")),
        location=_id(asked.get("location", "")),
        language=_language(asked.get("language", "")),
        outcome=OUTCOMES.get(asked.get("outcome", "")),
        campaign=_number(asked.get("campaign", "")),
        counted=WORDS.get(asked.get("counted", "")),
        zone=reader_zone().key,
        words=asked.get("words", "").strip()[:200],
        sort=SORTS.get(asked.get("sort", ""), ""),
        fields=_fields(asked),
    )


def written(filters: CaseFilters, *, reader: UUID) -> dict[str, str]:
    """The filters as they stand in an address; the usual is left out."""
    return {
        "stage": "" if filters.stage == "open" else str(filters.stage),
        "owner": "me" if filters.owner == reader else str(filters.owner or ""),
        **{name: str(getattr(filters, name) or "") for name in ("severity", "platform", "theme", "location")},
        **{
            name: str(getattr(filters, name) or "")
            for name in ("language", "outcome", "campaign", *DAYS, *COUNTED)
        },
        **{name: "on" if getattr(filters, name) else "" for name in TICKS},
        **{f"{OWN_FIELD}{name}": value for name, value in filters.fields},
        "words": filters.words,
        "sort": filters.sort,
    }


def _fields(asked: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The values of the team's own fields, by their names."""
    given = {
        name.removeprefix(OWN_FIELD): value.strip()[:LONGEST_VALUE]
        for name, value in asked.items()
        if name.startswith(OWN_FIELD)
    }
    return tuple(sorted((name, value) for name, value in given.items() if value and fields.is_name(name)))[
        :MOST
    ]


def _stage(asked: str) -> Stage | Literal["open", "all"]:
    if asked == "all":
        return "all"
    return STAGES.get(asked, "open")


def _owner(asked: str, reader: UUID) -> UUID | Literal["nobody"] | None:
    if asked == "nobody":
        return "nobody"
    return reader if asked == "me" else _id(asked)


def _platform(asked: str) -> str | None:
    return asked if known_platforms.is_platform_name(asked) else None


def _language(asked: str) -> str | None:
    return asked if asked.isascii() and asked.isalpha() and 1 < len(asked) < 9 else None


def _day(asked: str) -> date | None:
    try:
        found = date.fromisoformat(asked)
    except ValueError:
        return None
    return found if 1900 < found.year < 9000 else None


def _number(asked: str) -> int | None:
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None


def _id(asked: str) -> UUID | None:
    try:
        return UUID(asked)
    except ValueError:
        return None
