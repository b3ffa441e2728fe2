"""Does a file of keys open with its passphrase and with nothing else?"""

from pathlib import Path

import pytest

from amends.gateways.backups import FileIsNoBackup, PassphraseDoesNotFit, key_files
from amends.gateways.backups.key_files import Keys
from amends.gateways.backups.sealing import SealedWriter

KEYS = Keys(encryption_keys=("one", "two"), secret_key="three")
PASSPHRASE = "correct horse battery"


def test_the_keys_come_back_and_stand_in_no_text(tmp_path: Path) -> None:
    path = key_files.write(tmp_path / "amends.tar", KEYS, PASSPHRASE)
    assert path.name == "amends.tar.keys"
    assert path.stat().st_mode & 0o777 == 0o600
    assert key_files.read(path, PASSPHRASE) == KEYS
    assert "one" not in repr(KEYS)
    with pytest.raises(PassphraseDoesNotFit):
        key_files.read(path, "another passphrase")


def test_without_a_passphrase_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="sealed"):
        key_files.write(tmp_path / "amends.tar", KEYS, "")
    assert not list(tmp_path.glob("*.keys"))


@pytest.mark.parametrize("content", [b"letters", b'{"encryption_keys": 1}', b"x" * (key_files.LONGEST + 1)])
def test_what_is_no_file_of_keys_is_refused_sealed_or_not(tmp_path: Path, content: bytes) -> None:
    plain, sealed = tmp_path / "plain.keys", tmp_path / "sealed.keys"
    plain.write_bytes(content)
    with sealed.open("wb") as file:
        writer = SealedWriter(file, PASSPHRASE)
        writer.write(content)
        writer.close()
    for path in (plain, sealed):
        with pytest.raises(FileIsNoBackup):
            key_files.read(path, PASSPHRASE)
