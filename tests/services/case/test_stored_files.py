"""Bytes that several rows share are erased with the last of them."""

from uuid import uuid4

from amends import tables
from amends.services.capture import captures, evidence
from amends.services.case import stored_files
from amends.services.team.members import Act, Member
from tests.fakes import MemoryEvidenceFiles
from tests.services.case.test_redrawing import picture
from tests.world import MONDAY, post


async def test_bytes_are_erased_once_no_row_names_them(bob: Member) -> None:
    files, capture_id = MemoryEvidenceFiles(), uuid4()
    await captures.receive(Act(bob, MONDAY), capture_id, post())
    sha256 = await evidence.keep_screenshot(Act(bob, MONDAY), capture_id, picture(), files=files)
    assert not await stored_files.erase_unheld(sha256, files)
    assert files.kept
    await tables.Evidence.delete().where(tables.Evidence.sha256 == sha256)
    assert await stored_files.erase_unheld(sha256, files)
    assert not files.kept
