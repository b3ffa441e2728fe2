"""Threat on the page of a case: the press that flags one, and the line that says what is held."""

from datetime import datetime

import msgspec

from amends.rules.vocabulary import Stage
from amends.services.desk.cases import CaseDetail
from amends.web import dates
from amends.web.dates import Moment
from amends.web.page_kit import Typed


class ThreatLine(msgspec.Struct, frozen=True, kw_only=True):
    """How the case stands: it may be flagged, or was; `problem` is why a press was refused."""

    may_flag: bool
    is_flagged: bool
    on_hold: bool
    by: str
    at: Moment | None
    problem: str


def threat(detail: CaseDetail, typed: Typed, *, now: datetime) -> ThreatLine:
    """The threat of a case, if it is one."""
    found = detail.threat
    return ThreatLine(
        may_flag=found is None and detail.row.stage is not Stage.CLOSED,
        is_flagged=found is not None,
        on_hold=found is not None and found.on_hold,
        by=found.flagged_by.name if found and found.flagged_by else "",
        at=dates.moment(found.flagged_at, now=now) if found else None,
        problem=typed.detail if typed.form == "threat" else "",
    )
