"""API: what is owed on a case: follow-ups, promises and reminders."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from amends.rules.vocabulary import FollowUpKind, FollowUpState, Repeats
from amends.services.desk import cases
from amends.services.desk.cases.owed import FollowUpShown, follow_up, rows_owed
from amends.services.follow_up import follow_ups
from amends.services.team.names import Name
from amends.web.api.changes import change
from amends.web.api.kit import Asked, Moment, must_be_plausible
from amends.web.api.paging import Paged, answered, cut
from amends.web.security import Policy

Words = Annotated[str, Meta(min_length=1, max_length=2_000)]


class Owed(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What we owe or owed, by when and who. `generation` goes up with each other date."""

    id: UUID
    kind: FollowUpKind
    state: FollowUpState
    words: str
    due_at: datetime
    owner: Name | None
    late: bool
    paused: bool
    repeats: Repeats | None
    generation: int
    settled_at: datetime | None


class OwedSent(msgspec.Struct, frozen=True, rename="camel"):
    """Some follow-ups of a case, the soonest due first, and the cursor of the page after."""

    follow_ups: list[Owed]
    next: str | None


class PromiseWanted(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What we told the person we would do, and by when."""

    words: Words
    due_at: Moment


class ReminderWanted(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What somebody is to be reminded of, when, who (else the token’s member) and how often."""

    words: Words
    due_at: Moment
    owner: UUID | None = None
    repeats: Repeats | None = None


class DateWanted(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Another date, and why; with `generation` only if nobody has moved it since."""

    due_at: Moment
    reason: Annotated[str, Meta(max_length=2_000)] = ""
    generation: Annotated[int, Meta(ge=0, le=2**31 - 1)] | None = None


class FollowUpMade(msgspec.Struct, frozen=True):
    """A follow-up, and its case."""

    id: UUID
    number: int


def _owed(one: FollowUpShown) -> Owed:
    return Owed(**{name: getattr(one, name) for name in Owed.__struct_fields__})


@get(
    "/cases/{number:int}/follow-ups",
    operation_id="listFollowUps",
    opt={"policy": Policy.TOKEN_READ, "query": Paged},
    tags=["follow-ups"],
)
async def index(asked: NamedDependency[Asked], number: FromPath[int]) -> OwedSent:
    """Lists what is owed on a case and what was, promises and reminders too."""
    paged, case = asked.query(Paged), await cases.find(number, by=asked.member)
    rows, following = cut(await rows_owed(case.id), paged)
    return answered(asked, OwedSent([_owed(follow_up(row, asked.now)) for row in rows], following), following)


@change("/cases/{number:int}/promises", "addPromise", tag="follow-ups", makes=True)
async def promise(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[PromiseWanted]
) -> FollowUpMade:
    """Writes a promise down: what the customer was told we would do, and by when."""
    must_be_plausible(asked, data)
    made = await follow_ups.promise(asked.act, number, words=data.words, due_at=data.due_at)
    return FollowUpMade(made, number)


@change("/cases/{number:int}/reminders", "addReminder", tag="follow-ups", makes=True)
async def remind(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[ReminderWanted]
) -> FollowUpMade:
    """Reminds a member of something on a case."""
    must_be_plausible(asked, data)
    owner = data.owner or asked.member.id
    made = await follow_ups.remind(
        asked.act, number, words=data.words, due_at=data.due_at, owner=owner, repeats=data.repeats
    )
    return FollowUpMade(made, number)


@change("/follow-ups/{follow_up_id:uuid}/date", "moveFollowUp", tag="follow-ups")
async def reschedule(
    asked: NamedDependency[Asked], follow_up_id: FromPath[UUID], data: JSONBody[DateWanted]
) -> FollowUpMade:
    """Gives a follow-up another date, for a reason. A promise keeps its date."""
    must_be_plausible(asked, data)
    number = await follow_ups.reschedule(
        asked.act, follow_up_id, due_at=data.due_at, reason=data.reason, generation=data.generation
    )
    return FollowUpMade(follow_up_id, number)


@change("/follow-ups/{follow_up_id:uuid}/keep", "keepPromise", tag="follow-ups")
async def keep(asked: NamedDependency[Asked], follow_up_id: FromPath[UUID]) -> FollowUpMade:
    """A promise was kept."""
    return FollowUpMade(follow_up_id, await follow_ups.keep(asked.act, follow_up_id))


@change("/follow-ups/{follow_up_id:uuid}/break", "breakPromise", tag="follow-ups")
async def break_promise(asked: NamedDependency[Asked], follow_up_id: FromPath[UUID]) -> FollowUpMade:
    """A promise cannot be kept any more."""
    return FollowUpMade(follow_up_id, await follow_ups.break_promise(asked.act, follow_up_id))


@change("/follow-ups/{follow_up_id:uuid}/tick", "tickReminder", tag="follow-ups")
async def tick(asked: NamedDependency[Asked], follow_up_id: FromPath[UUID]) -> FollowUpMade:
    """What a reminder was about is done; one that repeats comes again."""
    return FollowUpMade(follow_up_id, await follow_ups.tick(asked.act, follow_up_id))


@change("/follow-ups/{follow_up_id:uuid}/forget", "forgetReminder", tag="follow-ups")
async def forget(asked: NamedDependency[Asked], follow_up_id: FromPath[UUID]) -> FollowUpMade:
    """Nobody wants this reminder any more."""
    return FollowUpMade(follow_up_id, await follow_ups.forget(asked.act, follow_up_id))


routes = (index, promise, remind, reschedule, keep, break_promise, tick, forget)
