"""What a move does to a case, to what we owe, and to its timeline; and how it is taken back."""

import asyncio
import json
from datetime import date, timedelta

import pytest

from amends import tables
from amends.rules.vocabulary import Severity
from amends.rules.workflow.move_input import AddressNotUsable, MoveInput
from amends.rules.workflow.moves import BY_NAME
from amends.services.case import access
from amends.services.desk import cases
from amends.services.follow_up import follow_ups
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, joins, moves, severities, undo_snapshots
from tests.world import (
    DAY,
    HOUR,
    MONDAY,
    case_row,
    entries,
    lead_to,
    make_case,
    move,
    owed,
    second_chance_day,
)

REPLY = "https://x.com/bakers/status/1"


async def test_the_whole_way_from_a_post_to_winning_back(alice: Member, bob: Member):
    number = await make_case(bob)
    last = await lead_to(number, "checked_in", by=alice)
    await move(number, "win_back", by=alice, now=last + DAY, reason="Raised the review to 5")
    case = await case_row(number)
    assert (case["stage"], case["outcome"], case["due_at"]) == ("closed", "won_back", None)
    assert await owed(number) == {}
    assert await entries(number) == ["captured"] + ["moved"] * 8
    assert last > MONDAY + 20 * DAY


async def test_acknowledging_counts_from_the_capture_and_not_from_triage(bob: Member):
    number = await make_case(bob)
    await move(number, "answer", by=bob, now=MONDAY + 3 * HOUR, severity="s3", stance="fix")
    acknowledge = (await owed(number))["acknowledge"]
    assert acknowledge["starts_at"] == MONDAY
    assert acknowledge["due_at"] == MONDAY + 4 * HOUR


async def test_who_moves_a_case_that_nobody_owns_becomes_its_owner(bob: Member, alice: Member):
    number = await make_case(alice)
    await move(number, "answer", by=bob, severity="s3", stance="fix")
    assert (await case_row(number))["owner"] == bob.id
    assert (await owed(number))["acknowledge"]["owner"] == bob.id


async def test_a_move_without_what_it_asks_says_what_is_missing_and_changes_nothing(bob: Member):
    number = await make_case(bob)
    with pytest.raises(moves.MoveIncomplete) as error:
        await move(number, "answer", by=bob, severity="s3")
    assert set(error.value.fields) == {"stance"}
    assert (await case_row(number))["stage"] == "new"
    assert await entries(number) == ["captured"]


async def test_a_reply_needs_an_address_that_can_be_opened(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    with pytest.raises(AddressNotUsable) as error:
        await move(number, "post_acknowledgement", by=bob, reply_url="javascript:alert(1)")
    assert set(error.value.fields) == {"reply_url"}


async def test_a_refused_move_says_why(bob: Member):
    number = await make_case(bob)
    with pytest.raises(moves.MoveRefused, match="not possible at this stage"):
        await move(number, "win_back", by=bob, reason="no")
    with pytest.raises(moves.MoveUnknown):
        await move(number, "fly", by=bob)


async def test_who_saw_an_older_version_is_told_and_nothing_is_overwritten(alice: Member, bob: Member):
    number = await make_case(bob)
    seen = (await case_row(number))["version"]
    await move(number, "answer", by=bob, severity="s3", stance="fix")
    with pytest.raises(access.CaseChanged):
        await moves.make(Act(alice, MONDAY), number, "not_ours", MoveInput(reason="spam"), version=seen)
    assert (await case_row(number))["stage"] == "acknowledge"


async def test_of_two_members_who_move_at_once_one_is_told(alice: Member, bob: Member):
    number = await make_case(bob)
    version = (await case_row(number))["version"]
    results = await asyncio.gather(
        *(
            moves.make(Act(by, MONDAY), number, "not_ours", MoveInput(reason="spam"), version=version)
            for by in (alice, bob)
        ),
        return_exceptions=True,
    )
    assert sorted(isinstance(result, access.CaseChanged) for result in results) == [False, True]
    assert await entries(number) == ["captured", "moved"]


async def test_waiting_stops_the_working_time_to_resolve_by(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "working", by=bob)
    before = (await owed(number))["resolve_by"]
    await move(number, "ask_them", by=bob, now=MONDAY + HOUR, channel="email")
    paused = (await owed(number))["resolve_by"]
    assert (paused["paused_at"], paused["next_at"]) == (MONDAY + HOUR, None)
    await move(number, "receive_reply", by=bob, now=MONDAY + 7 * DAY + HOUR, channel="email")
    resumed = (await owed(number))["resolve_by"]
    assert resumed["paused_at"] is None
    assert resumed["generation"] == before["generation"] + 1
    assert resumed["due_at"] > before["due_at"] + 5 * DAY


async def test_pings_are_two_and_then_the_case_may_be_settled(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "waiting", by=bob)
    first = (await owed(number))["wait_ping"]
    with pytest.raises(moves.MoveRefused, match="too soon"):
        await move(number, "ping", by=bob, now=first["due_at"] - HOUR, channel="email")
    await move(number, "ping", by=bob, now=first["due_at"], channel="email")
    with pytest.raises(moves.MoveRefused, match="too soon"):
        await move(number, "ping", by=bob, now=first["due_at"], channel="email")
    second = (await owed(number))["wait_ping"]
    assert second["occurrence"] == 2
    await move(number, "ping", by=bob, now=second["due_at"], channel="email")
    assert set(await owed(number)) == {"wait_close"}
    close = (await owed(number))["wait_close"]["due_at"]
    with pytest.raises(moves.MoveRefused):
        await move(number, "ping", by=bob, now=close, channel="email")
    await move(number, "settle_unanswered", by=bob, now=close)
    assert (await case_row(number))["outcome"] == "settled"


async def test_a_block_is_reviewed_on_the_day_that_was_chosen(bob: Member):
    number = await make_case(bob)
    said = {"reason": "Insults", "proof_url": "https://x.com/bakers/status/9"}
    await move(number, "block", by=bob, review_on=date(2026, 8, 3), **said)
    review = (await owed(number))["block_review"]
    assert review["due_at"].date() == date(2026, 8, 3)
    assert review["owner"] == bob.id
    await follow_ups.tick(Act(bob, review["due_at"]), review["id"])
    assert await owed(number) == {}


async def test_a_second_chance_is_not_moved_into_the_week_after_the_fix(bob: Member):
    number = await make_case(bob)
    fixed = await lead_to(number, "second_chance", by=bob)
    chance = (await owed(number))["second_chance"]["id"]
    with pytest.raises(follow_ups.DateNotAhead) as refused:
        await follow_ups.reschedule(Act(bob, fixed), chance, due_at=fixed + 6 * DAY, reason="Sooner")
    assert "seven days" in refused.value.fields["due_at"]
    await follow_ups.reschedule(Act(bob, fixed), chance, due_at=fixed + 8 * DAY, reason="Sooner")


async def test_silence_on_purpose_has_a_reason_and_the_review_date_that_was_chosen(bob: Member):
    number = await make_case(bob)
    await move(number, "watch_in_silence", by=bob, reason="A troll", review_on=date(2026, 5, 11))
    watched = await owed(number)
    assert set(watched) == {"watch_review", "watch_close"}
    assert watched["watch_review"]["due_at"].isoformat() == "2026-05-11T08:00:00+00:00"


async def test_a_draft_is_approved_by_somebody_else(alice: Member, bob: Member):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    await move(number, "submit_draft", by=bob, text="We are sorry. Write to us.")
    assert set(await owed(number)) == {"acknowledge", "approval"}
    with pytest.raises(moves.MoveRefused):
        await move(number, "post_acknowledgement", by=bob, reply_url=REPLY)
    await move(number, "approve", by=alice)
    assert set(await owed(number)) == {"acknowledge"}
    await move(number, "post_acknowledgement", by=bob, reply_url=REPLY)
    case = await case_row(number)
    assert (case["stage"], case["public_replies"], case["approval"]) == ("contact", 1, None)


async def test_a_case_with_an_open_promise_cannot_be_resolved(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "working", by=bob)
    promise = await follow_ups.promise(Act(bob, MONDAY), number, words="A new cake", due_at=MONDAY + DAY)
    with pytest.raises(moves.MoveRefused, match="promise"):
        await move(number, "deliver_remedy", by=bob, remedy="Refund")
    await follow_ups.keep(Act(bob, MONDAY + HOUR), promise)
    await move(number, "deliver_remedy", by=bob, remedy="Refund")
    assert (await case_row(number))["stage"] == "resolved"


async def test_the_second_fix_that_fails_forces_a_decision(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "resolved", by=bob)
    await move(number, "report_not_fixed", by=bob, text="Still no cake")
    await move(number, "deliver_remedy", by=bob, remedy="Another cake")
    offered = {one.name for one in (await cases.detail(Act(bob, MONDAY), number)).moves}
    assert "report_not_fixed" not in offered
    assert {"escalate", "concede", "let_go"} <= offered


async def test_the_second_chance_waits_for_its_day_and_for_no_newer_complaint(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "second_chance", by=bob)
    with pytest.raises(moves.MoveRefused, match="day"):
        await move(number, "check_in", by=bob, channel="email")
    day = await second_chance_day(number)
    await make_case(bob, now=day - DAY)
    with pytest.raises(moves.MoveRefused, match="complained again"):
        await move(number, "check_in", by=bob, now=day, channel="email")


async def test_a_second_chance_is_given_once(bob: Member):
    number = await make_case(bob)
    day = await lead_to(number, "checked_in", by=bob)
    await move(number, "hear_new_problem", by=bob, now=day, text="Now the icing")
    await move(number, "deliver_remedy", by=bob, now=day, remedy="New icing")
    offered = {one.name for one in (await cases.detail(Act(bob, day), number)).moves}
    assert "confirm_fix" not in offered
    assert "confirm_and_settle" in offered


async def test_joining_moves_posts_and_promises_and_loses_no_date(bob: Member):
    kept, joined = await make_case(bob), await make_case(bob)
    await lead_to(kept, "working", by=bob)
    await lead_to(joined, "working", by=bob)
    promised = await follow_ups.promise(Act(bob, MONDAY), joined, words="A call", due_at=MONDAY + DAY)
    await move(joined, "join", by=bob, duplicate_of=kept)
    case = await case_row(joined)
    assert (case["stage"], case["outcome"]) == ("closed", "duplicate")
    assert await owed(joined) == {}
    assert (await owed(kept))["promise"]["id"] == promised
    assert await tables.Post.count().where(tables.Post.case.number == kept) == 2
    assert (await entries(kept))[-1] == "moved"


async def test_a_case_cannot_be_joined_to_itself_or_to_a_duplicate(bob: Member):
    first, second, third = [await make_case(bob) for _ in range(3)]
    await move(second, "join", by=bob, duplicate_of=first)
    for wrong in (third, second):
        with pytest.raises(joins.CannotJoin):
            await move(third, "join", by=bob, duplicate_of=wrong)
    assert (await case_row(third))["stage"] == "new"


async def test_what_is_still_owed_is_not_buried_in_a_closed_case(bob: Member):
    kept, joined = await make_case(bob), await make_case(bob)
    await move(kept, "not_ours", by=bob, reason="Another bakery")
    await lead_to(joined, "working", by=bob)
    promised = await follow_ups.promise(Act(bob, MONDAY), joined, words="A call", due_at=MONDAY + DAY)
    with pytest.raises(joins.CannotJoin):
        await move(joined, "join", by=bob, duplicate_of=kept)
    assert (await owed(joined))["promise"]["id"] == promised


async def test_reopening_owes_something_again(bob: Member):
    number = await make_case(bob)
    await move(number, "not_ours", by=bob, reason="Another bakery")
    await move(number, "reopen", by=bob, now=MONDAY + DAY, reason="It was ours")
    case = await case_row(number)
    assert (case["stage"], case["outcome"], case["closed_at"]) == ("working", None, None)
    assert set(await owed(number)) == {"next_step", "resolve_by"}
    assert (await entries(number))[-1] == "reopened"


async def _state(number: int) -> tuple[object, object]:
    case = await case_row(number)
    live = {
        kind: {k: v for k, v in row.items() if k != "generation"}
        for kind, row in (await owed(number)).items()
    }
    return {name: value for name, value in case.items() if name != "version"}, live


@pytest.mark.parametrize(
    ("stage", "name", "given"),
    [
        ("new", "answer", {"severity": "s2", "stance": "fix"}),
        ("new", "not_ours", {"reason": "spam"}),
        ("acknowledge", "post_acknowledgement", {"reply_url": REPLY}),
        ("acknowledge", "submit_draft", {"text": "Sorry. Write to us."}),
        ("working", "ask_them", {"channel": "phone"}),
        ("working", "finish_step", {"next_step": "Call the carrier"}),
        ("working", "let_go", {"reason": "Nothing more to do"}),
        ("working", "escalate", {"reason": "Lawyer"}),
        ("waiting", "ping", {"channel": "email"}),
        ("resolved", "confirm_fix", {}),
        ("checked_in", "win_back", {"reason": "Happy"}),
    ],
)
async def test_undoing_puts_case_and_dates_back_to_the_second(
    bob: Member, stage: str, name: str, given: dict
):
    number = await make_case(bob)
    when = await lead_to(number, stage, by=bob)
    before = await _state(number)
    now = (await owed(number))["wait_ping"]["due_at"] if name == "ping" else when + HOUR
    undo = await move(number, name, by=bob, now=now, **given)
    await moves.undo(Act(bob, now + timedelta(seconds=29)), number, undo)
    assert await _state(number) == before
    assert (await entries(number))[-2:] == ["moved", "undone"]


async def test_undoing_a_join_brings_posts_and_promises_back(bob: Member):
    kept, joined = await make_case(bob), await make_case(bob)
    await lead_to(joined, "working", by=bob)
    await follow_ups.promise(Act(bob, MONDAY), joined, words="A call", due_at=MONDAY + DAY)
    before, other = await _state(joined), await _state(kept)
    undo = await move(joined, "join", by=bob, duplicate_of=kept)
    await moves.undo(Act(bob, MONDAY), joined, undo)
    assert await _state(joined) == before
    assert await _state(kept) == other
    assert await tables.Post.count().where(tables.Post.case.number == joined) == 1


async def test_an_undo_is_for_half_a_minute_for_whoever_moved_and_only_while_nothing_else_happened(
    alice: Member, bob: Member
):
    number = await make_case(bob)
    undo = await move(number, "answer", by=bob, severity="s3", stance="fix")
    for by, at in ((alice, MONDAY), (bob, MONDAY + timedelta(seconds=31))):
        with pytest.raises(undo_snapshots.UndoGone):
            await moves.undo(Act(by, at), number, undo)
    await case_commands.note(Act(alice, MONDAY), number, text="Called them")
    with pytest.raises(undo_snapshots.UndoGone):
        await moves.undo(Act(bob, MONDAY), number, undo)
    assert (await case_row(number))["stage"] == "acknowledge"


async def test_every_move_of_the_table_can_be_made(alice: Member):
    """Each move, from a case that was really led there, with exactly what it asks."""
    filled = {"severity": Severity.S3, "stance": "fix", "channel": "email", "review_on": date(2027, 1, 4)}
    filled |= dict.fromkeys(("reason", "text", "remedy", "next_step"), "Write to us.")
    filled |= dict.fromkeys(("reply_url", "proof_url"), REPLY)
    bob = await access_agent()
    other = await make_case(alice)
    for name, spec in BY_NAME.items():
        number, when, by = await _prepared(name, alice, bob)
        given = {ask: filled[ask] for ask in spec.asks if ask != "duplicate_of"}
        if "duplicate_of" in spec.asks:
            given["duplicate_of"] = other
        await move(number, name, by=by, now=when, **given)
        case = await case_row(number)
        target = spec.target or ("contact" if "thread" in name else spec.sources[0])
        assert case["stage"] == target, name
        left = {"block_review"} if name == "block" else set()
        assert (set(await owed(number)) == left) == (target == "closed"), name


async def access_agent() -> Member:
    from tests.world import make_member

    return await make_member("agnes", role="agent")


PATHS = {
    "escalated": (("escalate", {"reason": "Lawyer"}),),
    "watched": (("watch_in_silence", {"reason": "Troll", "review_on": date(2026, 6, 1)}),),
    "closed": (("not_ours", {"reason": "Spam"}),),
}


PLAN = {"plan_given": True, "place_given": True}
DRAFTS = {
    "approve": (("submit_draft", {"text": "Write to us."}),),
    "reject": (("submit_draft", {"text": "Write to us."}),),
    "release_draft": (("keep_draft", {"text": "Oh please. Write to us."}),),
    "end_public_thread": (("post_acknowledgement", {"reply_url": REPLY, **PLAN}),),
    "resume_public_thread": (
        ("post_acknowledgement", {"reply_url": REPLY, **PLAN}),
        ("end_public_thread", {}),
    ),
}
"""What is written and said before a move about a draft or a thread."""


async def _prepared(name: str, alice: Member, bob: Member) -> tuple[int, object, Member]:
    """A case in the first stage that the move starts from, with its guards satisfied."""
    source = BY_NAME[name].sources[0].value
    number, when = await make_case(alice), MONDAY
    if name in ("concede", "let_go"):
        await severities.weigh(Act(alice, MONDAY), number, severity=Severity.S3)
    for step, given in PATHS.get(source, ()):
        await move(number, step, by=alice, **given)
    if source not in PATHS:
        when = await lead_to(number, source, by=alice)
    for draft, given in DRAFTS.get(name, ()):
        await move(number, draft, by=bob, **given)
    for _ in range(2 if name.endswith("unanswered") else 0):
        when = (await owed(number))["wait_ping"]["due_at"]
        await move(number, "ping", by=alice, now=when, channel="email")
    if name in ("ping", "check_in", "settle_check_in", "let_go_watched") or name.endswith("unanswered"):
        when = max(row["due_at"] for row in (await owed(number)).values())
    return number, when, alice


async def test_the_timeline_is_a_chain_that_vouches_for_itself(bob: Member):
    from amends.rules.case import timeline as chain

    number = await make_case(bob)
    await lead_to(number, "contact", by=bob)
    rows = (
        await tables.Entry.select().where(tables.Entry.case.number == number).order_by(tables.Entry.position)
    )
    kept = {row["entry"]: row for row in await tables.Particulars.select()}
    previous = chain.GENESIS
    for row in rows:
        body = kept[row["id"]]
        assert row["previous"] == previous
        assert row["commitment"] == chain.commitment(body["salt"], body["body"])
        line = chain.Line(
            **{
                name: row[name]
                for name in ("case", "position", "kind", "at", "actor", "channel", "commitment", "previous")
            }
        )
        assert row["hash"] == chain.chained(line)
        previous = row["hash"]
        assert json.loads(body["body"]) is not None
