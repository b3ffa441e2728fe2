"""Settings: audit log: what happened to accounts and to the installation, and how long it is kept (R-56)."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from amends.rules.capture import sheets
from amends.rules.team.audit import MONTHS
from amends.rules.vocabulary import Role
from amends.rules.vocabulary.audit import AuditKind
from amends.services.team import audit, audit_keeping, members
from amends.services.team.audit_keeping import Keeping
from amends.web.confirmation import confirmed
from amends.web.operation import audit_view as shown
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy
from amends.web.templating import query

PAGE = "/settings/audit"


class KeepingForm(msgspec.Struct, kw_only=True):
    """For how many months, and whether readers may open the log."""

    months: int
    readers: bool = False


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The events that fit the filters of the address, the last ones first."""
    asked, everyone = shown.read(here.query), await members.everyone()
    found, after = await audit.page(shown.filters(asked), after=_key(here))
    names, keeping = shown.names_of(everyone), await audit_keeping.standing()
    return await here.render(
        "settings/audit.html",
        status=typed.status,
        rows=[shown.row(one, names, now=here.now) for one in found],
        asked=asked,
        is_filtered=any(asked.written.values()),
        next_page=f"{PAGE}{query({**asked.written, 'after': str(after)})}" if after else "",
        first_page=f"{PAGE}{query(asked.written)}" if _key(here) else "",
        export=f"{PAGE}/export.csv{query(asked.written)}",
        who=shown.whose(everyone),
        what=shown.what(),
        keeping=keeping,
        months=MONTHS,
        may_change=here.member.role is Role.ADMIN,
        typed=typed.values or {"months": str(keeping.months), "readers": keeping.readers},
        error=typed.detail,
        wrong=typed.errors,
    )


def _key(here: Here) -> UUID | None:
    try:
        return UUID(here.query.get("after", ""))
    except ValueError:
        return None


@get(PAGE, opt={"policy": Policy.LOG})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """What happened."""
    return await page(here)


@post(PAGE, opt={"policy": Policy.ADMIN})
@submit_or_redisplay(page)
async def change(here: NamedDependency[Here]) -> Response[Any]:
    """How long events are kept, and whether readers may open the log."""
    form = await here.form(KeepingForm)
    await audit_keeping.change(here.act, Keeping(months=form.months, readers=form.readers))
    return saved(PAGE, "keeping")


@get(f"{PAGE}/export.csv", opt={"policy": Policy.LOG})
@confirmed
async def export(here: NamedDependency[Here]) -> Response[bytes]:
    """The events that fit the same filters, as a file; the log says that it was made."""
    wanted, names = shown.filters(shown.read(here.query)), shown.names_of(await members.everyone())
    rows = [shown.cells(one, names) async for one in audit.every(wanted)]
    exported = AuditKind.EXPORTED
    await audit.record(exported, by=here.member, now=here.now, what="audit_log", count=len(rows))
    headers = {"content-disposition": 'attachment; filename="amends-audit-log.csv"'}
    return Response(sheets.write(shown.COLUMNS, rows), media_type="text/csv", headers=headers)


routes = (show, change, export)
