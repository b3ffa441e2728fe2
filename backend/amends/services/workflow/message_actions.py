"""Message actions: what a link in a message lets its receiver do."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from amends.database import transaction
from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.follow_up import kinds
from amends.rules.follow_up.kinds import FinishedBy
from amends.rules.team.calendars import next_open
from amends.rules.vocabulary import FollowUpKind, Stage
from amends.rules.workflow import moves as rules
from amends.rules.workflow.move_input import MoveInput
from amends.rules.workflow.next_step import Step, next_step
from amends.services.case import access, locks
from amends.services.follow_up import follow_ups
from amends.services.nudge import message_links
from amends.services.team import members, teams
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, moves

A_DAY = timedelta(days=1)
OWN_ACTIONS = {FinishedBy.KEEP: follow_ups.keep, FinishedBy.TICK: follow_ups.tick}
"""What is done without a move of the case."""


class NobodyChosen(Invalid):
    """Choose who gets the case."""


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What a link is about and what it lets its member do.

    `step` is what comes next on the case. `done` is the move that does the duty at once, where that is this
    very step, or its kind's own way, or None. `others` are names by id, without the owner; a closed case is
    handed to nobody. What goes on while its case sleeps is not snoozed (nudge policy, 6).
    """

    number: int
    follow_up: UUID
    kind: FollowUpKind
    due_at: datetime
    member: Member
    owner: UUID | None
    others: dict[UUID, str]
    step: Step
    done: str | None
    asks_why: bool
    message_waits: bool

    @property
    def may_snooze(self) -> bool:
        """Whether a snooze of its case silences it."""
        return kinds.of(self.kind).sleeps


async def offer(token: str, *, now: datetime) -> Offer:
    """What the link's page says and offers. Changes nothing. Raises LinkIsSpent."""
    return await _offer(await message_links.find(token, now=now), now)


async def _offer(about: dict[str, Any], now: datetime) -> Offer:
    member = await members.find(about["member"])
    case = await access.find(about["number"], by=member)
    is_open = case.stage != Stage.CLOSED
    everyone = await members.everyone() if is_open else []
    others = [one for one in everyone if one.works and one.id != case.owner]
    kind = FollowUpKind(about["kind"])
    facts = await access.facts_of(case)
    mover = await access.mover_of(member, now=now)
    step = next_step(facts, by=mover, now=now)
    move = rules.at_once(kind, facts, by=mover, now=now)
    return Offer(
        number=about["number"],
        follow_up=about["follow_up"],
        kind=kind,
        due_at=about["due_at"],
        member=member,
        owner=case.owner if is_open else None,
        others={one.id: one.name for one in sorted(others, key=lambda one: one.id != member.id)},
        step=step,
        done=_done_by(kind, move if move and move.name == step.do else None),
        asks_why=await case_commands.asks_why(case),
        message_waits=await case_commands.message_waits(case),
    )


def _done_by(kind: FollowUpKind, move: rules.Move | None) -> str | None:
    action = kinds.of(kind).finished_by
    if action in OWN_ACTIONS:
        return action
    return move.name if move else None


async def snooze(token: str, *, now: datetime, reason: str = "", beside_message: bool = False) -> Offer:
    """The case sleeps for a day, or until they write; it wakes while the team is at work.

    Raises LinkIsSpent, CaseIsClosed, SnoozedOften, MessageWaits.
    """

    async def deed(offered: Offer) -> None:
        await case_commands.snooze(
            Act(offered.member, now),
            offered.number,
            until=next_open(await teams.calendar(), now + A_DAY),
            wake_on_reply=True,
            reason=reason,
            beside_message=beside_message,
        )

    return await _once(token, deed, now=now)


async def hand_over(token: str, *, to: UUID | None, now: datetime) -> Offer:
    """Gives the case to a member, or back to the pool. Raises LinkIsSpent, NobodyChosen, CaseIsClosed."""

    async def deed(offered: Offer) -> None:
        if to is not None and to not in offered.others:
            raise NobodyChosen(fields={"to": _("Choose who gets the case.")})
        await case_commands.assign(Act(offered.member, now), offered.number, owner=to)

    return await _once(token, deed, to=to, now=now)


async def finish(token: str, *, now: datetime) -> Offer:
    """Does the duty where that takes one press. Raises LinkIsSpent, MoveRefused."""

    async def deed(offered: Offer) -> None:
        if offered.done is None:
            raise moves.MoveRefused(_("This takes more than one click. Open the case."))
        if own := OWN_ACTIONS.get(kinds.of(offered.kind).finished_by):
            await own(Act(offered.member, now), offered.follow_up)
        else:
            await moves.make(Act(offered.member, now), offered.number, offered.done, MoveInput())

    return await _once(token, deed, now=now)


async def _once(
    token: str, deed: Callable[[Offer], Awaitable[None]], *, now: datetime, to: UUID | None = None
) -> Offer:
    """The link is spent and the deed is done, both or neither."""
    async with transaction():
        about = await message_links.find(token, now=now)
        await locks.hold_members([to] if to else [])
        await locks.hold_cases([about["number"]])  # before the link, as whoever undoes a move does
        offered = await _offer(await message_links.spend(token, now=now), now)
        await deed(offered)
    return offered
