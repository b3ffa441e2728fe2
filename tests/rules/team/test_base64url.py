"""Are bytes written as base64url without padding, and is nothing else read?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.team.base64url import decode, encode


@given(st.binary(max_size=200))
def test_bytes_come_back_from_letters_of_addresses(content: bytes):
    text = encode(content)
    assert not set(text) & set("+/=")
    assert decode(text) == content


@pytest.mark.parametrize("text", ["a+b_", "a/bc", "YQ==", "YQ\n", " YQ", "é", "A"])
def test_what_is_none_is_refused(text: str):
    with pytest.raises(ValueError):  # noqa: PT011 - a ValueError of the library too
        decode(text)
