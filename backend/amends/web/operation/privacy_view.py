"""A person's data, ready to look at before a copy is given."""

from datetime import datetime

import msgspec

from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.case.author_names import author_name
from amends.rules.operation.privacy import BY_TABLE, CUSTOMER_TABLES, Purpose
from amends.services.operation.privacy.copies import Gathered, Group, Part
from amends.services.operation.privacy.findings import Findings, words_of
from amends.web import dates
from amends.web.controls import Options
from amends.web.dates import Moment
from amends.web.operation import mentions_view
from amends.web.operation.mentions_view import SearchShown
from amends.web.operation.privacy_labels import GROUPS
from amends.web.page_kit import Typed


class PartShown(msgspec.Struct, frozen=True, kw_only=True):
    """A part to tick or not."""

    id: str
    by: str
    at: Moment | None
    excerpt: str
    number: int | None
    href: str
    chosen: bool


class GroupShown(msgspec.Struct, frozen=True, kw_only=True):
    """Parts of one kind, with what to look for."""

    title: str
    hint: str
    parts: tuple[PartShown, ...]


class CopyPage(msgspec.Struct, frozen=True, kw_only=True):
    """The form."""

    href: str
    name: str
    counts: tuple[tuple[str, int], ...]
    groups: tuple[GroupShown, ...]
    languages: Options
    language: str
    name_members: bool
    search: SearchShown | None


def copy_page(gathered: Gathered, typed: Typed, *, now: datetime) -> CopyPage:
    """What is held of a person, and what of it is for a human to look at."""
    kept = typed.several.get("keep", ()) if typed.values else None
    words = words_of(gathered.found)
    told = {one.id: mentions_view.excerpt(one, words) for one in gathered.mentions}
    return CopyPage(
        href=f"/people/{gathered.found.author}",
        name=author_name(gathered.found.name),
        counts=counts(gathered.found),
        groups=tuple(
            GroupShown(
                title=_(title),
                hint=_(hint),
                parts=tuple(
                    _part(
                        one,
                        kept,
                        now,
                        text=told.get(one.id, one.excerpt),
                        number=gathered.numbers.get(one.id),
                    )
                    for one in gathered.parts
                    if one.group is group
                ),
            )
            for group, (title, hint) in GROUPS.items()
            if any(one.group is group for one in gathered.parts)
        ),
        languages=(("en", "English"), ("fr", "Français")),
        language=typed.values.get("language", language()),
        name_members=bool(typed.values.get("members")),
        search=mentions_view.search_shown(gathered.search),
    )


def _part(
    one: Part, kept: tuple[str, ...] | None, now: datetime, *, text: str, number: int | None
) -> PartShown:
    table, _colon, key = one.id.partition(":")
    return PartShown(
        id=one.id,
        by=one.by or _where(one, table),
        at=dates.moment(one.at, now=now) if one.at else None,
        excerpt=text,
        number=number,
        href={"evidence": f"/evidence/{key}", "attachment": f"/files/{key}"}.get(table, ""),
        chosen=one.inside if kept is None else one.id in kept,
    )


def _where(one: Part, table: str) -> str:
    """What stands where no writer is known."""
    if one.group is Group.ELSEWHERE:
        return _(BY_TABLE[table].title)
    return _("Unknown author") if one.group is Group.OTHERS else ""


def counts(found: Findings) -> tuple[tuple[str, int], ...]:
    """How much is held of a person, by table."""
    return tuple(
        (_(held.title), len(found.of(held.table)))
        for held in CUSTOMER_TABLES
        if held.purpose is not Purpose.RUNNING and found.of(held.table)
    )
