"""Undo snapshots of a case and its follow-ups, for half a minute."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import run
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.vocabulary import FollowUpState, News
from amends.services.nudge import nudges
from amends.services.nudge.nudges import insert
from amends.services.team.members import Act

UNDO_FOR = timedelta(seconds=30)
NOT_RESTORED = frozenset({"id", "number", "version"})


class UndoGone(Conflict):
    """This can no longer be undone."""


async def take(act: Act, case: tables.Case, *, move: str) -> UUID:
    """Step: how the case, its live follow-ups, posts and checklists stand before a move."""
    owed = await tables.FollowUp.select().where(
        (tables.FollowUp.case == case.id) & (tables.FollowUp.state == FollowUpState.DUE)
    )
    posts = await tables.Post.select(tables.Post.id).where(tables.Post.case == case.id)
    own = tables.Checklist
    checklists = await own.select(own.id, own.playbook).where(own.case == case.id)
    before = {
        "case": {name: value for name, value in case.to_dict().items() if name not in NOT_RESTORED},
        "follow_ups": owed,
        "posts": [row["id"] for row in posts],
        "checklists": {str(row["id"]): row["playbook"] for row in checklists},
        "at": act.now,
    }
    row = tables.Undo(
        id=uuid4(),
        case=case.id,
        member=act.by.id,
        version=case.version,
        move=move,
        before=json.dumps(before, default=_plain),
        expires_at=act.now + UNDO_FOR,
    )
    await tables.Undo.insert(row)
    return row.id


async def keep_until(undo_id: UUID, instant: datetime) -> None:
    """Step: this way back is open until then, where half a minute is not enough."""
    await tables.Undo.update({tables.Undo.expires_at: instant}).where(tables.Undo.id == undo_id)


KEPT = """
SELECT kept.number FROM undo JOIN case_file AS c ON c.id = undo."case"
JOIN case_file AS kept ON kept.id = c.duplicate_of WHERE undo.id = :undo_id
"""


async def reaches(number: int, undo_id: UUID) -> list[int]:
    """The cases that change when this is undone: the case, and the one that it was joined to."""
    return [number, *(row["number"] for row in await run(KEPT, undo_id=undo_id))]


async def restore(act: Act, case: tables.Case, undo_id: UUID) -> str:
    """Step: the case as it stood before; the name of the move that was undone. Raises UndoGone."""
    undo = tables.Undo
    rows = (
        await undo.delete()
        .where((undo.id == undo_id) & (undo.case == case.id) & (undo.member == act.by.id))
        .returning(*undo.all_columns())
    )
    if not rows or rows[0]["expires_at"] < act.now or rows[0]["version"] != case.version - 1:
        raise UndoGone(_("This can no longer be undone: the time for it is over, or the case has changed."))
    before = json.loads(rows[0]["before"])
    moved_at = datetime.fromisoformat(before["at"])
    await _restore_follow_ups(case.id, before["follow_ups"], moved_at=moved_at, now=act.now)
    await _restore_case(case.id, before)
    return str(rows[0]["move"])


async def forget_holder(member: UUID) -> None:
    """Step: no move is taken back any more that would give a case or a follow-up to this member again."""
    undo = tables.Undo
    await undo.delete().where(undo.before.like(f"%{member}%"))


async def delete_expired(*, now: datetime) -> int:
    """Drops the ways back that have run out; how many."""
    gone = await tables.Undo.delete().where(tables.Undo.expires_at < now).returning(tables.Undo.id)
    return len(gone)


async def _restore_case(case_id: UUID, before: dict[str, Any]) -> None:
    columns = _read(tables.Case, before["case"])
    await tables.Case.update(columns).where(tables.Case.id == case_id)
    if before["posts"]:
        await tables.Post.update({tables.Post.case: case_id}).where(
            tables.Post.id.is_in([UUID(post) for post in before["posts"]])
        )
    moved = before.get("checklists")
    if isinstance(moved, dict):  # else kept by an earlier version
        await _restore_checklists(case_id, moved)


async def _restore_checklists(case_id: UUID, moved: dict[str, str | None]) -> None:
    own = tables.Checklist
    for checklist, playbook in moved.items():
        values: dict[Any, Any] = {own.case: case_id, own.playbook: UUID(playbook) if playbook else None}
        await own.update(values).where(own.id == UUID(checklist))


async def _restore_follow_ups(
    case_id: UUID, before: list[dict[str, Any]], *, moved_at: datetime, now: datetime
) -> None:
    owed, ids = tables.FollowUp, [UUID(row["id"]) for row in before]
    made_since = (owed.case == case_id) & (owed.state == FollowUpState.DUE)
    if ids:
        made_since = made_since & owed.id.not_in(ids)
    dropped: dict[Any, Any] = {owed.state: FollowUpState.DROPPED, owed.settled_at: now, owed.next_at: None}
    await owed.update(dropped | {owed.news: None}).where(made_since)
    for row, follow_up_id in zip(before, ids, strict=True):
        await _restore_follow_up(follow_up_id, row, moved_at=moved_at)


async def _restore_follow_up(follow_up_id: UUID, before: dict[str, Any], *, moved_at: datetime) -> None:
    """The row as it was. A date that changed twice is a new generation: what was decided for the move's own
    date stays untrue, what was decided before it is true again. What was told meanwhile is no news again."""
    owed = tables.FollowUp
    current = await owed.select(owed.generation).where(owed.id == follow_up_id)
    columns = _read(owed, {name: value for name, value in before.items() if name != "id"})
    if current[0]["generation"] != before["generation"]:
        columns[owed.generation] = current[0]["generation"] + 1
    news = before.get("news")
    if news and await nudges.is_announced(follow_up_id, News(news), since=moved_at):
        columns[owed.news] = None
    await owed.update(columns).where(owed.id == follow_up_id)
    generation = columns.get(owed.generation, before["generation"])
    await insert.bring_back(follow_up_id, before=before["generation"], generation=generation, since=moved_at)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(table: type[tables.Case] | type[tables.FollowUp], kept: dict[str, Any]) -> dict[Any, Any]:
    """Values as the columns hold them, from JSON."""
    read: dict[Any, Any] = {}
    for column in table._meta.columns:
        if column._meta.name in kept:
            read[column] = _value(column.value_type, kept[column._meta.name])
    return read


def _value(kind: type, value: Any) -> Any:  # noqa: ANN401
    if value is None or not isinstance(value, str):
        return value
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    return UUID(value) if kind is UUID else value
