"""Telling the people of a fixed problem what has changed, one by one, each on their own case (P76)."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from amends import tables
from amends.database import run_with_rows, transaction
from amends.errors import Conflict, Invalid
from amends.i18n import gettext as _
from amends.rules.case.exchanges import standing
from amends.rules.desk import problems as rules
from amends.rules.follow_up.contact_attempts import is_answer
from amends.rules.reply.reply_templates import left_over
from amends.rules.vocabulary import Channel, Language, ProblemEntry, ProblemState
from amends.rules.workflow.move_input import MoveInput
from amends.rules.workflow.moves import BY_NAME, refusal
from amends.services.case import holds
from amends.services.case.access import facts_of, find, mover_of
from amends.services.case.access import take as take_case
from amends.services.desk import cases, problems
from amends.services.desk.cases import CaseDetail
from amends.services.insight.counting import TOLD, by_column, entries_from
from amends.services.person import customer_links
from amends.services.reply import own_variables, variants
from amends.services.team import reply_rules
from amends.services.team.members import Act
from amends.services.workflow import case_commands, moves

CHECK_IN = "check_in"


class NotToBeTold(Conflict):
    """This person cannot be told of the fix."""


class NotFilledIn(Invalid):
    """Fill in what is in braces first."""


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """What one person is told, in their language, filled in; `missing` are variables without a value.

    `is_second_chance` when telling them is the second-chance message of their case.
    """

    problem: tables.Problem
    detail: CaseDetail
    text: str
    language: Language
    missing: tuple[str, ...]
    is_second_chance: bool


async def prepare(
    act: Act, number: int, case_number: int, *, links_at: str = "", again: bool = False
) -> Announcement:
    """The message to one person, to be read, changed and sent by a member.

    `links_at` is the address of this installation, where a private link of the case leads to; `again` where
    it was refused just now, so that what was typed is shown beside the reason.
    Raises ProblemUnknown, CaseUnknown, NotToBeTold unless `again`.
    """
    problem = await problems.find(number)
    detail = await cases.detail(act, case_number)
    if not again:
        await _must_be_told(problem, number, case_number, opted_out=detail.facts.opted_out)
    case = await find(case_number, by=act.by)
    language = await variants.spoken(case, otherwise=Language(act.by.language))
    link = await customer_links.address(case.id, at=links_at, now=act.now)
    text = rules.text_in(language, english=problem.change_en, french=problem.change_fr)
    filled = await variants.filled(
        case, text, await reply_rules.current(), language=language, by=act.by, link=link
    )
    return Announcement(
        problem=problem,
        detail=detail,
        text=filled.text,
        language=language,
        missing=filled.missing,
        is_second_chance=refusal(BY_NAME[CHECK_IN], detail.facts, by=detail.mover, now=act.now) is None,
    )


async def tell(act: Act, number: int, case_number: int, *, channel: Channel, text: str) -> None:
    """A member has sent it: the second-chance message of a case where it is time for one, else a touchpoint.

    Raises ProblemUnknown, CaseUnknown, NotToBeTold, NothingSaid, NotFilledIn, ReplyOnHold.
    """
    words = case_commands.said(text)
    if names := left_over(words, own=await own_variables.names()):
        raise NotFilledIn(fields={"text": _("Replace {%(name)s} with text.") % {"name": names[0]}})
    async with transaction():
        case = await take_case(case_number, by=act.by)
        problem = await problems.take(number)
        facts = await facts_of(case)
        link = await _must_be_told(problem, number, case_number, opted_out=facts.opted_out)
        move = BY_NAME[CHECK_IN]
        private = channel is not Channel.PUBLIC_REPLY
        if not private:
            await holds.must_not_be_on_hold(case_number)
        if private and refusal(move, facts, by=await mover_of(act.by, now=act.now), now=act.now) is None:
            await moves.step(act, case, move, facts, MoveInput(channel=channel, text=words))
        else:
            await case_commands.write_touchpoint(
                act, case, channel=channel, direction="out", text=words, url=""
            )
        table = tables.ProblemCase
        await table.update({table.told_at: act.now, table.told_by: act.by.id}).where(table.id == link)
        await problems.record(problem.id, ProblemEntry.TOLD, act=act, case=case_number)


async def _must_be_told(problem: tables.Problem, number: int, case_number: int, *, opted_out: bool) -> UUID:
    """The link of the case with its problem. Raises NotToBeTold with what stands in the way."""
    mine = await problems.told_on(number, case_number)
    may = rules.may_be_told(
        ProblemState(problem.state),
        has_change=bool(problem.change_en or problem.change_fr),
        is_approved=problem.approved_at is not None,
    )
    if mine is None:
        raise NotToBeTold(_("This case does not belong to the problem. Link it first."))
    if not may:
        raise NotToBeTold(_("The problem must be fixed first, and a lead must approve what people are told."))
    if opted_out:
        raise NotToBeTold(_("This person asked not to be contacted again."))
    if mine.is_told:
        raise NotToBeTold(_("This person was told already."))
    if mine.told_on is not None:
        raise NotToBeTold(_("This person was told already, on #%(number)s.") % {"number": mine.told_on})
    return mine.link


async def answered(cases: Iterable[problems.LinkedCase]) -> frozenset[int]:
    """The numbers of those cases whose person has said something since they were told."""
    told = {one.case_id: (one.case.number, one.told_at) for one in cases if one.told_at is not None}
    if not told:
        return frozenset()
    rows = await run_with_rows(TOLD, [(case_id,) for case_id in told], types=("uuid",))
    entries = {case_id: standing(entries_from(found)) for case_id, found in by_column(rows, "case").items()}
    return frozenset(
        number
        for case_id, (number, told_at) in told.items()
        if any(is_answer(entry) and entry.at > told_at for entry in entries.get(case_id, ()))
    )
