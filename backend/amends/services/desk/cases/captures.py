"""Captures of a case with their screenshots."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from amends.database import read, run
from amends.rules.capture.revisits import Change
from amends.rules.vocabulary import Platform, PostKind
from amends.services.team.names import Name


class EvidenceShown(msgspec.Struct, frozen=True, kw_only=True):
    """A screenshot; `ready` once its redrawn copy can be shown."""

    id: UUID
    media_type: str
    width: int
    height: int
    sha256: str
    redacted: str | None
    ready: bool


class CaptureShown(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The post as it was seen once. The same row gives the same one, as long as it has no evidence."""

    id: UUID
    post: UUID
    author_name: str
    platform: Platform
    kind: PostKind
    url: str
    title: str
    text: str
    truncated: bool
    lang: str
    posted_at: datetime | None
    posted_approximately: bool
    time_text: str
    rating: float | None
    rating_max: float | None
    metrics: dict[str, Any]
    context: dict[str, Any]
    media: list[str]
    quoted: str
    missing: list[str]
    note: str
    changes: list[Change] | None
    captured_at: datetime
    received_at: datetime
    captured_by: Name | None
    evidence: list[EvidenceShown]


CAPTURES = """
SELECT capture.id, capture.post, capture.platform, capture.kind, capture.url, capture.title, capture.text,
capture.truncated, capture.lang, capture.posted_at, capture.posted_approximately, capture.time_text,
capture.rating, capture.rating_max, capture.quoted, capture.note,
CAST(capture.metrics AS TEXT) AS metrics, CAST(capture.context AS TEXT) AS context,
CAST(capture.media AS TEXT) AS media, CAST(capture.missing AS TEXT) AS missing,
CAST(capture.changes AS TEXT) AS changes,
(SELECT COUNT(*) FROM evidence WHERE evidence.capture = capture.id) AS pictures,
capture.captured_at, capture.received_at, capture.member,
member.name AS member_name, COALESCE(author.name, '') AS author_name
FROM post JOIN capture ON capture.post = post.id LEFT JOIN member ON member.id = capture.member
LEFT JOIN author ON author.id = capture.author
WHERE post."case" = :case_id ORDER BY capture.received_at
"""

EVIDENCE = """
SELECT evidence.id, evidence.capture, evidence.media_type, evidence.width, evidence.height,
evidence.sha256, evidence.redacted, evidence.shown_sha256
FROM post JOIN capture ON capture.post = post.id JOIN evidence ON evidence.capture = capture.id
WHERE post."case" = :case_id
"""


async def captures_of(case_id: UUID) -> list[CaptureShown]:
    """Every sight of a case's posts, oldest first."""
    found = await read(_without_evidence, CAPTURES, quick=True, case_id=case_id)
    if not any(pictures for _capture, pictures in found):
        return [capture for capture, _pictures in found]
    evidence: dict[UUID, list[EvidenceShown]] = {}
    for row in await run(EVIDENCE, quick=True, case_id=case_id):
        shown = {**row, "ready": row["shown_sha256"] is not None}
        evidence.setdefault(row["capture"], []).append(msgspec.convert(shown, EvidenceShown))
    return [
        msgspec.structs.replace(capture, evidence=evidence.get(capture.id, []))
        for capture, _pictures in found
    ]


def _without_evidence(row: Mapping[str, Any]) -> tuple[CaptureShown, int]:
    """A sight and how many pictures belong to it."""
    kept = {name: json.loads(row[name]) for name in ("metrics", "context", "media", "missing")}
    kept["changes"] = json.loads(row["changes"]) if row["changes"] else None
    by = Name(row["member"], row["member_name"]) if row["member"] else None
    return msgspec.convert({**row, **kept, "captured_by": by, "evidence": []}, CaptureShown), row["pictures"]
