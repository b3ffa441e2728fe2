"""Is a case read as one conversation, with one place to write and one next step?"""

import re

import pytest

from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.web.site import Site, Visitor
from tests.world import MONDAY, case_row, entries, lead_to, make_case, make_member, move

MOST_BYTES = 150_000


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


def open_tab(page: str) -> str:
    [tab] = re.findall(r'id="tab-(\w+)"[^>]* checked', page)
    return str(tab)


async def test_the_address_says_which_part_of_the_conversation_is_shown(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await desk.send_form(f"/cases/{number}/notes", text="Only for us")
    await desk.send_form(f"/cases/{number}/touchpoints", channel="email", direction="in", text="I wait")
    for show, seen in (
        ("", "event note theirs"),
        ("conversation", "theirs"),
        ("notes", "note"),
        ("<b>", None),
    ):
        page = (await desk.get(f"/cases/{number}?show={show}")).text
        voices = sorted(set(re.findall(r'data-voice="(\w+)"', page)))
        assert voices == (seen or "event note theirs").split()


async def test_the_part_that_is_shown_stays_after_a_form_of_the_page(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await desk.send_form(f"/cases/{number}/notes", text="Only for us")
    desk.headers.update(
        {"hx-request": "true", "hx-current-url": f"http://127.0.0.1:8000/cases/{number}?show=notes"}
    )
    page = (await desk.get(f"/cases/{number}?notice=noted")).text
    assert set(re.findall(r'data-voice="(\w+)"', page)) == {"note"}


async def test_a_long_history_shows_its_end_and_stays_light(desk: Visitor, alice: Member):
    number = await make_case(alice)
    for count in range(60):
        await case_commands.note(Act(alice, MONDAY), number, text=f"Note {count}. " + "She rang again. " * 20)
    page = await desk.get(f"/cases/{number}")
    assert "Show 31 earlier entries" in page.text
    assert "Note 30." in page.text
    assert "Note 29." not in page.text
    assert len(page.content) < MOST_BYTES
    assert "Note 29." in (await desk.get(f"/cases/{number}?earlier=on")).text


@pytest.mark.parametrize(
    ("stage", "tab"),
    [("new", "note"), ("acknowledge", "reply"), ("contact", "private"), ("working", "private")],
)
async def test_the_composer_opens_where_the_next_step_is_written(
    desk: Visitor, alice: Member, stage: str, tab: str
):
    number = await make_case(alice)
    if stage != "new":
        await lead_to(number, stage, by=alice)
    assert open_tab((await desk.get(f"/cases/{number}")).text) == tab
    assert open_tab((await desk.get(f"/cases/{number}?write=log")).text) == "log"


async def test_writing_comes_before_marking_as_posted(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await lead_to(number, "acknowledge", by=alice)
    page = (await desk.get(f"/cases/{number}")).text
    card = page[page.index('id="next-step"') : page.index('id="owed"')]
    assert re.findall(r'class="[^"]*primary[^"]*"[^>]*>([^<]+)', card) == ["Write the reply"]


async def test_a_private_message_that_moves_nothing_is_kept_with_what_was_typed(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await lead_to(number, "resolved", by=alice)
    form = {"direction": "out", "tab": "private", "text": "Is it well now?"}
    refused = await desk.send_form(f"/cases/{number}/touchpoints", **form)
    assert refused.status_code == 422
    assert open_tab(refused.text) == "private"
    assert "Is it well now?</textarea>" in refused.text
    assert (await desk.send_form(f"/cases/{number}/touchpoints", **form, channel="email")).status_code == 303
    assert (await entries(number))[-1] == "touchpoint"
    assert (await case_row(number))["stage"] == "resolved"


async def test_a_private_link_joins_the_reply_once(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await lead_to(number, "acknowledge", by=alice)
    desk.headers["hx-request"] = "true"
    first = await desk.send_form(f"/cases/{number}/answer/link", text="Sorry, Dana.", in_case="yes")
    [link] = re.findall(r"Sorry, Dana.\n(\S+/h/AM-[\w-]+)</textarea>", first.text)
    assert "<html" not in first.text
    again = await desk.send_form(f"/cases/{number}/answer/link", text=f"Sorry, Dana.\n{link}", in_case="yes")
    assert again.text.partition("</textarea>")[0].count(link) == 1
    assert "No customer can open this link yet" in again.text, "it leads to this computer"
    assert "No problems found" not in again.text
    assert (await entries(number)).count("contact_asked") == 1


async def test_a_reply_that_is_refused_on_its_case_changes_its_own_part_only(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await lead_to(number, "acknowledge", by=alice)
    desk.headers["hx-request"] = "true"
    answer = await desk.send_form(f"/cases/{number}/answer", text="", do="keep", in_case="yes")
    assert answer.status_code == 422
    assert answer.headers["hx-retarget"] == "#writing"
    assert 'id="answer-text-error"' in answer.text
    assert 'id="case"' not in answer.text


async def test_what_is_unknown_of_the_person_is_not_said_as_if_it_were_something(
    desk: Visitor, alice: Member
):
    number = await make_case(alice)
    await lead_to(number, "acknowledge", by=alice)
    page = (await desk.get(f"/cases/{number}")).text
    person = page[page.index('id="person-heading"') :]
    assert "Unknown" not in person[: person.index("</section>")]
    assert "· Unknown" not in page


async def test_the_card_names_the_step_that_a_member_said_comes_next(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await lead_to(number, "working", by=alice)
    await move(number, "finish_step", by=alice, next_step="Call the carrier <b>today</b>")
    page = (await desk.get(f"/cases/{number}")).text
    assert re.search(r'id="next-step-heading"[^>]*>Call the carrier &lt;b&gt;today&lt;/b&gt;</h2>', page)


HEADING = re.compile(r'id="next-step-heading"[^>]*>([^<]*)</h2>')


async def test_after_the_customer_wrote_the_card_asks_for_an_answer_until_a_step_is_said(
    desk: Visitor, alice: Member
):
    number = await make_case(alice)
    await lead_to(number, "working", by=alice)
    page = (await desk.get(f"/cases/{number}")).text
    assert HEADING.findall(page) == ["They wrote: answer them"]
    assert f'href="/cases/{number}?write=private#composer"' in page
    assert re.search(r'id="tab-private"[^>]* checked', page), "and the composer is open where it is written"
    await move(number, "finish_step", by=alice, next_step="Call the carrier")
    assert HEADING.findall((await desk.get(f"/cases/{number}")).text) == ["Call the carrier"]
    await move(number, "ask_them", by=alice, channel="email")
    await move(number, "receive_reply", by=alice, channel="email")
    assert HEADING.findall((await desk.get(f"/cases/{number}")).text) == ["They wrote: answer them"]


async def test_an_answer_that_asks_nothing_is_recorded_and_the_case_stays_in_progress(
    desk: Visitor, alice: Member
):
    number = await make_case(alice)
    await lead_to(number, "working", by=alice)
    page = (await desk.get(f"/cases/{number}")).text
    form = page.partition('data-form="ask_them"')[2].partition("</form>")[0]
    assert f'name="direction" value="out" formaction="/cases/{number}/touchpoints"' in form
    sent = {"direction": "out", "channel": "email", "text": "It comes on Friday."}
    assert (await desk.send_form(f"/cases/{number}/touchpoints", **sent)).status_code == 303
    assert (await case_row(number))["stage"] == "working"
    assert HEADING.findall((await desk.get(f"/cases/{number}")).text) != ["They wrote: answer them"]


async def test_what_comes_next_is_asked_for_and_its_button_says_what_was_done(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await lead_to(number, "contact", by=alice)
    page = (await desk.get(f"/cases/{number}?do=ask_in_public")).text
    assert "Write privately" in (await desk.get("/cases")).text
    assert "I wrote privately" not in (await desk.get("/cases")).text
    assert HEADING.findall(page) == ["I asked in public how to reach them"], "a form that was opened"
    await move(number, "contact_in_private", by=alice, channel="email", text="Hello")
    assert "Wait for their reply" in (await desk.get("/cases")).text


async def test_a_draft_that_was_kept_is_told_as_one(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await lead_to(number, "acknowledge", by=alice)
    await move(number, "keep_draft", by=alice, text="We are sorry.", reason="Short")
    page = (await desk.get(f"/cases/{number}")).text
    assert "saved a draft of the public reply" in page
    assert "wrote the public reply" not in page


async def test_a_case_that_came_back_to_work_without_a_word_of_theirs_asks_what_comes_next(
    desk: Visitor, alice: Member
):
    number = await make_case(alice)
    await move(number, "escalate", by=alice, reason="Legal")
    await move(number, "return_to_work", by=alice, reason="Nothing in it")
    assert HEADING.findall((await desk.get(f"/cases/{number}")).text) == ["Say what comes next"]
