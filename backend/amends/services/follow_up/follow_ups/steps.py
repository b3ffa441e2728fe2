"""Steps that write follow-ups, shared by the commands that move, assign and snooze cases."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

from amends import tables
from amends.database import add_asking, run
from amends.rules.follow_up import follow_ups as rules
from amends.rules.follow_up import kinds
from amends.rules.team.calendars import Calendar
from amends.rules.vocabulary import FollowUpKind, FollowUpState, News, Severity, Stage
from amends.rules.vocabulary.events import EventType
from amends.services.team import calendars, members, outbox, policies
from amends.tables.follow_up import in_sql

GRACE = timedelta(minutes=30)
"""How long whoever was just handed a case is left in peace (nudge policy, 7)."""
DUE = FollowUpState.DUE


class Weighed(Protocol):
    """What the dates of a case's follow-ups depend on."""

    @property
    def severity(self) -> Any: ...  # noqa: ANN401 - of a table it is a column's value
    @property
    def platform(self) -> Any: ...  # noqa: ANN401


class Owing(Weighed, Protocol):
    """A case, or what is known of one that is just being opened."""

    @property
    def id(self) -> Any: ...  # noqa: ANN401
    @property
    def owner(self) -> Any: ...  # noqa: ANN401


async def make(
    case: Owing,
    kind: FollowUpKind,
    *,
    start: datetime,
    now: datetime,
    occurrence: int = 1,
    due_at: datetime | None = None,
    **columns: Any,  # noqa: ANN401 - what the columns take
) -> UUID | None:
    """Step: from now on we owe this; the date comes from the rules, or is the one that a member chose.

    `columns` are others than a case's usual ones. None when the case's severity asks for no such follow-up.
    """
    due = chosen(due_at) if due_at else await counted(case, kind, start=start, now=now, occurrence=occurrence)
    if due is None:
        return None
    return await insert(case, kind, due, start=start, now=now, occurrence=occurrence, **columns)


async def make_quietly(case: Owing, kind: FollowUpKind, *, due_at: datetime, now: datetime) -> None:
    """Step: from a chosen day on we owe this, and are not nudged about it until somebody takes the case."""
    made = await insert(case, kind, chosen(due_at), start=due_at, now=now)
    await change(made, {"next_at": None})


async def begun_at(case_id: UUID, kind: FollowUpKind) -> datetime | None:
    """When the last duty of this kind began to count."""
    owed = tables.FollowUp
    rows = await owed.select(owed.starts_at).where((owed.case == case_id) & (owed.kind == kind))
    return max((row["starts_at"] for row in rows), default=None)


async def counted(
    case: Weighed, kind: FollowUpKind, *, start: datetime, now: datetime, occurrence: int = 1
) -> rules.Due | None:
    """The date by the rules; None when the case's severity asks for no such follow-up."""
    return rules.due_when_made(
        kind,
        severity=Severity.stored(case.severity),
        platform=case.platform,
        calendars=await calendars.both(),
        start=start,
        occurrence=occurrence,
        policy=await policies.current(),
        made_at=now,
    )


def chosen(due_at: datetime) -> rules.Due:
    """A date that a member chose; nothing was counted."""
    steps = ({"step": "chosen", "at": due_at.isoformat()},)
    return rules.Due(at=due_at, allotted_seconds=0, counted="wall", steps=steps)


async def insert(
    case: Owing,
    kind: FollowUpKind,
    due: rules.Due,
    *,
    start: datetime,
    now: datetime,
    occurrence: int = 1,
    words: str = "",
    **columns: Any,  # noqa: ANN401 - what the columns take
) -> UUID:
    """Step: writes a follow-up that has its date; `columns` are others than a case's usual ones."""
    follow_up_id = uuid4()
    usual: dict[str, Any] = {
        "id": follow_up_id,
        "case": case.id,
        "kind": kind,
        "words": words,
        "owner": case.owner,
        "occurrence": occurrence,
        "starts_at": start,
        "due_at": due.at,
        "next_at": due.at,
        "allotted": due.allotted_seconds,
        "counted": due.counted,
        "steps": list(due.steps),
        "created_at": now,
    }
    if await add_asking(tables.FollowUp, outbox.IS_HEARD, **usual | columns):
        await tell_programs(EventType.FOLLOW_UP_MADE, follow_up_id, now=now)
    return follow_up_id


async def settle(
    case_id: UUID, kinds: Collection[FollowUpKind], *, state: FollowUpState, now: datetime
) -> None:
    """Step: what was owed has been done, or is owed no more; the case is dated by what is left."""
    if kinds:
        owed = tables.FollowUp
        rows = (
            await owed.update({owed.state: state, owed.settled_at: now, owed.next_at: None})
            .where((owed.case == case_id) & (owed.state == DUE) & owed.kind.is_in(list(kinds)))
            .returning(owed.id)
        )
        for row in rows:
            await tell_programs(EventType.FOLLOW_UP_SETTLED, row["id"], now=now)
        if rows:
            await refresh(case_id)


async def pause(case: Owing, kind: FollowUpKind, *, now: datetime) -> None:
    """Step: the working time of this follow-up stands still until it is resumed."""
    calendar = await _calendar(case)
    for row in await live(case.id, kind):
        left = rules.remaining(row["due_at"], now, calendar)
        await change(row["id"], {"paused_at": now, "remaining": left, "next_at": None})


async def resume(case: Owing, kind: FollowUpKind, *, now: datetime) -> None:
    """Step: the working time that was left begins to run again; older nudges are no longer true."""
    calendar = await _calendar(case)
    for row in await live(case.id, kind):
        if row["paused_at"] is not None:
            due = rules.resume(row["remaining"], now, calendar)
            await redate(row, due, now=now)


async def bring_forward(case_id: UUID, kind: FollowUpKind, *, now: datetime) -> None:
    """Step: what was awaited is here, so what we owe then is owed now."""
    for row in await live(case_id, kind):
        await redate(row, chosen(now), now=now)


async def redate(row: dict[str, Any], due: rules.Due, *, now: datetime) -> None:
    """Step: what we owe has another date and runs; older nudges are no longer true."""
    moved = {"due_at": due.at, "climbs_from": None, "next_at": due.at, "steps": list(due.steps)}
    fresh = {"generation": row["generation"] + 1, "rung": 0, "paused_at": None, "remaining": None}
    await change(row["id"], moved | fresh)
    await tell_programs(EventType.FOLLOW_UP_MOVED, row["id"], now=now)


async def _calendar(case: Owing) -> Calendar:
    return (await calendars.both()).of(Severity.stored(case.severity))


async def hand_over(case_id: UUID, *, owner: UUID | None, now: datetime) -> None:
    """Step: what is owed on a case has another owner, who is left in peace for a moment.

    A reminder stays with whom it is for, and the reading of a draft with who was asked.
    """
    owed = tables.FollowUp
    for row in await live(case_id):
        if row["paused_at"] is None and not kinds.of(row["kind"]).own_owner:
            await _climb_anew(row, at=max(row["due_at"], now + GRACE))
    theirs = (owed.case == case_id) & (owed.state == DUE) & owed.kind.not_in(list(kinds.WITH_OWN_OWNER))
    await owed.update({owed.owner: owner}).where(theirs)
    if owner is not None:
        await _hand_over_steps(case_id, owner, now=now)


OF_STEPS = """
SELECT f.id FROM follow_up AS f JOIN checklist_step AS s ON s.follow_up = f.id
WHERE f."case" = :case_id AND f.state = 'due' AND (f.owner IS NULL OR f.owner <> :owner)
"""


async def _hand_over_steps(case_id: UUID, owner: UUID, *, now: datetime) -> None:
    """Step: the dated steps of its checklists are for whoever owns the case now."""
    for row in await run(OF_STEPS, case_id=case_id, owner=owner):
        await give(row["id"], owner=owner, now=now)


async def give(follow_up_id: UUID, *, owner: UUID | None, now: datetime) -> None:
    """Step: one follow-up is another member's, whoever owns its case, or nobody's."""
    owed = tables.FollowUp
    for row in await owed.select().where(owed.id == follow_up_id):
        if row["paused_at"] is None:
            await _climb_anew(row, at=max(row["climbs_from"] or row["due_at"], now + GRACE))
        await change(row["id"], {"owner": owner})


async def begin_again(case_id: UUID, *, at: datetime) -> None:
    """Step: a snooze has ended. What fell due meanwhile climbs its ladder from now, and not all at once.

    What does not sleep with its case climbs on. Whoever was just handed the case is left in peace.
    """
    for row in await live(case_id):
        slept = row["paused_at"] is None and kinds.of(row["kind"]).sleeps
        if slept and row["next_at"] is not None and row["due_at"] < at:
            await _climb_anew(row, at=max(at, row["climbs_from"] or at))


async def _climb_anew(row: dict[str, Any], *, at: datetime) -> None:
    fresh = {"generation": row["generation"] + 1, "rung": 0}
    await change(row["id"], fresh | {"climbs_from": at, "next_at": at})


DATES_CASE = in_sql(kinds.which(lambda one: one.dates_case))
REFRESH = f"""
UPDATE case_file SET (due_at, due_kind) = (
    SELECT due_at, kind FROM follow_up
    WHERE "case" = :case_id AND state = 'due' AND paused_at IS NULL AND kind IN ({DATES_CASE})
    ORDER BY due_at LIMIT 1
) WHERE id = :case_id
"""  # noqa: S608 - a statement of ours


async def refresh(case_id: UUID) -> None:
    """Step: the case repeats the earliest thing that is owed on it, for the lists. Ends every command.

    A reminder is nothing that we owe.
    """
    await run(REFRESH, case_id=case_id)


async def live(case_id: UUID, kind: FollowUpKind | None = None) -> list[dict[str, Any]]:
    """Step: what is owed on a case, of one kind or of all, paused or not."""
    owed = tables.FollowUp
    query = owed.select().where((owed.case == case_id) & (owed.state == DUE))
    return await (query.where(owed.kind == kind) if kind else query)


async def look_again(case_id: UUID, *, now: datetime) -> None:
    """Step: the post of a closed case was seen again, and somebody owes it a look; they are told at once.

    That is whoever had the case, or everybody where they can no longer sign in.
    """
    case = await tables.Case.objects().where(tables.Case.id == case_id).first()
    is_owed = await live(case_id, FollowUpKind.CAME_BACK)
    if case is not None and case.stage == Stage.CLOSED and not is_owed:
        is_gone = case.owner is not None and (await members.find(case.owner)).disabled
        owner = None if is_gone else case.owner
        await make(case, FollowUpKind.CAME_BACK, start=now, now=now, news=News.CAME_BACK, owner=owner)


TELL = """
UPDATE follow_up SET news = :news WHERE id = (
    SELECT id FROM follow_up WHERE "case" = :case_id
    ORDER BY CASE state WHEN 'due' THEN 0 ELSE 1 END, due_at LIMIT 1
)
"""


async def tell(case_id: UUID, news: News) -> None:
    """Step: the worker tells this at once, beside what the case owes next."""
    await run(TELL, case_id=case_id, news=news)


async def change(follow_up_id: UUID, values: dict[str, Any]) -> None:
    """Step: other values for some columns of one follow-up."""
    owed = tables.FollowUp
    await owed.update({getattr(owed, name): value for name, value in values.items()}).where(
        owed.id == follow_up_id
    )
    if "state" in values:
        await tell_programs(EventType.FOLLOW_UP_SETTLED, follow_up_id, now=values["settled_at"])


async def tell_programs(kind: EventType, follow_up_id: UUID, *, now: datetime) -> None:
    """Step: other programs hear what became of a follow-up."""
    await outbox.put(kind, "follow_up", follow_up_id, about=follow_up_id, now=now)
