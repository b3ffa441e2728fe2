"""Stored pictures are drawn anew for pages; what cannot be is marked, and tried again."""

import hashlib
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from amends import tables
from amends.services.capture import captures, evidence
from amends.services.case import redrawing
from amends.services.team.members import Act, Member
from tests.fakes import MemoryEvidenceFiles
from tests.world import MONDAY, post


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
