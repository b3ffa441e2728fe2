"""Is a line read as it was meant, and named where it is not understood?"""

import pytest

from amends.services.capture import import_lines
from amends.services.capture.import_lines import Reading

PARIS = Reading("Europe/Paris")


def test_a_cell_that_is_not_understood_is_named_and_the_others_are_read():
    post, wrong = import_lines.written({"posted_at": "soon", "rating": "2", "text": "Late"}, PARIS)
    assert (post.posted_at, post.rating, post.text, set(wrong)) == (None, 2, "Late", {"posted_at"})


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2", (2, 5)),
        ("4,5", (4.5, 5)),
        ("8/10", (8, 10)),
        ("1 out of 5", (1, 5)),
        ("4 sur 5", (4, 5)),
        ("FIVE", (5, 5)),
        ("★★☆☆☆", (2, 5)),
        ("3 étoiles", (3, 5)),
    ],
)
def test_ratings_are_read_with_their_most(cell: str, meant: tuple[float, float]):
    post, _wrong = import_lines.written({"rating": cell}, PARIS)
    assert (post.rating, post.rating_max) == meant
