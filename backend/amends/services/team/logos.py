"""Logo of the team: one small picture on the pages of customers."""

import hashlib
from base64 import b64decode, b64encode
from typing import Any

from amends import tables
from amends.database import run, transaction
from amends.errors import NotFound
from amends.gateways import image_sandbox
from amends.services.team import audit, members
from amends.services.team.members import Act


class NoLogo(NotFound):
    "The team has no logo."


async def find() -> bytes:
    """The picture as it was drawn anew. Raises NoLogo."""
    if stored := await _stored():
        return b64decode(stored)
    raise NoLogo


async def find_any() -> bytes:
    """The same; nothing where there is none."""
    return b64decode(await _stored())


async def version() -> str:
    """Letters that are others for another logo; empty where there is none."""
    return _digest(await _stored())


async def change(act: Act, content: bytes) -> None:
    """Another logo, drawn anew from its pixels and made small (R-50, R-51).

    Raises OnlyAdminsMay, ImageIsTooLarge, ImageIsUnreadable.
    """
    members.only_admins(act.by)
    drawn = await image_sandbox.logo(content)
    await _write(act, b64encode(drawn).decode())


async def remove(act: Act) -> None:
    """None any more. Raises OnlyAdminsMay."""
    members.only_admins(act.by)
    await _write(act, None)


async def _write(act: Act, stored: str | None) -> None:
    async with transaction():
        before = await _stored()
        columns: dict[Any, Any] = {tables.Team.logo: stored}
        await tables.Team.update(columns).where(tables.Team.only.eq(True))
        told = ({"logo": _digest(one)} for one in (before, stored or ""))
        await audit.record_change("logo", *told, by=act.by, now=act.now)


async def _stored() -> str:
    rows = await run("SELECT logo FROM team")
    return str(rows[0]["logo"] or "") if rows else ""


def _digest(stored: str) -> str:
    return hashlib.sha256(stored.encode()).hexdigest()[:16] if stored else ""
