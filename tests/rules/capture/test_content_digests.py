"""A picture that was changed on its way is noticed by the digest that the browser made."""

import base64
import hashlib

import pytest

from amends.rules.capture.content_digests import agrees

PICTURE = b"a picture"
RIGHT = base64.b64encode(hashlib.sha256(PICTURE).digest()).decode()


@pytest.mark.parametrize(
    "header",
    ["", f"sha-256=:{RIGHT}:", f"sha-512=:AAAA:, sha-256=:{RIGHT}:", "md5=:AAAA:", f" sha-256=:{RIGHT}: "],
)
def test_a_digest_that_fits_or_is_not_there_agrees(header: str):
    assert agrees(header, PICTURE)


@pytest.mark.parametrize(
    "header",
    ["sha-256=:AAAA:", "sha-256=:no base64!:", f"sha-256={RIGHT}", "sha-256", f"x-sha-256=:{RIGHT}:"],
)
def test_any_other_digest_does_not(header: str):
    assert not agrees(header, PICTURE)
