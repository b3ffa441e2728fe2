"""Ways in which a member may remove a case, ready to show."""

from datetime import datetime

import msgspec

from amends.rules.vocabulary import Role
from amends.rules.workflow.removals import taken_back_until
from amends.services.desk.cases import CaseDetail
from amends.services.team.members import Member
from amends.web import dates
from amends.web.dates import Moment
from amends.web.page_kit import Typed


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """Until when the capture may be taken back, and whether a lead may remove the case; what was wrong."""

    until: Moment | None
    may_remove: bool
    is_open: bool
    reason: str
    reason_error: str
    problem: str


def removal(detail: CaseDetail, typed: Typed, *, reader: Member, now: datetime) -> Removal | None:
    """What this member may do, if anything."""
    until = taken_back_until(detail.timeline, reader.id)
    in_time = until is not None and until > now
    may_remove = reader.role.reaches(Role.LEAD)
    if not in_time and not may_remove and typed.form != "take-back":
        return None
    here = typed.of("remove")
    return Removal(
        until=dates.moment(until, now=now) if until and in_time else None,
        may_remove=may_remove,
        is_open=typed.form == "remove",
        reason=here.values.get("reason", ""),
        reason_error=here.errors.get("reason", ""),
        problem=typed.problem if typed.form in ("remove", "take-back") else "",
    )
