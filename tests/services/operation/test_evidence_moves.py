"""Evidence in object storage: moved there and back, verified, backed up, restored and erased."""

import asyncio
import io
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from amends import tables
from amends.database import bind, close, connect, run
from amends.gateways.erased_list import ErasedList
from amends.gateways.evidence_files import EvidenceFiles, EvidenceIsAltered, FolderEvidenceFiles
from amends.gateways.evidence_objects import ObjectEvidenceFiles
from amends.gateways.secrets import Secrets, new_key
from amends.rules.workflow.threats import LINK_GOOD_FOR
from amends.services.capture import captures, evidence
from amends.services.case import redrawing
from amends.services.operation import backups, dossier_links, dossiers, privacy
from amends.services.operation.backups import Source
from amends.services.operation.backups.restoring import Place, restore
from amends.services.operation.dossier_links import Given
from amends.services.operation.dossiers import Choice
from amends.services.operation.evidence_moves import move
from amends.services.operation.privacy import erasures
from amends.services.operation.verification import verify
from amends.services.team.members import Act, Member
from amends.services.workflow import removals
from tests.fakes import MemoryEvidenceFiles
from tests.object_storage import bucket_at
from tests.services.capture.test_evidence import picture
from tests.services.operation.everywhere import NAME, TRACES, dana_everywhere
from tests.services.operation.test_dossiers import checked
from tests.world import DAY, MONDAY, make_member, post


async def names(files: EvidenceFiles) -> list[str]:
    return [name async for name in files.names()]


async def pictured(by: Member, files: EvidenceFiles) -> None:
    """A case with a screenshot and its copy for pages."""
    capture = uuid4()
    await captures.receive(Act(by, MONDAY), capture, post())
    await evidence.keep_screenshot(Act(by, MONDAY), capture, picture(), files=files)
    await redrawing.redraw_waiting(files, now=MONDAY)


@pytest.fixture
def objects(object_storage: str) -> ObjectEvidenceFiles:
    return ObjectEvidenceFiles(bucket_at(object_storage))


async def test_evidence_goes_to_object_storage_and_back_and_verifies_in_both(
    bob: Member, objects: ObjectEvidenceFiles, tmp_path: Path
):
    folder = FolderEvidenceFiles(tmp_path / "evidence")
    await pictured(bob, folder)
    kept = await names(folder)
    copied = await move(folder, objects, empties=False, now=MONDAY)
    assert (copied.copied, copied.there, copied.erased) == (2, 0, 0)
    again = await move(folder, objects, empties=True, now=MONDAY)
    assert (again.copied, again.there, again.erased) == (0, 2, 2)
    assert (await names(folder), await names(objects)) == ([], kept)
    assert (await verify(objects)).found == []
    back = await move(objects, folder, empties=True, now=MONDAY)
    assert (back.copied, back.erased, await names(objects)) == (2, 2, [])
    assert (await verify(folder)).found == []


async def test_a_move_that_was_broken_off_goes_on_and_brings_nothing_back_that_was_erased_meanwhile(
    bob: Member,
):
    source, target = MemoryEvidenceFiles(), MemoryEvidenceFiles()
    await pictured(bob, source)
    erased = await target.keep(b"of somebody who was erased since the first run")
    kept = await names(source)
    source.altered.add(kept[0])
    done = await move(source, target, empties=True, now=MONDAY)
    assert (done.altered, done.copied) == ([kept[0]], 1)
    assert (await names(source), await names(target)) == ([kept[0]], [kept[1]])
    assert erased not in target.kept
    source.altered.clear()
    assert (await move(source, target, empties=True, now=MONDAY)).copied == 1
    assert await names(target) == kept


async def test_a_copy_that_does_not_read_back_leaves_its_source_alone(bob: Member):
    class Forgetful(MemoryEvidenceFiles):
        """Storage that keeps something else."""

        async def fetch(self, sha256: str) -> bytes:
            raise EvidenceIsAltered

    source = MemoryEvidenceFiles()
    digest = await source.keep(b"picture")
    assert (await move(source, Forgetful(), empties=True, now=MONDAY)).altered == [digest]
    assert await names(source) == [digest]


async def test_evidence_in_object_storage_is_backed_up_and_restored_elsewhere(
    database: str, bob: Member, objects: ObjectEvidenceFiles, object_storage: str, tmp_path: Path
):
    await pictured(bob, objects)
    made = await backups.make(Source(url=database, evidence=objects), tmp_path / "backups", now=MONDAY)
    await close()
    elsewhere = ObjectEvidenceFiles(bucket_at(object_storage))
    place = Place(url=f"sqlite:///{tmp_path}/elsewhere/amends.db", folder=tmp_path, evidence=elsewhere)
    done = await asyncio.to_thread(restore, made.path, place, now=MONDAY)
    bind(connect(place.url), tables.TABLES)
    assert (done.verified.files, done.verified.found) == (2, [])
    assert await names(elsewhere) == await names(objects)


async def test_the_objects_of_a_removed_case_are_gone(database: str, objects: ObjectEvidenceFiles):
    lead = await make_member("ada", role="admin")
    await pictured(lead, objects)
    rows: list[dict[str, Any]] = await run("SELECT number FROM case_file")
    await removals.remove(Act(lead, MONDAY), rows[0]["number"], reason="Wrong")
    assert await removals.erase_files(objects, now=MONDAY) == 2
    assert await names(objects) == []


async def test_erasing_a_person_leaves_no_byte_of_theirs_in_object_storage(
    database: str, bob: Member, objects: ObjectEvidenceFiles, tmp_path: Path
):
    admin = await make_member("ada", role="admin")
    dana = await dana_everywhere(admin, bob, objects)
    assert await traces_in(objects)
    given = {"name": NAME, "secrets": Secrets([new_key()]), "erased_list": ErasedList(tmp_path)}
    await erasures.erase(Act(admin, MONDAY + DAY), dana, **given)  # type: ignore[arg-type]
    await privacy.clean_up(objects, now=MONDAY + DAY)
    assert await traces_in(objects) == []


async def traces_in(files: EvidenceFiles) -> list[str]:
    contents = [(await files.fetch(name)).lower() for name in await names(files)]
    return [trace for trace in TRACES for content in contents if trace.encode() in content]


async def test_a_dossier_of_files_in_object_storage_verifies_and_goes_with_its_link(
    database: str, bob: Member, objects: ObjectEvidenceFiles, tmp_path: Path
):
    lead = await make_member("ada", role="admin")
    await pictured(bob, objects)
    kept = await names(objects)
    gathered = await dossiers.gather([1], Choice(), by=lead, now=MONDAY, anchoring=True)
    into = io.BytesIO()
    digest = await dossiers.pack(Act(lead, MONDAY), gathered, [b"%PDF-"], into, files=objects)
    with zipfile.ZipFile(into) as pack:
        found = {name: pack.read(name) for name in pack.namelist()}
    assert checked(found, tmp_path, digest).returncode == 0
    given = Given(name="Police", content=into.getvalue(), manifest=digest)
    await dossier_links.make(Act(lead, MONDAY), 1, given, files=objects)
    assert len(await names(objects)) == len(kept) + 1
    assert await dossier_links.erase_ended(objects, now=MONDAY + LINK_GOOD_FOR) == 1
    assert await names(objects) == kept
