"""Threats on cases: reading and ending; flagging one is in `services/workflow/threats.py`."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from amends import tables
from amends.database import Selected, columns_of, converter, read
from amends.rules.vocabulary import Nature, Severity, Stage
from amends.services.team.names import Name


class ThreatShown(msgspec.Struct, frozen=True, kw_only=True):
    """A threat that was not withdrawn, and how its case stood before."""

    id: UUID
    stage_before: Stage
    severity_before: Severity | None
    nature_before: Nature | None
    checklist: UUID | None
    flagged_by: Annotated[Name | None, Selected("t.flagged_by", join="flagger")]
    flagged_at: datetime
    on_hold: bool
    lifted_by: Annotated[Name | None, Selected("t.lifted_by", join="lifter")]
    lifted_at: datetime | None
    lifted_reason: str


LIVE = f"""
SELECT {columns_of(ThreatShown, table="t")} FROM threat AS t
LEFT JOIN member AS flagger ON flagger.id = t.flagged_by
LEFT JOIN member AS lifter ON lifter.id = t.lifted_by
WHERE t."case" = :case_id AND t.withdrawn_at IS NULL
"""


async def of_case(case_id: UUID) -> ThreatShown | None:
    """The threat that a case was flagged as; None where it was not, or that was withdrawn."""
    found: list[ThreatShown] = await read(converter(ThreatShown), LIVE, case_id=case_id)
    return found[0] if found else None


async def end(threat: UUID, *, now: datetime) -> None:
    """Step: it was no threat after all, and holds nothing any more."""
    row = tables.Threat
    await row.update({row.withdrawn_at: now, row.on_hold: False}).where(row.id == threat)
