"""Other people in a dossier: who they are, and the dossier without their names and pictures."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from amends.gateways.evidence_files import EvidenceFiles, EvidenceIsAltered, EvidenceIsMissing
from amends.rules.operation import redacting as rules
from amends.services.operation.dossiers.contents import CaseGathered, Exhibit, Gathered, Kept

READABLE = frozenset({"text/plain", "message/rfc822"})
LONGEST_READ = 1_000_000
"""Bytes of an attached text that are looked through."""


def redacted(gathered: Gathered) -> Gathered:
    """The dossier as it leaves: exhibits with marks and without their pictures, and without some files."""
    choice = gathered.choice
    _told, hidden = gathered.named()
    exhibits = [_exhibit(one, gathered, hidden - _told) for one in gathered.exhibits]
    cases = [
        replace(case, files=tuple(one for one in case.files if one.sha256 not in choice.without_files))
        for case in gathered.cases
    ]
    return replace(gathered, exhibits=tuple(exhibits), cases=tuple(cases))


def _exhibit(one: Exhibit, gathered: Gathered, hidden: set[str]) -> Exhibit:
    names = gathered.choice.redact
    is_named = rules.holds([one.author, one.seen], names) or (bool(names) and one.digest in hidden)
    if not is_named:
        return one
    pictures = one.pictures if gathered.choice.with_their_pictures else ()
    author = rules.in_text(one.author, names)
    return replace(
        one, seen=rules.in_post(one.seen, names), author=author, pictures=pictures, is_redacted=True
    )


def names_of(exhibits: Iterable[Exhibit], cases: Sequence[CaseGathered]) -> tuple[str, ...]:
    """Names and handles of accounts that wrote here and are no author of any of these cases."""
    own = {case.author for case in cases} | {case.person for case in cases}
    others = (one for one in exhibits if not {one.author_id, one.person} & (own - {None}))
    return tuple(dict.fromkeys(name for one in others for name in one.names if name))


async def naming(kept: Sequence[Kept], names: Sequence[str], files: EvidenceFiles) -> set[str]:
    """SHA-256 of attached files that name somebody by their name, or in their text as far as it is text."""
    return {one.sha256 for one in kept if await _names(one, names, files)}


async def _names(kept: Kept, names: Sequence[str], files: EvidenceFiles) -> bool:
    if not names or rules.holds(kept.name, names):
        return bool(names)
    if kept.media_type not in READABLE or kept.size > LONGEST_READ:
        return False
    try:
        content = await files.fetch(kept.sha256)
    except (EvidenceIsMissing, EvidenceIsAltered):
        return False
    return rules.holds(content.decode("utf-8", "replace"), names)
