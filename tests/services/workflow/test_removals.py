"""A wrong capture is taken back, or removed later by a lead: nothing of it is left but who, when and why."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from PIL import Image

from amends import tables
from amends.database import run
from amends.services.capture import captures, evidence
from amends.services.case.access import CaseUnknown, find
from amends.services.desk import cases
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, removals
from amends.services.workflow.removals import CannotRemove, CannotTakeBack, NoRemovalReason, RemovalNotYours
from tests.fakes import MemoryEvidenceFiles
from tests.world import DAY, MONDAY, make_case, make_member, move, post

SOON = MONDAY + timedelta(minutes=9)
STAYS = {"team", "member", "counter", "removed_case", "removed_capture", "policy", "reply_rules", "calendar"}
"""Tables in which a removal leaves or had rows; every other one is empty after the only case is gone."""


@pytest.fixture
def files() -> MemoryEvidenceFiles:
    return MemoryEvidenceFiles()


@pytest.fixture
async def alice() -> Member:
    return await make_member("alice", role="lead")


async def captured(by: Member, files: MemoryEvidenceFiles) -> UUID:
    """A capture with its picture, drawn anew for pages."""
    capture_id, drawn = uuid4(), BytesIO()
    await captures.receive(Act(by, MONDAY), capture_id, post())
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    await evidence.keep_screenshot(Act(by, MONDAY), capture_id, drawn.getvalue() + b"!", files=files)
    await evidence.redraw_waiting(files, now=MONDAY)
    return capture_id


async def rows_left() -> dict[str, int]:
    counts = {table._meta.tablename: int(await table.count()) for table in tables.TABLES}
    return {name: count for name, count in counts.items() if count and name not in STAYS}


async def test_a_capture_taken_back_leaves_no_case_no_post_no_person_and_no_picture(
    bob: Member, files: MemoryEvidenceFiles
):
    capture_id = await captured(bob, files)
    assert len(files.kept) == 2
    await removals.take_back_capture(Act(bob, SOON), capture_id, files=files)
    assert files.kept == {}
    assert await rows_left() == {}
    with pytest.raises(CaseUnknown, match="#1 was a wrong capture: Bob took it back"):
        await find(1, by=bob)


async def test_taken_back_twice_is_once_and_its_number_stays_unused(bob: Member, files: MemoryEvidenceFiles):
    capture_id = await captured(bob, files)
    for _ in range(2):
        await removals.take_back_capture(Act(bob, SOON), capture_id, files=files)
    assert await make_case(bob) == 2


async def test_the_same_capture_sent_again_opens_no_other_case(bob: Member, files: MemoryEvidenceFiles):
    capture_id, given = uuid4(), post()
    await captures.receive(Act(bob, MONDAY), capture_id, given)
    await removals.take_back(Act(bob, SOON), 1, files=files)
    with pytest.raises(captures.CaptureTakenBack):
        await captures.receive(Act(bob, SOON), capture_id, given)
    assert not await captures.is_kept(capture_id)
    again = await captures.receive(Act(bob, SOON), uuid4(), given)
    assert (again.case.number, again.existing) == (2, False)


async def test_after_ten_minutes_or_once_somebody_wrote_on_it_only_a_lead_removes_it(
    bob: Member, alice: Member, files: MemoryEvidenceFiles
):
    number = await make_case(bob)
    with pytest.raises(CannotTakeBack):
        await removals.take_back(Act(bob, MONDAY + timedelta(minutes=10)), number, files=files)
    await case_commands.assign(Act(alice, MONDAY), number, owner=alice.id)
    with pytest.raises(CannotTakeBack):
        await removals.take_back(Act(bob, SOON), number, files=files)
    with pytest.raises(RemovalNotYours):
        await removals.remove(Act(bob, SOON), number, reason="Wrong person", files=files)
    with pytest.raises(NoRemovalReason):
        await removals.remove(Act(alice, MONDAY + DAY), number, reason=" ", files=files)
    assert (await cases.detail(Act(bob, SOON), number)).row.number == number
    await removals.remove(Act(alice, MONDAY + DAY), number, reason="Wrong person", files=files)
    with pytest.raises(CaseUnknown, match="removed by Alice: Wrong person"):
        await cases.detail(Act(bob, SOON), number)


async def test_a_post_that_was_added_to_an_older_case_takes_that_case_with_it_never(
    bob: Member, files: MemoryEvidenceFiles
):
    given, second = post(), uuid4()
    await captures.receive(Act(bob, MONDAY), uuid4(), given)
    await captures.receive(Act(bob, SOON), second, given)
    with pytest.raises(CannotTakeBack, match="was there before"):
        await removals.take_back_capture(Act(bob, SOON), second, files=files)


async def test_what_other_cases_hold_stays(bob: Member, alice: Member, files: MemoryEvidenceFiles):
    await captured(bob, files)
    await captured(bob, files)
    await removals.remove(Act(alice, SOON), 1, reason="Twice", files=files)
    assert len(files.kept) == 2, "the other case shows the same picture"
    assert await tables.Author.count() == 1, "the same person wrote there"


async def test_a_case_that_others_go_on_as_is_not_removed(
    bob: Member, alice: Member, files: MemoryEvidenceFiles
):
    kept, joined = await make_case(bob), await make_case(bob)
    await move(joined, "join", by=bob, duplicate_of=kept)
    with pytest.raises(CannotRemove, match=f"#{joined} goes on as this case"):
        await removals.remove(Act(alice, SOON), kept, reason="Wrong", files=files)


async def test_pictures_that_could_not_be_erased_at_once_are_erased_by_the_worker(
    bob: Member, files: MemoryEvidenceFiles
):
    capture_id = await captured(bob, files)
    kept = dict(files.kept)
    await removals.take_back_capture(Act(bob, SOON), capture_id, files=files)
    files.kept.update(kept)  # as if the server had stopped before
    await run("UPDATE removed_case SET files = :files", files=sorted(kept))
    assert await removals.erase_files(files) == 2
    assert files.kept == {}
    assert await removals.erase_files(files) == 0
