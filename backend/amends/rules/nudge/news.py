"""News beside the ladder: its rungs, who hears of a new case, and how news comes together."""

from datetime import datetime, timedelta

from amends.rules.vocabulary import Audience, NewCases, News, Severity

ESCALATED = 0
"""The rung of a nudge that is no step of the ladder: a lead is told of an escalation now."""
GIVEN_BACK = -1
"""Nor is this: nobody moved the case, and it went back to the pool."""
URGENT, NEW, CAME_BACK = -2, -3, -4
HANDED_OVER = -5
"""Nor this: whoever had it can no longer sign in, and its new holder hears that it is theirs."""
RUNGS = {News.URGENT: URGENT, News.NEW: NEW, News.CAME_BACK: CAME_BACK}
NEWS = {rung: news for news, rung in RUNGS.items()}
JUDGED_BY_CASE = (URGENT, NEW)
"""What is true as long as its case is so, and not as long as the follow-up is due that it is told beside."""

COMES_TOGETHER = timedelta(minutes=1)
"""One S1 leaves at once; what becomes urgent within the minute after it leaves as one message."""


def wants(choice: NewCases | None, severity: Severity | None, *, on_duty: bool, alone: bool) -> bool:
    """Whether a member is told of a new case.

    Who chose nothing hears of all of them when `alone`, and on duty of S1 and S2. A case that is not
    weighed yet is of no severity: only who wants all hears of it.
    """
    usual = NewCases.ALL if alone else NewCases.SEVERE if on_duty else NewCases.NEVER
    wanted = choice or usual
    is_severe = severity in (Severity.S1, Severity.S2)
    return wanted is NewCases.ALL or (wanted is NewCases.SEVERE and is_severe)


def not_before(now: datetime, told_at: datetime | None) -> datetime:
    """When urgent news may leave to a place that was told something at `told_at`."""
    return now if told_at is None else max(now, told_at + COMES_TOGETHER)


def ignores_quiet_hours(rung: int, audience: Audience) -> bool:
    """Whether it is told at night too: an escalation, and an S1 for which nobody on duty can be reached."""
    return rung == ESCALATED or (rung == URGENT and audience is not Audience.ON_DUTY)
