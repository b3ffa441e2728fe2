"""What do one or two letters say of a member or a platform?"""

import pytest

from amends.web.marks import initials, platform_mark


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada Lovelace", "AL"),
        ("Ada", "A"),
        ("  zoé  de la  tour ", "ZT"),
        ("(Bob)", "("),
        ("", "?"),
        ("李 小龙", "李小"),
    ],
)
def test_a_member_is_known_by_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("platform", "letters"),
    [("youtube", "YT"), ("YouTube", "YT"), ("x", "X"), ("reddit", "Re"), ("our-forum", "Ou"), ("web", "We")],
)
def test_a_platform_is_known_by_its_letters(platform: str, letters: str) -> None:
    assert platform_mark(platform) == letters
