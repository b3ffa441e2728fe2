"""Is a colleague asked in one step, and does the answer come back?"""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.rules.case.texts import TextIsTooLong
from amends.rules.follow_up.questions import Answer, Preset
from amends.rules.vocabulary import Severity, Stance
from amends.rules.workflow.move_input import MoveInput
from amends.services.case import timeline
from amends.services.case.access import CaseChanged
from amends.services.follow_up import colleagues, follow_ups, questions
from amends.services.follow_up.follow_ups.requests import AT_ONCE
from amends.services.nudge import nudges
from amends.services.team import absences
from amends.services.team.members import Act, Member, MemberIsDisabled
from amends.services.workflow import case_commands, leaving, triage
from amends.services.workflow.leaving import Belonging
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk
from tests.world import DAY, HOUR, MONDAY, case_row, entries, make_case, make_member, move, owed

desk = nudging.desk


async def ask(by: Member, number: int, of: Member, **question: object) -> UUID:
    given = question or {"preset": Preset.JOKE}
    return await questions.ask(Act(by, MONDAY), number, of=of.id, **given)  # type: ignore[arg-type]


async def said(number: int) -> dict[str, object]:
    return (await timeline.of_case((await case_row(number))["id"]))[-1].particulars


async def test_the_colleague_owes_an_answer_at_once_in_their_language(alice: Member, bob: Member):
    zoe = await make_member("zoé", language="fr")
    number = await make_case(bob)
    question = await ask(bob, number, zoe)
    row = (await owed(number))["question"]
    assert (row["id"], row["owner"], row["words"]) == (question, zoe.id, "C’est de l’humour\u202f?")
    assert MONDAY < row["next_at"] <= MONDAY + timedelta(minutes=1)
    [waiting] = await questions.asked_of(zoe)
    assert (waiting.id, waiting.number, waiting.author_name) == (question, number, "Dana")
    assert (waiting.question.asker_name, waiting.question.said()) == ("Bob", "Is this a joke?")
    assert not await questions.asked_of(alice)
    assert await said(number) == {"deed": "asked", "to": "Zoé", "preset": "joke"}


async def test_the_answer_ends_the_question_and_who_asked_is_told(alice: Member, bob: Member):
    number = await make_case(bob)
    question = await ask(bob, number, alice)
    await questions.answer(Act(alice, MONDAY), number, question, chosen=Answer.SERIOUS)
    told = await owed(number)
    assert "question" not in told
    assert not await questions.asked_of(alice)
    assert (told["answered"]["owner"], told["answered"]["words"]) == (bob.id, "Is this a joke? – Serious")
    assert await said(number) == {
        "deed": "answered",
        "question": str(question),
        "to": "Bob",
        "preset": "joke",
        "answer": "serious",
    }
    assert await entries(number) == ["captured", "question", "question"]
    with pytest.raises(follow_ups.FollowUpSettled):
        await questions.answer(Act(alice, MONDAY), number, question, chosen=Answer.JOKE)


async def test_anybody_but_who_asked_may_answer_in_their_own_words(alice: Member, bob: Member):
    carol = await make_member("carol")
    number = await make_case(bob)
    question = await ask(bob, number, alice, words=" Who is <Ada>? ")
    with pytest.raises(questions.OwnQuestion):
        await questions.answer(Act(bob, MONDAY), number, question, words="Nobody")
    with pytest.raises(questions.NothingAnswered):
        await questions.answer(Act(carol, MONDAY), number, question, words="  ")
    await questions.answer(Act(carol, MONDAY), number, question, words="Our baker")
    assert (await owed(number))["answered"]["words"] == "Who is <Ada>? – Our baker"
    assert (await said(number))["words"] == "Our baker"


async def test_words_typed_beside_a_button_follow_what_it_says(alice: Member, bob: Member):
    zoe, number = await make_member("zoé", language="fr"), await make_case(bob)
    question = await ask(bob, number, zoe, preset=Preset.JOKE, words=" Look at the <emoji> ")
    assert (await owed(number))["question"]["words"] == "C’est de l’humour\u202f? – Look at the <emoji>"
    [waiting] = await questions.asked_of(zoe)
    assert waiting.question.said() == "Is this a joke? – Look at the <emoji>"
    assert (await said(number))["words"] == "Look at the <emoji>"
    with pytest.raises(questions.AskedAlready):
        await ask(bob, number, zoe, preset=Preset.JOKE, words="Look at the <emoji>")
    await ask(bob, number, zoe, preset=Preset.JOKE, words="And now?")
    await questions.answer(Act(zoe, MONDAY), number, question, chosen=Answer.JOKE, words="As always")
    told = (await owed(number))["answered"]["words"]
    assert told == "Is this a joke? – Look at the <emoji> – Joke – As always"
    assert (await said(number))["answer"] == "joke"
    assert (await said(number))["words"] == "As always"


async def test_words_are_refused_rather_than_cut(alice: Member, bob: Member):
    number = await make_case(bob)
    longest = "é" * questions.WORDS_LIMIT
    with pytest.raises(TextIsTooLong) as long:
        await ask(bob, number, alice, preset=Preset.JOKE, words=longest + "é")
    assert long.value.fields["words"].startswith("At most 300 characters; this has 301.")
    question = await ask(bob, number, alice, preset=Preset.JOKE, words=f" {longest} ")
    with pytest.raises(TextIsTooLong):
        await questions.answer(Act(alice, MONDAY), number, question, words=longest + "é")
    await questions.answer(Act(alice, MONDAY), number, question, chosen=Answer.JOKE, words=longest)
    assert (await said(number))["words"] == longest


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ({"preset": Preset.JOKE}, Answer.YES),
        ({"preset": Preset.MEANING}, Answer.JOKE),
        ({"words": "Who?"}, Answer.SERIOUS),
    ],
)
async def test_only_the_answers_of_a_question_answer_it(
    alice: Member, bob: Member, asked: dict[str, object], chosen: Answer
):
    number = await make_case(bob)
    question = await ask(bob, number, alice, **asked)
    for words in ("", "I mean it"):
        with pytest.raises(questions.AnswerNotOffered):
            await questions.answer(Act(alice, MONDAY), number, question, chosen=chosen, words=words)
    assert await entries(number) == ["captured", "question"]


@pytest.mark.parametrize("words", ["\u200b\u2060", "\u3164"])
async def test_words_of_which_nothing_shows_ask_and_answer_nothing(alice: Member, bob: Member, words: str):
    number = await make_case(bob)
    with pytest.raises(questions.NothingAsked):
        await ask(bob, number, alice, words=words)
    question = await ask(bob, number, alice)
    with pytest.raises(questions.NothingAnswered):
        await questions.answer(Act(alice, MONDAY), number, question, words=words)


async def test_a_question_is_known_by_the_number_of_its_case_alone(alice: Member, bob: Member):
    number, other = await make_case(bob), await make_case(bob)
    question = await ask(bob, number, alice)
    for wrong in (other, 9999):
        with pytest.raises(follow_ups.FollowUpUnknown):
            await questions.answer(Act(alice, MONDAY), wrong, question, chosen=Answer.JOKE)
        with pytest.raises(follow_ups.FollowUpUnknown):
            await questions.withdraw(Act(bob, MONDAY), wrong, question)
    assert [one.id for one in await questions.asked_of(alice)] == [question]


async def test_questions_beyond_those_shown_are_counted(alice: Member, bob: Member):
    number = await make_case(bob)
    for count in range(questions.SHOWN):
        await ask(bob, number, alice, words=f"Question {count}")
    asked = await questions.asked_of(alice)
    assert (len(asked), await questions.more_asked_of(alice, asked)) == (questions.SHOWN, 0)
    await ask(bob, number, alice)
    assert await questions.more_asked_of(alice, await questions.asked_of(alice)) == 1


async def test_deciding_goes_on_without_the_answer_and_ends_what_was_only_news(alice: Member, bob: Member):
    number = await make_case(bob)
    first, second = await ask(bob, number, alice), await ask(bob, number, alice, preset=Preset.MEANING)
    await questions.answer(Act(alice, MONDAY), number, first, chosen=Answer.JOKE)
    await move(number, "answer", by=bob, severity="s3", stance="answer")
    due = await owed(number)
    assert due["question"]["id"] == second
    assert "answered" not in due
    await move(number, "let_go", by=bob, reason="Spam")
    assert not await questions.asked_of(alice)
    assert "question" not in await owed(number)


async def test_questions_and_answers_hold_no_decision_up_but_other_changes_do(alice: Member, bob: Member):
    number = await make_case(bob)
    seen = (await case_row(number))["version"]
    question = await ask(bob, number, alice)
    await questions.answer(Act(alice, MONDAY), number, question, chosen=Answer.JOKE)
    now_is = (await case_row(number))["version"]
    assert now_is == seen + 2
    assert await questions.beyond_questions(number, seen) == now_is
    await triage.decide(
        Act(bob, MONDAY), number, Stance.ANSWER, MoveInput(severity=Severity.S3), version=seen
    )
    other = await make_case(bob)
    seen = (await case_row(other))["version"]
    await case_commands.note(Act(alice, MONDAY), other, text="A friend of ours")
    await ask(bob, other, alice)
    assert await questions.beyond_questions(other, seen) == seen
    with pytest.raises(CaseChanged):
        await triage.decide(
            Act(bob, MONDAY), other, Stance.ANSWER, MoveInput(severity=Severity.S3), version=seen
        )


async def test_who_asked_or_a_lead_withdraws_a_question(alice: Member, bob: Member):
    carol = await make_member("carol")
    number = await make_case(bob)
    question = await ask(bob, number, carol)
    with pytest.raises(questions.QuestionNotYours):
        await questions.withdraw(Act(carol, MONDAY), number, question)
    await questions.withdraw(Act(alice, MONDAY), number, question)
    assert "question" not in await owed(number)
    assert (await said(number))["deed"] == "withdrawn"
    again = await ask(bob, number, carol)
    await questions.withdraw(Act(bob, MONDAY), number, again)
    assert not await questions.asked_of(carol)


async def test_what_cannot_be_asked_is_named(alice: Member, bob: Member):
    number = await make_case(bob)
    with pytest.raises(questions.NothingAsked) as nothing:
        await ask(bob, number, alice, words=" ")
    assert list(nothing.value.fields) == ["words"]
    with pytest.raises(questions.AskedOfOneself):
        await ask(bob, number, bob)
    await ask(bob, number, alice)
    with pytest.raises(questions.AskedAlready):
        await ask(bob, number, alice)
    await ask(bob, number, alice, words="And now?")
    gone = await make_member("gone")
    await tables.Member.update({tables.Member.disabled_at: MONDAY}).where(tables.Member.id == gone.id)
    with pytest.raises(MemberIsDisabled):
        await ask(bob, number, gone)
    other = await make_case(bob)
    await move(other, "not_ours", by=bob, reason="Spam")
    with pytest.raises(Exception, match="is closed"):
        await ask(bob, other, alice)
    with pytest.raises(follow_ups.FollowUpUnknown):
        await questions.answer(Act(alice, MONDAY), number, uuid4(), chosen=Answer.YES)


async def test_the_colleague_who_reads_the_language_and_is_here_is_proposed_first(alice: Member, bob: Member):
    zoe, adam = await make_member("zoé", language="fr"), await make_member("adam")
    await tables.Member.update({tables.Member.reads: "de fr"}).where(tables.Member.id == adam.id)
    row = {"member": zoe.id, "token_hash": "x", "created_at": MONDAY, "seen_at": MONDAY}
    await tables.Session.insert(tables.Session(id=uuid4(), **row))
    await absences.plan(Act(alice, MONDAY), alice.id, begins_at=MONDAY, ends_at=MONDAY + DAY, deputy=None)
    french = await colleagues.of_language(Act(bob, MONDAY + timedelta(minutes=1)), lang="fr-CA")
    assert [one.name for one in french] == ["Zoé", "Adam", "Alice"]
    german = await colleagues.of_language(Act(bob, MONDAY + timedelta(hours=1)), lang="de")
    assert [(one.name, one.reads_it, one.away) for one in german] == [
        ("Adam", True, False),
        ("Zoé", False, False),
        ("Alice", False, True),
    ]


async def test_a_question_to_who_left_goes_back_to_who_asked(alice: Member, bob: Member):
    carol, number = await make_member("carol"), await make_case(bob)
    await ask(bob, number, carol)
    await leaving.disable(carol.id, {}, by=None, now=MONDAY)
    due = await owed(number)
    assert "question" not in due
    assert due["answered"]["owner"] == bob.id
    assert due["answered"]["words"].startswith("Is this a joke? – Carol can no longer sign in")
    assert (await said(number))["handed"] == {"follow_ups": "Bob"}


async def test_a_question_to_who_left_is_whose_was_chosen(alice: Member, bob: Member):
    carol, number = await make_member("carol"), await make_case(bob)
    question = await ask(bob, number, carol)
    await leaving.disable(carol.id, {Belonging.FOLLOW_UPS: alice.id}, by=None, now=MONDAY)
    assert [one.id for one in await questions.asked_of(alice)] == [question]


async def test_who_asked_and_left_is_told_of_no_answer(alice: Member, bob: Member):
    carol, number = await make_member("carol"), await make_case(alice)
    question = await ask(carol, number, bob)
    await leaving.disable(carol.id, {}, by=None, now=MONDAY)
    await questions.answer(Act(bob, MONDAY), number, question, chosen=Answer.JOKE)
    assert "answered" not in await owed(number)
    assert (await said(number))["deed"] == "answered"


async def test_both_are_reminded_through_their_destinations_of_the_question_and_of_the_answer(desk: Desk):
    alice, bob = await desk.member("Alice"), await desk.member("Bob")
    await desk.target("alice", alice)
    await desk.target("bob", bob)
    number = await make_case(alice, now=NOON)
    question = await questions.ask(Act(bob, NOON), number, of=alice.id, preset=Preset.JOKE)
    await heard(desk, NOON + 2 * AT_ONCE)
    await questions.answer(Act(alice, NOON + HOUR), number, question, chosen=Answer.JOKE)
    await heard(desk, NOON + HOUR + 2 * AT_ONCE)
    told = [message for _address, message in desk.receiver.received]
    asked, answered = (
        next(one for one in told if words in one.title)
        for words in (f"#{number} · Bob asks you a question", f"#{number} · Your question to Alice")
    )
    assert "Is this a joke?" in asked.body
    assert "Is this a joke? – Joke" in answered.body


async def heard(desk: Desk, now: datetime) -> None:
    """Everything that may leave by then is sent."""
    await nudges.sweep(now=now)
    for one in await nudges.ready(now=now, limit=9):
        await nudges.deliver(one, desk.receiver, desk.secrets, now=now, base_url=BASE_URL)
