"""API: what is said of a problem in public, and telling its people what has changed."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from amends.rules.vocabulary import Channel, Language
from amends.services.desk import problems
from amends.services.desk.problems import Words
from amends.services.insight import announcements
from amends.web.api.changes import change
from amends.web.api.etags import version_tag
from amends.web.api.kit import Asked, Text, as_seen, filled
from amends.web.api.problems import ONE, ProblemChange, changed
from amends.web.security import Policy

CASE = f"{ONE}/cases/{{case_number:int}}"
WRITE = Policy.TOKEN_INSIGHTS_WRITE


class CaseToTell(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A case of the problem, when its person was told what has changed, and whether they may be now."""

    number: int
    told_at: datetime | None
    may_be_told: bool


class TellingSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The public line, what people are told, when a lead approved that, and whom it reaches.

    `cases` are the newest ones; `next` is the oldest one whose person may be told and was not.
    """

    version: int
    line_en: str
    line_fr: str
    change_en: str
    change_fr: str
    approved_at: datetime | None
    cases: list[CaseToTell]
    next: int | None


class TextsWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text in both languages; both are set, and one may be empty."""

    en: Text
    fr: Text


class MessageSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What one person is told, filled in; `missing` are placeholders without a value.

    `isSecondChance`: sent in private it is the second-chance message of the case.
    """

    text: str
    language: Language
    missing: tuple[str, ...]
    is_second_chance: bool


class MessageTold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a member has sent, and through which channel."""

    channel: Channel
    text: Annotated[str, Meta(min_length=1, max_length=20_000)]


class ToldSent(msgspec.Struct, frozen=True, kw_only=True):
    """The case whose person was told, and the next one; null once everybody was."""

    case: int
    next: int | None


@get(f"{ONE}/telling", operation_id="getTelling", opt={"policy": Policy.TOKEN_INSIGHTS}, tags=["problems"])
async def show(asked: NamedDependency[Asked], number: FromPath[int]) -> Response[TellingSent]:
    """What is said of a problem, and who was told. The ETag is the version of the problem."""
    found = await problems.detail(number, now=asked.now)
    cases = [filled(CaseToTell, one, number=one.case.number) for one in found.cases]
    following = await problems.next_untold(number)
    sent = filled(TellingSent, found.problem, cases=cases, next=following)
    return Response(sent, headers=version_tag(found.problem.version))


@put(f"{ONE}/line", operation_id="setPublicLine", opt={"policy": WRITE, "matches": True}, tags=["problems"])
async def word(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[TextsWanted]
) -> ProblemChange:
    """Sets what replies may say of the problem in public. Nothing is posted by this."""
    with as_seen(asked) as version:
        await problems.word(asked.act, number, filled(Words, data), version=version)
    return await changed(number)


@put(
    f"{ONE}/announcement",
    operation_id="setAnnouncement",
    opt={"policy": WRITE, "matches": True},
    tags=["problems"],
)
async def announce(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[TextsWanted]
) -> ProblemChange:
    """Sets what people are told once it is fixed; other words have to be approved anew."""
    with as_seen(asked) as version:
        await problems.announce(asked.act, number, filled(Words, data), version=version)
    return await changed(number)


@change(
    f"{ONE}/announcement/approve",
    "approveAnnouncement",
    tag="problems",
    policy=Policy.TOKEN_REPLIES_WRITE,
    matches=True,
)
async def approve(asked: NamedDependency[Asked], number: FromPath[int]) -> ProblemChange:
    """Approves what people are told, once for all of them."""
    with as_seen(asked) as version:
        await problems.approve(asked.act, number, version=version)
    return await changed(number)


@get(
    f"{CASE}/message",
    operation_id="getMessage",
    opt={"policy": Policy.TOKEN_TIMELINE, "depends": True},  # on the state of the problem
    tags=["problems"],
)
async def message(
    asked: NamedDependency[Asked], number: FromPath[int], case_number: FromPath[int]
) -> MessageSent:
    """What the person of one case is told, for a member to read and send themselves."""
    found = await announcements.prepare(asked.act, number, case_number, links_at=asked.settings.base_url)
    return filled(MessageSent, found)


@change(f"{CASE}/told", "markTold", tag="problems")
async def tell(
    asked: NamedDependency[Asked],
    number: FromPath[int],
    case_number: FromPath[int],
    data: JSONBody[MessageTold],
) -> ToldSent:
    """Says that a member has told the person of one case: its second-chance message, or a touchpoint."""
    await announcements.tell(asked.act, number, case_number, channel=data.channel, text=data.text)
    return ToldSent(case=case_number, next=await problems.next_untold(number))


@change(f"{CASE}/remove", "removeProblemCase", tag="problems", policy=WRITE)
async def unlink(
    asked: NamedDependency[Asked], number: FromPath[int], case_number: FromPath[int]
) -> ProblemChange:
    """Takes a case out of the problem."""
    await problems.unlink(asked.act, number, case_number)
    return await changed(number)


routes = (show, word, announce, approve, message, tell, unlink)
