"""Archive of a backup: a tar of a few kinds of parts, written in one go and read by a stranger's rules.

No part is ever unpacked by the name it bears: names are compared with a closed list, what is no plain file is
refused, and everything has a limit, before and after decompression (R-53).
"""

import tarfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from amends.errors import Invalid
from amends.gateways.backups.sealing import (
    MAGIC,
    OpenedReader,
    PassphraseIsMissing,
    SealedWriter,
)
from amends.rules.operation import backups as rules

PART_LIMIT = 64 * 2**20
"""Bytes of one part as it stands in the file: a picture has at most 15 MB, a part of rows much less."""
UNPACKED_LIMIT = 256 * 2**20
MANIFEST_LIMIT = 256 * 2**20
BLOCK = 2**16


class FileIsNoBackup(Invalid):
    "This file is not a backup of Amends."


class BackupIsDamaged(Invalid):
    "This backup is damaged or was cut short: nothing of it was used."


@dataclass(frozen=True, slots=True)
class Content:
    """One part with its name."""

    name: str
    content: bytes


class Writer:
    """Writes the parts of a backup one after the other; `close` ends the archive."""

    def __init__(self, file: BinaryIO, passphrase: str = "") -> None:
        self._sealed = SealedWriter(file, passphrase) if passphrase else None
        # No stream of tarfile's own ("w|"): one that was not ended still writes when it is collected.
        target: Any = self._sealed or file
        self._tar = tarfile.open(  # noqa: SIM115 - closed by `close`
            fileobj=target, mode="w", format=tarfile.USTAR_FORMAT
        )

    def add(self, name: str, content: bytes) -> None:
        """One part, readable by its owner alone when somebody unpacks it by hand."""
        head = tarfile.TarInfo(name)
        head.size, head.mode = len(content), 0o600
        self._tar.addfile(head, BytesIO(content))

    def close(self) -> None:
        """The end of the archive."""
        self._tar.close()
        if self._sealed:
            self._sealed.close()


def contents(path: Path, passphrase: str = "") -> Iterator[Content]:
    """The parts in their order, each read whole, up to the end of the file.

    Raises FileIsNoBackup, BackupIsDamaged, PassphraseIsMissing and PassphraseDoesNotFit. What came before an
    error is not to be used.
    """
    with path.open("rb") as file, _plain(file, passphrase) as source:
        try:
            with closing(tarfile.open(fileobj=source, mode="r|", bufsize=BLOCK)) as tar:
                for head in tar:
                    yield Content(head.name, _read(tar, head))
        except tarfile.ReadError as error:
            raise (BackupIsDamaged if file.tell() > BLOCK else FileIsNoBackup) from error
        except (tarfile.TarError, EOFError, ValueError, OverflowError) as error:
            raise BackupIsDamaged from error
        while source.read(BLOCK):  # to the mark of the end
            pass


@contextmanager
def _plain(file: BinaryIO, passphrase: str) -> Iterator[Any]:
    sealed = file.read(len(MAGIC)) == MAGIC
    file.seek(0)
    if sealed and not passphrase:
        raise PassphraseIsMissing
    yield OpenedReader(file, passphrase) if sealed else file


def _read(tar: tarfile.TarFile, head: tarfile.TarInfo) -> bytes:
    limit = MANIFEST_LIMIT if head.name == rules.MANIFEST else PART_LIMIT
    is_plain = head.type == tarfile.REGTYPE and head.sparse is None
    if not is_plain or not rules.is_allowed(head.name) or not 0 <= head.size <= limit:
        raise BackupIsDamaged(f"This file holds what no backup of Amends has: {head.name[:80]!r}.")
    source = tar.extractfile(head)
    content = source.read() if source else b""
    if len(content) != head.size:
        raise BackupIsDamaged
    return content


def unpacked(content: bytes) -> bytes:
    """What was compressed, if it is not more than a part may be. Raises BackupIsDamaged."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        plain = unpacking.decompress(content, UNPACKED_LIMIT)
    except zlib.error:
        raise BackupIsDamaged from None
    if not unpacking.eof or unpacking.unused_data:
        raise BackupIsDamaged
    return plain
