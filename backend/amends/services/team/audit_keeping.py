"""How long the audit log is kept, and whether readers may open it."""

import msgspec

from amends import tables
from amends.database import transaction
from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.team.audit import MONTHS, USUAL_MONTHS
from amends.services.team import audit, members
from amends.services.team.members import Act


class Keeping(msgspec.Struct, frozen=True, kw_only=True):
    """How many months events are kept, and whether readers may open the log."""

    months: int = USUAL_MONTHS
    readers: bool = False


class WrongKeeping(Invalid):
    "The audit log cannot be kept for this long."


async def standing() -> Keeping:
    """As it is; the usual until a team is set up."""
    team = tables.Team
    rows = await team.select(team.audit_months, team.readers_see_log)
    return Keeping(months=rows[0]["audit_months"], readers=rows[0]["readers_see_log"]) if rows else Keeping()


async def change(act: Act, wanted: Keeping) -> None:
    """Events are kept for so many months from now on. Raises OnlyAdminsMay, WrongKeeping."""
    members.only_admins(act.by)
    if wanted.months not in MONTHS:
        sentence = _("Keep events between 6 and 24 months.")
        raise WrongKeeping(sentence, fields={"months": sentence})
    team = tables.Team
    async with transaction():
        before = await standing()
        await team.update({team.audit_months: wanted.months, team.readers_see_log: wanted.readers}).where(
            team.only.eq(True)
        )
        await audit.record_change(
            "audit", msgspec.structs.asdict(before), msgspec.structs.asdict(wanted), by=act.by, now=act.now
        )
