"""Fields of the team's own: their list, which leads look after."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec

from amends import tables
from amends.database import Selected, add, columns_of, converter, locking, read, run, transaction
from amends.database import counted as few
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.capture.case_rules import moved_up
from amends.rules.capture.links import is_template
from amends.rules.case import fields as rules
from amends.rules.case.texts import clean_name
from amends.rules.vocabulary import FieldKind
from amends.services.team.members import Act
from amends.services.team.seen import must_be_as_seen


class WrongField(Invalid):
    "This field cannot be saved."


class TooManyFields(Conflict):
    "Too many fields."


class FieldUnknown(NotFound):
    "Field not found."


class FieldInUse(Conflict):
    "This field is still in use."


class FieldGiven(msgspec.Struct, frozen=True, kw_only=True):
    """What can be changed of a field; `choices` one on each line, for a field of that kind.

    `opens` is the address at which a value opens in another tool (see `tables.CaseField`).
    """

    label_en: str = ""
    label_fr: str = ""
    choices: str = ""
    asked: bool = False
    opens: str = ""


class FieldShown(msgspec.Struct, frozen=True, kw_only=True):
    """One field; `retired` when it is offered no more."""

    name: str
    kind: FieldKind
    label_en: str
    label_fr: str
    choices: tuple[str, ...]
    asked: bool
    opens: str
    retired: Annotated[bool, Selected("case_field.retired_at IS NOT NULL")]


ALL = f"SELECT {columns_of(FieldShown, table='case_field')} FROM case_field ORDER BY position, name"  # noqa: S608


async def everything() -> tuple[FieldShown, ...]:
    """The list in the team's order, retired ones too."""
    return tuple(await read(converter(FieldShown), ALL))


async def offered() -> tuple[FieldShown, ...]:
    """Those that are filled in now."""
    return tuple(one for one in await everything() if not one.retired)


async def keys_of(asked: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """By what cases with these values are found; "" for a field that there is not, and no case has that."""
    kinds = {one.name: one.kind for one in await everything()}
    return tuple(rules.key_of(kinds[name], value) if name in kinds else "" for name, value in asked)


COUNTS = f"SELECT name, {few('field_value AS v WHERE v.field = case_field.name')} AS cases FROM case_field"  # noqa: S608


async def counted() -> dict[str, int]:
    """In how many cases something stands in each field, as far as anybody counts."""
    return {row["name"]: row["cases"] for row in await run(COUNTS) if row["cases"]}


async def make(act: Act, kind: FieldKind, given: FieldGiven, *, reserved: Collection[str] = ()) -> str:
    """One more field, the last of the list; its name, none of the `reserved` ones.

    Raises WrongField, TooManyFields.
    """
    async with transaction():
        found = await _held()
        if sum(not one.retired for one in found) >= rules.MOST:
            raise _too_many()
        values = _checked(kind, given, [one for one in found if not one.retired])
        label = values["label_en"] or values["label_fr"]
        name = rules.name_of(label, {*reserved, *(one.name for one in found)})
        position = await tables.CaseField.count() + 1
        await add(tables.CaseField, name=name, kind=kind, position=position, made_at=act.now, **values)
    return name


def values_of(field: FieldShown) -> dict[str, object]:
    """What can be changed of a field, by the names of the form's inputs."""
    return {
        "label_en": field.label_en,
        "label_fr": field.label_fr,
        "choices": "\n".join(field.choices),
        "asked": field.asked,
        "opens": field.opens,
    }


async def change(act: Act, name: str, given: FieldGiven, *, seen: str = "") -> None:
    """Other labels, other choices, another address, asked or not; what stands in cases stays.

    `seen` is the fingerprint of what stood before. Raises FieldUnknown, WrongField, ChangedMeanwhile.
    """
    async with transaction():
        found = await _held()
        old = _found(name, found)
        values = _checked(old.kind, given, [one for one in found if one.name != name and not one.retired])
        wanted = {**values, "choices": "\n".join(values["choices"])}
        must_be_as_seen(seen, values_of(old), wanted)
        await _write(name, **values)


async def move_up(act: Act, name: str) -> None:
    """The field changes places with the one above it; the first stays. Raises FieldUnknown."""
    async with transaction():
        names = [one.name for one in await _held()]
        if name not in names:
            raise _unknown()
        for position, one in enumerate(moved_up(names, name), start=1):
            await _write(one, position=position)


async def retire(act: Act, name: str) -> None:
    """It is offered no more; what stands in cases stays readable. Raises FieldUnknown."""
    await _set_retired(name, act.now)


async def bring_back(act: Act, name: str) -> None:
    """It is offered again. Raises FieldUnknown, TooManyFields."""
    async with transaction():
        if sum(not one.retired for one in await _held() if one.name != name) >= rules.MOST:
            raise _too_many()
        await _set_retired(name, None)


async def remove(act: Act, name: str) -> None:
    """Takes a field out of the list in which nothing stands. Raises FieldUnknown, FieldInUse."""
    async with transaction():
        _found(name, await _held())
        value = tables.FieldValue
        if await value.exists().where(value.field == name):
            raise FieldInUse(
                _("Some cases have a value in this field. Retire it instead: it will no longer be offered.")
            )
        await tables.CaseField.delete().where(tables.CaseField.name == name)


async def _held() -> tuple[FieldShown, ...]:
    """Step: the list, which nobody else changes until the transaction ends."""
    if held := locking():
        await run(f"SELECT name FROM case_field ORDER BY name {held}")  # noqa: S608
    return await everything()


async def _set_retired(name: str, at: datetime | None) -> None:
    table = tables.CaseField
    changed = await table.update({table.retired_at: at}).where(table.name == name).returning(table.name)
    if not changed:
        raise _unknown()


async def _write(name: str, **values: Any) -> None:  # noqa: ANN401 - of columns
    """Step: other values in the columns of a field."""
    table = tables.CaseField
    await table.update({getattr(table, column): value for column, value in values.items()}).where(
        table.name == name
    )


def _checked(kind: FieldKind, given: FieldGiven, others: Collection[FieldShown]) -> dict[str, Any]:
    labels = {
        name: clean_name(getattr(given, name), limit=rules.LONGEST_LABEL) for name in ("label_en", "label_fr")
    }
    choices = rules.choices_in(given.choices) if kind is FieldKind.CHOICE else ()
    opens = given.opens.strip() if rules.can_open(kind) else ""
    wrong = {}
    if opens and not (len(opens) <= rules.LONGEST_ADDRESS and is_template(opens, rules.VALUE)):
        wrong["opens"] = _("Enter an address with https:// and {value} once, after the name of the server.")
    if not any(labels.values()):
        wrong["label_en"] = _("Give the field a name, in one language at least.")
    for language, label in labels.items():
        if label and any(getattr(one, language).casefold() == label.casefold() for one in others):
            wrong[language] = _("There is already a field “%(name)s”.") % {"name": label}
    if kind is FieldKind.CHOICE and len(choices) < 2:
        wrong["choices"] = _("Write at least two choices, one on each line.")
    if len(choices) > rules.MOST_CHOICES:
        wrong["choices"] = _("Write at most %(most)s choices.") % {"most": rules.MOST_CHOICES}
    if wrong:
        raise WrongField(_("Something is missing or wrong. Check the marked fields."), fields=wrong)
    return {**labels, "choices": list(choices), "asked": given.asked, "opens": opens}


def _too_many() -> TooManyFields:
    return TooManyFields(
        _("There are already %(most)s fields. Retire one first: who fills in a case reads them all.")
        % {"most": rules.MOST}
    )


def _found(name: str, found: Collection[FieldShown]) -> FieldShown:
    field = next((one for one in found if one.name == name), None)
    if field is None:
        raise _unknown()
    return field


def _unknown() -> FieldUnknown:
    return FieldUnknown(_("There is no such field any more. Load the list again."))
