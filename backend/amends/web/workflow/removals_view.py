"""Ways in which a member may remove a case, ready to show."""

from datetime import datetime

import msgspec

from amends.rules.vocabulary import Role
from amends.rules.workflow.removals import taken_back_until
from amends.services.desk.cases import CaseDetail
from amends.services.team.members import Member
from amends.web import dates
from amends.web.page_kit import Typed


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """A lead's form to remove the case, and what was wrong with that or with taking it back."""

    may_remove: bool
    is_open: bool
    reason: str
    reason_error: str
    problem: str


def take_back(detail: CaseDetail, *, reader: Member, now: datetime) -> str:
    """Until what time on their clock this member may take the capture back, while they may."""
    until = taken_back_until(detail.timeline, reader.id)
    return dates.clock(until) if until is not None and until > now else ""


def removal(typed: Typed, *, reader: Member) -> Removal | None:
    """What this member may do, if anything."""
    may_remove = reader.role.reaches(Role.LEAD)
    if not may_remove and typed.form != "take-back":
        return None
    here = typed.of("remove")
    return Removal(
        may_remove=may_remove,
        is_open=typed.form == "remove",
        reason=here.values.get("reason", ""),
        reason_error=here.errors.get("reason", ""),
        problem=typed.problem if typed.form in ("remove", "take-back") else "",
    )
