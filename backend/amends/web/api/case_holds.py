"""API: what keeps a case from being erased: legal holds, and a later day of retention."""

from datetime import date
from typing import Annotated

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from amends.services.case import access, legal_hold_checks
from amends.services.operation.retention import commands as retention
from amends.services.person import legal_holds
from amends.web.api.changes import change
from amends.web.api.kit import Asked, filled, must_be_plausible
from amends.web.api.person_changes import HoldSent, HoldsSent, HoldWanted
from amends.web.security import Policy

ONE = "/cases/{number:int}"
WRITE = Policy.TOKEN_PEOPLE_WRITE


class KeepWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Until which day the case is kept, and why."""

    until: date
    reason: Annotated[str, Meta(min_length=1, max_length=retention.REASON_LIMIT)]


class CaseKept(msgspec.Struct, frozen=True):
    """The case that was changed."""

    number: int


@get(f"{ONE}/holds", operation_id="listCaseHolds", opt={"policy": Policy.TOKEN_PEOPLE}, tags=["people"])
async def holds(asked: NamedDependency[Asked], number: FromPath[int]) -> HoldsSent:
    """Lists the legal holds under which a case stands: its own, and those of its people."""
    case = await access.find(number, by=asked.member)
    return HoldsSent([filled(HoldSent, one) for one in await legal_hold_checks.of_case(case.id)])


@change(f"{ONE}/holds", "placeCaseHold", tag="people", policy=WRITE, makes=True)
async def place(asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[HoldWanted]) -> CaseKept:
    """Places a legal hold on one case; `reviewHold` and `liftHold` go on with it. Leads and admins only."""
    must_be_plausible(asked, data)
    await legal_holds.place(asked.act, number=number, reason=data.reason, review_on=data.review_on)
    return CaseKept(number)


@change(f"{ONE}/retention", "keepCase", tag="people", policy=WRITE)
async def keep(asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[KeepWanted]) -> CaseKept:
    """Keeps a case longer that retention has listed to be erased. Leads and admins only."""
    must_be_plausible(asked, data)
    await retention.keep(asked.act, number, reason=data.reason, until=data.until)
    return CaseKept(number)


@change(f"{ONE}/retention/end", "keepCaseNoLonger", tag="people", policy=WRITE)
async def keep_no_longer(asked: NamedDependency[Asked], number: FromPath[int]) -> CaseKept:
    """Treats a case that was kept as any other: it is listed anew. Leads and admins only."""
    await retention.keep_no_longer(asked.act, number)
    return CaseKept(number)


routes = (holds, place, keep, keep_no_longer)
