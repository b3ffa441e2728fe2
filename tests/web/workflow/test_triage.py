"""Can new cases be decided one after the other, with the recommendation beside them?"""

import re
from uuid import uuid4

import pytest

from amends import tables
from amends.services.desk import case_themes, themes
from amends.services.team.members import Act, Member
from tests.web.site import Site, Visitor
from tests.world import HOUR, MONDAY, case_row, make_case, make_member, move


@pytest.fixture
async def bob() -> Member:
    return await make_member("bob")


@pytest.fixture
async def desk(site: Site, bob: Member) -> Visitor:
    return await site.visit_as(bob)


async def version(number: int) -> str:
    return str((await case_row(number))["version"])


def chosen(page: str) -> list[str]:
    return re.findall(r'name="stance" value="(\w+)"[^>]* checked', page)


async def test_while_nothing_is_new_the_page_says_so(desk: Visitor) -> None:
    page = (await desk.get("/triage")).text
    assert "All cases are triaged." in page
    assert 'href="/triage"' not in (await desk.get("/")).text.split("<main")[1]


async def test_the_picture_of_the_post_is_shown_once_it_can_be(desk: Visitor, bob: Member) -> None:
    await make_case(bob)
    [capture] = await tables.Capture.select(tables.Capture.id)
    picture = {"sha256": "a" * 64, "media_type": "image/png", "size": 9, "width": 40, "height": 30}
    kept = tables.Evidence(id=uuid4(), capture=capture["id"], kept_at=MONDAY, **picture)
    await tables.Evidence.insert(kept)
    assert "<img" not in (await desk.get("/triage")).text, "it is drawn anew first"
    await tables.Evidence.update({tables.Evidence.shown_sha256: "b" * 64}, force=True)
    assert f'<img src="/evidence/{kept.id}" width="40" height="30"' in (await desk.get("/triage")).text


async def test_the_first_that_is_due_is_shown_and_today_leads_there(desk: Visitor, bob: Member) -> None:
    second, first = await make_case(bob), await make_case(bob, now=MONDAY - HOUR)
    page = (await desk.get("/triage")).text
    assert "1 of 2" in page
    assert f'action="/triage/{first}"' in page
    assert f'href="/triage?case={second}" data-keys="]"' in page
    assert "Say what it is to see a recommendation." in page
    assert 'href="/triage"' in (await desk.get("/")).text.split("<main")[1]
    assert f'action="/triage/{second}"' in (await desk.get(f"/triage?case={second}")).text


async def test_what_is_known_is_answered_with_a_stance_and_its_reason(desk: Visitor, bob: Member) -> None:
    number = await make_case(bob)
    said = {"nature": "complaint", "severity": "s3", "fault": "ours"}
    whole = (await desk.send_form(f"/triage/{number}/look", **said)).text
    assert "Recommended: Put it right" in whole
    assert "practices" not in whole
    assert chosen(whole) == ["fix"]
    assert 'value="s3" checked' in whole
    assert (await case_row(number))["severity"] is None


async def test_a_stance_that_somebody_chose_is_not_taken_from_them(desk: Visitor, bob: Member) -> None:
    number = await make_case(bob)
    said = {"nature": "complaint", "fault": "ours", "recommended": "answer"}
    untouched = (await desk.send_form(f"/triage/{number}/look", **said, stance="answer")).text
    assert chosen(untouched) == ["fix"], "it had only been recommended"
    touched = (await desk.send_form(f"/triage/{number}/look", **said, stance="clarify")).text
    assert chosen(touched) == ["clarify"]


async def test_a_decision_goes_on_to_the_next_case_and_names_the_way_back(desk: Visitor, bob: Member) -> None:
    first, second = await make_case(bob, now=MONDAY - HOUR), await make_case(bob)
    form = {"severity": "s3", "stance": "fix", "nature": "complaint", "version": await version(first)}
    done = await desk.send_form(f"/triage/{first}", **form)
    assert done.headers["location"] == f"/triage?notice=decided&done={first}"
    page = (await desk.get(done.headers["location"])).text
    assert f'action="/triage/{second}"' in page
    assert f'<a href="/cases/{first}">' in page
    assert (await case_row(first))["stage"] == "acknowledge"


async def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(
    desk: Visitor, bob: Member
) -> None:
    number = await make_case(bob)
    form = {"stance": "watch_in_silence", "nature": "harassment", "version": await version(number)}
    refused = await desk.send_form(f"/triage/{number}", **form)
    assert refused.status_code == 422
    assert 'id="triage-reason-error"' in refused.text
    assert 'id="triage-review-error"' in refused.text
    assert chosen(refused.text) == ["watch_in_silence"]
    assert (await desk.send_form(f"/triage/{number}", version="0")).status_code == 422


@pytest.mark.parametrize("severity", ["s4", "s9"])
async def test_the_recommended_stance_is_still_chosen_when_the_decision_is_refused(
    desk: Visitor, bob: Member, severity: str
) -> None:
    number = await make_case(bob)
    form = {"nature": "spam", "severity": severity, "version": await version(number)}
    refused = await desk.send_form(f"/triage/{number}", recommended="let_go", stance="let_go", **form)
    assert refused.status_code == 422
    assert chosen(refused.text) == ["let_go"]
    assert ("Recommended: Close without action" in refused.text) == (severity == "s4")


@pytest.mark.parametrize(
    ("stance", "button", "more"),
    [
        ("fix", "Put it right", {}),
        ("let_go", "Close without action", {"reason": "Spam"}),
        ("escalate", "Escalate", {"reason": "They know where we live"}),
    ],
)
async def test_what_can_be_undone_is_named_as_what_was_chosen(
    desk: Visitor, bob: Member, stance: str, button: str, more: dict[str, str]
) -> None:
    number = await make_case(bob)
    decided = {"severity": "s3", "stance": stance, "version": await version(number), **more}
    assert (await desk.send_form(f"/triage/{number}", **decided)).status_code == 303
    assert f"Decided: “{button}”." in (await desk.get(f"/cases/{number}")).text


async def test_what_somebody_else_decided_meanwhile_is_told(site: Site, desk: Visitor, bob: Member) -> None:
    number, waits = await make_case(bob), await make_case(bob)
    seen = await version(number)
    await move(number, "answer", by=bob, severity="s3", stance="fix")
    late = await desk.send_form(f"/triage/{number}", severity="s3", stance="answer", version=seen)
    assert late.status_code == 409
    assert "Continue: 1 new case" in late.text
    assert f'action="/triage/{waits}"' in (await desk.get(f"/triage?case={number}")).text


async def test_strangers_words_stay_text(desk: Visitor, bob: Member) -> None:
    number = await make_case(bob, text="<script>1</script> it never came", id="17")
    await make_case(bob, id="18")
    page = (await desk.get(f"/triage?case={number}")).text
    assert "<script>1" not in page
    assert "&lt;script&gt;1" in page


async def test_themes_that_may_fit_are_ticked_with_the_decision(desk: Visitor, bob: Member) -> None:
    assert "Suggested themes" not in (await desk.get(f"/triage?case={await make_case(bob)}")).text
    late = await themes.make(Act(bob, MONDAY), "Late")
    for text in ("Livraison en retard, encore", "Le retard de la livraison"):
        await case_themes.choose(Act(bob, MONDAY), await make_case(bob, text=text), add_to=[late])
    number = await make_case(bob, text="Deux semaines de retard pour ma livraison")
    tick = f'name="theme" value="{late}"'
    page = (await desk.get(f"/triage?case={number}")).text
    assert f"{tick}>" in page
    assert "as in other cases: livraison, retard" in page
    form = {"nature": "complaint", "theme": str(late), "version": await version(number)}
    assert f"{tick} checked" in (await desk.send_form(f"/triage/{number}", **form)).text, (
        "a stance is missing"
    )
    form |= {"stance": "fix", "severity": "s3"}
    assert (await desk.send_form(f"/triage/{number}", **form)).status_code == 303
    assert "added themes: Late" in (await desk.get(f"/cases/{number}")).text


async def test_what_may_be_the_same_post_is_proposed_and_merged_by_whoever_decides_so(
    desk: Visitor, bob: Member
) -> None:
    review = {"platform": "google", "kind": "review", "id": "", "author": {"name": "Léa Ménard"}}
    kept = await make_case(bob, **review, url="https://www.google.com/maps/place/Nino", text="Très déçue.")
    again = await make_case(bob, **review, url="https://business.google.com/reviews", text="Très déçue.")
    page = (await desk.get(f"/triage?case={again}")).text
    assert "Maybe the same post" in page
    form = f"/cases/{again}?do=join&amp;into={kept}#next-step"
    assert f'href="{form}"' in page
    assert (await case_row(again))["stage"] == "new"
    opened = (await desk.get(f"/cases/{again}?do=join&into={kept}")).text
    assert re.search(rf'name="duplicate_of"[^>]* value="{kept}"', opened)
