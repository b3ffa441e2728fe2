"""Starter set of reply templates."""

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path

import msgspec

from amends import tables
from amends.database import transaction
from amends.rules.vocabulary import Language
from amends.services.reply.reply_templates.commands import Written, cleaned, insert
from amends.services.team.members import Member

FOLDER = Path(__file__).parent / "starters"


@cache
def starters() -> dict[str, Written]:
    """The starter set by name, every text checked: `en-late-delivery`, `fr-late-delivery`."""
    found = {}
    for language in Language:
        for name, given in tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8")).items():
            written = msgspec.convert({"language": language, **given}, Written, strict=False)
            found[f"{language}-{name}"] = cleaned(written)
    return found


async def install(*, by: Member | None, now: datetime) -> int:
    """Adds the starter set to the library; how many were not there yet. Changed or archived ones stay so."""
    async with transaction():
        row = tables.ReplyTemplate
        known = {one["starter"] for one in await row.select(row.starter).where(row.starter.is_not_null())}
        wanted = {name: given for name, given in starters().items() if name not in known}
        for name, given in wanted.items():
            await insert(given, by=by, now=now, starter=name)
    return len(wanted)


async def has_starters() -> bool:
    """Whether the starter set was added once."""
    return await tables.ReplyTemplate.exists().where(tables.ReplyTemplate.starter.is_not_null())
