"""Erasure of a person, ready to show before and after."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from amends.i18n import gettext as _
from amends.rules.case.author_names import author_name
from amends.rules.operation.privacy import BY_TABLE, CUSTOMER_TABLES, Erased, Purpose
from amends.services.operation.privacy import mentions
from amends.services.operation.privacy.erasures import Preview
from amends.services.operation.privacy.findings import Findings, words_of
from amends.services.person.account_matches import Suspect
from amends.web import dates
from amends.web.dates import Moment
from amends.web.operation import mentions_view
from amends.web.operation.mentions_view import SearchShown
from amends.web.page_kit import Typed
from amends.web.person import legal_holds_view, people_view
from amends.web.person.legal_holds_view import HoldShown
from amends.web.person.people_view import SuspectLine

HOLDS = "legal_hold"
"""A table that does not go while one of its rows stands: it forbids the erasure."""


class MentionShown(msgspec.Struct, frozen=True, kw_only=True):
    """A place where the person is named; `is_certain` where no choice is left."""

    id: str
    where: str
    excerpt: str
    number: int | None
    is_certain: bool
    chosen: bool


class ErasurePage(msgspec.Struct, frozen=True, kw_only=True):
    """What goes, what stays, and what forbids it; `name` is to be typed as it is.

    `cut` are kinds of rows of which more may name the person than are shown.
    """

    href: str
    name: str
    typed_name: str
    cases: tuple[int, ...]
    goes: tuple[tuple[str, int], ...]
    emptied: tuple[tuple[str, int], ...]
    stays: tuple[tuple[str, int], ...]
    mentions: tuple[MentionShown, ...]
    has_mails: bool
    cut: tuple[str, ...]
    holds: tuple[HoldShown, ...]
    suspects: tuple[SuspectLine, ...]
    search: SearchShown | None


def erasure_page(seen: Preview, suspects: Iterable[Suspect], typed: Typed, *, now: datetime) -> ErasurePage:
    """The page before, with what was typed and refused."""
    chosen = typed.several.get("erase", ()) if typed.values else None
    words = words_of(seen.found)
    return ErasurePage(
        href=f"/people/{seen.found.author}",
        name=seen.found.name or author_name(""),
        typed_name=typed.values.get("name", ""),
        cases=tuple(seen.found.numbers),
        goes=_counts(seen.found, Erased.ROW, Erased.PAYLOAD, without=HOLDS if seen.holds else ""),
        emptied=_counts(seen.found, Erased.WORDS),
        stays=_counts(seen.found, Erased.STAYS),
        mentions=tuple(
            MentionShown(
                id=one.id,
                where=_(BY_TABLE[one.table].title),
                excerpt=mentions_view.excerpt(one, words),
                number=seen.numbers.get(one.id),
                is_certain=one.is_certain,
                chosen=one.is_certain or (not one.is_doubtful if chosen is None else one.id in chosen),
            )
            for one in seen.mentions
        ),
        has_mails=any(one.table == "mail" for one in seen.mentions),
        cut=tuple(_(BY_TABLE[table].title) for table in mentions.not_shown(seen.mentions)),
        holds=legal_holds_view.holds(seen.holds, now=now),
        suspects=tuple(people_view.suspects_of(suspects)),
        search=mentions_view.search_shown(seen.search),
    )


def _counts(found: Findings, *ways: Erased, without: str = "") -> tuple[tuple[str, int], ...]:
    return tuple(
        (_(held.title), len(found.of(held.table)))
        for held in CUSTOMER_TABLES
        if held.table != without
        and held.erased in ways
        and held.purpose is not Purpose.RUNNING
        and found.of(held.table)
    )


class ErasureLine(msgspec.Struct, frozen=True, kw_only=True):
    """An erasure in the list: nobody is named but who did it."""

    at: Moment
    by: str
    cases: int
    rows: int
    cleaned: Moment | None


def line(row: Mapping[str, Any], *, now: datetime) -> ErasureLine:
    """One erasure."""
    return ErasureLine(
        at=dates.moment(row["at"], now=now),
        by=row["by_name"] or "",
        cases=row["cases"],
        rows=sum(json.loads(row["rows"]).values()),
        cleaned=dates.moment(row["cleaned_at"], now=now) if row["cleaned_at"] else None,
    )
