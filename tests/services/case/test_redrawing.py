"""Stored pictures are drawn anew for pages; what cannot be is marked, and tried again."""

import hashlib
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from PIL import Image

from amends import tables
from amends.services.capture import captures, evidence
from amends.services.case import redrawing
from amends.services.team.members import Act, Member
from tests.fakes import MemoryEvidenceFiles
from tests.world import MONDAY, case_row, make_case, post


def picture(colour: str = "teal") -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "PNG")
    return drawn.getvalue() + b"trailing bytes"


@pytest.fixture
def files() -> MemoryEvidenceFiles:
    return MemoryEvidenceFiles()


async def a_screenshot(act: Act, content: bytes, files: MemoryEvidenceFiles) -> None:
    capture_id = uuid4()
    await captures.receive(act, capture_id, post())
    await evidence.keep_screenshot(act, capture_id, content, files=files)


async def an_attachment(
    by: Member, content: bytes, files: MemoryEvidenceFiles, *, number: int = 1, **values: object
) -> UUID:
    """A picture that is attached to a case."""
    row = tables.Attachment(
        **{
            "id": uuid4(),
            "case": (await case_row(number))["id"],
            "name": "photo.png",
            "media_type": "image/png",
            "sha256": await files.keep(content),
            "size": len(content),
            "width": 40,
            "height": 30,
            "member": by.id,
            "kept_at": MONDAY,
        }
        | values
    )
    await tables.Attachment.insert(row)
    return row.id


async def test_a_missing_altered_or_broken_screenshot_is_marked_and_the_next_one_is_redrawn(
    bob: Member, files: MemoryEvidenceFiles
):
    colours = ("teal", "red", "blue", "green")
    for minute, colour in enumerate(colours):
        act = Act(bob, MONDAY + timedelta(minutes=minute))
        await a_screenshot(act, picture(colour), files)
    digests = [hashlib.sha256(picture(colour)).hexdigest() for colour in colours]
    lost = files.kept.pop(digests[0])
    files.altered.add(digests[1])
    broken = tables.Evidence.sha256 == digests[2]
    await tables.Evidence.update({tables.Evidence.sha256: await files.keep(b"no picture")}).where(broken)
    assert await redrawing.redraw_waiting(files, now=MONDAY) == 4
    assert await redrawing.redraw_waiting(files, now=MONDAY) == 0
    rows = await tables.Evidence.select().order_by(tables.Evidence.kept_at)
    assert [row["damage"] for row in rows] == ["missing", "altered", "unreadable", None]
    assert [bool(row["shown_sha256"]) for row in rows] == [False, False, False, True]
    assert await redrawing.damaged() == 3

    await files.keep(lost)  # from a backup
    files.altered.clear()
    await redrawing.redraw_damaged(files, now=MONDAY)
    rows = await tables.Evidence.select().order_by(tables.Evidence.kept_at)
    assert [row["damage"] for row in rows] == [None, None, "unreadable", None]
    assert await redrawing.damaged() == 1


async def test_attached_pictures_get_a_preview_and_other_files_none(
    bob: Member, files: MemoryEvidenceFiles
) -> None:
    await make_case(bob)
    await an_attachment(bob, picture(), files)
    await an_attachment(bob, b"%PDF-1.7", files, media_type="application/pdf", width=None, height=None)
    await a_screenshot(Act(bob, MONDAY), picture("red"), files)
    assert await redrawing.redraw_waiting(files, now=MONDAY) == 2
    assert await redrawing.redraw_waiting(files, now=MONDAY) == 0
    shown = {row["media_type"]: row["shown_sha256"] for row in await tables.Attachment.select()}
    assert b"trailing bytes" not in await files.fetch(shown["image/png"])
    assert shown["application/pdf"] is None


async def test_an_attached_picture_without_its_file_is_marked_and_counted(
    bob: Member, files: MemoryEvidenceFiles
) -> None:
    await make_case(bob)
    attached = await an_attachment(bob, picture(), files)
    lost = files.kept.popitem()[1]
    assert await redrawing.redraw_waiting(files, now=MONDAY) == 1
    assert (await tables.Attachment.select().where(tables.Attachment.id == attached))[0][
        "damage"
    ] == "missing"
    assert await redrawing.damaged() == 1
    await files.keep(lost)
    await redrawing.redraw_damaged(files, now=MONDAY)
    assert await redrawing.damaged() == 0
