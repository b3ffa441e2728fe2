"""Is everything looked at once a day, by one worker, and do admins hear of what does not fit, once?"""

import asyncio
from pathlib import Path
from uuid import uuid4

import pytest

from amends import tables
from amends.database import run
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.rules.case.verification import Fault
from amends.rules.operation import rolling
from amends.services.operation import nightly_verification, verification
from amends.services.team.members import Act, Member, OnlyAdminsMay
from tests.world import DAY, HOUR, MONDAY, make_case, make_member

ALTER = "UPDATE capture SET text = 'All is well'"


@pytest.fixture
def files(tmp_path: Path) -> FolderEvidenceFiles:
    return FolderEvidenceFiles(tmp_path / "evidence")


@pytest.fixture
async def dora(bob: Member) -> Member:
    await make_case(bob)
    return await make_member("dora", role="admin")


async def attach(by: Member, files: FolderEvidenceFiles, content: bytes) -> str:
    """The SHA-256 of a file that was attached to the case."""
    [case] = await tables.Case.select(tables.Case.id)
    table = tables.Attachment
    name = await files.keep(content)
    row = table(
        id=uuid4(), case=case["id"], name="a.txt", media_type="text/plain", sha256=name, kept_at=MONDAY
    )
    row.size, row.member = len(content), by.id
    await table.insert(row)
    return name


def damage(files: FolderEvidenceFiles, name: str, content: bytes) -> None:
    path = files._path(name)
    path.chmod(0o600)
    path.write_bytes(content)


async def told() -> int:
    return await tables.Notice.count()


async def test_it_looks_once_a_day_and_says_how_much_there_was(dora: Member, files: FolderEvidenceFiles):
    assert await nightly_verification.ended() == []
    assert await nightly_verification.look(files, now=MONDAY)
    assert not await nightly_verification.look(files, now=MONDAY + DAY - HOUR)
    assert await nightly_verification.look(files, now=MONDAY + DAY)
    last = (await nightly_verification.ended())[0]
    assert (last.started_at, last.cases, last.faults) == (MONDAY + DAY, 1, 0)
    assert await told() == 0


async def test_of_several_workers_one_looks(dora: Member, files: FolderEvidenceFiles):
    done = await asyncio.gather(*(nightly_verification.look(files, now=MONDAY) for _ in range(4)))
    assert sorted(done) == [False, False, False, True]


async def test_admins_hear_once_of_what_was_altered_and_again_after_all_was_well(
    dora: Member, files: FolderEvidenceFiles
):
    before = [row["text"] for row in await run("SELECT text FROM capture")]
    for day, altered, expected in ((0, True, 1), (1, True, 1), (2, False, 1), (3, True, 2)):
        await run(ALTER if altered else "UPDATE capture SET text = :text", text=before[0])
        assert await nightly_verification.look(files, now=MONDAY + day * DAY)
        assert await told() == expected, day
    last = (await nightly_verification.ended())[0]
    assert [(one.number, one.fault) for one in last.found] == [(1, Fault.CAPTURE_ALTERED)]


async def test_an_admin_has_it_looked_at_again_at_once(dora: Member, bob: Member, files: FolderEvidenceFiles):
    await nightly_verification.look(files, now=MONDAY)
    with pytest.raises(OnlyAdminsMay):
        await nightly_verification.ask(Act(bob, MONDAY + HOUR))
    await nightly_verification.ask(Act(dora, MONDAY + HOUR))
    assert await nightly_verification.look(files, now=MONDAY + HOUR)


async def test_of_many_files_a_part_is_read_each_night_and_all_of_them_when_asked(
    dora: Member, bob: Member, files: FolderEvidenceFiles, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rolling, "ALL_AT_ONCE", 0)
    for number in range(20):
        await attach(bob, files, f"file {number}".encode())
    read = 0
    for night in range(rolling.NIGHTS):
        assert await nightly_verification.look(files, now=MONDAY + night * DAY)
        last = (await nightly_verification.ended())[0]
        assert (last.part, last.cases) == (night, 1)
        read += last.files
    assert read == 20
    await nightly_verification.ask(Act(dora, MONDAY + 6 * DAY + HOUR))
    await nightly_verification.look(files, now=MONDAY + 6 * DAY + HOUR)
    assert [(one.part, one.files) for one in (await nightly_verification.ended())[:1]] == [(None, 20)]
    await nightly_verification.look(files, now=MONDAY + 8 * DAY)
    assert (await nightly_verification.ended())[0].part == 0


async def test_a_file_that_did_not_fit_is_read_every_night_until_it_fits(
    dora: Member, bob: Member, files: FolderEvidenceFiles, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(rolling, "ALL_AT_ONCE", 0)
    name = await attach(bob, files, b"as it was")
    part = rolling.part_of(name)
    damage(files, name, b"altered")
    for night in range(part + 3):
        await nightly_verification.look(files, now=MONDAY + night * DAY)
        assert (await nightly_verification.ended())[0].faults == int(night >= part)
    assert await told() == 1
    assert [one.fault for one in (await verification.verify(files)).found] == [Fault.FILE_ALTERED]
    assert [one.fault for one in (await verification.verify(files, number=1)).found] == [Fault.FILE_ALTERED]
    damage(files, name, b"as it was")
    await nightly_verification.look(files, now=MONDAY + (part + 3) * DAY)
    assert (await nightly_verification.ended())[0].faults == 0
