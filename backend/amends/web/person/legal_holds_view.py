"""Legal holds, ready to show."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from amends.rules.case.author_names import author_name
from amends.rules.vocabulary import EntryKind
from amends.services.case.legal_hold_checks import Hold
from amends.services.case.timeline import EntryShown
from amends.web import dates
from amends.web.dates import Moment


class HoldShown(msgspec.Struct, frozen=True, kw_only=True):
    """One hold: of which case, or of the person where there is no number."""

    id: str
    number: int | None
    reason: str
    review: str
    is_due: bool
    by: str
    at: Moment


class HoldsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The page: what it is about, where its forms go, and the holds; a person's name is a stranger's.

    `failed` is the hold whose form was refused.
    """

    action: str
    back: str
    number: int | None
    name: str
    holds: tuple[HoldShown, ...]
    first_day: str
    failed: str


def holds(found: Iterable[Hold], *, now: datetime) -> tuple[HoldShown, ...]:
    """The holds, the oldest first."""
    return tuple(
        HoldShown(
            id=str(one.id),
            number=one.number,
            reason=one.reason,
            review=dates.day(one.review_on),
            is_due=one.review_on <= dates.local_day(now),
            by=one.placed_by.name if one.placed_by else "",
            at=dates.moment(one.placed_at, now=now),
        )
        for one in found
    )


class ErasedShown(msgspec.Struct, frozen=True, kw_only=True):
    """That the person of a case was erased: when, and by whom, nobody after a restore."""

    at: Moment
    by: str


def erased(timeline: Iterable[EntryShown], *, now: datetime) -> ErasedShown | None:
    """The last erasure of the case itself, not only of somebody who was named in it."""
    for entry in reversed(tuple(timeline)):
        if entry.kind is EntryKind.ERASED and not entry.particulars.get("mention"):
            by = entry.by.name if entry.by else ""
            return ErasedShown(at=dates.moment(entry.at, now=now), by=by)
    return None


def of_case(number: int, found: Iterable[Hold], *, failed: UUID | None, now: datetime) -> HoldsPage:
    """The page of a case's holds; `failed` is the one whose form was refused."""
    return HoldsPage(
        action=f"/cases/{number}/hold",
        back=f"/cases/{number}",
        number=number,
        name="",
        holds=holds(found, now=now),
        first_day=dates.local_day(now).isoformat(),
        failed=str(failed or ""),
    )


def of_person(
    author: UUID, name: str, found: Iterable[Hold], *, failed: UUID | None, now: datetime
) -> HoldsPage:
    """The page of a person's holds."""
    return HoldsPage(
        action=f"/people/{author}/hold",
        back=f"/people/{author}",
        number=None,
        name=author_name(name),
        holds=holds(found, now=now),
        first_day=dates.local_day(now).isoformat(),
        failed=str(failed or ""),
    )
