"""Which stretches of a folded text tell who somebody is, and what only looks so?"""

import pytest

from amends.rules.insight import contact_patterns as patterns


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (patterns.MAIL, "to dana@mail.example, now", ["dana@mail.example"]),
        (patterns.LINK, "see www.dana and dana.nl/x", ["www.dana", "dana.nl/x"]),
        (patterns.HANDLE, "@dana, u/dana, dana_b; met 3 @ 5", ["@dana", "u/dana", "dana_b"]),
        (patterns.NETWORK, "Insta: dana, snap dana77, the snap was", ["dana", "dana77"]),
        (patterns.NUMBER_OF, "order no 47", ["47"]),
        (patterns.NAMED_NUMBER, "orders 4711 and 4712, order 120 €", ["4711 and 4712"]),
        (patterns.PHONE, "0612345678, 2023-2024, 1 000 000 times", ["0612345678"]),
        (patterns.PAIRS, "06, 12, 34, 56, 78 and 38, 39, 40, 41, 42", ["06, 12, 34, 56, 78"]),
        (patterns.BORN, "born in 1984, nee le 3 mars", ["1984", "3 mars"]),
        (patterns.WHOLE_DATE, "03/12/84 but not 03/12", ["03/12/84"]),
        (patterns.STREET, "12 rue de la Paix", ["12 rue de la Paix"]),
        (patterns.CODE, "RTX4090 of 2024", ["RTX4090"]),
    ],
)
def test_a_pattern_finds_what_it_is_named_for(pattern, text: str, found: list[str]):
    assert [text[start:end] for start, end in patterns.found(pattern, text)] == found


@pytest.mark.parametrize(
    "piece", ["a", "1", "a.", "a-", "a@", "a_", "(", "06 ", "order: ", "12 Ab ", "a :// "]
)
def test_a_long_hostile_text_is_read_to_its_end(piece: str):
    for pattern in patterns.PATTERNS:
        list(patterns.found(pattern, piece * 10_000))
