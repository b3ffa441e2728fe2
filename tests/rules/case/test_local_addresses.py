"""Which addresses can only this computer open, and which of a text are such links?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.case.local_addresses import links_here, opens_only_here


@pytest.mark.parametrize(
    ("address", "only_here"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8312", True),
        ("http://127.9.0.1", True),
        ("http://[::1]:8000", True),
        ("http://care.localhost", True),
        ("https://care.example.org", False),
        ("https://127.example.org", False),
        ("http://192.168.1.20:8000", False),
        ("", False),
    ],
)
def test_an_address_of_this_computer_is_no_link_for_a_customer(address, only_here):
    assert opens_only_here(address) is only_here


def test_links_of_a_text_are_found_once_and_without_the_stop_behind_them():
    here = "http://127.0.0.1:8312/h/AM-7K3Q-ZH2P"
    assert links_here(f"Here: {here}. Or ({here}), or https://care.example.org/h/x.") == (here,)
    assert links_here("localhost has no link, http://") == ()


@given(st.text())
def test_any_text_is_looked_through(text: str):
    assert all(
        one in text and opens_only_here(one) for one in links_here(text + " http://[") + links_here(text)
    )
