"""The team's own fields on the page of a case, and the form that fills them in."""

from collections.abc import Iterable, Iterator

import msgspec

from amends.i18n import gettext as _
from amends.rules.capture.links import display_host
from amends.rules.case import fields as rules
from amends.rules.vocabulary import FieldKind
from amends.services.case.field_values import ValueShown
from amends.services.case.fields import FieldShown
from amends.services.case.timeline import EntryShown
from amends.web.case.labels import fields as words
from amends.web.forms import OWN_FIELD
from amends.web.page_kit import Typed
from amends.web.templating import query

INPUTS = {FieldKind.DATE: "date", FieldKind.CHOICE: "choice"}


class FieldInput(msgspec.Struct, frozen=True, kw_only=True):
    """The input of one field, with what was typed and what is wrong with it."""

    name: str
    label: str
    control: str
    typed: str
    choices: tuple[str, ...]
    error: str


class FieldLine(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in one field of a case, the cases with the same, and where it opens in another tool."""

    label: str
    shown: str
    href: str
    opens: str
    opens_on: str


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What the customer wrote for a field by a private link, where nothing stands yet."""

    name: str
    label: str
    value: str
    shown: str


class FieldsShown(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of a case, and the form that fills them in: for members who work on it alone."""

    works: bool
    lines: tuple[FieldLine, ...]
    inputs: tuple[FieldInput, ...]
    proposals: tuple[Proposal, ...]
    editing: bool
    problem: str


def fields(
    values: tuple[ValueShown, ...], timeline: Iterable[EntryShown], typed: Typed, *, works: bool
) -> FieldsShown:
    """The fields as the page shows them, with what was typed into the form and refused."""
    mine = typed.of("fields")
    return FieldsShown(
        works=works,
        lines=lines_of(values),
        inputs=asked([one for one in values if not one.retired], mine),
        proposals=tuple(_proposals(values, timeline)),
        editing=bool(mine.form),
        problem=mine.problem,
    )


def asked(found: Iterable[FieldShown], typed: Typed, *, first: str = "") -> tuple[FieldInput, ...]:
    """The inputs of some fields, with what was typed, else with what stands there.

    `first` is what customers are asked for instead of an order number, where the team gave it no other name.
    """
    return tuple(
        FieldInput(
            name=one.name,
            label=first if first and rules.is_first(one.label_en, one.label_fr) else words.field_label(one),
            control=INPUTS.get(one.kind, "text"),
            typed=typed.values.get(f"{OWN_FIELD}{one.name}", getattr(one, "value", "")),
            choices=_choices(one),
            error=typed.errors.get(one.name, ""),
        )
        for one in found
    )


def lines_of(values: Iterable[ValueShown]) -> tuple[FieldLine, ...]:
    """What stands in the fields that somebody filled in."""
    return tuple(_line(one) for one in values if one.value)


def _line(one: ValueShown) -> FieldLine:
    label, opens = words.field_label(one), rules.opened(one.opens, one.value)
    return FieldLine(
        label=f"{label} ({_('retired')})" if one.retired else label,
        shown=words.value_label(one.kind, one.value),
        href=f"/cases{query({'stage': 'all', OWN_FIELD + one.name: one.value})}",
        opens=opens,
        opens_on=display_host(opens),
    )


def _proposals(values: Iterable[ValueShown], timeline: Iterable[EntryShown]) -> Iterator[Proposal]:
    """The last answer by a private link for each empty field."""
    given = {one.field: one for entry in timeline for one in rules.said_in(entry.particulars, "given")}
    for one in values:
        if (said := given.get(one.name)) and not one.value and rules.fits(one.kind, one.choices, said.after):
            shown = words.value_label(one.kind, said.after)
            yield Proposal(name=one.name, label=words.field_label(one), value=said.after, shown=shown)


def _choices(one: FieldShown) -> tuple[str, ...]:
    """The list, with what stands there where the list has it no more."""
    value = getattr(one, "value", "")
    return one.choices if not value or value in one.choices else (value, *one.choices)
