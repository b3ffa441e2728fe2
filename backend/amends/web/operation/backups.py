"""Settings: backups: how often, where they are, and what became of the last ones."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from amends.rules.operation.backups import fingerprint
from amends.rules.vocabulary.audit import AuditKind
from amends.services.operation.backups import schedule
from amends.services.team import audit
from amends.web.confirmation import confirmed
from amends.web.operation import backups_view as shown
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/settings/backups"


class PlanForm(msgspec.Struct, kw_only=True):
    """How often, in days, and how many stay."""

    every_days: int
    kept: int


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The plan, with what was typed and refused, and how backups stand."""
    standing = await schedule.standing(now=here.now)
    plan = {"every_days": str(standing.plan.every_days), "kept": str(standing.plan.kept)}
    return await here.render(
        "settings/backups.html",
        status=typed.status,
        verdict=shown.verdict(standing, now=here.now),
        runs=[shown.row(one, now=here.now) for one in standing.runs],
        rhythms=shown.rhythms(),
        folder=str(here.settings.backup_dir),
        is_encrypted=bool(here.settings.backup_passphrase),
        typed=typed.values or plan,
        error=typed.detail,
        wrong=typed.errors,
    )


@get(PAGE, opt={"policy": Policy.ADMIN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """How backups stand."""
    return await page(here)


@post(PAGE, opt={"policy": Policy.ADMIN})
@confirmed
@submit_or_redisplay(page)
async def change(here: NamedDependency[Here]) -> Response[Any]:
    """Another plan; the worker follows it within a minute."""
    form = await here.form(PlanForm)
    await schedule.change(here.act, every_days=form.every_days, kept=form.kept)
    return saved(PAGE)


@get(f"{PAGE}/recovery-kit", opt={"policy": Policy.ADMIN})
async def kit(here: NamedDependency[Here]) -> Response[bytes]:
    """What somebody needs to bring this installation back, on a sheet to print. It shows no key."""
    standing = await schedule.standing(now=here.now)
    await audit.record(AuditKind.RECOVERY_KIT_OPENED, by=here.member, now=here.now)
    return await here.render(
        "settings/recovery_kit.html",
        kit=shown.kit(here.settings, standing, now=here.now),
        fingerprints=[fingerprint(key) for key in here.settings.encryption_keys],
    )


routes = (show, change, kit)
