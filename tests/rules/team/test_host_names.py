"""Host names in their wire form."""

import pytest

from amends.rules.team.host_names import wire_host


@pytest.mark.parametrize(
    ("host", "wire"),
    [
        ("example.org", "example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("faß.example", "xn--fa-hia.example"),
        ("аpple.com", "xn--pple-43d.com"),
        ("ü" * 64, None),
    ],
)
def test_a_host_is_spelled_as_browsers_look_it_up(host: str, wire: str | None):
    assert wire_host(host) == wire
