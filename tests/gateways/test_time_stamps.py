"""Is a time stamp taken only where hash, nonce, signature and certificate fit? A real authority answers."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from amends.gateways.time_stamps import Answered, SandboxedTimeStamper
from tests import time_authority
from tests.time_authority import Authority, openssl

WORDS = '{"number":1}'


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with time_authority.running(tmp_path_factory.mktemp("authority") / "tsa") as found:
        yield found


async def asked(authority: Authority, mode: str = "", *, certificate: str = "ca") -> Answered:
    authority.mode = mode
    stamper = SandboxedTimeStamper([authority.where], patience=5)
    return await stamper.stamp(
        WORDS, address=authority.address, certificates=authority.certificate(certificate)
    )


async def test_a_stamp_is_checked_and_openssl_reads_it(authority: Authority, tmp_path: Path):
    answer = await asked(authority)
    assert answer.outcome == "stamped", answer
    assert answer.at
    (tmp_path / "words").write_text(WORDS)
    (tmp_path / "stamp.tsr").write_bytes(base64.b64decode(answer.token))
    root = str(authority.folder / "ca.pem")
    said = openssl(tmp_path, "ts", "-verify", "-data", "words", "-in", "stamp.tsr", "-CAfile", root)
    assert "OK" in said


async def test_one_of_another_root_is_not_taken(authority: Authority):
    assert (await asked(authority, certificate="other")).outcome == "untrusted"


async def test_an_answer_to_an_older_question_is_not_taken(authority: Authority):
    await asked(authority)
    old = await asked(authority, "old")
    assert (old.outcome, old.detail) == ("untrusted", "Nonce mismatch")


@pytest.mark.parametrize(
    ("mode", "outcomes"),
    [
        ("flipped", {"untrusted", "no_stamp"}),
        ("page", {"no_stamp"}),
        ("broken", {"no_stamp"}),
        ("huge", {"huge"}),
        ("busy", {"status"}),
        ("moved", {"status"}),
    ],
)
async def test_what_is_no_stamp_is_not_taken(authority: Authority, mode: str, outcomes: set[str]):
    assert (await asked(authority, mode)).outcome in outcomes


async def test_a_private_authority_is_reached_only_where_the_server_allows_it(authority: Authority):
    stamper = SandboxedTimeStamper(patience=2)
    certificate = authority.certificate()
    answer = await stamper.stamp(WORDS, address=authority.address, certificates=certificate)
    assert answer.outcome == "private"
    answer = await stamper.stamp(WORDS, address="file:///etc/passwd", certificates=certificate)
    assert answer.outcome == "unreachable"
