"""Is a colleague asked in one press from triage and a case, and does nothing that was typed get lost?"""

import re

import pytest

from amends import tables
from amends.rules.follow_up.questions import Preset
from amends.services.follow_up import questions
from amends.services.team.members import Act, Member
from tests.web.site import Site, Visitor
from tests.world import HOUR, MONDAY, case_row, entries, make_case, make_member, make_target, move, owed

FRAGMENT = {"hx-request": "true", "sec-fetch-site": "same-origin"}


@pytest.fixture
async def bob(site: Site) -> Member:
    return await make_member("bob")


@pytest.fixture
async def hana(bob: Member) -> Member:
    member = await make_member("hana")
    await tables.Member.update({tables.Member.reads: "de"}).where(tables.Member.id == member.id)
    return member


@pytest.fixture
async def desk(site: Site, bob: Member, hana: Member) -> Visitor:
    return await site.visit_as(bob)


async def asked(bob: Member, hana: Member, number: int) -> str:
    return str(await questions.ask(Act(bob, MONDAY), number, of=hana.id, preset=Preset.JOKE))


async def test_who_reads_the_language_of_the_post_is_proposed_first_and_says_why(
    desk: Visitor, bob: Member, hana: Member
) -> None:
    await make_target(await make_member("anna"))
    await make_target(hana)
    await make_member("zoe")
    number = await make_case(bob, lang="de")
    for address in ("/triage", f"/cases/{number}"):
        page = (await desk.get(address)).text
        select = page.partition('<select id="ask-member"')[2].partition("</select>")[0]
        assert re.findall(r">([^<>]+)</option>", select) == [
            "Hana (reads German)",
            "Anna",
            "Zoe (no reminders: sees it on Today only)",
        ]


async def test_a_question_that_was_typed_and_not_sent_holds_the_decision_up_and_stays(
    desk: Visitor, bob: Member, hana: Member
) -> None:
    number = await make_case(bob)
    decision = {"stance": "answer", "severity": "s3", "member": str(hana.id)}
    refused = await desk.send_form(f"/triage/{number}", **decision, words="Which cake?")
    assert refused.status_code == 422
    assert "Send your question or empty its field, then decide." in refused.text
    assert ">Which cake?</textarea>" in refused.text
    assert (await case_row(number))["stage"] == "new"
    assert (await desk.send_form(f"/triage/{number}", **decision, words=" \u2063 ")).status_code == 303


async def test_asking_in_triage_keeps_what_was_chosen_and_deciding_goes_on(
    desk: Visitor, bob: Member, hana: Member
) -> None:
    number = await make_case(bob)
    version = (await case_row(number))["version"]
    chosen = {"severity": "s2", "nature": "threat", "reason": "It <may> be one", "version": version}
    page = await desk.send_form(f"/triage/{number}/questions", **chosen, member=hana.id, preset="joke")
    assert page.status_code == 200
    assert "Bob asked Hana; waiting for an answer" in page.text
    assert 'value="s2" checked' in page.text
    assert "It &lt;may&gt; be one" in page.text
    decided = await desk.send_form(f"/triage/{number}", **chosen, stance="escalate", member=hana.id, words="")
    assert decided.status_code == 303, decided.text
    assert (await owed(number))["question"]["owner"] == hana.id


async def test_a_script_gets_only_the_questions(desk: Visitor, bob: Member, hana: Member) -> None:
    number = await make_case(bob)
    form = {"csrf": "", "member": str(hana.id), "preset": "meaning"}
    page = await desk.get(f"/triage/{number}/questions", headers=FRAGMENT)
    assert page.text.lstrip().startswith("<section")
    assert "every 15s" not in page.text
    await desk.send_form(f"/triage/{number}/questions", **form | {"csrf": csrf(await desk.get("/triage"))})
    waiting = (await desk.get(f"/triage/{number}/questions", headers=FRAGMENT)).text
    assert "every 15s" in waiting
    assert (await desk.get(f"/triage/{number}/questions")).headers["location"] == f"/triage?case={number}"


def csrf(page) -> str:
    return re.findall(r'name="csrf" value="([^"]+)"', page.text)[0]


async def test_a_question_that_is_refused_is_shown_again(desk: Visitor, bob: Member, hana: Member) -> None:
    number = await make_case(bob)
    await asked(bob, hana, number)
    again = await desk.send_form(f"/triage/{number}/questions", severity="s4", member=hana.id, preset="joke")
    assert again.status_code == 409
    assert "You already asked Hana this." in again.text
    assert 'value="s4" checked' in again.text
    empty = await desk.send_form(f"/cases/{number}/questions", member=hana.id, words="  ")
    assert empty.status_code == 422
    assert "Enter a question, or choose one." in empty.text
    own = await desk.send_form(f"/cases/{number}/questions", member=bob.id, words="Who is <this>?")
    assert own.status_code == 422
    assert "Who is &lt;this&gt;?" in own.text


async def test_the_colleague_answers_on_today_in_one_press(site: Site, bob: Member, hana: Member) -> None:
    number = await make_case(bob, title="Great, <again>")
    question = await asked(bob, hana, number)
    hers = await site.visit_as(hana)
    today = (await hers.get("/")).text
    assert "A colleague has a question for you" in today
    assert "Great, &lt;again&gt;" in today
    assert re.findall(r'name="answer" value="(\w+)"', today) == ["joke", "serious", "not_sure"]
    answer = await hers.send_form(
        f"/cases/{number}/questions/{question}/answer", answer="serious", today="on"
    )
    assert answer.headers["location"] == "/?notice=answered"
    assert "A colleague has a question for you" not in (await hers.get("/")).text
    his = await site.visit_as(bob)
    for address in ("/triage", f"/cases/{number}"):
        page = (await his.get(address)).text
        assert "Hana: Serious" in page
    assert "answered Bob’s question “Is this a joke?” with “Serious”" in page
    assert await entries(number) == ["captured", "question", "question"]


async def test_the_colleague_answers_on_the_case_in_words_that_are_kept_when_refused(
    site: Site, bob: Member, hana: Member
) -> None:
    number = await make_case(bob)
    question = await asked(bob, hana, number)
    hers = await site.visit_as(hana)
    page = (await hers.get(f"/cases/{number}")).text
    assert page.index('id="questions"') < page.index('class="case-columns"'), "it stands first"
    address = f"/cases/{number}/questions/{question}/answer"
    empty = await hers.send_form(address, words=" ", question=question)
    assert empty.status_code == 422
    assert "Enter an answer, or choose one." in empty.text
    kept = await hers.send_form(address, words="It is <slang>", question=question)
    assert kept.headers["location"] == f"/cases/{number}?notice=answered"
    assert "Hana: It is &lt;slang&gt;" in (await hers.get(f"/cases/{number}")).text
    late = await hers.send_form(address, words="And more", question=question)
    assert late.status_code == 409


async def test_a_question_is_withdrawn_from_triage_and_from_the_case(
    desk: Visitor, bob: Member, hana: Member
) -> None:
    number = await make_case(bob)
    question = await asked(bob, hana, number)
    page = await desk.send_form(f"/triage/{number}/questions/{question}/withdraw", severity="s1")
    assert page.status_code == 200
    assert "waiting for an answer" not in page.text
    assert 'value="s1" checked' in page.text
    question = await asked(bob, hana, number)
    answer = await desk.send_form(f"/cases/{number}/questions/{question}/withdraw")
    assert answer.headers["location"] == f"/cases/{number}?notice=withdrawn"
    assert "withdrew the question “Is this a joke?”" in (await desk.get(f"/cases/{number}")).text


async def test_a_colleague_answers_in_triage_too(site: Site, bob: Member, hana: Member) -> None:
    number = await make_case(bob)
    question = await asked(bob, hana, number)
    hers = await site.visit_as(hana)
    page = await hers.send_form(f"/triage/{number}/questions/{question}/answer", answer="joke")
    assert page.status_code == 200
    assert "Hana: Joke" in page.text


async def test_words_beside_a_button_are_sent_along_and_shown(site: Site, bob: Member, hana: Member) -> None:
    number = await make_case(bob)
    his, hers = await site.visit_as(bob), await site.visit_as(hana)
    await his.send_form(f"/cases/{number}/questions", member=hana.id, preset="joke", words="The <emoji>?")
    assert "Is this a joke? – The &lt;emoji&gt;?" in (await hers.get("/")).text
    question = (await owed(number))["question"]["id"]
    address = f"/cases/{number}/questions/{question}/answer"
    await hers.send_form(address, question=question, answer="joke", words="Yes <it> is")
    page = (await his.get(f"/cases/{number}")).text
    assert "Hana: Joke – Yes &lt;it&gt; is" in page
    assert "Yes &lt;it&gt; is" in page.partition('<ol class="entries">')[2], "on the timeline too"


async def test_too_many_words_and_an_answer_to_another_question_are_refused_and_kept(
    site: Site, bob: Member, hana: Member
) -> None:
    number = await make_case(bob)
    his, hers = await site.visit_as(bob), await site.visit_as(hana)
    long = "x" * 301
    for address in (f"/cases/{number}/questions", f"/triage/{number}/questions"):
        page = await his.send_form(address, member=hana.id, preset="joke", words=long)
        assert page.status_code == 422
        assert "At most 300 characters; this has 301." in page.text
        assert f">{long}</textarea>" in page.text
    question = await asked(bob, hana, number)
    sent = {"question": question, "answer": "yes", "words": "I <mean> it"}
    page = await hers.send_form(f"/cases/{number}/questions/{question}/answer", **sent)
    assert page.status_code == 422
    assert "This does not answer that question." in page.text
    assert ">I &lt;mean&gt; it</textarea>" in page.text


async def test_a_question_begun_in_triage_stays_whatever_button_is_pressed(
    site: Site, bob: Member, hana: Member
) -> None:
    number, anna = await make_case(bob), await make_member("anna")
    question = await asked(bob, hana, number)
    hers = await site.visit_as(hana)
    begun = {"member": anna.id, "words": "Who is <she>?"}
    kept = re.compile(r"selected>Anna.*>Who is &lt;she&gt;\?</textarea>", re.DOTALL)
    for path, more in (
        (f"/triage/{number}", {"stance": "answer", "severity": "none"}),
        (f"/triage/{number}/look", {}),
        (f"/triage/{number}/questions/{question}/answer", {"answer": "yes"}),
        (f"/triage/{number}/questions/{question}/answer", {"answer": "joke"}),
    ):
        page = (await hers.send_form(path, **begun, **more)).text
        assert kept.search(page), path
    assert "Hana: Joke" in page
    assert "Hana: Joke – Who" not in page
    page = (await hers.send_form(f"/triage/{number}/questions", **begun)).text
    assert "Who is &lt;she&gt;?</p>" in page
    assert not kept.search(page)


@pytest.mark.parametrize("place", ["cases", "triage"])
async def test_a_question_has_no_address_under_another_case(
    site: Site, bob: Member, hana: Member, place: str
) -> None:
    number, other = await make_case(bob), await make_case(bob)
    question = await asked(bob, hana, number)
    hers, his = await site.visit_as(hana), await site.visit_as(bob)
    for wrong in (other, 9999):
        at = f"/{place}/{wrong}/questions/{question}"
        assert (await hers.send_form(f"{at}/answer", answer="joke")).status_code == 404
        assert (await his.send_form(f"{at}/withdraw")).status_code == 404
    assert (await owed(number))["question"]["owner"] == hana.id


async def test_today_says_how_many_questions_it_leaves_out_and_shows_them_once_there_is_room(
    site: Site, bob: Member, hana: Member
) -> None:
    number = await make_case(bob)
    for count in range(questions.SHOWN):
        await questions.ask(Act(bob, MONDAY), number, of=hana.id, words=f"Which one, {count}?")
    hers = await site.visit_as(hana)
    assert "wait for you" not in (await hers.get("/")).text
    for words in ("And the second last?", "And the last?"):
        await questions.ask(Act(bob, MONDAY + HOUR), number, of=hana.id, words=words)
    today = (await hers.get("/")).text
    assert "2 more questions wait for you" in today
    assert "And the last?" not in today
    assert "They appear here once these are answered." in today
    for _ in range(2):
        first = (await questions.asked_of(hana))[0]
        await questions.answer(Act(hana, MONDAY + HOUR), number, first.id, words="The red one")
    assert "And the last?" in (await hers.get("/")).text


async def test_who_works_alone_sees_nobody_to_ask_and_a_closed_case_asks_nobody(
    site: Site, bob: Member
) -> None:
    number = await make_case(bob)
    desk = await site.visit_as(bob)
    for address in ("/triage", f"/cases/{number}"):
        assert "ask-member" not in (await desk.get(address)).text
    await make_member("hana")
    assert "ask-member" in (await desk.get(f"/cases/{number}")).text
    await move(number, "not_ours", by=bob, reason="Spam")
    assert "ask-member" not in (await desk.get(f"/cases/{number}")).text
