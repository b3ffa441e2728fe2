"""Which issuers may be asked, and which addresses get an account?"""

import pytest

from amends.rules.team.provider_settings import domains_in, gets_an_account, is_domain, is_issuer


@pytest.mark.parametrize(
    ("address", "is_good"),
    [
        ("https://login.example.org", True),
        ("https://login.example.org/realms/a", True),
        ("http://login.example.org", False),
        ("http://127.0.0.1:9000", True),
        ("http://127.0.0.1:9001", False),
        ("https://login.example.org?x=1", False),
        ("https://login.example.org#x", False),
        ("https://user:pass@login.example.org", False),
        ("https://", False),
        ("ftp://login.example.org", False),
        ("https://[", False),
        ("https://login.example.org:x", False),
        ("https://login.example.org/" + "a" * 300, False),
        ("https://a b.example.org", False),
    ],
)
def test_an_issuer_is_an_https_address_or_one_that_was_listed(address: str, is_good: bool) -> None:
    assert is_issuer(address, private=("127.0.0.1:9000",)) is is_good


def test_domains_are_typed_in_many_ways_and_each_counts_once() -> None:
    assert domains_in(" Example.org, @shop.example;example.org\n") == ["example.org", "shop.example"]
    assert domains_in(" ") == []


@pytest.mark.parametrize(
    "text", ["example", "", ".org", "exa mple.org", "*.example.org", "a..b", "-a.org", "a.1"]
)
def test_what_is_no_domain(text: str) -> None:
    assert not is_domain(text)


@pytest.mark.parametrize(
    ("email", "gets"),
    [
        ("ada@example.org", True),
        ("ada@EXAMPLE.org", True),
        ("ada@bad-example.org", False),
        ("ada@sub.example.org", False),
        ("ada@example.org.evil.example", False),
        ("ada@evil.example@example.org", True),
        ("@example.org", False),
        ("example.org", False),
        ("", False),
    ],
)
def test_an_address_is_in_a_domain_exactly(email: str, gets: bool) -> None:
    assert gets_an_account(email, ["example.org"]) is gets
