"""Paging by key: cursors, and the Link header of the page after (RFC 8288)."""

from collections.abc import Sequence
from typing import Annotated, TypeVar, cast
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Response
from msgspec import Meta

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.team import base64url
from amends.web.api.kit import Asked, filled

MOST = 100
USUAL = 50
Row = TypeVar("Row")
Page = TypeVar("Page", bound=msgspec.Struct)


class CursorUnusable(Invalid):
    """This cursor leads nowhere. Begin with the first page."""


class Cursored(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a page begins."""

    cursor: Annotated[str, Meta(max_length=200, description="`next` of the page before; opaque.")] = ""

    def number(self) -> int | None:
        """The key as a number; None on the first page. Raises CursorUnusable."""
        key = _key(self.cursor)
        if not key:
            return None
        if not (key.isascii() and key.isdecimal() and len(key) < 10):
            raise _unusable()
        return int(key)

    def id(self) -> UUID | None:
        """The key as an id; None on the first page. Raises CursorUnusable."""
        key = _key(self.cursor)
        try:
            return UUID(key) if key else None
        except ValueError:
            raise _unusable() from None


class Paged(Cursored, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a page begins, and how long it may be."""

    limit: Annotated[int, Meta(ge=1, le=MOST, description="How many at most.")] = USUAL


def cursor(key: object | None) -> str | None:
    """The key of the last row of a page, as programs carry it; None where no page follows."""
    return None if key is None else base64url.encode(str(key).encode())


def _key(given: str) -> str:
    try:
        return base64url.decode(given).decode()
    except ValueError:
        raise _unusable() from None


def _unusable() -> CursorUnusable:
    words = _("This cursor leads nowhere. Begin with the first page.")
    return CursorUnusable(words, fields={"cursor": words})


def cut(rows: Sequence[Row], paged: Paged) -> tuple[list[Row], str | None]:
    """A page of rows that are read whole, and the cursor of the one after it."""
    start = paged.number() or 0
    end = start + paged.limit
    return list(rows[start:end]), cursor(end) if len(rows) > end else None


def listed(
    asked: Asked, paged: Paged, rows: Sequence[object], line: type[msgspec.Struct], page: type[Page]
) -> Page:
    """The page of rows that are read whole, each as a `line` with the fields of its row."""
    shown, following = cut(rows, paged)
    return answered(asked, page(*([filled(line, row) for row in shown], following)), following)


def answered(asked: Asked, page: Page, following: str | None) -> Page:
    """The page as an answer, with the address of the one after it in the Link header."""
    headers = {}
    if following is not None:
        query = urlencode({**dict(asked.request.query_params), "cursor": following})
        headers["Link"] = f'<{asked.address(asked.request.scope["path"])}?{query}>; rel="next"'
    return cast(Page, Response(page, headers=headers))
