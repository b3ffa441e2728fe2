"""Dossier: what is recorded of some cases, as files that a stranger can check without Amends (P18, P61, P68).

Layout of the ZIP: `dossier-1.pdf` and further volumes, `cases/N/timeline.jsonl` with `HEAD.txt`, `posts/` and
`files/` named by a timeline, `older/` for what was kept before timelines named it, `anchor/`, `README.txt`,
the checkers, and `MANIFEST.sha256`, which lists every other file as `sha256sum -c` reads it. The checkers,
which know this layout too, are in `gateways/dossier_kit/`.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum

from amends.rules.case.verification import Recorded

MANIFEST = "MANIFEST.sha256"
MOST_CASES = 200
A_VOLUME = 50
"""Posts in one PDF: so many, with a screenshot each, take its child less than 10 seconds and 180 MB."""
PICTURES_IN_A_VOLUME = 16 * 2**20
"""Bytes of pictures in one PDF, for the same reason."""
SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    "text/plain": ".txt",
}
NAMED = re.compile(r'"(?:content|sha256)":"([0-9a-f]{64})"')


class Reader(StrEnum):
    """For whom a dossier is made."""

    POLICE = "police"
    COURT = "court"
    PLATFORM = "platform"
    INSURER = "insurer"
    LAWYER = "lawyer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sized:
    """A post of a dossier, and how many bytes of pictures it shows."""

    number: int
    pictures: int


def timeline_row(entry: Recorded, *, withheld: bool) -> str:
    """One line of `timeline.jsonl`; without its words where they were erased, or are `withheld` here."""
    line = entry.line
    row: dict[str, object] = {
        "position": line.position,
        "case": str(line.case),
        "kind": line.kind,
        "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": line.actor,
        "channel": line.channel,
        "commitment": line.commitment,
        "previous": line.previous,
        "hash": entry.hash,
    }
    told = entry.told
    if told is None or told.salt is None or told.body is None:
        row["erased"] = True
    elif withheld:
        row["withheld"] = True
    else:
        row |= {"salt": told.salt, "body": told.body}
    return json.dumps(row, ensure_ascii=False)


def named_by(entries: Iterable[Recorded]) -> set[str]:
    """SHA-256 of every file and copy of a post that the words of these entries name."""
    return {
        digest
        for entry in entries
        if entry.told is not None and entry.told.body
        for digest in NAMED.findall(entry.told.body)
    }


def manifest(digests: Mapping[str, str]) -> bytes:
    """The manifest: SHA-256 and name of every file, in the order of the names."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def file_name(folder: str, number: int, digest: str, media_type: str) -> str:
    """What a file is called in the ZIP: nothing that a stranger wrote becomes part of a path."""
    return f"{folder}/{number:03d}-{digest[:12]}{SUFFIXES.get(media_type, '.bin')}"


def volumes(posts: Sequence[Sized]) -> list[list[int]]:
    """The numbers of the posts in each PDF, in their order; one PDF at least, also without posts."""
    found: list[list[int]] = [[]]
    room = PICTURES_IN_A_VOLUME
    for post in posts:
        if found[-1] and (len(found[-1]) >= A_VOLUME or post.pictures > room):
            found.append([])
            room = PICTURES_IN_A_VOLUME
        found[-1].append(post.number)
        room -= post.pictures
    return found
