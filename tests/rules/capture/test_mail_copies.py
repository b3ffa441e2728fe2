"""A mail written from its words: the next reader reads the same, and no value breaks out of its line."""

from datetime import UTC, datetime

import pytest

from amends.rules.capture.mail_copies import NOTE, written_from
from amends.rules.capture.mail_messages import read_mail

CAME = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)


def written(**given: str) -> bytes:
    values = {"sender": "emil@example.com", "name": "Émil", "subject": "Pain", "text": "Très bon.\n"} | given
    return written_from(**values, came_at=CAME)


def test_it_says_what_the_mail_said_and_that_it_is_no_original():
    read = read_mail(written())
    assert (read.sender, read.name, read.subject, read.text.strip()) == (
        "emil@example.com",
        "Émil",
        "Pain",
        "Très bon.",
    )
    assert f"{NOTE}: yes".encode() in written()


@pytest.mark.parametrize("value", ["a\r\nBcc: eve@example.com", "no address", "a@b@c", "<>", ",;:", "\u202e"])
@pytest.mark.parametrize("place", ["sender", "name", "subject"])
def test_a_hostile_value_adds_no_line(place: str, value: str):
    assert b"\nbcc:" not in written(**{place: value}).lower()
