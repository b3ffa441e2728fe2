"""Which languages can a member say they read, and who reads a post?"""

import pytest
from babel import Locale

from amends.rules.team.read_languages import READ, ordered, reads


def test_each_language_can_be_chosen_once_in_one_order_and_unknown_ones_not_at_all():
    assert ordered(["fr", "de", "de", "xx", ""]) == ("de", "fr")
    assert list(READ) == sorted(set(READ))


def test_every_language_has_a_name_in_both_languages_of_the_product():
    named = [tag for tag in READ for spoken in ("en", "fr") if Locale.parse(spoken).languages.get(tag)]
    assert len(named) == 2 * len(READ)


@pytest.mark.parametrize(
    ("tag", "is_read"),
    [("de", True), ("de-AT", True), ("DE", True), ("nb", True), ("nl", False), ("", False), ("d", False)],
)
def test_a_post_is_read_by_the_language_of_its_tag_whatever_its_country(tag: str, is_read: bool):
    assert reads(frozenset({"de", "no"}), tag) is is_read
