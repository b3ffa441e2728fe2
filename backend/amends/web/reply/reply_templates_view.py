"""Reply templates: list, filters and form."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.rules.reply.reply_templates import SOURCES, SPOKEN
from amends.rules.vocabulary import Language, Occasion, Stance, Tone
from amends.services.reply.reply_templates import TemplateFilters, TemplateRow
from amends.web.controls import Chip, Options, Select
from amends.web.labels import label
from amends.web.reply.labels import replies
from amends.web.templating import query

Word = TypeVar("Word", bound=Enum)


class TemplateCard(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """One prepared reply in the list, every string ready."""

    href: str
    title: str
    text: str
    language: str
    lang: str
    facts: tuple[str, ...]
    uses: str


class LibraryFilters(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """The filters as the page shows them."""

    words: str
    archived: bool
    selects: tuple[Select, ...]
    chips: tuple[Chip, ...]
    first_href: str
    next_href: str


def card(row: TemplateRow) -> TemplateCard:
    """One prepared reply as the list shows it."""
    return TemplateCard(
        href=f"/replies/{row.id}",
        title=row.title,
        text=row.text,
        language=label(row.language),
        lang=row.language,
        facts=(label(row.stance), label(row.occasion), label(row.tone), _source(row.source)),
        uses=replies.uses(row.uses),
    )


def read(asked: Mapping[str, str]) -> TemplateFilters:
    """The filters of an address; what makes no sense there does not narrow."""
    source = asked.get("source", "")
    return TemplateFilters(
        language=_one(Language, asked.get("language")),
        stance=_one(Stance, asked.get("stance")),
        occasion=_one(Occasion, asked.get("occasion")),
        tone=_one(Tone, asked.get("tone")),
        source=source if source in SOURCES else "",
        archived=asked.get("archived", "") not in ("", "off", "0"),
        words=asked.get("words", "").strip()[:200],
    )


def after(asked: Mapping[str, str]) -> UUID | None:
    """The key of the page before, where the address has one."""
    try:
        return UUID(asked.get("after", ""))
    except ValueError:
        return None


def written(filters: TemplateFilters) -> dict[str, str]:
    """The filters as they stand in an address."""
    given: dict[str, Any] = msgspec.structs.asdict(filters)
    return {name: "on" if value is True else str(value or "") for name, value in given.items()}


def shown(filters: TemplateFilters, *, after: UUID | None, next_after: UUID | None) -> LibraryFilters:
    """The filters as the page shows them."""
    values = written(filters)
    return LibraryFilters(
        words=filters.words,
        archived=filters.archived,
        selects=tuple(_select(name, label, values[name]) for name, label in _labels().items()),
        chips=tuple(_chips(values)),
        first_href=f"/replies{query(values)}" if after else "",
        next_href=f"/replies{query(values, after=next_after)}" if next_after else "",
    )


def choices(name: str) -> Options:
    """What may be chosen for a part of a prepared reply."""
    if name == "source":
        return tuple(replies.sources())
    return tuple((str(value.value), label(value)) for value in _words(name))


def _words(name: str) -> Iterable[Enum]:
    known: dict[str, Iterable[Enum]] = {
        "language": Language,
        "stance": SPOKEN,
        "occasion": Occasion,
        "tone": Tone,
    }
    return known[name]


def _labels() -> dict[str, str]:
    return {
        "language": _("Language"),
        "stance": _("Stance"),
        "occasion": _("When"),
        "tone": _("Tone"),
        "source": _("Where"),
    }


def _select(name: str, label: str, value: str) -> Select:
    return Select(name, label, value, (("", _("Any")), *choices(name)))


def _chips(values: dict[str, str]) -> list[Chip]:
    named = {name: dict(choices(name)) for name in _labels()}
    labels = {name: known.get(values[name], "") for name, known in named.items()}
    labels |= {"archived": _("Archived"), "words": f"“{values['words']}”"}
    return [Chip(labels[name], f"/replies{query(values, **{name: None})}") for name in values if values[name]]


def _source(value: str) -> str:
    return replies.source(value)


def _one(kind: type[Word], asked: str | None) -> Word | None:
    return next((one for one in kind if one.value == asked), None)
