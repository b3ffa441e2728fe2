"""Packing of a dossier: one ZIP with its PDF, originals, timelines, checkers and manifest (R-71)."""

import asyncio
import base64
import hashlib
import json
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO
from uuid import uuid4

from amends.database import transaction
from amends.gateways import dossier_kit
from amends.gateways.evidence_files import EvidenceFiles, EvidenceIsAltered, EvidenceIsMissing
from amends.rules.capture.fingerprints import written
from amends.rules.case.anchors import covered
from amends.rules.operation import dossiers as rules
from amends.rules.vocabulary import EntryKind
from amends.rules.vocabulary.audit import AuditKind
from amends.services.case import locks, timeline
from amends.services.operation.dossiers.contents import Anchored, CaseGathered, Exhibit, Gathered, Kept
from amends.services.team import audit
from amends.services.team.members import Act

README = """Dossier made with Amends on {at} (UTC) by {by}.

Open verify.html in a browser and choose this ZIP or the unpacked folder: nothing leaves your computer.
With Python: python3 verify.py . SHA256-OF-THE-MANIFEST
With coreutils: sha256sum -c MANIFEST.sha256 (files only, not the timelines)
The SHA-256 of anchor/anchor.json is an anchor: one hash over all timelines of the team at that time.
In the folder "redacted" names of other people are replaced by […]: these copies are covered by no entry.
Where there is a folder "stamped", an authority confirmed when an earlier anchor was there. To check it with
OpenSSL, take the certificate from the authority itself rather than from here:
openssl ts -verify -data stamped/anchor.json -in stamped/time-stamp.tsr -CAfile stamped/authority.pem
This does not ask whether the certificate was revoked since: the authority's list of revoked ones says so
(openssl verify -crl_check, with that list).

Whoever gave you this dossier can tell you the SHA-256 of MANIFEST.sha256 by another way: compare it.
"""
STORED = frozenset({".png", ".jpg", ".webp", ".gif", ".pdf"})
"""What is packed already."""


class _Pack:
    """Adds files to a ZIP, and remembers what the manifest says of them."""

    def __init__(self, into: IO[bytes]) -> None:
        self.digests: dict[str, str] = {}
        self._zip = zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, content: bytes) -> None:
        if name in self.digests:  # the same picture of the same post
            return
        self.digests[name] = hashlib.sha256(content).hexdigest()
        kind = zipfile.ZIP_STORED if name[name.rfind(".") :] in STORED else zipfile.ZIP_DEFLATED
        self._zip.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, kind)

    def close(self) -> str:
        """Writes the manifest; its SHA-256."""
        manifest = rules.manifest(self.digests)
        self._zip.writestr(zipfile.ZipInfo(rules.MANIFEST, (1980, 1, 1, 0, 0, 0)), manifest)
        self._zip.close()
        return hashlib.sha256(manifest).hexdigest()


async def pack(
    act: Act, gathered: Gathered, sheets: Sequence[bytes], into: IO[bytes], *, files: EvidenceFiles
) -> str:
    """Writes the ZIP and says on each of its cases that it was made: the SHA-256 of its manifest.

    `sheets` are the volumes of its PDF. A file that is missing or altered is left out, and the PDF says so.
    """
    made = _Pack(into)
    for name, content in _texts(act, gathered, sheets):
        await asyncio.to_thread(made.add, name, content)
    for name, kept in _files(gathered):
        try:
            content = await files.fetch(kept.sha256)
        except (EvidenceIsMissing, EvidenceIsAltered):
            continue
        await asyncio.to_thread(made.add, name, content)
    digest = made.close()
    await _record(act, gathered, digest)
    return digest


async def _record(act: Act, gathered: Gathered, digest: str) -> None:
    dossier = str(uuid4())
    async with transaction():
        await locks.hold_cases({one.number for one in gathered.cases})
        numbers = ", ".join(str(one.number) for one in gathered.cases)
        made = AuditKind.DOSSIER_MADE
        await audit.record(made, by=act.by, now=act.now, cases=numbers, digest=digest)
        for case in gathered.cases:
            await timeline.record(
                case.id,
                EntryKind.DOSSIER_MADE,
                by=act.by,
                now=act.now,
                dossier=dossier,
                reader=gathered.choice.reader.value,
                manifest=digest,
                exhibits=len(gathered.exhibits),
                withheld=len(gathered.withheld) or None,
                without_notes=gathered.choice.without_notes or None,
                redacted=sum(one.is_redacted for one in gathered.exhibits) or None,
            )


def _texts(act: Act, gathered: Gathered, sheets: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    for number, sheet in enumerate(sheets, start=1):
        yield f"dossier-{number}.pdf", sheet
    readme = README.format(at=gathered.made_at.strftime("%Y-%m-%d %H:%M:%S"), by=act.by.name)
    yield "README.txt", readme.encode()
    for name in dossier_kit.NAMES:
        yield name, dossier_kit.content(name)
    for folder, anchored in (("anchor", gathered.anchor), ("stamped", gathered.stamped)):
        if anchored:
            yield from _anchor(folder, anchored)
    for case in gathered.cases:
        yield from _timeline(case, gathered)
    for exhibit in gathered.exhibits:
        folder = "redacted" if exhibit.is_redacted else "posts" if exhibit.covered else "older"
        yield f"{folder}/{exhibit.number:03d}.json", written(exhibit.seen)


def _anchor(folder: str, anchored: Anchored) -> Iterator[tuple[str, bytes]]:
    yield f"{folder}/anchor.json", covered(anchored.anchor).encode()
    yield f"{folder}/leaves.txt", anchored.leaves
    if anchored.stamp:
        yield f"{folder}/time-stamp.tsr", base64.b64decode(anchored.stamp.token)
        yield f"{folder}/authority.pem", f"{anchored.stamp.certificates}\n".encode()


def _timeline(case: CaseGathered, gathered: Gathered) -> Iterator[tuple[str, bytes]]:
    hidden = {entry.position for entry in case.shown if gathered.withholds(entry)}
    rows = (rules.timeline_row(one, withheld=one.line.position in hidden) for one in case.entries)
    yield f"cases/{case.number}/timeline.jsonl", "".join(f"{row}\n" for row in rows).encode()
    yield f"cases/{case.number}/HEAD.txt", f"{case.head}\n".encode()
    yield f"cases/{case.number}/case.json", _facts(case, gathered)


def _facts(case: CaseGathered, gathered: Gathered) -> bytes:
    facts = {
        "number": case.number,
        "title": gathered.title_of(case),
        "stage": case.stage.value,
        "outcome": case.outcome.value if case.outcome else None,
        "severity": case.severity.value if case.severity else None,
        "opened_at": case.opened_at.isoformat(),
        "head": case.head,
    }
    return json.dumps(facts, ensure_ascii=False, indent=1).encode()


def _files(gathered: Gathered) -> Iterator[tuple[str, Kept]]:
    """Pictures and attachments that go in, with their names there; those that nothing names lie apart."""
    told, hidden = gathered.named()
    for number, kept in enumerate(_kept(gathered.cases, gathered.exhibits), start=1):
        if kept.sha256 in hidden - told:  # it came with a note that is left out
            continue
        folder = "files" if kept.sha256 in told else "older"
        yield rules.file_name(folder, number, kept.sha256, kept.media_type), kept


def _kept(cases: Sequence[CaseGathered], exhibits: Sequence[Exhibit]) -> Iterator[Kept]:
    for exhibit in exhibits:
        yield from exhibit.pictures
    for case in cases:
        yield from case.files
