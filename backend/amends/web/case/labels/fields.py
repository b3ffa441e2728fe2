"""Words of the team's own fields: their names, their values, and the sentence of an entry."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from amends.i18n import N_, language, number
from amends.i18n import gettext as _
from amends.rules.case import fields as rules
from amends.rules.case.fields import Said
from amends.rules.vocabulary import FieldKind
from amends.services.case.fields import FieldShown
from amends.web import dates

KINDS = {
    FieldKind.TEXT: N_("Text"),
    FieldKind.NUMBER: N_("Number"),
    FieldKind.DATE: N_("Date"),
    FieldKind.CHOICE: N_("Choice"),
    FieldKind.ORDER_NUMBER: N_("Order number"),
}


def field_label(field: FieldShown) -> str:
    """What a field is called in the reader's language, else in the other one."""
    return _in_language(field.label_en, field.label_fr) or field.name


def said_label(said: Said) -> str:
    """The same of a value that an entry tells."""
    return _in_language(said.en, said.fr) or (
        _("Order number") if said.field == rules.ORDER_NUMBER else said.field
    )


def value_label(kind: FieldKind, value: str) -> str:
    """A value as people write it."""
    if kind is FieldKind.DATE and value:
        return dates.day(date.fromisoformat(value))
    return number(float(value)) if kind is FieldKind.NUMBER and value else value


def told(particulars: Mapping[str, Any]) -> str:
    """What was written into fields, as a predicate."""
    told = "; ".join(changes(particulars))
    if particulars.get("undone"):
        return _("put back: %(changes)s") % {"changes": told}
    return _("set %(changes)s") % {"changes": told}


def changes(particulars: Mapping[str, Any]) -> list[str]:
    """Each value that an entry tells of, with the name of its field."""
    return [_told(one) for one in rules.said_in(particulars)]


def given(particulars: Mapping[str, Any]) -> list[str]:
    """What somebody typed into the form of a private link."""
    return [
        f"{said_label(one)}{_(': ')}{value_label(one.kind, one.after)}"
        for one in rules.said_in(particulars, "given")
    ]


def _told(one: Said) -> str:
    before, after = (value_label(one.kind, value) or "–" for value in (one.before, one.after))
    arrow = f"{before} → {after}" if one.before else after
    return f"{said_label(one)}{_(': ')}{arrow}"


def _in_language(en: str, fr: str) -> str:
    return (fr or en) if language() == "fr" else (en or fr)
