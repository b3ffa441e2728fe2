"""Addresses of the pages of the agenda."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import msgspec

from amends.services.follow_up.agenda import Whose
from amends.web.templating import query

View = Literal["week", "month", "day", "late"]

VIEWS: tuple[View, ...] = ("week", "month", "day", "late")
WHOSE: tuple[Whose, ...] = ("mine", "team", "everybody")
FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which days, in which form, whose follow-ups, and after which one a long list goes on."""

    view: View = "week"
    day: date
    whose: Whose = "everybody"
    after: UUID | None = None


def read(asked: Mapping[str, str], *, today: date) -> Asked:
    """What an address asks for; what makes no sense there is the usual: everybody's present week."""
    return Asked(
        view=next((view for view in VIEWS if view == asked.get("view")), "week"),
        day=_day(asked.get("day", "")) or today,
        whose=next((whose for whose in WHOSE if whose == asked.get("who")), "everybody"),
        after=_id(asked.get("after", "")),
    )


def written(asked: Asked, *, today: date, notice: str = "", **changes: Any) -> str:  # noqa: ANN401
    """The address of a page, or of another that differs from it in some ways; the usual is left out."""
    wanted: Asked = msgspec.structs.replace(asked, **{"after": None, **changes})
    values = {
        "view": "" if wanted.view == "week" else wanted.view,
        "day": "" if wanted.day == today or wanted.view == "late" else wanted.day.isoformat(),
        "who": "" if wanted.whose == "everybody" else wanted.whose,
        "after": wanted.after,
        "notice": notice,
    }
    return f"/agenda{query(values)}"


def back(address: str, *, today: date, notice: str = "") -> str:
    """The page of the agenda that a form came from, whatever else was sent in its place (R-18)."""
    try:
        asked = dict(parse_qsl(urlsplit(address).query, max_num_fields=10))
    except ValueError:
        asked = {}
    return written(read(asked, today=today), today=today, notice=notice)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
