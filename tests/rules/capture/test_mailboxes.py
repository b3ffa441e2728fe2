"""When is a mailbox asked again, and where may it be asked without TLS?"""

from datetime import timedelta

import pytest

from amends.rules.capture.mailboxes import is_plain, next_fetch
from tests.world import MONDAY


@pytest.mark.parametrize(("failures", "minutes"), [(0, 1), (1, 2), (3, 8), (6, 60), (99, 60)])
def test_each_failure_in_a_row_doubles_the_pause_up_to_an_hour(failures: int, minutes: int):
    assert next_fetch(MONDAY, failures) == MONDAY + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("host", "port", "plain"),
    [
        ("127.0.0.1", 143, True),
        ("::1", 143, True),
        ("localhost", 1143, True),
        ("localhost", 993, False),
        ("imap.example.org", 143, False),
        ("10.0.0.1", 143, False),
        ("127.0.0.1.example.org", 143, False),
    ],
)
def test_only_this_computer_is_asked_without_tls(host: str, port: int, plain: bool):
    assert is_plain(host, port) is plain
