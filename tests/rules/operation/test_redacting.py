"""Are other people's names taken out wherever they stand, and nothing else?"""

import pytest

from amends.rules.operation.redacting import MOST_NAMES, holds, in_post, in_text, names_in


def test_names_are_those_ticked_and_those_typed_one_a_line():
    assert names_in(" Ann Lee \n\n@ann", ["Bo", "Ann Lee"]) == ("Bo", "Ann Lee", "@ann")
    assert len(names_in("\n".join(map(str, range(1_000))), [])) == MOST_NAMES


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Ann Lee wrote it", ["Ann Lee"], "[…] wrote it"),
        ("ANN LÉE, and annlee too", ["Ann Lee"], "[…], and […] too"),
        ("Annual fee", ["Ann"], "Annual fee"),
        ("nothing to do", [], "nothing to do"),
    ],
)
def test_a_name_goes_however_it_is_written(text: str, names: list[str], expected: str):
    assert in_text(text, names) == expected


def test_a_post_is_searched_in_all_its_parts_and_keeps_its_shape():
    seen = {"text": "@annlee said", "rating": 1, "context": {"title": "By Ann Lee"}, "media": ["annlee.png"]}
    marked = in_post(seen, ["Ann Lee"])
    assert marked["rating"] == 1
    assert "ann" not in str(marked).lower()
    assert set(marked) == set(seen)


def test_whether_something_names_somebody_is_known_for_text_and_for_particulars():
    assert holds({"reason": "asked by Ann Lee"}, ["Ann Lee"])
    assert not holds({"reason": "asked"}, ["Ann Lee"])
    assert not holds("Ann Lee", [])
