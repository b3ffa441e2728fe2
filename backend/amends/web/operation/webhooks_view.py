"""Webhooks as their pages show them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.rules.vocabulary import NudgeState
from amends.services.operation.webhooks import DeliveryShown, WebhookShown
from amends.web import dates
from amends.web.dates import Moment
from amends.web.operation.webhook_labels import ENDED, EVENTS, OUTCOMES, STATES, TEST

NAMES = {kind: words for group in EVENTS.values() for kind, words in group.items()}


class EventTick(msgspec.Struct, frozen=True, kw_only=True):
    """One type that an endpoint may hear of."""

    value: str
    name: str
    why: str
    ticked: bool
    narrow: bool = False


class WebhookRow(msgspec.Struct, frozen=True, kw_only=True):
    """One endpoint and how it stands."""

    id: UUID
    name: str
    url: str
    is_on: bool
    tone: str
    word: str
    sentence: str
    arrived: Moment | None
    paused: Moment | None
    old_secret: Moment | None


class DeliveryRow(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery; `answer` is how a stranger's answer began, as text alone."""

    id: UUID
    name: str
    kind: str
    subject: str
    event: str
    at: Moment
    tone: str
    word: str
    tries: int
    next_try: Moment | None
    problem: str
    status: int | None
    answer: str
    may_be_repeated: bool


def ticks(chosen: Collection[str]) -> list[tuple[str, list[EventTick]]]:
    """The types in their groups."""
    return [
        (
            _(group),
            [
                EventTick(value=kind.value, name=_(words), why=kind.value, ticked=kind.value in chosen)
                for kind, words in events.items()
            ],
        )
        for group, events in EVENTS.items()
    ]


def row(one: WebhookShown, *, now: datetime) -> WebhookRow:
    """How an endpoint stands: on, in trouble, or off and why."""
    tone, word = ("won", _("on")) if one.is_on else ("quiet", _("switched off"))
    if one.is_on and one.failures:
        tone, word = "late", _("failing")
    return WebhookRow(
        id=one.id,
        name=one.name,
        url=one.url,
        is_on=one.is_on,
        tone=tone,
        word=word,
        sentence=_(ENDED[one.ended]) if one.ended in ENDED and not one.is_on else "",
        arrived=_moment(one.succeeded_at, now),
        paused=_moment(one.paused_until, now) if _is_ahead(one.paused_until, now) else None,
        old_secret=_moment(one.previous_until, now) if _is_ahead(one.previous_until, now) else None,
    )


def delivery_rows(found: Sequence[DeliveryShown], *, is_on: bool, now: datetime) -> list[DeliveryRow]:
    """The deliveries of an endpoint."""
    return [_delivery_row(one, is_on=is_on, now=now) for one in found]


def _delivery_row(one: DeliveryShown, *, is_on: bool, now: datetime) -> DeliveryRow:
    tone, word = STATES[one.state]
    waits = one.state is NudgeState.READY
    return DeliveryRow(
        id=one.id,
        name=_(NAMES.get(one.kind, TEST)),
        kind=one.kind.value,
        subject=one.subject,
        event=f"evt_{one.event.hex}",
        at=dates.moment(one.at, now=now),
        tone=tone,
        word=_(word),
        tries=one.attempts,
        next_try=_moment(one.run_at, now) if waits and one.attempts and is_on else None,
        problem=_(OUTCOMES[one.outcome]) if one.outcome in OUTCOMES else "",
        status=one.status,
        answer=one.answer,
        may_be_repeated=is_on and one.state is not NudgeState.SENDING,
    )


def _moment(at: datetime | None, now: datetime) -> Moment | None:
    return dates.moment(at, now=now) if at else None


def _is_ahead(at: datetime | None, now: datetime) -> bool:
    return at is not None and at > now
