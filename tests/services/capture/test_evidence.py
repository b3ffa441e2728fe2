"""How screenshots are kept untouched, told on the timeline, and shown only as a redrawn copy."""

import hashlib
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from PIL import Image

from amends import tables
from amends.gateways.images import ImageIsUnreadable
from amends.services.capture import captures, evidence
from amends.services.case import redrawing
from amends.services.desk import cases
from amends.services.team.members import Act, Member
from amends.services.team.names import Name
from tests.fakes import MemoryEvidenceFiles
from tests.world import MONDAY, entries, make_case, post


def picture(colour: str = "teal") -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "PNG")
    return drawn.getvalue() + b"trailing bytes"


@pytest.fixture
def files() -> MemoryEvidenceFiles:
    return MemoryEvidenceFiles()


async def a_capture(by: Member) -> UUID:
    capture_id = uuid4()
    await captures.receive(Act(by, MONDAY), capture_id, post())
    return capture_id


async def test_a_screenshot_is_kept_byte_for_byte_and_told_on_the_timeline(
    bob: Member, files: MemoryEvidenceFiles
):
    capture_id, content = await a_capture(bob), picture()
    sha256 = await evidence.keep_screenshot(Act(bob, MONDAY), capture_id, content, files=files)
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert await files.fetch(sha256) == content
    assert await entries(1) == ["captured", "evidence_kept"]


async def test_the_same_screenshot_again_changes_nothing(bob: Member, files: MemoryEvidenceFiles):
    capture_id = await a_capture(bob)
    for _ in range(2):
        await evidence.keep_screenshot(Act(bob, MONDAY), capture_id, picture(), files=files)
    assert await tables.Evidence.count() == 1


async def test_only_the_redrawn_copy_is_shown(bob: Member, files: MemoryEvidenceFiles):
    await evidence.keep_screenshot(Act(bob, MONDAY), await a_capture(bob), picture(), files=files)
    kept = (await tables.Evidence.select())[0]
    with pytest.raises(evidence.EvidenceUnknown):
        await evidence.shown_image(kept["id"], by=bob, files=files)
    assert await redrawing.redraw_waiting(files, now=MONDAY) == 1
    assert await redrawing.redraw_waiting(files, now=MONDAY) == 0
    shown = await evidence.shown_image(kept["id"], by=bob, files=files)
    assert b"trailing bytes" not in shown
    assert Image.open(BytesIO(shown)).size == (40, 30)


async def test_what_is_no_picture_or_belongs_to_no_capture_is_refused(
    bob: Member, files: MemoryEvidenceFiles
):
    with pytest.raises(ImageIsUnreadable):
        await evidence.keep_screenshot(Act(bob, MONDAY), await a_capture(bob), b"<svg/>", files=files)
    with pytest.raises(evidence.CaptureUnknown):
        await evidence.keep_screenshot(Act(bob, MONDAY), uuid4(), picture(), files=files)


async def test_who_captured_is_named_beside_the_capture(bob: Member):
    number = await make_case(bob)
    shown = await cases.detail(Act(bob, MONDAY), number)
    assert shown.captures[0].captured_by == Name(bob.id, "Bob")


async def test_a_picture_of_a_part_is_said_to_be_one_on_the_case(bob: Member, files: MemoryEvidenceFiles):
    capture_id = await a_capture(bob)
    for colour in ("teal", "navy"):
        await evidence.keep_screenshot(
            Act(bob, MONDAY), capture_id, picture(colour), files=files, problem="cut"
        )
    [capture] = (await cases.detail(Act(bob, MONDAY), 1)).captures
    assert capture.missing.count("screenshot_cut") == 1


async def test_why_there_is_no_picture_is_said_on_the_case_also_when_it_is_known_later(bob: Member):
    capture_id = await a_capture(bob)
    for _again in range(2):
        await evidence.say_why_none(capture_id, "in_background")
    [capture] = (await cases.detail(Act(bob, MONDAY), 1)).captures
    assert capture.missing.count("screenshot_in_background") == 1
    with pytest.raises(evidence.CaptureUnknown):
        await evidence.say_why_none(uuid4(), "gone")
