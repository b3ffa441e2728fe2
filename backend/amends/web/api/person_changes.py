"""API: accounts that are one person or two, legal holds, and what was blocked or reported."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from amends.rules.person.matching import Reason, Verdict
from amends.rules.vocabulary import MeasureKind, MeasureResult
from amends.services.person import account_matches, author_pairs, legal_holds, measures, people
from amends.services.team.names import Name
from amends.web.api.changes import change
from amends.web.api.kit import Asked, filled, must_be_plausible
from amends.web.security import Policy

ONE = "/people/{author:uuid}"
Why = Annotated[str, Meta(min_length=1, max_length=legal_holds.REASON_LIMIT)]


class MatchSent(msgspec.Struct, frozen=True, kw_only=True):
    """An account that may be this person’s too: how likely, from 0 to 1, and why."""

    author: UUID
    name: str
    handle: str
    platform: str
    share: float
    reasons: list[Reason]


class PairSent(msgspec.Struct, frozen=True, kw_only=True):
    """What a member decided about this person and another account; `id` is that of the decision."""

    id: UUID
    other: UUID
    name: str
    platform: str
    verdict: Verdict
    by: Name | None
    at: datetime


class MatchesSent(msgspec.Struct, frozen=True):
    """Accounts that may be the same person, the likeliest first, and what was decided, the last first."""

    matches: list[MatchSent]
    decided: list[PairSent]


class OtherWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The other account."""

    other: UUID


class PersonChange(msgspec.Struct, frozen=True):
    """The account of the person who was changed."""

    author: UUID


class HoldSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A legal hold on the person, or with `number` on a case alone, and when somebody looks at it again."""

    id: UUID
    number: int | None
    reason: str
    review_on: date
    placed_at: datetime
    placed_by: Name | None


class HoldsSent(msgspec.Struct, frozen=True):
    """The holds that stand, the oldest first."""

    holds: list[HoldSent]


class HoldWanted(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Why nothing of this person may be erased, and when somebody looks whether that is still so."""

    reason: Why
    review_on: date


class LiftWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why the hold ends."""

    reason: Why


class HoldChange(msgspec.Struct, frozen=True):
    """The hold that was changed."""

    id: UUID


class MeasureSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A block or report as a member recorded it, by the handles of the accounts, and what they saw since."""

    id: UUID
    case: int
    kind: MeasureKind
    place: str
    reference: str
    proof_url: str
    words: str
    accounts: tuple[str, ...]
    made_by: Name | None
    made_at: datetime
    due_at: datetime | None
    result: MeasureResult | None
    result_words: str
    result_by: Name | None
    result_at: datetime | None


class MeasuresSent(msgspec.Struct, frozen=True):
    """What was blocked or reported, the newest first."""

    measures: list[MeasureSent]


@get(f"{ONE}/matches", operation_id="listMatches", opt={"policy": Policy.TOKEN_PEOPLE}, tags=["people"])
async def matches(asked: NamedDependency[Asked], author: FromPath[UUID]) -> MatchesSent:
    """Lists accounts that may be the same person, and what members decided about others."""
    await people.find(author)
    found = [
        filled(MatchSent, one, share=one.likeness.share, reasons=list(one.likeness.reasons))
        for one in await account_matches.of(author)
    ]
    return MatchesSent(found, [filled(PairSent, one) for one in await author_pairs.decided(author)])


@change(f"{ONE}/join", "joinPeople", tag="people", policy=Policy.TOKEN_PEOPLE_WRITE)
async def join(
    asked: NamedDependency[Asked], author: FromPath[UUID], data: JSONBody[OtherWanted]
) -> PersonChange:
    """Makes both accounts one person; undone by `undoDecision`."""
    reasons = await account_matches.reasons(author, data.other)
    await author_pairs.join(asked.act, author, data.other, reasons=reasons)
    return PersonChange(author)


@change(f"{ONE}/separate", "separatePeople", tag="people", policy=Policy.TOKEN_PEOPLE_WRITE)
async def separate(
    asked: NamedDependency[Asked], author: FromPath[UUID], data: JSONBody[OtherWanted]
) -> PersonChange:
    """Says that the accounts are two people: nobody is asked about them again."""
    reasons = await account_matches.reasons(author, data.other)
    await author_pairs.reject(asked.act, author, data.other, reasons=reasons)
    return PersonChange(author)


@change(
    f"{ONE}/decisions/{{decision:uuid}}/undo", "undoDecision", tag="people", policy=Policy.TOKEN_PEOPLE_WRITE
)
async def undo(
    asked: NamedDependency[Asked], author: FromPath[UUID], decision: FromPath[UUID]
) -> PersonChange:
    """Takes back that accounts are one person or two, by the `id` of what was decided."""
    await author_pairs.take_back(asked.act, decision)
    return PersonChange(author)


@get(f"{ONE}/holds", operation_id="listHolds", opt={"policy": Policy.TOKEN_PEOPLE}, tags=["people"])
async def holds(asked: NamedDependency[Asked], author: FromPath[UUID]) -> HoldsSent:
    """Lists the legal holds on a person and on cases on which they wrote."""
    await people.find(author)
    return HoldsSent([filled(HoldSent, one) for one in await legal_holds.of_person(author)])


@change(f"{ONE}/holds", "placeHold", tag="people", policy=Policy.TOKEN_PEOPLE_WRITE, makes=True)
async def place(
    asked: NamedDependency[Asked], author: FromPath[UUID], data: JSONBody[HoldWanted]
) -> PersonChange:
    """Places a legal hold on a person, also on their later cases. Leads and admins only."""
    must_be_plausible(asked, data)
    await legal_holds.place(asked.act, author=author, reason=data.reason, review_on=data.review_on)
    return PersonChange(author)


@change("/holds/{hold:uuid}/review", "reviewHold", tag="people", policy=Policy.TOKEN_PEOPLE_WRITE)
async def review(
    asked: NamedDependency[Asked], hold: FromPath[UUID], data: JSONBody[HoldWanted]
) -> HoldChange:
    """Says that a hold is still needed, and until when. Leads and admins only."""
    must_be_plausible(asked, data)
    await legal_holds.look_again(asked.act, hold, reason=data.reason, review_on=data.review_on)
    return HoldChange(hold)


@change("/holds/{hold:uuid}/lift", "liftHold", tag="people", policy=Policy.TOKEN_PEOPLE_WRITE)
async def lift(asked: NamedDependency[Asked], hold: FromPath[UUID], data: JSONBody[LiftWanted]) -> HoldChange:
    """Lifts a legal hold. Leads and admins only."""
    await legal_holds.lift(asked.act, hold, reason=data.reason)
    return HoldChange(hold)


@get(f"{ONE}/measures", operation_id="listMeasures", opt={"policy": Policy.TOKEN_PEOPLE}, tags=["people"])
async def taken(asked: NamedDependency[Asked], author: FromPath[UUID]) -> MeasuresSent:
    """Lists what was blocked or reported of a person, with its proof and what became of it."""
    await people.find(author)
    return MeasuresSent([filled(MeasureSent, one) for one in await measures.of_person(author)])


routes = (matches, join, separate, undo, holds, place, review, lift, taken)
