"""What the chain of a timeline notices, and what it survives."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from amends.rules.case.timeline import GENESIS, Line, canonical, chained, commitment

LINE = Line(
    case=UUID(int=1),
    position=1,
    kind="noted",
    at=datetime(2026, 5, 4, 8, 0, tzinfo=UTC),
    actor="system",
    channel=None,
    commitment=commitment("00" * 32, canonical({"text": "A note"})),
    previous=GENESIS,
)


@pytest.mark.parametrize(
    "change",
    [
        {"case": UUID(int=2)}, {"position": 2}, {"kind": "moved"}, {"at": LINE.at + timedelta(seconds=1)},
        {"actor": "author"}, {"channel": "email"}, {"commitment": "0" * 64}, {"previous": "1" * 64},
    ],
)  # fmt: skip
def test_whatever_is_altered_alters_the_hash(change: dict):
    assert chained(replace(LINE, **change)) != chained(LINE)


def test_the_same_instant_in_another_zone_is_the_same_line():
    elsewhere = LINE.at.astimezone(ZoneInfo("Asia/Kathmandu"))
    assert chained(replace(LINE, at=elsewhere)) == chained(LINE)


def test_the_order_of_particulars_does_not_matter_and_their_words_do():
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'
    assert commitment("00" * 32, "a") != commitment("00" * 32, "b")


def test_without_its_salt_a_commitment_tells_nothing():
    assert commitment("00" * 32, "+33 6 12 34 56 78") != commitment("01" * 32, "+33 6 12 34 56 78")
