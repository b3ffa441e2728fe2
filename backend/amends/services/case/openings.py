"""Insertion of a new case: its first values, the next number."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add
from amends.rules.capture.incoming import AboutCase
from amends.rules.vocabulary import CustomerStatus, FollowUpKind, Stage
from amends.services.case import case_numbers


class NewCase(AboutCase, frozen=True, kw_only=True):
    """What a case begins with: what was said about it, and these; other columns have their defaults."""

    title: str
    platform: str
    lang: str
    author: UUID | None
    customer_status: CustomerStatus
    opened_at: datetime


class OpenedCase(NewCase, frozen=True, kw_only=True):
    """A case that is just being opened, as far as its first follow-up needs it; nobody owns it yet."""

    id: UUID
    number: int
    owner: None = None


async def insert(new: NewCase, *, now: datetime, triage_by: datetime | None = None) -> OpenedCase:
    """Step: one more case, to be decided about; `triage_by` is when its first follow-up will be due.

    Who does not tell it here ends with `follow_ups.refresh`, which writes all indexes of the case once more.
    """
    values: dict[str, Any] = msgspec.structs.asdict(new)
    opened = OpenedCase(id=uuid4(), number=await case_numbers.next_number(), **values)
    values |= {"due_at": triage_by, "due_kind": FollowUpKind.TRIAGE if triage_by else None}
    await add(tables.Case, id=opened.id, number=opened.number, stage=Stage.NEW, moved_at=now, **values)
    return opened
