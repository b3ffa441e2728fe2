"""Posts: the case to which each belongs."""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, run
from amends.i18n import gettext as _
from amends.rules.capture.cleaning import Clean, NothingCaptured
from amends.rules.vocabulary import EntryKind
from amends.services.case import authors, timeline
from amends.services.team.members import Act


class Place(msgspec.Struct, frozen=True):
    """Where a capture belongs; its post is known, has joined a case as a further one, or has opened one.

    `author` is whoever was met on the way; of a known post nobody was. `number` is that of an opened case.
    """

    case_id: UUID
    post_id: UUID
    how: Literal["known", "joined", "opened"]
    author: UUID | None = None
    number: int | None = None


class TakenError(Exception):
    """Somebody else wrote the same post or capture, or removed its case, in this very moment."""


async def place_of(act: Act, capture_id: UUID, capture: Clean) -> Place | None:
    """Step: where the capture belongs, its case held; None when it has to open one. Raises NothingCaptured.

    A post that nobody knows joins the case that the browser names: of another capture, or the one that was
    to be looked at again. When it is gone, it is that case's latest post. Raises TakenError when the case is
    removed in this very moment.
    """
    rows = await run('SELECT id, "case" FROM post WHERE key = :key', key=capture.post_key)
    if rows:
        return await _known(rows[0])
    if capture.revisit and capture.revisit.gone:
        return await _vanished(capture.revisit.case_number)
    beside = await _beside(capture)
    return await _join(act, beside, capture_id, capture) if beside else None


LATEST = """
SELECT post."case", post.id FROM case_file AS c JOIN post ON post."case" = c.id
JOIN capture ON capture.post = post.id WHERE c.number = :number ORDER BY capture.received_at DESC LIMIT 1
"""


async def _vanished(number: int) -> Place:
    rows = await run(LATEST, number=number)
    if not rows:
        raise NothingCaptured(_("No case has this post, so nothing was saved."))
    return await _known(rows[0])


async def _known(row: Mapping[str, Any]) -> Place:
    await _hold(row["case"])
    return Place(row["case"], row["id"], "known")


async def _hold(case_id: UUID) -> None:
    if not await timeline.hold(case_id):
        raise TakenError


OF_CAPTURE = """
SELECT post."case" AS case_id FROM capture JOIN post ON post.id = capture.post WHERE capture.id = :capture_id
"""


async def _beside(capture: Clean) -> UUID | None:
    """The case that the browser names; None when it names none that there is."""
    rows = None
    if capture.same_case_as:
        rows = await run(OF_CAPTURE, capture_id=capture.same_case_as)
    elif capture.revisit:
        number = capture.revisit.case_number
        rows = await run("SELECT id AS case_id FROM case_file WHERE number = :number", number=number)
    return rows[0]["case_id"] if rows else None


async def _join(act: Act, case_id: UUID, capture_id: UUID, capture: Clean) -> Place:
    author = await authors.meet(
        capture.author, platform=capture.platform, post_key=capture.post_key, now=act.now
    )
    await _hold(case_id)  # after the account, as everywhere: see `locks`
    post_id = await add_post(capture, case_id)
    version = tables.Case.version
    await tables.Case.update({version: version + 1}).where(tables.Case.id == case_id)
    await timeline.record(case_id, EntryKind.CAPTURED, by=act.by, now=act.now, **capture.told(capture_id))
    return Place(case_id, post_id, "joined", author.id)


async def add_post(capture: Clean, case_id: UUID) -> UUID:
    """Step: a post of this case. Raises TakenError when somebody has just written it."""
    post_id = uuid4()
    is_new = await add(
        tables.Post,
        unless="key",
        id=post_id,
        key=capture.post_key,
        url=capture.url,
        external_id=capture.external_id,
        shares_address=capture.shares_address,
        case=case_id,
    )
    if not is_new:
        raise TakenError
    return post_id
