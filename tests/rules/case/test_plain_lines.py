"""How does a short text become one harmless line?"""

from hypothesis import given
from hypothesis import strategies as st

from amends.rules.case.plain_lines import plain_line


@given(st.text())
def test_any_text_becomes_one_line_that_every_database_takes(text: str) -> None:
    line = plain_line(text)
    assert line == plain_line(line)
    assert line == line.strip()
    assert len(line.splitlines()) <= 1
    assert "\x00" not in line
    line.encode()


def test_marks_that_turn_the_direction_are_taken_out() -> None:
    assert plain_line("a\u202eb\u2066c\u200bd\ufeff") == "abcd"


def test_a_lone_surrogate_becomes_a_question_mark() -> None:
    assert plain_line("x\ud800y") == "x?y"
