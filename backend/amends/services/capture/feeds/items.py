"""Items of feeds: what waits, opened as a case or ignored by a member, put back, and forgotten."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import msgspec

from amends.database import Selected, columns_of, converter, read, run
from amends.errors import Conflict, NotFound
from amends.i18n import gettext as _
from amends.services.capture import captures, written_captures
from amends.services.capture.captures import Received
from amends.services.capture.written_captures import Written
from amends.services.team.members import Act

MOST_SHOWN = 50
UNDO_FOR = timedelta(days=1)
KEPT_FOR = timedelta(days=30)
"""How long the words of what was settled are kept; its key stays, so that it is not proposed again."""


class ItemUnknown(NotFound):
    "This proposal no longer exists."


class ItemSettled(Conflict):
    """Someone else has decided on this proposal in the meantime."""


class ItemShown(msgspec.Struct, frozen=True, kw_only=True):
    """A proposed post, and the feed that it comes from."""

    id: UUID
    address: str
    title: str
    words: str
    author: str
    posted_at: datetime | None
    found_at: datetime
    state: str
    feed_name: Annotated[str, Selected("f.name")]


ITEMS = f"SELECT {columns_of(ItemShown, table='i')} FROM feed_item AS i JOIN feed AS f ON f.id = i.feed"
WAITING = f"{ITEMS} WHERE i.state = 'waiting' ORDER BY i.found_at, i.id LIMIT {MOST_SHOWN}"
IGNORED = f"""
{ITEMS} WHERE i.state = 'ignored' AND i.settled_at > :since AND i.settled_at IS NOT NULL
ORDER BY i.settled_at DESC, i.id LIMIT {MOST_SHOWN}
"""
ONE = f"{ITEMS} WHERE i.id = :item"
SETTLE = """
UPDATE feed_item SET state = :state, settled_by = :by, settled_at = :now
WHERE id = :item AND state = 'waiting' RETURNING id
"""
PUT_BACK = """
UPDATE feed_item SET state = 'waiting', settled_by = NULL, settled_at = NULL
WHERE id = :item AND state = 'ignored' AND settled_at > :since RETURNING id
"""
FORGET = """
UPDATE feed_item SET address = '', title = '', words = '', author = ''
WHERE settled_at IS NOT NULL AND settled_at < :before AND (address <> '' OR title <> '' OR words <> '')
"""
HOW_MANY = "SELECT COUNT(*) AS many FROM feed_item WHERE state = 'waiting'"


async def waiting() -> list[ItemShown]:
    """What waits for somebody, the oldest first."""
    return await read(converter(ItemShown), WAITING)


async def how_many_wait() -> int:
    """How many proposals wait."""
    return int((await run(HOW_MANY))[0]["many"])


async def ignored_lately(*, now: datetime) -> list[ItemShown]:
    """What was ignored and can still be put back, the last first."""
    return await read(converter(ItemShown), IGNORED, since=now - UNDO_FOR)


async def open_case(act: Act, item: UUID) -> Received:
    """The case of this post: a new one, or the one that it has already.

    Pressed twice it is the same case. Raises ItemUnknown, ItemSettled.
    """
    shown = await _find(item)
    if shown.state == "ignored":
        raise _settled()
    written = Written(
        url=shown.address,
        text=shown.words or ("" if shown.address else shown.title),
        title=shown.title,
        author=shown.author,
        posted_at=shown.posted_at,
    )
    capture_id = written_captures.content_id(item, Written(url=shown.address))
    given = written_captures.as_capture(written, reader="feed", now=shown.found_at)
    received = await captures.receive(act, capture_id, given)
    await run(SETTLE, state="opened", by=act.by.id, now=act.now, item=item)
    return received


async def ignore(act: Act, item: UUID) -> None:
    """It is no case. Raises ItemUnknown, ItemSettled."""
    if not await run(SETTLE, state="ignored", by=act.by.id, now=act.now, item=item):
        await _find(item)
        raise _settled()


async def put_back(act: Act, item: UUID) -> None:
    """It waits again, within a day. Raises ItemUnknown, ItemSettled."""
    if not await run(PUT_BACK, item=item, since=act.now - UNDO_FOR):
        await _find(item)
        raise _settled()


async def forget_old(*, now: datetime) -> None:
    """Step: the words of what was settled long ago."""
    await run(FORGET, before=now - KEPT_FOR)


async def _find(item: UUID) -> ItemShown:
    rows: list[ItemShown] = await read(converter(ItemShown), ONE, item=item)
    if not rows:
        raise ItemUnknown(_("This proposal is gone with its feed. Look at the list again."))
    return rows[0]


def _settled() -> ItemSettled:
    return ItemSettled(_("This proposal was decided on in the meantime. Look at the list again."))
