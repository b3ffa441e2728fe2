"""Commands on reply templates: write, change, archive."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from piccolo.columns import Column

from amends import tables
from amends.database import transaction
from amends.errors import NotFound
from amends.i18n import gettext as _
from amends.rules.case.texts import clean, clean_name
from amends.rules.reply import reply_templates as rules
from amends.rules.vocabulary import Language, Occasion, Stance, Tone
from amends.services.reply import own_variables
from amends.services.team.members import Act, Member
from amends.services.team.seen import must_be_as_seen


class TemplateUnknown(NotFound):
    "Prepared reply not found."


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A prepared reply as a member wrote it, or a table says it."""

    title: str
    text: str
    language: Language
    stance: Stance
    occasion: Occasion = Occasion.FIRST
    tone: Tone = Tone.EMPATHY
    source: str = rules.ANYWHERE


def cleaned(given: Written, *, own: Collection[str] = ()) -> Written:
    """The same with harmless texts; `own` are the team's variables. Raises WrongTemplate, UnknownVariable."""
    title = clean_name(given.title, limit=rules.LONGEST_TITLE + 1)
    text = clean(given.text, limit=rules.LONGEST_TEXT + 1).text.strip()
    rules.check(title, text, given.source, own=own)
    return msgspec.structs.replace(given, title=title, text=text)


async def add(given: Written, *, by: Member | None, now: datetime, starter: str | None = None) -> UUID:
    """One more prepared reply; its id. Raises WrongTemplate, UnknownVariable."""
    async with transaction():
        own = await own_variables.names()
        return await insert(cleaned(given, own=own), by=by, now=now, starter=starter)


async def insert(given: Written, *, by: Member | None, now: datetime, starter: str | None = None) -> UUID:
    """Step: writes a prepared reply that was cleaned."""
    row = tables.ReplyTemplate(
        id=uuid4(),
        starter=starter,
        created_at=now,
        changed_at=now,
        changed_by=by.id if by else None,
        **msgspec.structs.asdict(given),
    )
    await tables.ReplyTemplate.insert(row)
    return row.id


async def change(act: Act, template_id: UUID, given: Written, *, seen: str = "") -> None:
    """Another wording. What it was used for stays its own; `seen` is the fingerprint of the wording before.

    Raises TemplateUnknown, ChangedMeanwhile, and as `add`.
    """
    table, new = tables.ReplyTemplate, msgspec.structs.asdict(cleaned(given, own=await own_variables.names()))
    columns = {getattr(table, name): value for name, value in new.items()}
    async with transaction():
        held = table.update({table.changed_at: act.now}).where(table.id == template_id)
        rows = await held.returning(*columns)
        if not rows:
            raise unknown()
        must_be_as_seen(seen, msgspec.structs.asdict(msgspec.convert(rows[0], Written)), new)
        await table.update({**columns, table.changed_by: act.by.id}).where(table.id == template_id)


async def archive(act: Act, template_id: UUID) -> None:
    """It is offered no more; what it was used for can still be read. Raises TemplateUnknown."""
    table = tables.ReplyTemplate
    await _update(template_id, {table.archived_at: act.now, table.changed_by: act.by.id})


async def restore(act: Act, template_id: UUID) -> None:
    """It is offered again. Raises TemplateUnknown."""
    table = tables.ReplyTemplate
    await _update(
        template_id, {table.archived_at: None, table.changed_at: act.now, table.changed_by: act.by.id}
    )


async def _update(template_id: UUID, columns: dict[Column | str, Any]) -> None:
    table = tables.ReplyTemplate
    async with transaction():
        rows = await table.update(columns).where(table.id == template_id).returning(table.id)
        if not rows:
            raise unknown()


def unknown() -> TemplateUnknown:
    """The error for an id that no prepared reply has."""
    return TemplateUnknown(_("This prepared reply does not exist. It may have been removed."))
