"""How did promises end?"""

from datetime import UTC, datetime, timedelta

import pytest

from amends.rules.follow_up.promises import PromiseEnd, Record, end_of
from amends.rules.vocabulary import FollowUpState

DUE = datetime(2026, 11, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("record", "ended"),
    [
        (Record(), 0),
        (Record(open=3), 0),
        (Record(kept=4), 4),
        (Record(kept=3, late=1), 4),
        (Record(kept=1, late=1, broken=2, open=9), 4),
        (Record(broken=2), 2),
    ],
)
def test_what_is_late_or_broken_has_ended_and_what_is_open_does_not_count(record: Record, ended: int):
    assert record.ended == ended


@pytest.mark.parametrize(
    ("state", "settled_at", "end"),
    [
        (FollowUpState.DUE, None, PromiseEnd.OPEN),
        (FollowUpState.DONE, DUE, PromiseEnd.KEPT),
        (FollowUpState.DONE, DUE + timedelta(seconds=1), PromiseEnd.LATE),
        (FollowUpState.DROPPED, DUE, PromiseEnd.BROKEN),
    ],
)
def test_a_promise_is_open_kept_kept_late_or_broken(
    state: FollowUpState, settled_at: datetime | None, end: PromiseEnd
):
    assert end_of(state, due_at=DUE, settled_at=settled_at) is end
