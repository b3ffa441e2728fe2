"""Stored files: written and erased outside of transactions, lost by none and left by none."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from amends import tables
from amends.database import run, transaction
from amends.gateways.evidence_files import EvidenceStoreIsAway
from amends.services.capture import captures, evidence
from amends.services.case import stored_files
from amends.services.team.members import Act, Member
from tests.fakes import MemoryEvidenceFiles
from tests.services.case.test_redrawing import picture
from tests.world import MONDAY, make_case, post

SOON = MONDAY + timedelta(seconds=10)
OVER = MONDAY + stored_files.OFFERED_FOR
AFTER_LEASE = MONDAY + stored_files.LEASE


class Away(MemoryEvidenceFiles):
    """Storage that answers 503."""

    async def keep(self, content: bytes) -> str:
        raise EvidenceStoreIsAway(retry_after=30)

    async def erase(self, sha256: str) -> None:
        raise EvidenceStoreIsAway(retry_after=30)


class Hanging(MemoryEvidenceFiles):
    """Storage that takes a request and does not answer before it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.answers = asyncio.Event(), asyncio.Event()

    async def keep(self, content: bytes) -> str:
        self.asked.set()
        await self.answers.wait()
        return await super().keep(content)

    async def erase(self, sha256: str) -> None:
        self.asked.set()
        await self.answers.wait()
        await super().erase(sha256)


async def on_their_way() -> list[str]:
    return [row["direction"] for row in await run("SELECT direction FROM file_transfer ORDER BY direction")]


async def screenshot(by: Member, files: MemoryEvidenceFiles) -> str:
    """Of a case that is new."""
    capture_id = uuid4()
    await captures.receive(Act(by, MONDAY), capture_id, post())
    return await evidence.keep_screenshot(Act(by, MONDAY), capture_id, picture(), files=files)


async def test_bytes_are_erased_once_no_row_names_them(bob: Member) -> None:
    files = MemoryEvidenceFiles()
    sha256 = await screenshot(bob, files)
    assert await on_their_way() == []
    assert not await stored_files.erase_unheld(sha256, files, now=MONDAY)
    assert files.kept
    await tables.Evidence.delete().where(tables.Evidence.sha256 == sha256)
    assert await stored_files.erase_unheld(sha256, files, now=MONDAY)
    assert not files.kept
    assert await on_their_way() == []


@pytest.mark.parametrize("erases", [False, True])
async def test_while_the_storage_hangs_others_write(bob: Member, erases: bool) -> None:
    files = Hanging()
    sha256 = await MemoryEvidenceFiles.keep(files, b"old") if erases else ""
    hanging = asyncio.create_task(
        stored_files.erase_unheld(sha256, files, now=MONDAY) if erases else screenshot(bob, files)  # type: ignore[arg-type]
    )
    await files.asked.wait()
    assert await make_case(bob)
    assert not hanging.done()
    files.answers.set()
    await hanging
    assert bool(files.kept) is not erases


async def test_what_the_storage_refuses_leaves_no_row_and_is_kept_when_it_is_sent_again(bob: Member) -> None:
    capture_id = uuid4()
    await captures.receive(Act(bob, MONDAY), capture_id, post())
    with pytest.raises(EvidenceStoreIsAway):
        await evidence.keep_screenshot(Act(bob, MONDAY), capture_id, picture(), files=Away())
    assert not await tables.Evidence.exists()
    files = MemoryEvidenceFiles()
    sha256 = await evidence.keep_screenshot(Act(bob, MONDAY), capture_id, picture(), files=files)
    assert await stored_files.erase_left(files, now=OVER) == 0
    assert list(files.kept) == [sha256]
    assert await on_their_way() == []


async def test_bytes_that_no_row_came_to_name_are_erased_after_a_while_and_no_sooner(database: str) -> None:
    files = MemoryEvidenceFiles()
    offered = await stored_files.offer(b"of a form that was refused", files, now=MONDAY)
    assert not await stored_files.erase_unheld(offered.sha256, files, now=SOON)
    assert await stored_files.erase_left(files, now=SOON) == 0
    assert files.kept
    assert await stored_files.erase_left(files, now=OVER) == 1
    assert not files.kept
    assert await on_their_way() == []
    async with transaction():
        with pytest.raises(stored_files.FileIsBeingErased):
            await stored_files.keep(offered)


async def test_an_erasure_that_failed_is_done_again_although_nothing_else_asks_for_it(database: str) -> None:
    files, away = MemoryEvidenceFiles(), Away()
    away.kept = files.kept
    sha256 = await files.keep(b"of somebody who is erased")
    for _once_more in range(2):
        with pytest.raises(EvidenceStoreIsAway):
            await stored_files.erase_unheld(sha256, away, now=MONDAY)
    with pytest.raises(EvidenceStoreIsAway):
        await stored_files.erase_left(away, now=AFTER_LEASE)
    assert await stored_files.erase_left(files, now=AFTER_LEASE) == 0
    assert await stored_files.erase_left(files, now=AFTER_LEASE + stored_files.LEASE) == 1
    assert not files.kept
    assert await on_their_way() == []


async def test_a_file_that_may_be_erased_at_this_moment_is_not_written_before_that_is_over(
    bob: Member,
) -> None:
    files, away = MemoryEvidenceFiles(), Away()
    with pytest.raises(EvidenceStoreIsAway):
        await stored_files.erase_unheld(await files.keep(picture()), away, now=MONDAY)
    with pytest.raises(stored_files.FileIsBeingErased) as refused:
        await stored_files.offer(picture(), files, now=SOON)
    assert refused.value.extra["retry_after"] > 0
    offered = await stored_files.offer(picture(), files, now=AFTER_LEASE)
    assert await stored_files.erase_left(files, now=AFTER_LEASE) == 0
    assert list(files.kept) == [offered.sha256]


async def test_an_erasure_is_broken_off_well_within_its_lease(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stored_files.LEASE.total_seconds() >= 2 * stored_files.PATIENCE_SECONDS
    monkeypatch.setattr(stored_files, "PATIENCE_SECONDS", 0.01)
    files = Hanging()
    sha256 = await MemoryEvidenceFiles.keep(files, b"old")
    with pytest.raises(EvidenceStoreIsAway):
        await stored_files.erase_unheld(sha256, files, now=MONDAY)
    assert await on_their_way() == ["out"]


async def test_of_two_offers_of_the_same_bytes_one_may_be_given_up(bob: Member) -> None:
    files = MemoryEvidenceFiles()
    await stored_files.offer(picture(), files, now=MONDAY)
    sha256 = await screenshot(bob, files)
    assert await stored_files.erase_left(files, now=OVER) == 0
    assert list(files.kept) == [sha256]
    assert await on_their_way() == []
