"""Queries of cases: lists and details."""

from amends.services.case.access import CaseChanged, CaseIsClosed, CaseRef, CaseUnknown, find
from amends.services.desk.cases.captures import CaptureShown, EvidenceShown
from amends.services.desk.cases.details import (
    AuthorShown,
    CaseDetail,
    UndoShown,
    detail,
)
from amends.services.desk.cases.files import FileShown
from amends.services.desk.cases.filters import CaseFilters
from amends.services.desk.cases.lists import CasePage, count, every, languages, page, platforms, total
from amends.services.desk.cases.owed import FollowUpShown
from amends.services.desk.cases.rows import CaseRow

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
    "FileShown",
    "FollowUpShown",
    "UndoShown",
    "count",
    "detail",
    "every",
    "find",
    "languages",
    "page",
    "platforms",
    "total",
]
