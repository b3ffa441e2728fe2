"""A case is called by the first words of its post, and a review of stars alone by its stars."""

import pytest

from amends.i18n import use_language
from amends.rules.capture.titles import title_of

URL = "https://www.google.com/maps/place/Garage"


@pytest.mark.parametrize(
    ("language", "rating", "most", "title"),
    [
        ("en", 2, 5, "★★☆☆☆ 2 of 5, no text"),
        ("fr", 2, 5, "★★☆☆☆ 2 sur 5, sans texte"),
        ("en", 3.5, 10, "★★★★☆☆☆☆☆☆ 3.5 of 10, no text"),
        ("fr", 3.5, 10, "★★★★☆☆☆☆☆☆ 3,5 sur 10, sans texte"),
        ("en", 40, 100, "40 of 100, no text"),
        ("en", 0, None, "☆☆☆☆☆ 0 of 5, no text"),
        ("en", None, None, URL),
    ],
)
def test_what_has_no_words_is_called_by_its_stars_and_never_by_its_address(
    language: str, rating: float | None, most: float | None, title: str
):
    with use_language(language):
        assert title_of(title="", text="", url=URL, rating=rating, rating_max=most) == title
        assert (
            title_of(title="Never again", text="x", url=URL, rating=rating, rating_max=most) == "Never again"
        )
        assert (
            title_of(title="", text="Never again", url=URL, rating=rating, rating_max=most) == "Never again"
        )
