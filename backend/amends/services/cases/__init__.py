"""What can be done with a case, and how is one found?"""

from amends.services.access import CaseChanged, CaseIsClosed, CaseRef, CaseUnknown, find
from amends.services.cases.captures import CaptureShown, EvidenceShown
from amends.services.cases.commands import (
    asks_why,
    assign,
    note,
    record_touchpoint,
    set_severity,
    snooze,
    take_off,
    wake,
    wake_due,
)
from amends.services.cases.details import (
    AuthorShown,
    CaseDetail,
    UndoShown,
    detail,
)
from amends.services.cases.owed import FollowUpShown
from amends.services.cases.rows import CaseFilters, CasePage, CaseRow, page

__all__ = [
    "AuthorShown",
    "CaptureShown",
    "CaseChanged",
    "CaseDetail",
    "CaseFilters",
    "CaseIsClosed",
    "CasePage",
    "CaseRef",
    "CaseRow",
    "CaseUnknown",
    "EvidenceShown",
    "FollowUpShown",
    "UndoShown",
    "asks_why",
    "assign",
    "detail",
    "find",
    "note",
    "page",
    "record_touchpoint",
    "set_severity",
    "snooze",
    "take_off",
    "wake",
    "wake_due",
]
