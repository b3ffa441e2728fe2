"""Evidence store: write-once files named by their SHA-256 in a folder."""

import asyncio
import hashlib
import os
import re
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import ClassVar, Protocol, runtime_checkable

from amends.errors import AmendsError, Invalid, NotFound

READ_ONLY = 0o400
_DIGEST = re.compile(r"[0-9a-f]{64}")


class EvidenceIsMissing(NotFound):
    "This file is not, or no longer, in the evidence store."


class EvidenceNameIsMalformed(Invalid):
    "The name of an evidence file is its SHA-256: 64 characters, 0-9 and a-f."


class EvidenceIsAltered(NotFound):
    "This file was altered after it was stored: it no longer matches its name."


class EvidenceStoreIsAway(AmendsError):
    """The storage of files cannot be reached at this moment, so nothing was stored. Try again in a minute.

    Its `retry_after` is in seconds.
    """

    status: ClassVar[int] = 503


def digest_of(sha256: str) -> str:
    """The name of a file, once it is one. Raises EvidenceNameIsMalformed."""
    if not _DIGEST.fullmatch(sha256):
        raise EvidenceNameIsMalformed
    return sha256


def checked(content: bytes, sha256: str) -> bytes:
    """The bytes, once they are those of their name. Raises EvidenceIsAltered."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise EvidenceIsAltered
    return content


@runtime_checkable
class EvidenceFiles(Protocol):
    """Keeps bytes under their own digest (R-51). Object storage raises EvidenceStoreIsAway from each."""

    async def keep(self, content: bytes) -> str:
        """Keep the bytes durably; the same bytes are kept once. Returns their SHA-256 in hexadecimal."""
        ...

    async def fetch(self, sha256: str) -> bytes:
        """The bytes of this digest. Raises EvidenceNameIsMalformed, EvidenceIsMissing, EvidenceIsAltered."""
        ...

    async def erase(self, sha256: str) -> None:
        """Remove the bytes; nothing happens when they are gone already. Raises EvidenceNameIsMalformed."""
        ...

    def names(self) -> AsyncIterator[str]:
        """The digest of every file, in order; of those kept or erased meanwhile some."""
        ...


class FolderEvidenceFiles:
    """The bytes in a folder of the data directory: `ab/abcdef…`, read-only, outside of what is served."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def keep(self, content: bytes) -> str:
        """Written beside its place and renamed: after a crash there is the whole file or none."""
        return await asyncio.to_thread(self._keep, content)

    async def fetch(self, sha256: str) -> bytes:
        """Read and checked against the name."""
        return await asyncio.to_thread(self._fetch, sha256)

    async def erase(self, sha256: str) -> None:
        """Unlinked, and the folder told so."""
        await asyncio.to_thread(self._erase, sha256)

    async def names(self) -> AsyncIterator[str]:
        """A folder at a time."""
        for below in sorted(await asyncio.to_thread(_listed, self._root)):
            if len(below) == 2:
                for name in sorted(await asyncio.to_thread(_listed, self._root / below)):
                    if _DIGEST.fullmatch(name):
                        yield name

    def _keep(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if _holds(path, content):
            return digest
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".keeping-", delete=False) as file:
            try:
                file.write(content)
                file.flush()
                os.fchmod(file.fileno(), READ_ONLY)
                os.fsync(file.fileno())
                os.replace(file.name, path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        _remember_names(path.parent)
        _remember_names(self._root)
        return digest

    def _fetch(self, sha256: str) -> bytes:
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise EvidenceIsMissing from None
        return checked(content, sha256)

    def _erase(self, sha256: str) -> None:
        path = self._path(sha256)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            _remember_names(path.parent)

    def _path(self, sha256: str) -> Path:
        return self._root / digest_of(sha256)[:2] / sha256


def _listed(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []


def _holds(path: Path, content: bytes) -> bool:
    """Whether these very bytes lie there already; a damaged file is replaced."""
    try:
        return path.read_bytes() == content
    except FileNotFoundError:
        return False


def _remember_names(folder: Path) -> None:
    """Make a rename or unlink in this folder survive a power loss."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
