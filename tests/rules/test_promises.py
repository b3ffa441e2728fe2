"""What part of the promises was kept?"""

import pytest

from amends.rules.promises import Record


@pytest.mark.parametrize(
    ("record", "share"),
    [
        (Record(), None),
        (Record(open=3), None),
        (Record(kept=4), 1.0),
        (Record(kept=3, late=1), 0.75),
        (Record(kept=1, late=1, broken=2, open=9), 0.25),
        (Record(broken=2), 0.0),
    ],
)
def test_what_is_late_or_broken_was_not_kept_and_what_is_open_does_not_count(
    record: Record, share: float | None
):
    assert record.share == share
