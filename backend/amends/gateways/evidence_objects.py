"""Evidence store in S3-compatible storage: write-once objects named by their SHA-256, through obstore.

The connections are those of obstore, which neither jail nor guard sees: the address is a setting of the
operator, as that of the database is, and never comes from a page.
"""

import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from amends import logs
from amends.gateways.evidence_files import EvidenceIsMissing, EvidenceStoreIsAway, checked, digest_of
from amends.settings import ObjectStorage

if TYPE_CHECKING:
    from obstore.store import S3Store

CONNECT, ANSWER = timedelta(seconds=3), timedelta(seconds=10)
RETRIES = 2
"""Of one request, where the storage was busy or the connection broke: within `ANSWER` altogether."""
RETRY_AFTER = 30
NO_BUCKET = "NoSuchBucket"

log = logs.logger(__name__)


class ObjectEvidenceFiles:
    """The bytes in a bucket: `prefix/ab/abcdef…`. An object is there whole or not at all."""

    def __init__(self, storage: ObjectStorage) -> None:
        self._storage = storage

    async def keep(self, content: bytes) -> str:
        """Written anew where it is there already: the same bytes, which mend a damaged object."""
        digest = hashlib.sha256(content).hexdigest()
        with _told_plainly("keep"):
            await self._store.put_async(_name(digest), content)
        return digest

    async def fetch(self, sha256: str) -> bytes:
        """Read and checked against the name."""
        name = _name(sha256)
        with _told_plainly("fetch"):
            found = await self._store.get_async(name)
            content = bytes(await found.bytes_async())
        return checked(content, sha256)

    async def erase(self, sha256: str) -> None:
        """Deleted. A bucket that keeps versions keeps these bytes until a rule of its own removes them."""
        name = _name(sha256)
        with _told_plainly("erase"):
            await self._store.delete_async(name)

    async def names(self) -> AsyncIterator[str]:
        """A page of a thousand at a time."""
        with _told_plainly("list"):
            async for objects in self._store.list():
                for one in objects:
                    folder, _, name = one["path"].partition("/")
                    if len(folder) == 2 and len(name) == 64:
                        yield name

    async def keeps_versions(self) -> bool:
        """Whether the bucket keeps what is deleted, as tried with an object that is written and deleted."""
        with _told_plainly("try"):
            put = await self._store.put_async("tried", b"written by amends doctor")
            await self._store.delete_async("tried")
        return put.get("version") is not None

    @cached_property
    def _store(self) -> "S3Store":
        from obstore.store import S3Store

        given = self._storage
        return S3Store(
            given.bucket,
            prefix=given.prefix or None,
            endpoint=given.endpoint or f"https://s3.{given.region}.amazonaws.com",
            region=given.region,
            access_key_id=given.access_key_id,
            secret_access_key=given.secret_access_key,
            virtual_hosted_style_request=False,
            client_options={
                "connect_timeout": CONNECT,
                "timeout": ANSWER,
                "allow_http": given.endpoint.startswith("http://"),
            },
            retry_config={"max_retries": RETRIES, "retry_timeout": ANSWER},
        )


def _name(sha256: str) -> str:
    return f"{digest_of(sha256)[:2]}/{sha256}"


@contextmanager
def _told_plainly(what: str) -> Iterator[None]:
    """Errors of obstore as ours; only their kind is told, for their texts hold addresses and answers."""
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError as error:
        if NO_BUCKET not in str(error):
            raise EvidenceIsMissing from None
        raise _away(what, NO_BUCKET) from None
    except (BaseError, OSError) as error:
        raise _away(what, type(error).__name__) from None


def _away(what: str, problem: str) -> EvidenceStoreIsAway:
    log.error("evidence storage failed", doing=what, problem=problem)
    return EvidenceStoreIsAway(retry_after=RETRY_AFTER, problem=problem)
