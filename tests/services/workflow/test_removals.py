"""A wrong capture is taken back, or removed later by a lead: nothing of it is left but who, when and why."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from PIL import Image

from amends import tables
from amends.database import transaction
from amends.services.capture import captures, evidence
from amends.services.case import redrawing, stored_files
from amends.services.case.access import CaseUnknown, find, reference
from amends.services.case.timeline import CaseIsGone
from amends.services.desk import cases
from amends.services.nudge import nudges
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, removals
from amends.services.workflow.removals import CannotRemove, CannotTakeBack, NoRemovalReason, RemovalNotYours
from tests.fakes import MemoryEvidenceFiles
from tests.services.case.test_locks import ROUNDS, together
from tests.services.case.test_redrawing import an_attachment
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


class PowerIsCutError(Exception):
    """Something fails after the command, before its form is answered."""


class RemovingFiles(MemoryEvidenceFiles):
    """Evidence whose case is taken back while its picture is being redrawn."""

    def __init__(self, member: Member) -> None:
        super().__init__()
        self._member = member

    async def fetch(self, sha256: str) -> bytes:
        content = await super().fetch(sha256)
        await removals.take_back(Act(self._member, SOON), 1)
        return content


def png(colour: str) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "PNG")
    return drawn.getvalue()


async def captured(by: Member, files: MemoryEvidenceFiles) -> UUID:
    """A capture with its picture and another that is attached, both drawn anew for pages."""
    capture_id = uuid4()
    received = await captures.receive(Act(by, MONDAY), capture_id, post())
    await evidence.keep_screenshot(Act(by, MONDAY), capture_id, png("teal") + b"!", files=files)
    await an_attachment(by, png("red") + b"!", files, number=received.case.number)
    await redrawing.redraw_waiting(files, now=MONDAY)
    return capture_id


async def rows_left() -> dict[str, int]:
    counts = {table._meta.tablename: int(await table.count()) for table in tables.TABLES}
    return {name: count for name, count in counts.items() if count and name not in STAYS}


async def test_a_capture_taken_back_leaves_no_case_no_post_no_person_and_no_picture(
    bob: Member, files: MemoryEvidenceFiles
):
    capture_id = await captured(bob, files)
    assert len(files.kept) == 4
    await removals.take_back_capture(Act(bob, SOON), capture_id)
    assert await removals.erase_files(files, now=MONDAY) == 4
    assert files.kept == {}
    assert await rows_left() == {}
    with pytest.raises(CaseUnknown, match="#1 was captured by mistake: Bob undid it"):
        await find(1, by=bob)


async def test_taken_back_twice_is_once_and_its_number_stays_unused(bob: Member, files: MemoryEvidenceFiles):
    capture_id = await captured(bob, files)
    for _ in range(2):
        await removals.take_back_capture(Act(bob, SOON), capture_id)
    assert await make_case(bob) == 2


async def test_the_same_capture_sent_again_opens_no_other_case(bob: Member, files: MemoryEvidenceFiles):
    capture_id, given = uuid4(), post()
    await captures.receive(Act(bob, MONDAY), capture_id, given)
    await removals.take_back(Act(bob, SOON), 1)
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
        await removals.take_back(Act(bob, MONDAY + timedelta(minutes=10)), number)
    await case_commands.assign(Act(alice, MONDAY), number, owner=alice.id)
    with pytest.raises(CannotTakeBack):
        await removals.take_back(Act(bob, SOON), number)
    with pytest.raises(RemovalNotYours):
        await removals.remove(Act(bob, SOON), number, reason="Wrong person")
    with pytest.raises(NoRemovalReason):
        await removals.remove(Act(alice, MONDAY + DAY), number, reason=" ")
    assert (await cases.detail(Act(bob, SOON), number)).row.number == number
    await removals.remove(Act(alice, MONDAY + DAY), number, reason="Wrong person")
    with pytest.raises(CaseUnknown, match="removed by Alice: Wrong person"):
        await cases.detail(Act(bob, SOON), number)


async def test_a_post_that_was_added_to_an_older_case_takes_that_case_with_it_never(
    bob: Member, files: MemoryEvidenceFiles
):
    given, second = post(), uuid4()
    await captures.receive(Act(bob, MONDAY), uuid4(), given)
    await captures.receive(Act(bob, SOON), second, given)
    with pytest.raises(CannotTakeBack, match="existing case, which stays"):
        await removals.take_back_capture(Act(bob, SOON), second)


async def test_what_other_cases_hold_stays(bob: Member, alice: Member, files: MemoryEvidenceFiles):
    await captured(bob, files)
    await captured(bob, files)
    await removals.remove(Act(alice, SOON), 1, reason="Twice")
    assert await removals.erase_files(files, now=MONDAY) == 0
    assert len(files.kept) == 4, "the other case shows the same picture"
    assert await tables.Author.count() == 1, "the same person wrote there"


async def test_a_case_that_others_go_on_as_is_not_removed(
    bob: Member, alice: Member, files: MemoryEvidenceFiles
):
    kept, joined = await make_case(bob), await make_case(bob)
    await move(joined, "join", by=bob, duplicate_of=kept)
    with pytest.raises(CannotRemove, match=f"#{joined} was merged into this case"):
        await removals.remove(Act(alice, SOON), kept, reason="Wrong")


async def test_a_removal_that_is_rolled_back_leaves_the_case_with_its_pictures(
    bob: Member, files: MemoryEvidenceFiles
):
    capture_id = await captured(bob, files)

    async def form() -> None:
        async with transaction():
            await removals.take_back_capture(Act(bob, SOON), capture_id)
            raise PowerIsCutError

    with pytest.raises(PowerIsCutError):
        await form()
    assert await removals.erase_files(files, now=MONDAY) == 0
    assert len(files.kept) == 4
    assert (await cases.detail(Act(bob, SOON), 1)).row.number == 1


async def test_a_picture_that_comes_after_its_capture_is_gone_is_not_kept(
    bob: Member, files: MemoryEvidenceFiles
):
    capture_id = await captured(bob, files)
    await removals.take_back_capture(Act(bob, SOON), capture_id)
    await removals.erase_files(files, now=MONDAY)
    with pytest.raises(evidence.CaptureUnknown):
        await evidence.keep_screenshot(Act(bob, SOON), capture_id, png("red"), files=files)
    assert files.kept == {}


async def test_a_picture_that_is_redrawn_while_its_case_goes_is_not_kept(bob: Member):
    files = RemovingFiles(bob)
    await captured(bob, files)
    await removals.erase_files(files, now=MONDAY)
    await stored_files.erase_left(files, now=MONDAY + stored_files.OFFERED_FOR)
    assert files.kept == {}


async def test_whoever_writes_to_us_while_an_older_case_of_theirs_is_removed_stays_known(
    bob: Member, alice: Member
):
    for _ in range(2 * ROUNDS):
        number = await make_case(bob)
        await together(
            captures.receive(Act(bob, MONDAY), uuid4(), post()),
            removals.remove(Act(alice, MONDAY), number, reason="Wrong"),
            captures.receive(Act(bob, MONDAY), uuid4(), post()),
        )
        left = await tables.Case.select(tables.Case.number, tables.Case.author)
        assert [row["author"] for row in left].count(None) == 0
        await together(*(removals.remove(Act(alice, MONDAY), row["number"], reason="-") for row in left))
        assert await rows_left() == {}


async def test_a_case_goes_while_its_post_is_captured_again_pictured_and_given_away(
    bob: Member, alice: Member, files: MemoryEvidenceFiles
):
    for _ in range(ROUNDS):
        given, capture_id = post(), uuid4()
        number = (await captures.receive(Act(bob, MONDAY), capture_id, given)).case.number
        await together(
            captures.receive(Act(bob, MONDAY), uuid4(), given),
            evidence.keep_screenshot(Act(bob, MONDAY), capture_id, png("teal"), files=files),
            removals.take_back_capture(Act(bob, MONDAY), capture_id),
            evidence.keep_screenshot(Act(bob, MONDAY), capture_id, png("red"), files=files),
            captures.receive(Act(bob, MONDAY), uuid4(), given),
            case_commands.assign(Act(alice, MONDAY), number, owner=alice.id),
            nudges.sweep(now=MONDAY + DAY),
            removals.remove(Act(alice, MONDAY), number, reason="Wrong"),
        )
        for row in await tables.Case.select(tables.Case.number):
            await removals.remove(Act(alice, MONDAY), row["number"], reason="Wrong")
        await removals.erase_files(files, now=MONDAY)
        await stored_files.erase_left(files, now=MONDAY + stored_files.OFFERED_FOR)
        assert files.kept == {}
        assert await rows_left() == {}


async def test_a_case_that_went_before_its_capture_was_answered_is_named_as_gone(bob: Member):
    await make_case(bob)
    case_id = (await find(1, by=bob)).id
    await removals.take_back(Act(bob, SOON), 1)
    with pytest.raises(CaseIsGone):
        await reference(case_id)
