"""Is a backup that was cut, altered or made by a stranger refused, and none left half-done under its name?"""

import gzip
import io
import os
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from amends.gateways import backups
from amends.gateways.backups import archive, drafts, sealing
from amends.gateways.backups.sealing import CHUNK, HEAD, TAG, OpenedReader, SealedWriter

PASSPHRASE = "correct horse 9 battery"
COST = sealing.COST
SHA = "0a" * 32


@pytest.fixture(scope="module", autouse=True)
def quick_passphrases() -> Iterator[None]:
    """What makes guessing slow would make these tests slow."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "COST", 2**10)
        yield


def sealed(content: bytes, passphrase: str = PASSPHRASE) -> bytes:
    target = io.BytesIO()
    writer = SealedWriter(target, passphrase)
    writer.write(content)
    writer.close()
    return target.getvalue()


def opened(content: bytes, passphrase: str = PASSPHRASE) -> bytes:
    reader, plain = OpenedReader(io.BytesIO(content), passphrase), []
    while piece := reader.read(100_000):
        plain.append(piece)
    return b"".join(plain)


@pytest.fixture(scope="module")
def content() -> bytes:
    return os.urandom(3 * CHUNK + 5)


@pytest.fixture(scope="module")
def good(content: bytes) -> bytes:
    return sealed(content)


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1])
def test_what_is_sealed_is_opened_again_byte_for_byte(size: int):
    content = os.urandom(size)
    found = sealed(content)
    assert opened(found) == content
    assert content[:16] not in found or not size > 15


FULL = CHUNK + TAG
ALTERED: dict[str, Callable[[bytes], bytes]] = {
    "a bit turned": lambda good: good[: HEAD + 9] + bytes([good[HEAD + 9] ^ 1]) + good[HEAD + 10 :],
    "cut at a chunk": lambda good: good[: HEAD + 2 * FULL],
    "cut in a chunk": lambda good: good[: HEAD + 2 * FULL + 100],
    "cut in the head": lambda good: good[: HEAD - 3],
    "nothing after the head": lambda good: good[:HEAD],
    "two chunks exchanged": lambda good: (
        good[:HEAD] + good[HEAD + FULL : HEAD + 2 * FULL] + good[HEAD : HEAD + FULL] + good[HEAD + 2 * FULL :]
    ),
    "a chunk taken out": lambda good: good[:HEAD] + good[HEAD + FULL :],
    "another salt": lambda good: good[:16] + b"x" * 16 + good[32:],
    "something appended": lambda good: good + b"x",
}


@pytest.mark.parametrize("how", ALTERED)
def test_a_sealed_file_that_was_altered_does_not_open(good: bytes, how: str):
    with pytest.raises(backups.PassphraseDoesNotFit):
        opened(ALTERED[how](good))


def test_another_passphrase_opens_nothing(good: bytes):
    with pytest.raises(backups.PassphraseDoesNotFit):
        opened(good, "incorrect horse 9 battery")


def written(path: Path, *parts: tuple[str, bytes], passphrase: str = "") -> Path:
    with path.open("wb") as file:
        writer = backups.Writer(file, passphrase)
        for name, content in parts:
            writer.add(name, content)
        writer.close()
    return path


PARTS = (
    ("rows/entry/00001.jsonl.gz", b"rows" * 5000),
    (f"evidence/{SHA}", b"picture"),
    ("manifest.json", b"{}"),
)


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE], ids=["plain", "sealed"])
def test_parts_come_back_in_their_order(tmp_path: Path, passphrase: str):
    path = written(tmp_path / "a", *PARTS, passphrase=passphrase)
    assert [(one.name, one.content) for one in backups.contents(path, passphrase)] == list(PARTS)
    assert backups.is_sealed(path) == bool(passphrase)


def test_a_sealed_backup_asks_for_its_passphrase(tmp_path: Path):
    path = written(tmp_path / "a", *PARTS, passphrase=PASSPHRASE)
    with pytest.raises(backups.PassphraseIsMissing):
        list(backups.contents(path))


def member(name: str, **head: object) -> bytes:
    """A tar of one entry, as a stranger makes it."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as tar:
        entry = tarfile.TarInfo(name)
        entry.size = 3
        for field, value in head.items():
            setattr(entry, field, value)
        tar.addfile(entry, io.BytesIO(b"abc"))
    return target.getvalue()


STRANGE = {
    "a way out": member("../../etc/cron.d/x"),
    "an absolute name": member("/etc/passwd"),
    "a link under a good name": member(
        f"evidence/{SHA}", type=tarfile.SYMTYPE, linkname="/etc/passwd", size=0
    ),
    "a hard link": member("manifest.json", type=tarfile.LNKTYPE, linkname="/etc/passwd", size=0),
    "a device": member("manifest.json", type=tarfile.CHRTYPE, size=0),
    "a folder": member("rows", type=tarfile.DIRTYPE, size=0),
    "a sparse file": member(
        f"evidence/{SHA}", pax_headers={"GNU.sparse.major": "0", "GNU.sparse.size": "99999999999"}
    ),
    "a size of eight exabytes": member(f"evidence/{SHA}", pax_headers={"size": str(2**63)}),
    "a negative size": member(f"evidence/{SHA}", pax_headers={"size": "-5"}),
    "no tar": b"PK\3\4" + b"x" * 2000,
    "nothing": b"",
}


@pytest.mark.parametrize("how", STRANGE)
def test_what_no_backup_of_ours_holds_is_never_read(tmp_path: Path, how: str):
    (tmp_path / "a").write_bytes(STRANGE[how])
    with pytest.raises((backups.BackupIsDamaged, backups.FileIsNoBackup)):
        list(backups.contents(tmp_path / "a"))


def test_a_part_that_unpacks_to_more_than_a_part_may_have_is_refused():
    bomb = gzip.compress(b"\0" * (archive.UNPACKED_LIMIT + 1))
    assert len(bomb) < 2**20
    with pytest.raises(backups.BackupIsDamaged):
        archive.unpacked(bomb)


PACKED = gzip.compress(b"abc", mtime=0)
"""Of no day: else its tests bear other names in each process that collects them."""


@pytest.mark.parametrize("content", [b"", b"abc", PACKED[:-4], PACKED + b"more"])
def test_a_part_that_was_cut_or_lengthened_is_refused(content: bytes):
    with pytest.raises(backups.BackupIsDamaged):
        archive.unpacked(content)


def test_a_draft_bears_its_name_only_when_the_block_has_ended_well(tmp_path: Path):
    def fail() -> None:
        with backups.draft(tmp_path / "b", "amends-1.tar") as path:
            path.write_bytes(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert [file.name for file in (tmp_path / "b").iterdir()] == [drafts.LOCK]
    with backups.draft(tmp_path / "b", "amends-1.tar") as path:
        assert path.stat().st_mode & 0o777 == 0o600
        path.write_bytes(b"whole")
    assert (tmp_path / "b" / "amends-1.tar").read_bytes() == b"whole"


def test_what_a_killed_process_left_is_removed_by_the_next(tmp_path: Path):
    (tmp_path / ".amends-1.tar.part").write_bytes(b"half")
    with backups.draft(tmp_path, "amends-2.tar"):
        pass
    assert sorted(file.name for file in tmp_path.iterdir()) == [drafts.LOCK, "amends-2.tar"]


def test_two_at_once_in_one_folder_are_one_too_many(tmp_path: Path):
    with (
        backups.draft(tmp_path, "amends-1.tar"),
        pytest.raises(backups.AnotherIsBeingMade),
        backups.draft(tmp_path, "amends-2.tar"),
    ):
        pass


def test_a_backup_is_never_written_over_another(tmp_path: Path):
    (tmp_path / "amends-1.tar").write_bytes(b"first")
    with pytest.raises(FileExistsError), backups.draft(tmp_path, "amends-1.tar") as path:
        path.write_bytes(b"second")
    assert (tmp_path / "amends-1.tar").read_bytes() == b"first"


def test_the_cost_of_a_passphrase_is_not_read_from_the_file():
    assert COST == 2**17
