"""Key file beside a backup: encryption keys and secret key, sealed with the passphrase of the backup."""

import os
from pathlib import Path

import msgspec

from amends.gateways.backups.archive import FileIsNoBackup
from amends.gateways.backups.drafts import draft
from amends.gateways.backups.sealing import OpenedReader, SealedWriter, is_sealed

END = ".keys"
PIECE = 1 << 16
LONGEST = 1 << 20
"""Bytes of what is in it: a thousand keys are less."""


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of an installation; the first encryption key seals, all open."""

    encryption_keys: tuple[str, ...]
    secret_key: str

    def __repr__(self) -> str:
        return "Keys()"


def write(backup: Path, keys: Keys, passphrase: str) -> Path:
    """Writes the file beside a backup, 0600, whole or not at all; its path. Raises OSError."""
    if not passphrase:
        raise ValueError("keys leave sealed or not at all")
    name = backup.name + END
    with draft(backup.parent, name) as path, path.open("wb") as file:
        writer = SealedWriter(file, passphrase)
        writer.write(msgspec.json.encode(keys))
        writer.close()
        file.flush()
        os.fsync(file.fileno())
    return backup.parent / name


def read(path: Path, passphrase: str) -> Keys:
    """The keys. Raises FileIsNoBackup, PassphraseDoesNotFit and OSError."""
    if not is_sealed(path):
        raise FileIsNoBackup
    content = bytearray()
    with path.open("rb") as file:
        reader = OpenedReader(file, passphrase)
        while piece := reader.read(PIECE):
            content += piece
            if len(content) > LONGEST:
                raise FileIsNoBackup
    try:
        return msgspec.json.decode(bytes(content), type=Keys)
    except msgspec.DecodeError:
        raise FileIsNoBackup from None
