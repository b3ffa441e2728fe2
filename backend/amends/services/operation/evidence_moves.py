"""Moving evidence between the folder and object storage: copied, verified by hash, erased at the source."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from amends.gateways.evidence_files import EvidenceFiles, EvidenceIsAltered, EvidenceIsMissing
from amends.services.case import stored_files

A_STEP = 500
"""Files after which it says how far it is."""


@dataclass
class Moved:
    """How many files were copied, were there already, and were erased at the source; which are altered."""

    copied: int = 0
    there: int = 0
    erased: int = 0
    altered: list[str] = field(default_factory=list)

    @property
    def looked_at(self) -> int:
        """All of the source so far."""
        return self.copied + self.there + len(self.altered)


async def move(
    source: EvidenceFiles,
    target: EvidenceFiles,
    *,
    empties: bool,
    now: datetime,
    tell: Callable[[Moved], None] = lambda _moved: None,
) -> Moved:
    """Copies what the target lacks and reads each copy again; where it `empties`, the source loses each then.

    It may be stopped and begun again. A file that no longer matches its name stays where it is. What was
    erased from the source since an earlier run is erased at the target, unless something holds it.
    """
    moved, there = Moved(), {name async for name in target.names()}
    seen = set()
    for name in [name async for name in source.names()]:
        seen.add(name)
        await _move(name, source, target, moved, is_there=name in there, empties=empties)
        if moved.looked_at % A_STEP == 0:
            tell(moved)
    for name in there - seen:
        await stored_files.erase_unheld(name, target, now=now)
    return moved


async def _move(
    name: str, source: EvidenceFiles, target: EvidenceFiles, moved: Moved, *, is_there: bool, empties: bool
) -> None:
    try:
        if not is_there:
            await target.keep(await source.fetch(name))
        if empties or not is_there:
            await target.fetch(name)
    except EvidenceIsMissing:  # erased since it was listed
        return
    except EvidenceIsAltered:
        moved.altered.append(name)
        return
    moved.there += is_there
    moved.copied += not is_there
    if empties:
        await source.erase(name)
        moved.erased += 1
