"""Links between cases."""

from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import add, run, transaction
from amends.errors import Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.vocabulary import EntryKind, Relation
from amends.services.case import locks, timeline
from amends.services.case.access import take, take_to_write
from amends.services.team.members import Act


class CannotLink(Invalid):
    """This case cannot be linked to that one."""


class LinkUnknown(NotFound):
    """These cases are no longer linked."""


async def make(act: Act, number: int, other: int, relation: Relation) -> None:
    """Links two cases; both say so. Twice changes the reason. Neither moves, and nothing moves with it.

    Raises CaseUnknown, CannotLink for a case with itself.
    """
    if number == other:
        raise CannotLink(fields={"other": _("Enter the number of the other case.")})
    first, second = sorted((number, other))
    async with transaction():
        one, two = await take_to_write(first, by=act.by), await take_to_write(second, by=act.by)
        link = tables.CaseLink
        await link.delete().where((link.one == one.id) & (link.other == two.id))
        made: dict[str, Any] = {"one": one.id, "other": two.id, "made_by": act.by.id, "made_at": act.now}
        await add(link, id=uuid4(), relation=relation, **made)
        for case, linked in ((one, second), (two, first)):
            await timeline.record(
                case.id, EntryKind.LINKED, by=act.by, now=act.now, to_case=linked, relation=relation.value
            )


LINKED = """
SELECT c.number FROM case_link AS l JOIN case_file AS c ON c.id IN (l.one, l.other) WHERE l.id = :link_id
"""


async def remove(act: Act, number: int, link_id: UUID) -> None:
    """They no longer belong together; both say so. Raises CaseUnknown, LinkUnknown."""
    link = tables.CaseLink
    async with transaction():
        numbers = [row["number"] for row in await run(LINKED, link_id=link_id)]
        await locks.hold_cases({number, *numbers})
        case = await take(number, by=act.by)
        deleted = await link.delete().where(link.id == link_id).returning(link.id)
        if not deleted or number not in numbers:
            raise LinkUnknown
        other = await take(next(one for one in numbers if one != number), by=act.by)
        for one, linked in ((case, other.number), (other, case.number)):
            await timeline.record(one.id, EntryKind.LINKED, by=act.by, now=act.now, from_case=linked)
