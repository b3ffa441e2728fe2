"""Commands that gather cases into a problem: by its concern, by suggestion, by hand."""

from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import add, run, transaction
from amends.errors import Conflict, Invalid
from amends.i18n import gettext as _
from amends.rules.desk import problems as rules
from amends.rules.desk.case_numbers import chosen as chosen_of
from amends.rules.vocabulary import EntryKind, ProblemEntry
from amends.services.case import locks, timeline
from amends.services.case.access import take as take_case
from amends.services.desk import concerns
from amends.services.desk.problems import commands, corrections
from amends.services.team.members import Act

MOST_AT_ONCE = 500
"""Cases that become part of a problem in one go."""


class NoCaseChosen(Invalid):
    """Choose at least one case."""


class ProblemExists(Conflict):
    """There is already a problem about this."""


async def open_problem(act: Act, title: str, *, scope: str = "", numbers: Collection[int] = ()) -> int:
    """One more problem, with the cases of its concern and these others; its number.

    Raises ProblemNameless, NoCaseChosen, ConcernUnknown, CaseUnknown, ProblemExists.
    """
    lately = await concerns.cases_of(scope, since=act.now - rules.WITHIN, most=MOST_AT_ONCE) if scope else []
    chosen = chosen_of({*numbers, *(row.number for row in lately)}, most=MOST_AT_ONCE, refusal=NoCaseChosen)
    async with transaction():
        await locks.hold_cases(chosen)
        problem = await commands.insert(act, title, scope=scope)
        await _must_be_the_first(problem)
        await _link(act, problem, chosen)
    return problem.number


async def link(act: Act, number: int, cases: Collection[int]) -> None:
    """These cases belong to the problem; those that do already stay as they are.

    Raises ProblemUnknown, NoCaseChosen, CaseUnknown.
    """
    chosen = chosen_of(cases, most=MOST_AT_ONCE, refusal=NoCaseChosen)
    async with transaction():
        await corrections.hold(number, *chosen)
        problem = await commands.take(number)
        await _link(act, problem, chosen)
        if problem.due_at and problem.follow_up is None:
            await corrections.ask_anew(problem, by=act.by, now=act.now)


async def unlink(act: Act, number: int, case_number: int) -> None:
    """This case does not belong to it, and is suggested no more; who was told of it stays.

    Raises ProblemUnknown, CaseUnknown, NotInThisState.
    """
    async with transaction():
        await corrections.hold(number, case_number)
        case = await take_case(case_number, by=act.by)
        problem = await commands.take(number)
        table = tables.ProblemCase
        mine = (table.problem == problem.id) & (table.case == case.id) & (table.linked == True)  # noqa: E712
        if await table.exists().where(mine & table.told_at.is_not_null()):
            raise commands.NotInThisState(_("This person was told already: the case stays with the problem."))
        if not await table.update({table.linked: False}).where(mine).returning(table.id):
            return
        await _tell(act, case.id, from_problem=number, title=problem.title)
        await commands.record(problem.id, ProblemEntry.UNLINKED, act=act, case=case_number)
        if problem.follow_up:
            await corrections.ask_anew(problem, by=act.by, now=act.now)


async def _must_be_the_first(problem: tables.Problem) -> None:
    """Step: two members may press at once; numbers are given to one after the other. Raises ProblemExists."""
    rows = await run(OTHERS, scope=problem.scope, number=problem.number) if problem.scope else []
    if rows:
        raise ProblemExists(
            _("Problem %(number)s is already about this. Add the cases to it.")
            % {"number": rows[0]["number"]}
        )


OTHERS = """
SELECT number FROM problem WHERE scope = :scope AND number <> :number AND state <> 'dropped'
ORDER BY number DESC LIMIT 1
"""


async def _link(act: Act, problem: tables.Problem, numbers: Collection[int]) -> None:
    """Step: one entry in each case that is new to the problem, and one line in its history."""
    linked = [number for number in numbers if await _link_one(act, problem, number)]
    if linked:
        await commands.record(problem.id, ProblemEntry.LINKED, act=act, cases=linked)


async def _link_one(act: Act, problem: tables.Problem, number: int) -> bool:
    table = tables.ProblemCase
    case_id = await _id_of(number)
    if case_id is not None:
        here = (table.problem == problem.id) & (table.case == case_id)
        if await table.exists().where(here & (table.linked == True)):  # noqa: E712 - SQL
            return False
        await table.delete().where(here)
    case = await take_case(number, by=act.by)
    made: dict[str, Any] = {"linked_by": act.by.id, "linked_at": act.now}
    await add(table, id=uuid4(), problem=problem.id, case=case.id, **made)
    await _tell(act, case.id, to_problem=problem.number, title=problem.title)
    return True


async def _tell(act: Act, case_id: UUID, **told: Any) -> None:  # noqa: ANN401 - what an entry holds
    """Step: the case says that it belongs to a problem, or no longer."""
    await timeline.record(case_id, EntryKind.LINKED, by=act.by, now=act.now, held=True, **told)


async def _id_of(number: int) -> UUID | None:
    rows = await tables.Case.select(tables.Case.id).where(tables.Case.number == number)
    return rows[0]["id"] if rows else None
