"""Fields of the team's own: what may be written into one, and the key by which its cases are found."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote

from amends.errors import Invalid
from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.case.texts import clean_name, fold
from amends.rules.vocabulary import FieldKind

MOST = 12
"""Fields that are offered at once: what one still fills in."""
LONGEST_LABEL = 60
LONGEST_NAME = 30
LONGEST_VALUE = 200
MOST_CHOICES = 30
MOST_NUMBER = Decimal(10**12)
ORDER_NUMBER = "order_number"
FIRST: dict[str, Any] = {
    "name": ORDER_NUMBER, "kind": FieldKind.ORDER_NUMBER, "position": 1, "asked": True,
    "label_en": "Order number", "label_fr": "Numéro de commande", "choices": [],
}  # fmt: skip
"""The field that every team begins with; private links have always asked for it."""
SEARCHED = (FieldKind.TEXT, FieldKind.ORDER_NUMBER)
"""Kinds by whose values a case is found with the words of a search."""

NAME = re.compile(r"[a-z][a-z0-9_]{0,29}")
BETWEEN = re.compile(r"[^a-z0-9]+")
SPACES = re.compile(r"\s+")


COLUMN = "field_"
"""Before the name of a field in a table, where it may be called as another column."""
VALUE = "{value}"
"""Stands for the value in the address of another tool."""
LONGEST_ADDRESS = 500


class FieldUnusable(Invalid):
    "This value does not fit the field."


TOO_LONG = N_("Use at most %(count)s characters.")
WRONG = {
    FieldKind.NUMBER: N_("Enter a number with at most two decimals, such as 12.50."),
    FieldKind.DATE: N_("Enter a date as year, month and day, such as 2026-05-14."),
    FieldKind.CHOICE: N_("Choose one from the list."),
}
"""What to do where a value does not fit the kind of its field."""


@dataclass(frozen=True, slots=True)
class Said:
    """A value that somebody typed for a field, as an entry of the timeline tells it.

    `en` and `fr` are what the field was called then; `before` is what stood there.
    """

    field: str
    kind: FieldKind
    en: str
    fr: str
    after: str
    before: str = ""


def is_first(label_en: str, label_fr: str) -> bool:
    """Whether a field is called as the one that every team begins with."""
    return (label_en, label_fr) == (FIRST["label_en"], FIRST["label_fr"])


def is_name(text: str) -> bool:
    """Whether a field may be called so."""
    return NAME.fullmatch(text) is not None


def name_of(label: str, taken: Collection[str]) -> str:
    """What a field is called in the braces of a prepared reply: its label in plain small letters."""
    plain = BETWEEN.sub("_", fold(label)).strip("_").lstrip("0123456789_")[: LONGEST_NAME - 3].strip("_")
    base = plain or "field"
    names = (base, *(f"{base}_{count}" for count in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def choices_in(typed: str) -> tuple[str, ...]:
    """The choices of a list with one on each line, each once."""
    lines = (clean_name(line, limit=LONGEST_LABEL) for line in typed.splitlines())
    return tuple({fold(line): line for line in reversed([one for one in lines if one])}.values())[::-1]


def cleaned(kind: FieldKind, choices: Collection[str], typed: str, *, field: str) -> str:
    """A value as it is kept; "" where nothing was typed. Raises FieldUnusable with a sentence for `field`."""
    line = clean_name(typed, limit=LONGEST_VALUE + 1)
    if not line:
        return ""
    if len(line) > LONGEST_VALUE:
        raise FieldUnusable(fields={field: _(TOO_LONG) % {"count": LONGEST_VALUE}})
    value = _read(kind, choices, line)
    if not value:
        raise FieldUnusable(fields={field: _(WRONG[kind])})
    return value


def fits(kind: FieldKind, choices: Collection[str], typed: str) -> bool:
    """Whether what was typed elsewhere can be a value of the field as it is."""
    line = clean_name(typed, limit=LONGEST_VALUE + 1)
    return 0 < len(line) <= LONGEST_VALUE and bool(_read(kind, choices, line))


def key_of(kind: FieldKind, value: str) -> str:
    """What two values have in common that mean the same: "No. 12-A" and "no 12a" are one order number."""
    if kind is FieldKind.NUMBER:
        return _number(value)
    if kind is FieldKind.DATE:
        return _date(value)
    folded = " ".join(fold(value).split())
    if kind is FieldKind.ORDER_NUMBER:
        folded = "".join(sign for sign in folded if sign.isalnum()) or folded
    return folded[:LONGEST_VALUE]


def can_open(kind: FieldKind) -> bool:
    """Whether a value of this kind names something in another tool, such as a ticket or an order."""
    return kind in SEARCHED


def opened(template: str, value: str) -> str:
    """The address of a value in another tool, in which none of its signs has a meaning; "" without one.

    Dots alone open nothing: browsers take them for a folder above, encoded or not.
    """
    return template.replace(VALUE, quote(value, safe="")) if template and value.strip(".") else ""


def told(said: Collection[Said]) -> list[dict[str, str]]:
    """The values as the particulars of an entry hold them."""
    return [
        {
            "field": one.field, "kind": one.kind.value, "en": one.en, "fr": one.fr,
            "before": one.before, "after": one.after,
        }
        for one in said
    ]  # fmt: skip


def said_in(particulars: Mapping[str, Any], key: str = "fields") -> tuple[Said, ...]:
    """The values that an entry tells: set by a member as `fields`, given by a private link as `given`.

    Links once asked for an order number alone.
    """
    found = [_said(one) for one in particulars.get(key) or ()]
    if key == "given" and (number := particulars.get(ORDER_NUMBER)):
        found.append(_said({"field": ORDER_NUMBER, "kind": FieldKind.ORDER_NUMBER, "after": number}))
    return tuple(found)


def _said(one: Mapping[str, Any]) -> Said:
    return Said(
        field=str(one["field"]),
        kind=FieldKind(one["kind"]),
        en=str(one.get("en") or ""),
        fr=str(one.get("fr") or ""),
        after=str(one.get("after") or ""),
        before=str(one.get("before") or ""),
    )


def _read(kind: FieldKind, choices: Collection[str], line: str) -> str:
    """The value of a line that shows something; "" where it does not fit."""
    if kind is FieldKind.NUMBER:
        return _number(line)
    if kind is FieldKind.DATE:
        return _date(line)
    if kind is FieldKind.CHOICE:
        return next((one for one in choices if fold(one) == fold(line)), "")
    return line


def _number(line: str) -> str:
    plain = SPACES.sub("", line)
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        found = Decimal(plain) if plain.isascii() else Decimal("NaN")
    except InvalidOperation:
        return ""
    if not found.is_finite() or abs(found) > MOST_NUMBER or found != round(found, 2):
        return ""
    written = f"{found:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if Decimal(written) == 0 else written.lstrip("+")


def _date(line: str) -> str:
    try:
        found = date.fromisoformat(line)
    except ValueError:
        return ""
    return found.isoformat() if 1900 <= found.year < 2200 else ""
