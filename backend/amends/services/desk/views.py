"""Saved views: filters of lists under a name."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import GIVEN, add, columns_of, convert, run
from amends.errors import Conflict, Forbidden, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case.texts import clean_name
from amends.rules.vocabulary import Role
from amends.services.team.members import Act, Member

MOST = 20
"""Of a member's own, and of the shared ones: more are no overview any more."""
NAME_LIMIT = 60


class ViewNameless(Invalid):
    """Give the view a name."""


class TooManyViews(Conflict):
    "Too many views."


class ViewUnknown(NotFound):
    "View not found."


class NotYourView(Forbidden):
    "Only its author or a lead may remove a shared view."


class ViewShown(msgspec.Struct, frozen=True):
    """A list under a name; `mine` when the reader may remove it."""

    id: UUID
    name: str
    shared: bool
    mine: Annotated[bool, GIVEN]
    filters: dict[str, str]


SEEN_BY = f"""
SELECT member, {columns_of(ViewShown, table="view")} FROM view
WHERE member = :member OR shared ORDER BY shared DESC, LOWER(name), made_at
"""


async def seen_by(reader: Member) -> list[ViewShown]:
    """The shared ones and the reader's own, by name."""
    leads = reader.role.reaches(Role.LEAD)
    return [
        convert(row, ViewShown, mine=row["member"] == reader.id or (leads and bool(row["shared"])))
        for row in await run(SEEN_BY, member=reader.id)
    ]


async def keep(act: Act, name: str, filters: Mapping[str, str], *, shared: bool) -> None:
    """Keeps a list under a name. Raises ViewNameless, TooManyViews."""
    called = clean_name(name, limit=NAME_LIMIT)
    if not called:
        raise ViewNameless(fields={"name": _("Give the view a name.")})
    table = tables.View
    beside = table.count().where(table.shared == shared)
    if await (beside if shared else beside.where(table.member == act.by.id)) >= MOST:
        raise TooManyViews(_("There are already %(most)s. Remove one first.") % {"most": MOST})
    given = {key: value for key, value in filters.items() if value}
    await add(table, id=uuid4(), member=act.by.id, name=called, shared=shared, filters=given, made_at=act.now)


async def remove(view_id: UUID, *, by: Member) -> None:
    """Removes a list; the cases stay. Raises ViewUnknown, NotYourView."""
    seen = next((view for view in await seen_by(by) if view.id == view_id), None)
    if seen is None:
        raise ViewUnknown
    if not seen.mine:
        raise NotYourView
    await tables.View.delete().where(tables.View.id == view_id)
