"""Facts of a case that members may correct: its nature, whose fault it is, who the customer is to us."""

from typing import Any

import msgspec

from amends import tables
from amends.database import transaction
from amends.rules.vocabulary import CustomerStatus, EntryKind, Nature
from amends.services.case import locks, timeline
from amends.services.case.access import take_to_write
from amends.services.person import people
from amends.services.team.members import Act


class CaseFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a case says of itself after it was decided about; `fault` is a word of the labels, or None."""

    nature: Nature | None
    customer_status: CustomerStatus
    fault: str | None = None


async def correct(act: Act, number: int, facts: CaseFacts, *, version: int | None = None) -> None:
    """Puts facts right, on a closed case too; what the customer is to us reaches their other open cases.

    The timeline says what stood there before. Raises CaseUnknown, CaseChanged.
    """
    async with transaction():
        await locks.hold_person(number)
        case = await take_to_write(number, by=act.by, version=version)
        wanted: dict[str, Any] = msgspec.structs.asdict(facts)
        before = {name: getattr(case, name) for name, value in wanted.items() if getattr(case, name) != value}
        if not before:
            return
        row = tables.Case
        after = {name: wanted[name] for name in before}
        await row.update({getattr(row, name): value for name, value in after.items()}).where(
            row.id == case.id
        )
        await timeline.record(
            case.id, EntryKind.FACTS_SET, by=act.by, now=act.now, before=before, after=after
        )
        if "customer_status" in after and case.author:
            await people.spread_status(act, case.author, facts.customer_status)
