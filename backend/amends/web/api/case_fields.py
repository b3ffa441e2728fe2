"""API: fields of the team's own, and their values on a case."""

from typing import Annotated

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from amends.rules.case.fields import LONGEST_NAME, LONGEST_VALUE, MOST
from amends.rules.vocabulary import FieldKind
from amends.services.case import access, field_values, fields
from amends.web.api.case_changes import CaseChange, changed
from amends.web.api.changes import change
from amends.web.api.kit import Asked, as_seen, filled
from amends.web.security import Policy

FieldName = Annotated[str, Meta(max_length=LONGEST_NAME)]
FieldText = Annotated[str, Meta(max_length=LONGEST_VALUE)]


class FieldSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One field: `name` is what programs and replies call it, `choices` those of its list.

    `asked` says that private links ask for it, `retired` that it is offered no more.
    """

    name: str
    kind: FieldKind
    label_en: str
    label_fr: str
    choices: tuple[str, ...]
    asked: bool
    retired: bool


class FieldsSent(msgspec.Struct, frozen=True):
    """All fields in the team's order."""

    fields: list[FieldSent]


class ValueSent(msgspec.Struct, frozen=True):
    """What stands in one field: text, a number with a point, or a day as year-month-day."""

    name: str
    value: str


class ValuesSent(msgspec.Struct, frozen=True):
    """The fields of a case in which something stands."""

    values: list[ValueSent]


class ValueWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to stand in a field; empty to clear it."""

    name: FieldName
    value: FieldText


class ValuesWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields to fill in; others stay as they are."""

    values: Annotated[list[ValueWanted], Meta(max_length=MOST)]


@get("/fields", operation_id="listFields", opt={"policy": Policy.TOKEN_READ}, tags=["fields"])
async def every_field(asked: NamedDependency[Asked]) -> FieldsSent:
    """Lists the fields that the team has of its own."""
    return FieldsSent([filled(FieldSent, one) for one in await fields.everything()])


@get(
    "/cases/{number:int}/fields",
    operation_id="listCaseFields",
    opt={"policy": Policy.TOKEN_READ},
    tags=["fields"],
)
async def of_case(asked: NamedDependency[Asked], number: FromPath[int]) -> ValuesSent:
    """Lists what stands in the team's own fields of a case."""
    await access.find(number, by=asked.member)
    found = await field_values.of_case(number)
    return ValuesSent([ValueSent(one.name, one.value) for one in found if one.value])


@change("/cases/{number:int}/fields", "fillFields", tag="fields", matches=True)
async def fill(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[ValuesWanted]
) -> CaseChange:
    """Writes values into the team's own fields of a case, all of them or none."""
    wanted = {one.name: one.value for one in data.values}
    with as_seen(asked) as version:
        await field_values.fill(asked.act, number, wanted, version=version)
    return await changed(asked, number)


routes = (every_field, of_case, fill)
