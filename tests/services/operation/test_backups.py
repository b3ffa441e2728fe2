"""Is everything of an instant in a backup, checked, and nothing left of one that failed?"""

import errno
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from amends.database import DiskIsFull
from amends.gateways import backups as gateway
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.rules.operation import backups as rules
from amends.services.capture import captures, evidence
from amends.services.operation import backups
from amends.services.operation.backups import Made, Source, checking
from amends.services.team.members import Act, Member
from tests.services.capture.test_evidence import picture
from tests.world import MONDAY, lead_to, make_case, make_target, post

PASSPHRASE = "correct horse 9 battery"


@pytest.fixture
async def source(database: str, bob: Member, tmp_path: Path) -> Source:
    """Two cases with some history, one of them with a picture and a rating; a target; somebody signed in."""
    files = FolderEvidenceFiles(tmp_path / "evidence")
    capture = uuid4()
    await captures.receive(Act(bob, MONDAY), capture, post(rating={"value": 4.7, "max": 5}))
    await evidence.keep_screenshot(Act(bob, MONDAY), capture, picture(), files=files)
    for number in (1, await make_case(bob, text="Le gâteau 🧁\n=1+1")):
        await lead_to(number, "working", by=bob)
    await make_target(bob)
    return Source(url=database, evidence=files, keys=("0123456789abcdef",))


async def made(source: Source, folder: Path, **more: Any) -> Made:
    return await backups.make(source, folder / "backups", now=MONDAY, **more)


async def test_a_backup_says_what_is_in_it_and_has_no_key(source: Source, tmp_path: Path):
    backup = await made(source, tmp_path)
    counts = rules.rows_of(backup.manifest)
    assert counts["case_file"] == 2
    assert counts["theme"] == 0
    assert "session" not in counts
    assert backup.manifest.keys == ("0123456789abcdef",)
    assert backup.path.stat().st_mode & 0o777 == 0o600
    assert backup.manifest == checking.check(backup.path)
    heads = [one for one in gateway.contents(backup.path) if one.name == rules.ANCHORS]
    assert [row["case"] for row in checking.rows_in(heads[0].content)] == [1, 2]


async def test_a_file_that_was_altered_is_named_and_stays_out(source: Source, tmp_path: Path):
    path = next(p for p in (tmp_path / "evidence").rglob("*") if p.is_file())
    path.chmod(0o600)
    path.write_bytes(b"altered")
    backup = await made(source, tmp_path)
    assert backup.manifest.files
    assert backup.manifest.files.altered == (path.name,)
    assert path.name not in backup.manifest.files.names


async def test_rows_alone_are_a_backup_too(source: Source, tmp_path: Path):
    backup = await made(Source(url=source.url, evidence=None), tmp_path)
    assert backup.manifest.files is None
    assert backup.manifest.rows > 20


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
async def test_a_backup_that_was_cut_or_altered_is_refused_as_a_whole(
    source: Source, tmp_path: Path, share: float
):
    backup = await made(source, tmp_path)
    content = backup.path.read_bytes()
    last = content.rindex(b"}")  # of the manifest; after it come zeros alone
    wrong = tmp_path / "wrong.tar"
    wrong.write_bytes(content[: int(last * share)])
    with pytest.raises((gateway.BackupIsDamaged, gateway.FileIsNoBackup)):
        checking.check(wrong)


async def test_one_bit_anywhere_in_a_part_is_noticed(source: Source, tmp_path: Path):
    backup = await made(source, tmp_path)
    content, place = backup.path.read_bytes(), 0
    wrong = tmp_path / "wrong.tar"
    for part in gateway.contents(backup.path):
        if part.name == rules.MANIFEST:
            continue
        place = content.index(part.content, place)
        altered = bytearray(content)
        altered[place + len(part.content) // 2] ^= 1
        wrong.write_bytes(altered)
        with pytest.raises(gateway.BackupIsDamaged):
            checking.check(wrong)
        place += len(part.content)


async def test_a_full_disk_leaves_no_half_backup(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def no_room(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", no_room)
    with pytest.raises(DiskIsFull, match="so no backup was made"):
        await made(source, tmp_path)
    assert list((tmp_path / "backups").glob("*amends*")) == []


async def test_the_oldest_go_when_there_are_more_than_stay(source: Source, tmp_path: Path):
    folder = (await made(source, tmp_path)).path.parent
    (folder / "amends-20200101T000000Z.tar").touch()
    (folder / "letters.tar").touch()
    assert backups.rotate(folder, kept=1) == ["amends-20200101T000000Z.tar"]
    assert (folder / "letters.tar").exists()
