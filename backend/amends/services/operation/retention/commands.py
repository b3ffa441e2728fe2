"""Commands of retention: another plan, and a case that is kept longer."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import msgspec

from amends.database import transaction
from amends.errors import Conflict, Forbidden, Invalid
from amends.i18n import gettext as _
from amends.rules.case.texts import typed_text
from amends.rules.operation.retention import MOST_MONTHS, NOTICE_DAYS, PERIODS, Plan
from amends.rules.vocabulary import EntryKind, Role
from amends.services.case import access, timeline
from amends.services.operation.retention import listing, plan
from amends.services.team import audit, members
from amends.services.team.members import Act
from amends.tables.operation import RetentionCase, RetentionPlan

REASON_LIMIT = 2_000
LONGEST = timedelta(days=3653)


class WrongRetention(Invalid):
    "Cases cannot be kept for this long."


class KeepingNotYours(Forbidden):
    "Only leads and admins keep a case beyond its retention period. Ask one of them."


class KeptWithoutReason(Invalid):
    """Say why it is kept, and until when."""


class NotListed(Conflict):
    "This case is not on the list of those whose retention period is over."


async def change(act: Act, wanted: Plan) -> None:
    """Another plan. What it no longer lists leaves the list at once; what it lists is listed by the worker.

    Raises OnlyAdminsMay, WrongRetention.
    """
    members.only_admins(act.by)
    if wrong := wrong_in(wanted):
        raise WrongRetention(fields=wrong)
    table = RetentionPlan
    values = msgspec.structs.asdict(wanted)
    row = table(id=uuid4(), only=True, changed_at=act.now, **values)
    async with transaction():
        before = await plan.standing()
        await table.insert(row).on_conflict(
            target=table.only, action="DO UPDATE", values=[*table._meta.columns[2:]]
        )
        await audit.record_change("retention", msgspec.structs.asdict(before), values, by=act.by, now=act.now)
        await listing.withdraw(await plan.limits(wanted, now=act.now) if wanted.is_on else None)


def wrong_in(wanted: Plan) -> dict[str, str]:
    """What is wrong with a plan, by field."""
    wrong = {
        name: _("Keep between 1 and 360 months, or 0 for ever.")
        for name in PERIODS
        if not 0 <= getattr(wanted, name) <= MOST_MONTHS
    }
    if wanted.notice_days not in NOTICE_DAYS:
        wrong["notice_days"] = _("Give between 7 and 365 days of notice.")
    return wrong


async def keep(act: Act, number: int, *, reason: str, until: date | None) -> None:
    """A case on the list stays until a day, for a reason, and is listed anew then.

    Raises KeepingNotYours, CaseUnknown, NotListed, KeptWithoutReason.
    """
    _must_lead(act)
    said = typed_text(reason, limit=REASON_LIMIT, field="reason")
    day = _checked(act, said, until)
    table = RetentionCase
    async with transaction():
        case = await access.take(number, by=act.by)
        kept: dict[Any, Any] = {table.kept_until: day, table.kept_reason: said, table.kept_by: act.by.id}
        if not await table.update(kept).where(table.case == case.id).returning(table.case):
            raise NotListed
        await timeline.record(
            case.id, EntryKind.KEPT_LONGER, by=act.by, now=act.now, until=day.isoformat(), reason=said
        )


async def keep_no_longer(act: Act, number: int) -> None:
    """A case that was kept is treated as any other: listed anew, with the whole notice.

    Raises KeepingNotYours, CaseUnknown, NotListed.
    """
    _must_lead(act)
    table = RetentionCase
    async with transaction():
        case = await access.take(number, by=act.by)
        kept = (table.case == case.id) & table.kept_until.is_not_null()
        if not await table.delete().where(kept).returning(table.case):
            raise NotListed
        await timeline.record(case.id, EntryKind.KEPT_LONGER, by=act.by, now=act.now)


def _must_lead(act: Act) -> None:
    if not act.by.role.reaches(Role.LEAD):
        raise KeepingNotYours


def _checked(act: Act, reason: str, until: date | None) -> date:
    wrong = {}
    if not reason:
        wrong["reason"] = _("Say why it is kept: the reason stays in the history of the case.")
    if until is None or not act.now.date() < until <= (act.now + LONGEST).date():
        wrong["until"] = _("Choose a day ahead, at most ten years from now.")
    if wrong or until is None:
        raise KeptWithoutReason(fields=wrong)
    return until
