"""Evidence store: complete, write-once, read-only, named by SHA-256."""

import asyncio
import hashlib
import os
from pathlib import Path

import pytest

from amends.gateways.evidence_files import (
    EvidenceFiles,
    EvidenceIsAltered,
    EvidenceIsMissing,
    EvidenceNameIsMalformed,
    FolderEvidenceFiles,
)
from amends.gateways.evidence_objects import ObjectEvidenceFiles
from tests.fakes import MemoryEvidenceFiles
from tests.object_storage import bucket_at


@pytest.fixture(params=["folder", "memory", "s3"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> EvidenceFiles:
    if request.param == "s3":
        return ObjectEvidenceFiles(bucket_at(request.getfixturevalue("object_storage")))
    return FolderEvidenceFiles(tmp_path / "evidence") if request.param == "folder" else MemoryEvidenceFiles()


def test_real_and_fake_keep_evidence(files: EvidenceFiles):
    assert isinstance(files, EvidenceFiles)


@pytest.mark.parametrize("content", [b"", b"x", bytes(range(256)) * 1000])
async def test_what_is_kept_comes_back_under_its_digest(files: EvidenceFiles, content: bytes):
    digest = await files.keep(content)
    assert digest == hashlib.sha256(content).hexdigest()
    assert await files.keep(content) == digest
    assert await files.fetch(digest) == content


async def test_the_names_of_all_files_are_listed_in_order(files: EvidenceFiles):
    assert [name async for name in files.names()] == []
    kept = [await files.keep(content) for content in (b"one", b"two", b"three")]
    assert [name async for name in files.names()] == sorted(kept)


async def test_what_was_never_kept_is_missing(files: EvidenceFiles):
    with pytest.raises(EvidenceIsMissing):
        await files.fetch("0" * 64)


async def test_what_was_erased_is_missing_and_erasing_again_does_nothing(files: EvidenceFiles):
    digest = await files.keep(b"picture")
    await files.erase(digest)
    await files.erase(digest)
    with pytest.raises(EvidenceIsMissing):
        await files.fetch(digest)


@pytest.mark.parametrize(
    "name",
    ["", "..", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 65, "0" * 64 + "\n", "/" + "0" * 63, "٠" * 64],
)
async def test_no_other_name_leads_to_a_file(files: EvidenceFiles, name: str):
    with pytest.raises(EvidenceNameIsMalformed):
        await files.fetch(name)
    with pytest.raises(EvidenceNameIsMalformed):
        await files.erase(name)


async def test_the_file_is_read_only_and_nothing_else_is_left(tmp_path: Path):
    folder = FolderEvidenceFiles(tmp_path)
    digest = await folder.keep(b"picture")
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert found == [tmp_path / digest[:2] / digest]
    assert found[0].stat().st_mode & 0o777 == 0o400


async def test_the_same_bytes_from_many_at_once_are_one_file(tmp_path: Path):
    folder = FolderEvidenceFiles(tmp_path)
    digests = await asyncio.gather(*(folder.keep(b"same") for _ in range(20)))
    assert len(set(digests)) == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


async def test_altered_bytes_are_not_passed_off_as_evidence_and_can_be_kept_anew(tmp_path: Path):
    folder = FolderEvidenceFiles(tmp_path)
    digest = await folder.keep(b"picture")
    path = tmp_path / digest[:2] / digest
    path.unlink()
    path.write_bytes(b"forged")
    with pytest.raises(EvidenceIsAltered):
        await folder.fetch(digest)
    await folder.keep(b"picture")
    assert await folder.fetch(digest) == b"picture"


async def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        await FolderEvidenceFiles(tmp_path).keep(b"picture")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
