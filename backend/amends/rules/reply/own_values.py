"""Values of the team's own fields as a reply says them, in the language of its reader."""

from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal

from amends.i18n import LOCALES, use_language
from amends.rules.team import written_days
from amends.rules.vocabulary import FieldKind, Language


def in_reply(kind: FieldKind, value: str, language: Language) -> str:
    """A kept value as its reader writes it: "14 May 2026", "12,5"; what is no date or number as it stands.

    A number has no marks between thousands: it may be one that names something.
    """
    if kind is FieldKind.DATE:
        with use_language(language.value):
            return written_days.long(date.fromisoformat(value))
    if kind is FieldKind.NUMBER:
        return str(format_decimal(Decimal(value), locale=LOCALES[language.value], group_separator=False))
    return value
