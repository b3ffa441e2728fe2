"""Predicate "to be shown or told": whether a follow-up is active, or why it is silent."""

from datetime import datetime
from typing import Literal

from amends.rules.follow_up import kinds
from amends.rules.vocabulary import FollowUpState, Stage

Silence = Literal["settled", "paused", "closed", "snoozed"]


def silence(
    kind: str,
    *,
    state: str,
    paused_at: datetime | None,
    stage: str,
    snoozed_until: datetime | None,
    now: datetime,
    until_woken: bool = False,
) -> Silence | None:
    """Why a follow-up is neither shown as due nor told now; None when it is active.

    `stage` and `snoozed_until` are its case's. With `until_woken` a case sleeps until the worker has woken it
    and not until its date: at that moment its ladders begin anew. `services.follow_up.active` says it in SQL.
    """
    properties = kinds.of(kind)
    if state != FollowUpState.DUE:
        return "settled"
    if paused_at is not None:
        return "paused"
    if stage == Stage.CLOSED and not properties.outlives_case:
        return "closed"
    asleep = snoozed_until is not None and (until_woken or snoozed_until > now)
    return "snoozed" if asleep and properties.sleeps else None
