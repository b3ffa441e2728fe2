"""Triage queue of new cases."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from amends.database import COUNT_LIMIT, by_date, run, transaction
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.case.searches import asked_for, last_word
from amends.rules.vocabulary import EntryKind, Severity, Stage, Stance
from amends.rules.workflow.move_input import MoveInput, cleaned
from amends.rules.workflow.moves import BY_NAME
from amends.rules.workflow.stances import MOVES, Assessment, Recommendation, is_seen, recommend
from amends.services.case import searches
from amends.services.case.access import facts_of, take
from amends.services.case.authors import SAME_PERSON, latest_of_person
from amends.services.desk import case_themes, cases
from amends.services.desk.cases import CaseDetail
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of
from amends.services.follow_up import questions
from amends.services.person import account_matches, post_copies
from amends.services.person.account_matches import Suspect
from amends.services.team.members import Act
from amends.services.workflow import moves
from amends.services.workflow.queues import NEW

EARLIER = 5

WAITING = f"""
SELECT c.number FROM {NEW} ORDER BY {by_date("c.due_at", "c.number")} LIMIT {COUNT_LIMIT + 1}
"""
"""So many new cases are told apart by their place; the last one says that there are others."""
STILL_NEW = "SELECT number FROM case_file WHERE number = :number AND stage = 'new'"
BEFORE = f"""
SELECT {COLUMNS} FROM ({latest_of_person(EARLIER + 1)}) AS few
JOIN case_file AS c ON c.number = few.number {JOINS}
WHERE c.number <> :number ORDER BY c.number DESC LIMIT {EARLIER}
"""


class AlreadyDecided(Conflict):
    "This case has already been decided."


class StanceNotHere(Conflict):
    "This stance is chosen later, on the case itself."


class Proposed(msgspec.Struct, frozen=True):
    """A severity that a rule proposed, by the name of the rule."""

    severity: Severity
    rule: str


class Triage(msgspec.Struct, frozen=True, kw_only=True):
    """One new case: its post, the other cases of its author, and what the practices recommend.

    `copies` may hold the very same post; they are in no other list.
    """

    detail: CaseDetail
    copies: list[CaseRow]
    others: list[CaseRow]
    elsewhere: list[CaseRow]
    suspects: list[Suspect]
    recommended: Recommendation | None
    proposed: Proposed | None


async def waiting(*, now: datetime, asked: int | None = None) -> list[int]:
    """The numbers of the new cases that are awake, the soonest due first.

    A new case that was `asked` for comes before them where it is asleep or too far behind.
    """
    found = [row["number"] for row in await run(WAITING, now=now)]
    if asked is None or asked in found:
        return found
    return [row["number"] for row in await run(STILL_NEW, number=asked)] + found


async def begin(act: Act, number: int, *, known: Assessment | None = None) -> Triage:
    """A new case with what is known of it, `known` in the place of what it says itself. Changes nothing.

    Raises CaseUnknown, AlreadyDecided.
    """
    detail = await cases.detail(act, number)
    if detail.row.stage is not Stage.NEW:
        raise AlreadyDecided(_("Case #%(number)s was decided in the meantime.") % {"number": number})
    found = known or Assessment(
        detail.nature, detail.row.severity, detail.fault, detail.customer_status, seen(detail)
    )
    author = detail.author.id if detail.author else None
    copies = await post_copies.of(detail.row.number)
    told = {row.id for row in copies}
    others = await _others(author, number) if author and detail.author and detail.author.cases > 1 else []
    return Triage(
        detail=detail,
        copies=copies[:EARLIER],
        others=[row for row in others if row.id not in told],
        elsewhere=[row for row in await _elsewhere(detail) if row.id not in told],
        suspects=await account_matches.of(author) if author else [],
        recommended=recommend(found),
        proposed=_proposed(detail),
    )


def _proposed(detail: CaseDetail) -> Proposed | None:
    """What a rule proposed, as the history keeps it, while nobody has set a severity."""
    if detail.row.severity is not None:
        return None
    told = [one.particulars for one in detail.timeline if one.kind is EntryKind.RULE_APPLIED]
    found = [one for one in told if one.get("proposed_severity")]
    return Proposed(Severity(found[0]["proposed_severity"]), found[0]["name"]) if found else None


async def _elsewhere(detail: CaseDetail) -> list[CaseRow]:
    """Cases of other authors with the same words: the same post, or a copy of it."""
    text = detail.captures[-1].text if detail.captures else ""
    words = account_matches.telling(text)
    if not words:
        return []
    question = asked_for(words, cut=last_word(text))
    source = searches.source(question)
    author = detail.author.id if detail.author else detail.row.id
    found = await run(
        f"SELECT {COLUMNS} FROM {source.tables} {JOINS} WHERE {source.condition} AND c.number <> :number "
        f"AND (c.author IS NULL OR c.author NOT IN ({SAME_PERSON})) "
        f"ORDER BY {source.number} DESC LIMIT {EARLIER}",
        **searches.values(question),
        number=detail.row.number,
        author=author,
        quick=False,
    )
    return [row_of(row) for row in found]


def seen(detail: CaseDetail) -> bool:
    """Whether many saw the post of a case, by its captures."""
    return any(is_seen(capture.metrics) for capture in detail.captures)


async def _others(author: UUID, number: int) -> list[CaseRow]:
    return [row_of(row) for row in await run(BEFORE, author=author, number=number)]


async def decide(
    act: Act,
    number: int,
    stance: Stance,
    given: MoveInput,
    *,
    about: Collection[UUID] = (),
    version: int | None,
) -> UUID:
    """Makes the move that a stance means, and keeps the stance: the way back, for half a minute.

    What the case is `about`, by its themes, is said with it; that stays when the move is taken back. Raises
    StanceNotHere, what `moves.make` and what `case_themes.give` raise.
    """
    if stance not in MOVES:
        raise StanceNotHere(_("This is decided later, on the case itself."))
    words = cleaned(msgspec.structs.replace(given, stance=stance))
    async with transaction():
        await moves.hold(number, words)
        seen = await questions.beyond_questions(number, version)
        case = await take(number, by=act.by, version=seen)
        if about:
            await case_themes.give(act, case, about)
        return await moves.step(act, case, BY_NAME[MOVES[stance]], await facts_of(case), words)
