"""Values of the team's own fields on a case."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated
from uuid import uuid4

from amends import tables
from amends.database import Selected, columns_of, converter, read, run_with_rows, transaction
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.case import fields as rules
from amends.rules.case.entries import TimelineEntry
from amends.rules.case.fields import Said
from amends.rules.vocabulary import EntryKind
from amends.services.case import fields, timeline
from amends.services.case.access import take_to_write
from amends.services.case.fields import FieldShown, FieldUnknown
from amends.services.team.members import Act

UNDO_FOR = timedelta(seconds=30)


class FieldsNotUndone(Conflict):
    """These fields can no longer be put back."""


class ValueShown(FieldShown, frozen=True, kw_only=True):
    """A field as it stands on one case; empty where nobody filled it in."""

    value: Annotated[str, Selected("COALESCE(v.value, '')")]


OF_CASE = f"""
SELECT {columns_of(ValueShown, table="case_field")}
FROM case_field LEFT JOIN field_value AS v ON v.field = case_field.name AND v.number = :number
WHERE case_field.retired_at IS NULL OR v.value IS NOT NULL ORDER BY case_field.position, case_field.name
"""  # noqa: S608 - a statement of ours


async def of_case(number: int) -> tuple[ValueShown, ...]:
    """The fields of a case: those that are offered, and retired ones in which something stands."""
    return tuple(await read(converter(ValueShown), OF_CASE, number=number))


OF_CASES = "SELECT v.number, v.field, v.value FROM field_value AS v WHERE v.number IN (VALUES :rows)"
AT_ONCE = 500


async def of_cases(numbers: Sequence[int]) -> dict[int, dict[str, str]]:
    """What stands in the fields of many cases, by the names of the fields; those without any are left out."""
    found: dict[int, dict[str, str]] = {}
    for start in range(0, len(numbers), AT_ONCE):
        part = [(number,) for number in numbers[start : start + AT_ONCE]]
        for row in await run_with_rows(OF_CASES, part, types=("int",)):
            found.setdefault(row["number"], {})[row["field"]] = row["value"]
    return found


async def fill(act: Act, number: int, wanted: Mapping[str, str], *, version: int | None = None) -> bool:
    """Writes values into fields by their names, "" to empty one; whether anything changed.

    `version` is the one that the member saw. Raises CaseUnknown, CaseErased, CaseChanged, FieldUnknown,
    FieldUnusable.
    """
    async with transaction():
        if not await _changes(number, wanted):
            return False
        case = await take_to_write(number, by=act.by, version=version)
        said = await put(case.number, wanted)
        if said:  # else somebody has just written the same
            await timeline.record(
                case.id, EntryKind.FIELDS_SET, by=act.by, now=act.now, fields=rules.told(said)
            )
    return bool(said)


async def put(number: int, wanted: Mapping[str, str]) -> tuple[Said, ...]:
    """Step: these values stand in fields of a held case from now on; what has changed.

    Raises FieldUnknown, FieldUnusable.
    """
    said = await _changes(number, wanted)
    table = tables.FieldValue
    for one in said:
        await table.delete().where((table.number == number) & (table.field == one.field))
        if one.after:
            key = rules.key_of(one.kind, one.after)
            row = table(id=uuid4(), number=number, field=one.field, value=one.after, key=key)
            await table.insert(row)
    return said


async def _changes(number: int, wanted: Mapping[str, str]) -> tuple[Said, ...]:
    there = {one.name: one for one in await of_case(number)}
    if unknown := wanted.keys() - there.keys():
        raise FieldUnknown(_("There is no field “%(name)s” any more.") % {"name": min(unknown)})
    cleaned = {
        name: rules.cleaned(field.kind, field.choices, wanted[name], field=name)
        for name, field in there.items()
        if name in wanted and wanted[name].strip() != field.value
    }
    changes = {name: value for name, value in cleaned.items() if value != there[name].value}
    return tuple(said_of(there[name], value, before=there[name].value) for name, value in changes.items())


def said_of(field: FieldShown, value: str, *, before: str = "") -> Said:
    """A value of a field as the timeline tells it."""
    return Said(field.name, field.kind, field.label_en, field.label_fr, value, before)


async def keep_answer(number: int, name: str, text: str) -> tuple[Said, ...]:
    """Step: what a question or a rule gives stands in the field of that name, if it is offered and fits."""
    known = await fields.offered() if name and text else ()
    field = next((one for one in known if one.name == name), None)
    if field and rules.fits(field.kind, field.choices, text):
        return await put(number, {name: text})
    return ()


async def take_over(kept: int, joined: int) -> None:
    """Step: what stands in a field of the joined case, and in none of the kept one, stands there too."""
    there = {one.name for one in await of_case(kept) if one.value}
    fresh = {one.name: one for one in await of_case(joined) if one.value and one.name not in there}
    table = tables.FieldValue
    for one in fresh.values():
        key = rules.key_of(one.kind, one.value)
        await table.insert(table(id=uuid4(), number=kept, field=one.name, value=one.value, key=key))


def undoable(told: Sequence[TimelineEntry], *, by: object, now: datetime) -> tuple[Said, ...]:
    """What this member changed last, not half a minute ago and with nothing after it."""
    last = told[-1] if told else None
    if last is None or last.kind is not EntryKind.FIELDS_SET or last.particulars.get("undone"):
        return ()
    is_theirs = last.actor == str(by) and not last.particulars.get("rule")
    return rules.said_in(last.particulars) if is_theirs and now < last.at + UNDO_FOR else ()


async def undo(act: Act, number: int) -> None:
    """Puts back what stood in the fields before the last change. Raises FieldsNotUndone, CaseUnknown."""
    async with transaction():
        case = await take_to_write(number, by=act.by)
        told = undoable(await timeline.of_case(case.id), by=act.by.id, now=act.now)
        if not told:
            raise FieldsNotUndone(
                _("This can no longer be undone: the time for it is over, or the case has changed.")
            )
        said = await put(number, {one.field: one.before for one in told})
        await timeline.record(
            case.id, EntryKind.FIELDS_SET, by=act.by, now=act.now, fields=rules.told(said), undone=True
        )
