"""Captures of a case with their screenshots."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from amends.database import GIVEN, Selected, columns_of, convert, read, run
from amends.rules.capture.rechecks import Change
from amends.rules.vocabulary import PostKind
from amends.services.team.names import Name


class EvidenceShown(msgspec.Struct, frozen=True, kw_only=True):
    """A screenshot; `ready` once its redrawn copy can be shown, `damage` why it never can."""

    id: UUID
    media_type: str
    width: int
    height: int
    sha256: str
    redacted: str | None
    damage: str | None
    ready: Annotated[bool, Selected("evidence.shown_sha256 IS NOT NULL")]


class CaptureShown(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The post as it was seen once. The same row gives the same one, as long as it has no evidence."""

    id: UUID
    post: UUID
    author_name: Annotated[str, Selected("COALESCE(author.name, '')")]
    platform: str
    kind: PostKind
    url: str
    title: str
    text: str
    truncated: bool
    lang: str
    translated_to: str | None
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
    shortened: list[str] | None
    note: str
    changes: list[Change] | None
    captured_at: datetime
    received_at: datetime
    captured_by: Annotated[Name | None, Selected("capture.member", join="member")]
    evidence: Annotated[list[EvidenceShown], GIVEN]


CAPTURES = f"""
SELECT {columns_of(CaptureShown, table="capture")},
(SELECT COUNT(*) FROM evidence WHERE evidence.capture = capture.id) AS pictures
FROM post JOIN capture ON capture.post = post.id LEFT JOIN member ON member.id = capture.member
LEFT JOIN author ON author.id = capture.author
WHERE post."case" = :case_id ORDER BY capture.received_at
"""

EVIDENCE = f"""
SELECT evidence.capture, {columns_of(EvidenceShown, table="evidence")}
FROM post JOIN capture ON capture.post = post.id JOIN evidence ON evidence.capture = capture.id
WHERE post."case" = :case_id
"""


async def captures_of(case_id: UUID) -> list[CaptureShown]:
    """Every sight of a case's posts, oldest first."""
    found = await read(_without_evidence, CAPTURES, case_id=case_id)
    if not any(pictures for _capture, pictures in found):
        return [capture for capture, _pictures in found]
    evidence: dict[UUID, list[EvidenceShown]] = {}
    for row in await run(EVIDENCE, case_id=case_id):
        evidence.setdefault(row["capture"], []).append(convert(row, EvidenceShown))
    return [
        msgspec.structs.replace(capture, evidence=evidence.get(capture.id, []))
        for capture, _pictures in found
    ]


def _without_evidence(row: Mapping[str, Any]) -> tuple[CaptureShown, int]:
    """A sight and how many pictures belong to it."""
    return convert(row, CaptureShown, evidence=[]), row["pictures"]
