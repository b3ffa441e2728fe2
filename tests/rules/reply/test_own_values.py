"""Values of fields are said to a reader as people write them in their language."""

import pytest

from amends.i18n import language
from amends.rules.reply.own_values import in_reply
from amends.rules.vocabulary import FieldKind, Language

ENGLISH, FRENCH = Language.ENGLISH, Language.FRENCH


@pytest.mark.parametrize(
    ("kind", "value", "spoken", "said"),
    [
        (FieldKind.DATE, "2026-05-14", ENGLISH, "14 May 2026"),
        (FieldKind.DATE, "2026-05-01", FRENCH, "1er mai 2026"),
        (FieldKind.NUMBER, "12.5", ENGLISH, "12.5"),
        (FieldKind.NUMBER, "12.5", FRENCH, "12,5"),
        (FieldKind.NUMBER, "1234567", FRENCH, "1234567"),
        (FieldKind.NUMBER, "0.25", ENGLISH, "0.25"),
        (FieldKind.ORDER_NUMBER, "2026-05-14", FRENCH, "2026-05-14"),
        (FieldKind.TEXT, "12.5", FRENCH, "12.5"),
        (FieldKind.CHOICE, "Red", FRENCH, "Red"),
    ],
)
def test_a_value_is_said_in_the_language_of_its_reader(
    kind: FieldKind, value: str, spoken: Language, said: str
) -> None:
    member_reads = language()
    assert in_reply(kind, value, spoken) == said
    assert language() == member_reads
