"""Batch changes of many cases: preview, apply, undo."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, transaction
from amends.errors import AmendsError, Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.case import stored_texts
from amends.rules.case.texts import clean
from amends.rules.vocabulary import Nature, Severity
from amends.rules.workflow import batches as rules
from amends.rules.workflow.batches import Deed, Effect, Standing, Wish
from amends.rules.workflow.guards import Mover
from amends.rules.workflow.move_input import MoveInput
from amends.services.case import access, locks
from amends.services.desk import case_themes, themes
from amends.services.team.members import Act, Member, present
from amends.services.workflow import case_commands, moves, severities, undo_snapshots

UNDO_FOR = timedelta(minutes=10)
"""Who changed forty cases needs longer than half a minute to see that it was the wrong forty."""
KEPT_FOR = timedelta(days=1)


class NothingChosen(Invalid):
    """Choose at least one case."""


class TooManyChosen(Invalid):
    """Choose fewer cases."""


class WishIncomplete(Invalid):
    "Choose what to do."


class BatchUnknown(NotFound):
    "This is no longer stored."


class BatchUndone(Conflict):
    "This can no longer be undone."


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One case of a batch, what becomes of it and why not; of what was changed, the way back."""

    number: int
    title: str
    lang: str = ""
    nature: Nature | None = None
    effect: Effect
    sentence: str = ""
    version: int = 0
    before: str | None = None
    undo: UUID | None = None


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What one wish did; `undo_until` is None once it cannot be taken back."""

    id: UUID
    deed: Deed
    lines: list[Line]
    undone: bool
    undo_until: datetime | None


async def of_numbers(numbers: Iterable[int], *, by: Member) -> list[Line]:
    """The cases that somebody chose, before anything is wished for; numbers that no case has are left out."""
    table = tables.Case
    wanted = list(dict.fromkeys(numbers))[: rules.MOST]
    rows = await table.objects().where(table.number.is_in(wanted)).order_by(table.number) if wanted else []
    return [_line(case, effect=Effect.SAME) for case in rows]


async def rehearse(act: Act, numbers: Iterable[int], wish: Wish) -> list[Line]:
    """What the wish would do to each case; nothing is changed.

    Raises NothingChosen, TooManyChosen, WishIncomplete, NoSuchMember, MemberIsDisabled.
    """
    chosen = await _chosen(numbers, wish, now=act.now)
    mover = await access.mover_of(act.by, now=act.now)
    return [await _looked_at(case, wish, mover=mover, now=act.now) for case in chosen]


async def carry_out(act: Act, numbers: Iterable[int], wish: Wish) -> UUID:
    """Does it to each case as a step of its own, which can be undone alone: what one refuses holds up none of
    the others.

    Returns the id of the batch. Raises the same as `rehearse`.
    """
    chosen = await _chosen(numbers, wish, now=act.now)
    mover = await access.mover_of(act.by, now=act.now)
    lines = [await _changed(act, case, wish, mover=mover) for case in chosen]
    batch_id = uuid4()
    kept = msgspec.to_builtins(lines)
    await add(tables.Batch, id=batch_id, member=act.by.id, deed=wish.deed, lines=kept, made_at=act.now)
    return batch_id


async def find_done(act: Act, batch_id: UUID) -> Done:
    """What a wish of this member did. Raises BatchUnknown."""
    table = tables.Batch
    row = await table.objects().where((table.id == batch_id) & (table.member == act.by.id)).first()
    if row is None:
        raise BatchUnknown
    lines = row.lines if isinstance(row.lines, list) else json.loads(row.lines)
    until = row.made_at + UNDO_FOR
    return Done(
        id=row.id,
        deed=Deed(row.deed),
        lines=msgspec.convert(lines, list[Line]),
        undone=row.undone,
        undo_until=None if row.undone or until <= act.now else until,
    )


async def undo(act: Act, batch_id: UUID) -> None:
    """Puts back each case that nobody has changed since; the others keep what they are, and it says so.

    Raises BatchUnknown, BatchUndone.
    """
    done = await find_done(act, batch_id)
    if done.undo_until is None:
        raise BatchUndone(_("This can no longer be undone: it already was, or ten minutes have passed."))
    if done.deed is Deed.ASSIGN:  # before the cases, as whoever disables a member does
        await locks.hold_members({UUID(line.before) for line in done.lines if line.before})
    lines = [
        await _put_back(act, line, done.deed) if line.effect is Effect.CHANGED else line
        for line in done.lines
    ]
    kept = msgspec.to_builtins(lines)
    table = tables.Batch
    await table.update({table.lines: kept, table.undone: True}).where(table.id == batch_id)


async def forget_old(*, now: datetime) -> None:
    """Drops what was done more than a day ago."""
    await tables.Batch.delete().where(tables.Batch.made_at < now - KEPT_FOR)


async def _chosen(numbers: Iterable[int], wish: Wish, *, now: datetime) -> list[tables.Case]:
    wanted = list(dict.fromkeys(numbers))
    if not wanted:
        raise NothingChosen(_("Choose at least one case."))
    if len(wanted) > rules.MOST:
        raise TooManyChosen(_("Choose at most %(most)s cases at a time.") % {"most": rules.MOST})
    await _must_be_complete(wish, now=now)
    table = tables.Case
    return list(await table.objects().where(table.number.is_in(wanted)).order_by(table.number))


async def _must_be_complete(wish: Wish, *, now: datetime) -> None:
    if wish.deed is Deed.ASSIGN and wish.owner:
        await present(wish.owner, field="owner")
    elif wish.deed is Deed.SEVERITY and wish.severity is None:
        raise WishIncomplete(fields={"severity": _("Choose a severity.")})
    elif wish.deed is Deed.THEME and wish.theme not in {one.id for one in await themes.everything()}:
        raise WishIncomplete(fields={"theme": _("Choose a theme.")})
    elif wish.deed is Deed.SNOOZE and (wish.until is None or wish.until <= now):
        raise WishIncomplete(fields={"until": _("Choose a time in the future.")})
    elif wish.deed in rules.MOVES and not wish.reason.strip():
        raise WishIncomplete(fields={"reason": _("Give a reason; it is shown on each case.")})


async def _looked_at(case: tables.Case, wish: Wish, *, mover: Mover, now: datetime) -> Line:
    standing = Standing(
        facts=await access.facts_of(case),
        owner=case.owner,
        snoozed_until=case.snoozed_until,
        slept_often=wish.deed is Deed.SNOOZE and await case_commands.asks_why(case),
        message_waits=wish.deed is Deed.SNOOZE and await case_commands.message_waits(case),
        themes=await case_themes.given_to(case.number) if wish.deed is Deed.THEME else frozenset(),
    )
    verdict = rules.verdict(wish, standing, by=mover, now=now)
    return _line(case, effect=verdict.effect, sentence=_(verdict.sentence) if verdict.sentence else "")


def _line(case: tables.Case, **rest: Any) -> Line:  # noqa: ANN401 - the fields of a line
    nature = Nature(case.nature) if case.nature else None
    return Line(number=case.number, title=case.title, lang=case.lang, nature=nature, **rest)


async def _changed(act: Act, case: tables.Case, wish: Wish, *, mover: Mover) -> Line:
    try:
        async with transaction():
            held = await access.take(case.number, by=act.by)
            looked = await _looked_at(held, wish, mover=mover, now=act.now)
            if looked.effect is not Effect.CHANGED:
                return looked
            way_back = await _do(act, held, wish)
            version = (await access.find(held.number, by=act.by)).version
    except AmendsError as error:
        return _line(case, effect=Effect.REFUSED, sentence=_said(error))
    return msgspec.structs.replace(looked, version=version, **way_back)


def _said(error: AmendsError) -> str:
    fields = error.fields if isinstance(error, Invalid) else {}
    return next(iter(fields.values()), error.detail)


async def _do(act: Act, case: tables.Case, wish: Wish) -> Mapping[str, Any]:
    """The deed on one held case; what it takes to put it back."""
    if move := rules.MOVES.get(wish.deed):
        undo_id = await moves.make(act, case.number, move.name, MoveInput(reason=wish.reason))
        await undo_snapshots.keep_until(undo_id, act.now + UNDO_FOR)
        return {"undo": undo_id}
    if wish.deed is Deed.ASSIGN:
        await case_commands.assign(act, case.number, owner=wish.owner)
        return {"before": str(case.owner) if case.owner else None}
    if wish.deed is Deed.SEVERITY and wish.severity:
        await severities.weigh(act, case.number, severity=wish.severity)
        return {"before": case.severity}
    if wish.deed is Deed.THEME and wish.theme:
        await case_themes.choose(act, case.number, add_to=[wish.theme])
        return {"before": str(wish.theme)}
    until = wish.until or act.now
    reason = clean(wish.reason).text
    await case_commands.snooze(act, case.number, until=until, wake_on_reply=True, reason=reason)
    return {"before": case.snoozed_until.isoformat() if case.snoozed_until else None}


async def _put_back(act: Act, line: Line, deed: Deed) -> Line:
    try:
        async with transaction():
            if not line.undo:  # a move knows by itself whether the case has changed since
                await access.take(line.number, by=act.by, version=line.version)
            await _undo(act, line, deed)
    except AmendsError as error:
        return msgspec.structs.replace(line, effect=Effect.REFUSED, sentence=_said(error))
    return msgspec.structs.replace(line, effect=Effect.SAME)


async def _undo(act: Act, line: Line, deed: Deed) -> None:
    if line.undo:
        await moves.undo(act, line.number, line.undo)
    elif deed is Deed.ASSIGN:
        await case_commands.assign(act, line.number, owner=UUID(line.before) if line.before else None)
    elif deed is Deed.SEVERITY:
        await severities.weigh(act, line.number, severity=Severity.stored(line.before), later=True)
    elif deed is Deed.THEME and line.before:
        await case_themes.choose(act, line.number, take_from=[UUID(line.before)])
    elif line.before and (until := datetime.fromisoformat(line.before)) > act.now:
        await case_commands.snooze(
            act,
            line.number,
            until=until,
            wake_on_reply=True,
            reason=_(stored_texts.UNDO),
            beside_message=True,
        )
    else:
        await case_commands.wake(act, line.number)
