"""To which addresses can passkeys be bound, and what stands against the others?"""

import pytest

from amends.rules.team.passkey_sites import Hindrance, PasskeySite, site_of


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("https://amends.example.org", PasskeySite("amends.example.org", "https://amends.example.org")),
        ("https://Amends.Example.org:443", PasskeySite("amends.example.org", "https://amends.example.org")),
        ("https://a.example:8443", PasskeySite("a.example", "https://a.example:8443")),
        ("https://exämple.org", PasskeySite("xn--exmple-cua.org", "https://xn--exmple-cua.org")),
        ("http://localhost:8000", PasskeySite("localhost", "http://localhost:8000")),
        ("http://localhost", PasskeySite("localhost", "http://localhost")),
        ("http://127.0.0.1:8000", Hindrance.NUMBER),
        ("https://192.0.2.7", Hindrance.NUMBER),
        ("https://[2001:db8::1]", Hindrance.NUMBER),
        ("http://amends.example.org", Hindrance.PLAIN),
        ("http://notlocalhost", Hindrance.PLAIN),
    ],
)
def test_a_site_is_a_name_over_https_or_this_machine(
    base_url: str, expected: PasskeySite | Hindrance
) -> None:
    assert site_of(base_url) == expected
