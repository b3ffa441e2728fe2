"""Is everything looked at once a day, by one worker, and do admins hear of what does not fit, once?"""

import asyncio
from pathlib import Path

import pytest

from amends import tables
from amends.database import run
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.rules.case.verification import Fault
from amends.services.operation import nightly_verification
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


async def told() -> int:
    return await tables.Notice.count()


async def test_it_looks_once_a_day_and_says_how_much_there_was(dora: Member, files: FolderEvidenceFiles):
    assert await nightly_verification.last() is None
    assert await nightly_verification.look(files, now=MONDAY)
    assert not await nightly_verification.look(files, now=MONDAY + DAY - HOUR)
    assert await nightly_verification.look(files, now=MONDAY + DAY)
    last = await nightly_verification.last()
    assert last
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
    last = await nightly_verification.last()
    assert last
    assert [(one.number, one.fault) for one in last.found] == [(1, Fault.CAPTURE_ALTERED)]


async def test_an_admin_has_it_looked_at_again_at_once(dora: Member, bob: Member, files: FolderEvidenceFiles):
    await nightly_verification.look(files, now=MONDAY)
    with pytest.raises(OnlyAdminsMay):
        await nightly_verification.ask(Act(bob, MONDAY + HOUR))
    await nightly_verification.ask(Act(dora, MONDAY + HOUR))
    assert await nightly_verification.look(files, now=MONDAY + HOUR)


async def test_one_whose_worker_died_does_not_stand_in_the_way(dora: Member, files: FolderEvidenceFiles):
    await nightly_verification._begin(now=MONDAY)
    assert not await nightly_verification.look(files, now=MONDAY + HOUR)
    assert await nightly_verification.look(files, now=MONDAY + 7 * HOUR)
