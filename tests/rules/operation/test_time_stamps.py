"""When is an authority asked again, and what is taken for its certificate?"""

from datetime import timedelta

import pytest

from amends.rules.operation.time_stamps import LONGEST_PAUSE, certificates_in, pause
from tests.time_authority import self_signed

WHAT = "CERTIFICATE"


def test_pauses_double_and_end_at_six_hours():
    assert [pause(tries) for tries in (1, 2, 3)] == [timedelta(minutes=one) for one in (2, 4, 8)]
    assert pause(99) == LONGEST_PAUSE


@pytest.mark.parametrize("text", ["", "hello", f"-----BEGIN {WHAT}-----\nAAAA\n-----END {WHAT}-----"])
def test_what_is_no_certificate_counts_for_none(text: str):
    assert certificates_in(text) == 0


def test_certificates_are_counted():
    assert certificates_in(2 * self_signed()) == 2
