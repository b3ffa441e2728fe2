"""Are the team's own accounts read as they are typed?"""

import pytest

from amends.rules.capture.own_accounts import read_accounts, written
from amends.rules.team.reply_rules import OwnAccount, WrongReplyRules

TYPED = "https://x.com/bakers\n\n  Instagram @bakers.paris \nTrustpilot bakers"


def test_a_line_is_the_address_of_a_profile_or_a_platform_and_a_handle():
    accounts = read_accounts(TYPED)
    assert accounts == (
        OwnAccount(platform="x", url="https://x.com/bakers"),
        OwnAccount(platform="instagram", handle="@bakers.paris"),
        OwnAccount(platform="trustpilot", handle="bakers"),
    )
    assert read_accounts(written(accounts)) == accounts
    assert read_accounts(" \n") == ()


@pytest.mark.parametrize("line", ["bakers", "javascript:alert(1)", "x @", "x " + "a" * 400, "!! @bakers"])
def test_a_line_that_is_neither_is_named_with_its_number(line: str):
    with pytest.raises(WrongReplyRules) as refused:
        read_accounts(f"x @bakers\n{line}")
    assert "Line 2" in refused.value.fields["own_accounts"]


def test_there_is_an_end_to_them():
    with pytest.raises(WrongReplyRules):
        read_accounts("x @bakers\n" * 51)
