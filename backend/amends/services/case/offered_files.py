"""Offered files: accepted and written, before the transaction of the command that attaches them."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from amends.gateways.evidence_files import EvidenceFiles
from amends.services.case import stored_files
from amends.services.case.stored_files import Offer


class CheckedFile(msgspec.Struct, frozen=True, kw_only=True):
    """An accepted file; width and height are a picture's."""

    name: str
    media_type: str
    content: bytes
    width: int | None = None
    height: int | None = None


class OfferedFile(msgspec.Struct, frozen=True, kw_only=True):
    """An accepted file whose bytes are written already, and wait for its row."""

    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    bytes: Offer


class Attached(msgspec.Struct, frozen=True):
    """Offered files: what a command attaches to the entry that it writes."""

    files: tuple[OfferedFile, ...]


async def offer(files: Iterable[CheckedFile], store: EvidenceFiles, *, now: datetime) -> Attached:
    """Writes the bytes of accepted files for a command that attaches them: never inside its transaction.

    Raises EvidenceStoreIsAway.
    """
    offered = [
        OfferedFile(
            name=one.name,
            media_type=one.media_type,
            size=len(one.content),
            width=one.width,
            height=one.height,
            bytes=await stored_files.offer(one.content, store, now=now),
        )
        for one in files
    ]
    return Attached(tuple(offered))
