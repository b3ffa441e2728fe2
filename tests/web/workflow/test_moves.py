"""Does a form move a case, keep what was typed when it is refused, and lead back within half a minute?"""

import re
from datetime import timedelta

import pytest

from amends.services.team.members import Act, Member
from amends.services.workflow import replies
from tests.web.site import Site, Visitor
from tests.world import MONDAY, case_row, lead_to, make_case, make_member, move, owed


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def test_a_move_leads_back_to_the_case_which_says_so(desk: Visitor, alice: Member):
    number = await make_case(alice)
    answer = await desk.send_form(f"/cases/{number}/moves", move="answer", severity="s2", stance="fix")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/cases/{number}?notice=moved"
    assert (await case_row(number))["stage"] == "acknowledge"
    page = (await desk.get(answer.headers["location"])).text
    assert "Done. The next step is set." in page
    assert "decided to answer" in page


async def test_what_was_typed_stays_beside_what_is_missing(desk: Visitor, alice: Member):
    number = await make_case(alice)
    answer = await desk.send_form(
        f"/cases/{number}/moves", move="watch_in_silence", reason="They are <joking>", review_on=""
    )
    assert answer.status_code == 422
    assert "They are &lt;joking&gt;</textarea>" in answer.text
    assert 'id="watch_in_silence-review_on-error"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert (await case_row(number))["stage"] == "new"


async def test_a_fragment_is_answered_with_a_fragment_also_when_refused(desk: Visitor, alice: Member):
    number = await make_case(alice)
    desk.headers["hx-request"] = "true"
    answer = await desk.send_form(f"/cases/{number}/moves", move="not_ours", reason="")
    assert answer.status_code == 422
    assert "<html" not in answer.text
    assert 'id="case"' in answer.text


async def test_a_case_that_somebody_else_changed_keeps_the_words_and_asks_again(desk: Visitor, alice: Member):
    number = await make_case(alice)
    seen = (await case_row(number))["version"]
    await move(number, "answer", by=alice, severity="s3", stance="answer")
    answer = await desk.send_form(
        f"/cases/{number}/moves", move="concede", version=str(seen), reason="They are right"
    )
    assert answer.status_code == 409
    assert "Someone else has changed this case in the meantime." in answer.text
    assert "They are right" in answer.text


async def test_words_for_a_move_that_is_gone_are_shown_and_not_thrown_away(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await move(number, "answer", by=alice, severity="s3", stance="answer")
    answer = await desk.send_form(f"/cases/{number}/moves", move="watch_in_silence", reason="Long thoughts")
    assert answer.status_code in (409, 422)
    assert "Long thoughts" in answer.text


@pytest.mark.parametrize("name", ["", "fly", "answer<script>"])
async def test_a_move_that_does_not_exist_is_refused_in_a_sentence(desk: Visitor, alice: Member, name: str):
    number = await make_case(alice)
    answer = await desk.send_form(f"/cases/{number}/moves", move=name)
    assert answer.status_code == 422
    assert "<script>" not in answer.text.replace("<script src", "").replace('<script type="module"', "")


async def test_a_move_can_be_undone_for_half_a_minute(site: Site, desk: Visitor, alice: Member):
    number = await make_case(alice)
    await desk.send_form(f"/cases/{number}/moves", move="answer", severity="s2", stance="fix")
    page = (await desk.get(f"/cases/{number}")).text
    found = re.search(r'action="(/cases/\d+/moves/[\w-]+/undo)"', page)
    assert found
    answer = await desk.send_form(found[1])
    assert answer.headers["location"].endswith("?notice=undone")
    assert (await case_row(number))["stage"] == "new"


async def test_after_half_a_minute_the_page_says_that_it_is_too_late(
    site: Site, desk: Visitor, alice: Member
):
    number = await make_case(alice)
    undo_id = await move(number, "answer", by=alice, severity="s2", stance="fix")
    site.clock.move(timedelta(seconds=31))
    assert "/undo" not in (await desk.get(f"/cases/{number}")).text
    answer = await desk.send_form(f"/cases/{number}/moves/{undo_id}/undo")
    assert answer.status_code == 409
    assert "This can no longer be undone" in answer.text


async def test_a_case_that_is_not_there_cannot_move(desk: Visitor):
    answer = await desk.send_form("/cases/4711/moves", move="answer", severity="s2", stance="fix")
    assert answer.status_code == 404


async def test_a_case_that_gets_less_bad_keeps_its_dates_unless_it_is_ticked(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await move(number, "answer", by=alice, severity="s1", stance="fix")
    soon = (await owed(number))["acknowledge"]["due_at"]
    await desk.send_form(f"/cases/{number}/severity", severity="s3")
    assert (await owed(number))["acknowledge"]["due_at"] == soon
    await desk.send_form(f"/cases/{number}/severity", severity="s1")
    await desk.send_form(f"/cases/{number}/severity", severity="s3", later="on")
    assert (await owed(number))["acknowledge"]["due_at"] > soon
    assert "; new due dates: " in (await desk.get(f"/cases/{number}")).text


async def test_facts_are_corrected_on_the_case(desk: Visitor, alice: Member):
    number = await make_case(alice)
    assert "Correct the facts" in (await desk.get(f"/cases/{number}")).text
    answer = await desk.send_form(
        f"/cases/{number}/facts", nature="complaint", customer_status="verified", fault=""
    )
    assert answer.headers["location"].endswith("?notice=facts")
    page = (await desk.get(f"/cases/{number}")).text
    assert "corrected: Customer: Unknown → Verified customer, Nature: – → Complaint" in page
    assert '<option value="complaint" selected>' in page


async def test_the_address_of_a_reply_that_a_browser_saw_stands_in_the_form_that_asks_for_it(
    desk: Visitor, alice: Member
):
    number = await make_case(alice)
    await lead_to(number, "acknowledge", by=alice)
    await replies.seen(Act(alice, MONDAY), number, url="https://x.com/bakers/status/7", text="Sorry.")
    page = (await desk.get(f"/cases/{number}?do=post_acknowledgement")).text
    assert 'value="https://x.com/bakers/status/7"' in page


LINK = "https://desk.example.org/h/AM-7K3Q-ZH2P"


def ticked(page: str, name: str) -> bool:
    _before, _form, form = page.partition('data-form="post_acknowledgement"')
    [box, *_others] = re.findall(rf'<input type="checkbox" name="{name}"[^>]*>', form)
    return " checked" in box


async def test_what_the_draft_says_is_ticked_already_by_the_rule_that_counts_it(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await lead_to(number, "acknowledge", by=alice)
    await move(number, "keep_draft", by=alice, text=f"Sorry for that. {LINK}")
    page = (await desk.get(f"/cases/{number}")).text
    assert ticked(page, "place_given")
    assert not ticked(page, "plan_given")
    await move(number, "keep_draft", by=alice, text="Sorry. We will call the baker by Friday.", reason="ok")
    page = (await desk.get(f"/cases/{number}")).text
    assert not ticked(page, "place_given")
    assert ticked(page, "plan_given")


async def test_a_box_that_was_cleared_is_not_ticked_again_when_the_form_is_refused(
    desk: Visitor, alice: Member
):
    number = await make_case(alice)
    await lead_to(number, "acknowledge", by=alice)
    await move(number, "keep_draft", by=alice, text=f"Sorry for that. {LINK}")
    refused = await desk.send_form(f"/cases/{number}/moves", move="post_acknowledgement", reply_url="")
    assert refused.status_code == 422
    assert not ticked(refused.text, "place_given")
