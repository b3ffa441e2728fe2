"""Blocking and reporting: a member records what they did about accounts, and what came of it (P43, P61)."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, transaction
from amends.errors import NotFound
from amends.i18n import gettext as _
from amends.rules.case import stored_texts
from amends.rules.case.texts import clean_name, typed_text
from amends.rules.person import measures as rules
from amends.rules.person.measures import MeasureIncomplete
from amends.rules.vocabulary import (
    EntryKind,
    FollowUpKind,
    FollowUpState,
    MeasureDeed,
    MeasureKind,
    MeasureResult,
)
from amends.rules.workflow.move_input import MoveInput, cleaned
from amends.rules.workflow.moves import BY_NAME
from amends.services.case import attachments, timeline
from amends.services.case.access import facts_of, must_be_open, take, take_to_write
from amends.services.case.offered_files import Attached
from amends.services.follow_up import follow_ups
from amends.services.person import measures
from amends.services.person.measures import AccountCopied
from amends.services.team import calendars
from amends.services.team.members import Act
from amends.services.workflow import moves

TEXT_LIMIT = 2_000


class MeasureUnknown(NotFound):
    "This block or report is not recorded, or was removed with its case."


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A measure as a member wrote it; `ends_case` closes the case as blocked."""

    accounts: frozenset[UUID] = frozenset()
    kind: MeasureKind = MeasureKind.REPORTED
    place: str = ""
    reference: str = ""
    proof_url: str = ""
    no_copy: str = ""
    words: str = ""
    review_on: date | None = None
    ends_case: bool = False


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a member saw of it; `review_on` where they look again."""

    result: MeasureResult
    words: str = ""
    review_on: date | None = None


async def record(act: Act, number: int, given: Given, attached: Attached | None = None) -> UUID:
    """Records a block or report with its proof and the day of its review; its id.

    The case may end by it, by the table of moves. Raises CaseUnknown, MeasureIncomplete, FileRefused,
    AddressNotUsable; where it ends the case, CaseIsClosed and MoveRefused too.
    """
    async with transaction():
        case = await take_to_write(number, by=act.by)
        clean, chosen = _cleaned(given), []
        if case.author:
            chosen = [one for one in await measures.accounts_of(case.author) if one.id in given.accounts]
        _check(clean, chosen, attached, today=act.now.date())
        if given.ends_case:
            must_be_open(case)
        files = await attachments.attach(act, case.id, attached)
        made = await _insert(act, case, clean, chosen)
        await _record(act, case.id, MeasureDeed.RECORDED, **_told(clean, chosen), files=files)
        await _owe(act, case, made, clean.review_on)
        if given.ends_case:
            await _end(act, case, clean)
        await follow_ups.refresh(case.id)
    return made


def _cleaned(given: Given) -> Given:
    """The same with harmless texts and a usable address. Raises TextIsTooLong, AddressNotUsable."""
    typed = {name: getattr(given, name) for name in ("no_copy", "words")}
    texts = {name: typed_text(text, limit=TEXT_LIMIT, field=name) for name, text in typed.items()}
    address = cleaned(MoveInput(proof_url=given.proof_url.strip() or None)).proof_url
    return msgspec.structs.replace(
        given,
        **texts,
        place=clean_name(given.place, limit=300),
        reference=clean_name(given.reference, limit=120),
        proof_url=address or "",
    )


def _check(given: Given, chosen: list[AccountCopied], attached: Attached | None, *, today: date) -> None:
    proof = given.reference or given.proof_url or (attached is not None and attached.files)
    wanted = rules.Given(
        accounts=len(chosen),
        uncopied=sum(not one.copies for one in chosen),
        no_copy=given.no_copy,
        kind=given.kind,
        place=given.place,
        proof=bool(proof),
        review_on=given.review_on,
    )
    rules.check(wanted, today=today)


async def _insert(act: Act, case: tables.Case, given: Given, chosen: list[AccountCopied]) -> UUID:
    made = uuid4()
    texts = {name: getattr(given, name) for name in ("place", "reference", "proof_url", "no_copy", "words")}
    values: dict[str, Any] = {"kind": given.kind.value, "made_by": act.by.id, "made_at": act.now}
    await add(tables.Measure, id=made, case=case.id, **texts, **values)
    for one in chosen:
        await add(tables.MeasureAccount, id=uuid4(), measure=made, author=one.id)
    return made


def _told(given: Given, chosen: list[AccountCopied]) -> dict[str, Any]:
    """What the entry keeps: nothing that a platform is said to have done."""
    return {
        "measure": given.kind.value,
        "accounts": [f"{one.handle or one.name} ({one.platform})" for one in chosen],
        "copies": sum(one.copies for one in chosen),
        "place": given.place,
        "reference": given.reference,
        "proof_url": given.proof_url,
        "no_copy": given.no_copy,
        "words": given.words,
        "review_on": given.review_on.isoformat() if given.review_on else "",
    }


async def _owe(act: Act, case: tables.Case, measure: UUID, day: date | None) -> None:
    """Step: who recorded it looks on that day at what became of it."""
    if day is None:
        return
    kind, due_at = FollowUpKind.MEASURE_REVIEW, await calendars.review_at(day)
    made = await follow_ups.make(
        case,
        kind,
        start=act.now,
        now=act.now,
        due_at=due_at,
        owner=act.by.id,
        words=_(stored_texts.MEASURE_REVIEW),
    )
    row = tables.Measure
    await row.update({row.follow_up: made}).where(row.id == measure)


async def _end(act: Act, case: tables.Case, given: Given) -> None:
    """Step: the case ends as blocked; the review that this leaves behind is that of the measure."""
    reason = given.words or _(stored_texts.BLOCKED)
    words = MoveInput(reason=reason, proof_url=given.proof_url or None, review_on=given.review_on)
    await moves.step(act, case, BY_NAME["block"], await facts_of(case), words)
    dropped = FollowUpState.DROPPED
    await follow_ups.settle(case.id, {FollowUpKind.BLOCK_REVIEW}, state=dropped, now=act.now)


async def settle(act: Act, number: int, measure: UUID, outcome: Outcome) -> None:
    """Keeps what a member saw of it, and when somebody looks again, if they do.

    Raises CaseUnknown, MeasureUnknown, MeasureIncomplete.
    """
    words = typed_text(outcome.words, limit=TEXT_LIMIT, field="result_words")
    async with transaction():
        case = await take(number, by=act.by)
        row = tables.Measure
        rows = await row.select().where((row.id == measure) & (row.case == case.id))
        if not rows:
            raise MeasureUnknown
        kind = MeasureKind(rows[0]["kind"])
        _check_outcome(kind, outcome, today=act.now.date())
        seen: dict[Any, Any] = {row.result: outcome.result.value, row.result_words: words}
        await row.update(seen | {row.result_by: act.by.id, row.result_at: act.now}).where(row.id == measure)
        if rows[0]["follow_up"]:
            await _done(act, rows[0]["follow_up"])
        again = outcome.review_on if outcome.result in rules.UNDECIDED else None
        await _owe(act, case, measure, again)
        told = {"measure": kind.value, "result": outcome.result.value, "words": words}
        await _record(act, case.id, MeasureDeed.SETTLED, **told)
        await follow_ups.refresh(case.id)


async def _done(act: Act, follow_up: UUID) -> None:
    owed = tables.FollowUp
    if await owed.exists().where((owed.id == follow_up) & (owed.state == FollowUpState.DUE)):
        done = {"state": FollowUpState.DONE, "settled_at": act.now, "next_at": None}
        await follow_ups.change(follow_up, done)


def _check_outcome(kind: MeasureKind, outcome: Outcome, *, today: date) -> None:
    if not rules.may_come_of(kind, outcome.result):
        raise MeasureIncomplete(fields={"result": _("Choose what became of it.")})
    if outcome.review_on is not None and outcome.review_on <= today:
        raise MeasureIncomplete(fields={"review_on": _("Choose a day after today.")})


async def _record(act: Act, case_id: UUID, deed: MeasureDeed, **told: Any) -> None:  # noqa: ANN401 - of an entry
    await timeline.record(case_id, EntryKind.MEASURE, by=act.by, now=act.now, deed=deed.value, **told)
