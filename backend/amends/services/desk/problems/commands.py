"""Commands on problems: open, change, word, approve, fix, drop and reopen."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, run, transaction
from amends.errors import Conflict, Invalid
from amends.i18n import gettext as _
from amends.rules.case.texts import clean_name, typed_text
from amends.rules.desk import problems as rules
from amends.rules.reply.reply_templates import must_be_known
from amends.rules.team.events import OF_PROBLEMS
from amends.rules.vocabulary import FollowUpState, ProblemEntry, ProblemState
from amends.services.desk import concerns
from amends.services.desk.problems import corrections
from amends.services.desk.problems.rows import unknown
from amends.services.follow_up.follow_ups import must_be_ahead
from amends.services.reply import own_variables
from amends.services.team import counters, members, outbox, reply_rules
from amends.services.team.members import Act, Member

TEXT_LIMIT = 5_000
TITLE_LIMIT = 120


class ProblemNameless(Invalid):
    """Give the problem a title."""


class ProblemChanged(Conflict):
    "Someone else has changed this problem in the meantime."


class NotInThisState(Conflict):
    """This is not possible while the problem is in this state."""


class NothingToTell(Invalid):
    """Write what has changed first."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What members write down about a problem; `cost` is in hundredths of the team's currency."""

    title: str
    cause: str = ""
    action: str = ""
    owner: UUID | None = None
    due_at: datetime | None = None
    cost: int | None = None


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Words in both languages; either may be empty."""

    en: str = ""
    fr: str = ""


async def insert(act: Act, title: str, *, scope: str = "") -> tables.Problem:
    """Step: one more problem, without cases yet. Raises ProblemNameless."""
    problem = tables.Problem(
        id=uuid4(),
        number=await counters.next_number("problem"),
        title=_title(title),
        scope=scope,
        owner=act.by.id,
        opened_at=act.now,
    )
    await tables.Problem.insert(problem)
    await record(problem.id, ProblemEntry.OPENED, act=act, title=problem.title)
    return problem


async def change(act: Act, number: int, given: Given, *, version: int | None) -> None:
    """Cause, action, owner, date and cost; a new owner or date asks for the fix anew.

    Raises ProblemUnknown, ProblemChanged, ProblemNameless, NoSuchMember, MemberIsDisabled, DateNotAhead.
    """
    values = {
        "title": _title(given.title),
        "cause": typed_text(given.cause, limit=TEXT_LIMIT, field="cause"),
        "action": typed_text(given.action, limit=TEXT_LIMIT, field="action"),
        "owner": given.owner,
        "due_at": given.due_at,
        "cost": given.cost,
        "currency": (await reply_rules.current()).currency if given.cost is not None else "",
    }
    async with transaction():
        if given.owner:
            await members.present(given.owner, field="owner")
        await corrections.hold(number)
        problem = await take(number, version=version)
        changed = {name: value for name, value in values.items() if getattr(problem, name) != value}
        if not changed:
            return
        if "due_at" in changed and problem.state == ProblemState.OPEN:
            must_be_ahead(given.due_at, now=act.now)  # one that was kept may have passed: the fix is late
        await _write(problem, changed)
        if changed.keys() & {"owner", "due_at", "title", "action"}:
            await corrections.ask_anew(problem, by=act.by, now=act.now)
        await record(problem.id, ProblemEntry.CHANGED, act=act, **_told(changed))


def _told(changed: dict[str, Any]) -> dict[str, Any]:
    """What the history keeps of changed values."""
    plain = {name: str(value) for name, value in changed.items() if isinstance(value, UUID | datetime)}
    return {"fields": sorted(changed), **changed, **plain}


async def word(act: Act, number: int, line: Words, *, version: int | None) -> None:
    """What replies may say of it in public, one more version. Raises ProblemUnknown, ProblemChanged."""
    await _set_words(act, number, "line", line, version=version)


async def announce(act: Act, number: int, change: Words, *, version: int | None) -> None:
    """What its people are told when it is fixed. Other words have to be approved anew.

    Raises ProblemUnknown, ProblemChanged, UnknownVariable.
    """
    must_be_known({"change_en": change.en, "change_fr": change.fr}, own=await own_variables.names())
    await _set_words(act, number, "change", change, version=version)


async def _set_words(act: Act, number: int, what: str, words: Words, *, version: int | None) -> None:
    texts = msgspec.structs.asdict(words)
    values: dict[str, Any] = {
        f"{what}_{language}": typed_text(text, limit=TEXT_LIMIT, field=f"{what}_{language}")
        for language, text in texts.items()
    }
    async with transaction():
        problem = await take(number, version=version)
        if all(getattr(problem, name) == value for name, value in values.items()):
            return
        unapproved = {"approved_by": None, "approved_at": None} if what == "change" else {}
        await _write(problem, values | unapproved)
        await record(problem.id, ProblemEntry.WORDED, act=act, what=what, **values)


async def approve(act: Act, number: int, *, version: int | None) -> None:
    """A lead agrees to what people are told. Raises ProblemUnknown, ProblemChanged, NothingToTell."""
    async with transaction():
        problem = await take(number, version=version)
        if not (problem.change_en or problem.change_fr):
            raise NothingToTell(
                fields={"change_en": _("Write what has changed first, in one language at least.")}
            )
        await _write(problem, {"approved_by": act.by.id, "approved_at": act.now})
        await record(problem.id, ProblemEntry.APPROVED, act=act, en=problem.change_en, fr=problem.change_fr)


async def fix(act: Act, number: int, *, version: int | None) -> None:
    """The cause is gone, the fix no longer owed. Raises ProblemUnknown, ProblemChanged, NotInThisState."""
    async with transaction():
        await corrections.hold(number)
        problem = await take(number, version=version)
        _must_be(problem, ProblemState.OPEN)
        await corrections.settle(problem, FollowUpState.DONE, now=act.now)
        await _write(problem, {"state": ProblemState.FIXED, "fixed_at": act.now})
        await record(problem.id, ProblemEntry.FIXED, act=act)


async def drop(act: Act, number: int, *, reason: str, version: int | None) -> None:
    """It turned out to be no problem of its own. Raises ProblemUnknown, ProblemChanged, NotInThisState."""
    why = typed_text(reason, limit=TEXT_LIMIT, field="reason")
    async with transaction():
        await corrections.hold(number)
        problem = await take(number, version=version)
        _must_be(problem, ProblemState.OPEN)
        await corrections.settle(problem, FollowUpState.DROPPED, now=act.now)
        await _write(problem, {"state": ProblemState.DROPPED})
        await concerns.settle(problem.scope, now=act.now)
        await record(problem.id, ProblemEntry.DROPPED, act=act, reason=why)


async def reopen(act: Act, number: int, *, version: int | None) -> None:
    """It is not fixed after all. Raises ProblemUnknown, ProblemChanged, NotInThisState."""
    async with transaction():
        await corrections.hold(number)
        problem = await take(number, version=version)
        _must_be(problem, ProblemState.FIXED, ProblemState.DROPPED)
        await _open_again(problem)
        await corrections.ask_anew(problem, by=act.by, now=act.now)
        await record(problem.id, ProblemEntry.REOPENED, act=act)


async def come_back(number: int, *, people: int, now: datetime) -> None:
    """So many people wrote after the fix that it is a problem again; its fix is owed by its date."""
    async with transaction():
        await corrections.hold(number)
        problem = await take(number)
        if rules.has_returned(ProblemState(problem.state), people):
            await _open_again(problem)
            await corrections.ask_anew(problem, by=None, now=now)
            await record(problem.id, ProblemEntry.RETURNED, now=now, people=people)


async def _open_again(problem: tables.Problem) -> None:
    """Step: open, with words to its people that have to be approved anew."""
    unapproved = {"approved_by": None, "approved_at": None}
    await _write(problem, {"state": ProblemState.OPEN, "fixed_at": None, **unapproved})


async def replace_owner(leaver: UUID, heir: UUID | None) -> None:
    """Step: the open problems of somebody who leaves go to who takes over what they owe, or nobody."""
    table = tables.Problem
    await table.update({table.owner: heir, table.version: table.version + 1}).where(
        (table.owner == leaver) & (table.state == ProblemState.OPEN)
    )


async def owe_elsewhere(numbers: Sequence[int], *, by: Member, now: datetime) -> None:
    """Step: their case is gone; the fix of these problems is owed on the next of their cases."""
    for number in numbers:
        await corrections.ask_anew(await take(number), by=by, now=now)


TAKE = "UPDATE problem SET version = version + 1 WHERE number = :number RETURNING id, version"


async def take(number: int, *, version: int | None = None) -> tables.Problem:
    """Step: the problem, held until the transaction ends; `version` is the one that the member saw.

    Raises ProblemUnknown, ProblemChanged.
    """
    rows = await run(TAKE, number=number)
    if not rows:
        raise unknown(number)
    if version is not None and rows[0]["version"] != version + 1:
        raise ProblemChanged(
            _("Someone else has changed this problem in the meantime. Look at it again, then decide.")
        )
    problem = await tables.Problem.objects().get(tables.Problem.id == rows[0]["id"])
    assert problem is not None
    return problem


async def record(
    problem: UUID, kind: ProblemEntry, *, act: Act | None = None, now: datetime | None = None, **told: object
) -> None:
    """Step: one more line of a problem's history, by a member or by the worker at `now`."""
    table = tables.ProblemEvent
    [row] = await run("SELECT COUNT(*) AS lines FROM problem_event WHERE problem = :problem", problem=problem)
    line, at = uuid4(), act.now if act else now
    assert at is not None
    await add(
        table,
        id=line,
        problem=problem,
        position=row["lines"] + 1,
        kind=kind,
        at=at,
        member=act.by.id if act else None,
        told={name: value for name, value in told.items() if value not in (None, "")},
    )
    await outbox.put(OF_PROBLEMS[kind], "problem", problem, about=line, now=at)


async def _write(problem: tables.Problem, values: dict[str, Any]) -> None:
    """Step: other values for some columns, in the row and in what was read of it."""
    for name, value in values.items():
        setattr(problem, name, value)
    table = tables.Problem
    await table.update({getattr(table, name): value for name, value in values.items()}).where(
        table.id == problem.id
    )


def _must_be(problem: tables.Problem, *states: ProblemState) -> None:
    if problem.state not in states:
        raise NotInThisState(_("This is not possible any more. Look at the problem again."))


def _title(typed: str) -> str:
    title = clean_name(typed, limit=TITLE_LIMIT + 1)
    if not title:
        raise ProblemNameless(fields={"title": _("Give it a title that the team understands.")})
    if len(title) > TITLE_LIMIT:
        raise ProblemNameless(fields={"title": _("Use at most %(most)s characters.") % {"most": TITLE_LIMIT}})
    return title
