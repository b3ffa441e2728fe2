"""Are cases listed, filtered and paged, and does one case's page show everything and nothing dangerous?"""

import re

import pytest

from amends.database import bound
from amends.rules.vocabulary import Severity
from amends.services.desk import cases
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, severities
from tests.web.site import Site, Visitor
from tests.world import DAY, MONDAY, lead_to, make_case, make_member, move

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}\n<b hx-post=/steal hx-trigger=load>"
AS_FRAGMENT = {"hx-request": "true"}


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def statements(desk: Visitor, path: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many statements the database was asked while a page was made."""
    asked = 0
    for name in ("run_querystring", "run_statement"):
        original = getattr(bound(), name, None)
        if original is None:
            continue

        async def counted(*given, _original=original, **named):
            nonlocal asked
            asked += 1
            return await _original(*given, **named)

        monkeypatch.setattr(bound(), name, counted)
    assert (await desk.get(path)).status_code == 200
    monkeypatch.undo()
    return asked


async def test_a_browser_whose_clock_is_ahead_captured_no_post_in_the_future(alice: Member, desk: Visitor):
    number = await make_case(alice, capturedAt=(MONDAY + 2 * DAY).isoformat())
    page = (await desk.get(f"/cases/{number}")).text
    assert "Captured" in page
    assert "in 2 days" not in page


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", ["/", "/cases", "/cases/1", "/shortcuts", "/sample"])
async def test_a_page_is_complete_in_each_language(site: Site, alice: Member, path: str, language: str):
    await make_case(alice)
    visitor = await site.signed_in(language=language, name=f"reader{language}")
    page = await visitor.get(path)
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert page.text.count("<h1") == 1
    assert '<main id="main"' in page.text


@pytest.mark.parametrize("path", ["/", "/cases", "/cases/1", "/shortcuts"])
async def test_a_fragment_is_the_part_of_its_page_that_changes(desk: Visitor, alice: Member, path: str):
    await make_case(alice)
    fragment = (await desk.get(path, headers=AS_FRAGMENT)).text
    assert "<html" not in fragment
    assert "<main" not in fragment
    restored = await desk.get(path, headers={**AS_FRAGMENT, "hx-history-restore-request": "true"})
    assert "<html" in restored.text


async def test_what_a_stranger_wrote_is_text_and_nothing_else(desk: Visitor, alice: Member):
    number = await make_case(
        alice,
        text=HOSTILE,
        title=HOSTILE,
        author={"name": HOSTILE, "handle": HOSTILE, "url": "javascript:alert(1)"},
        context={"threadTitle": HOSTILE},
        note=HOSTILE,
    )
    await case_commands.note(Act(alice, MONDAY), number, text=HOSTILE)
    for path in ("/", "/cases", f"/cases/{number}"):
        page = (await desk.get(path)).text
        assert "<script>alert" not in page
        assert "onerror=alert(2)>" not in page.replace("onerror=alert(2)&gt;", "")
        assert "<b hx-post" not in page
        assert "javascript:" not in page
        assert "&lt;script&gt;" in page


async def test_the_words_of_a_post_stand_where_htmx_does_not_look(desk: Visitor, alice: Member):
    number = await make_case(alice)
    page = (await desk.get(f"/cases/{number}")).text
    letter = re.search(r'<div class="letter-text"[^>]*>', page)
    assert letter
    assert 'lang="en"' in letter[0]
    assert 'dir="auto"' in letter[0]
    assert "hx-ignore" in letter[0]


async def test_ten_more_cases_cost_no_more_statements(
    desk: Visitor, alice: Member, monkeypatch: pytest.MonkeyPatch
):
    await make_case(alice)
    before = [await statements(desk, path, monkeypatch) for path in ("/", "/cases")]
    for _ in range(10):
        await make_case(alice)
    after = [await statements(desk, path, monkeypatch) for path in ("/", "/cases")]
    assert before == after
    assert all(before)


async def test_ten_more_entries_cost_no_more_statements(
    desk: Visitor, alice: Member, monkeypatch: pytest.MonkeyPatch
):
    number = await make_case(alice)
    before = await statements(desk, f"/cases/{number}", monkeypatch)
    for turn in range(10):
        await case_commands.note(Act(alice, MONDAY), number, text=f"note {turn}")
    assert await statements(desk, f"/cases/{number}", monkeypatch) == before > 0


async def test_filters_stand_in_the_address_and_each_can_be_dropped(desk: Visitor, alice: Member):
    mine = await make_case(alice, text="The blue one")
    await case_commands.assign(Act(alice, MONDAY), mine, owner=alice.id)
    other = await make_case(alice, text="The red one", platform="reddit", url="https://www.reddit.com/r/a/1")
    page = (await desk.get("/cases?owner=me&words=blue")).text
    assert f'href="/cases/{mine}"' in page
    assert f'href="/cases/{other}"' not in page
    assert 'href="/cases?owner=me"' in page
    assert 'href="/cases?words=blue"' in page


async def test_an_unknown_platform_is_shown_and_filtered_under_its_own_name(
    site: Site, desk: Visitor, alice: Member
):
    number = await make_case(alice, platform="mynewsite", id="1", url="https://mynewsite.example/p/1")
    await make_case(alice)
    everything = (await desk.get("/cases")).text
    options = re.search(r'<select[^>]*name="platform".*?</select>', everything, re.DOTALL)
    assert options
    assert re.findall(r'<option value="([^"]*)"', options[0]) == ["", "mynewsite", "x"]
    narrowed = (await desk.get("/cases?platform=mynewsite")).text
    assert [int(one) for one in re.findall(r'href="/cases/(\d+)"', narrowed)] == [number]
    assert narrowed.count('aria-label="mynewsite"') == 1
    for path in (f"/cases/{number}", "/", "/people"):
        page = await desk.get(path)
        assert page.status_code == 200
        assert "mynewsite" in page.text
    gone = (await desk.get("/cases?platform=nobodys-site")).text
    assert '<option value="nobodys-site" selected>' in gone
    browser = await site.paired(alice)
    assert (await browser.get(f"/api/v1/cases/{number}")).json()["platform"] == "mynewsite"


async def test_the_list_says_how_many_cases_fit_and_leads_to_other_orders(desk: Visitor, alice: Member):
    grave, plain = await make_case(alice), await make_case(alice)
    await severities.weigh(Act(alice, MONDAY), grave, severity=Severity.S1)
    everything = (await desk.get("/cases")).text
    assert ">2 cases<" in everything
    assert 'href="/cases?sort=severity"' in everything
    ordered = (await desk.get("/cases?sort=severity")).text
    assert re.findall(r'data-row href="/cases/(\d+)"', ordered) == [str(grave), str(plain)]
    assert 'aria-sort="ascending"' in ordered
    assert 'href="/cases?sort=-severity"' in ordered
    assert ">1 case<" in (await desk.get("/cases?severity=s1")).text
    assert "aria-sort" not in (await desk.get("/cases?words=cake&sort=severity")).text, (
        "found: the newest first"
    )


async def test_filters_behind_the_button_are_counted_on_it_and_stand_as_chips(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await move(number, "not_ours", by=alice, reason="Another bakery")
    page = (await desk.get("/cases?outcome=not_ours&opened_from=2026-05-04&language=en&due_to=nonsense")).text
    assert "<b>3</b></summary>" in page
    assert "Opened from Mon 4 May 2026" in page
    assert "English" in page
    assert f'href="/cases/{number}"' in page


async def test_a_lead_takes_the_same_list_out_as_csv_and_nobody_else(site: Site, alice: Member):
    await make_case(alice, title="=cmd()", text="The blue one")
    await make_case(alice, text="The red one")
    lead = await site.signed_in(role="lead", name="lena")
    assert 'href="/cases/export.csv?words=blue"' in (await lead.get("/cases?words=blue")).text
    table = (await lead.get("/cases/export.csv?words=blue")).text
    assert table.count("\r\n") == 2
    assert '"\'=cmd()"' in table, "no spreadsheet runs it"
    agent = await site.signed_in(role="agent", name="gus")
    assert "export.csv" not in (await agent.get("/cases?words=blue")).text
    assert (await agent.get("/cases/export.csv")).status_code == 403


async def test_no_result_offers_to_drop_each_filter(desk: Visitor, alice: Member):
    await make_case(alice)
    page = (await desk.get("/cases?stage=working&platform=reddit")).text
    assert "No matching case." in page
    assert "Without “In progress”" in page
    assert "Without “Reddit”" in page


async def test_what_was_found_elsewhere_than_in_the_title_is_shown(desk: Visitor, alice: Member):
    number = await make_case(alice, title="The cake", text=HOSTILE)
    await case_commands.note(Act(alice, MONDAY), number, text="Her <i>sister</i> rang")
    page = (await desk.get("/cases?words=sister")).text
    assert "In the timeline" in page
    assert "Her &lt;i&gt;<mark>sister</mark>&lt;/i&gt; rang" in page
    assert "<mark>" not in (await desk.get("/cases?words=cake")).text
    hostile = (await desk.get("/cases?words=steal")).text
    assert "hx-post=/<mark>steal</mark> hx-trigger=load&gt;" in hostile


async def test_who_finds_nothing_among_the_open_cases_may_look_among_the_closed_ones(
    desk: Visitor, alice: Member
):
    number = await make_case(alice, text="The blue one")
    await move(number, "not_ours", by=alice, reason="Another bakery")
    page = (await desk.get("/cases?words=blue")).text
    assert 'href="/cases?stage=all&amp;words=blue"' in page or 'href="/cases?stage=all&words=blue"' in page
    assert f'href="/cases/{number}"' in (await desk.get("/cases?stage=all&words=blue")).text


@pytest.mark.parametrize("path", ["/cases/{}", "/cases/{}/themes", "/cases/several?number={}"])
async def test_a_number_that_no_column_holds_is_not_found(desk: Visitor, alice: Member, path: str):
    answer = await desk.get(path.format("9" * 30))
    assert answer.status_code == 404
    assert "No item has a number that large." in answer.text


async def test_a_form_with_such_a_number_says_so_too(desk: Visitor, alice: Member):
    number = await make_case(alice)
    for path, given in (
        (f"/cases/{number}/links", {"other": "9" * 30}),
        (f"/cases/{number}/moves", {"move": "join", "duplicate_of": "9" * 30}),
    ):
        assert (await desk.send_form(path, **given)).status_code == 404


@pytest.mark.parametrize(
    "nonsense", ["stage=x&owner=y&severity=z", "before=abc", "platform=%00", "before=-1"]
)
async def test_nonsense_in_the_address_does_not_narrow(desk: Visitor, alice: Member, nonsense: str):
    number = await make_case(alice)
    page = await desk.get(f"/cases?{nonsense}")
    assert page.status_code == 200
    assert f'href="/cases/{number}"' in page.text


async def test_older_cases_are_on_the_next_page(desk: Visitor, alice: Member):
    for _ in range(52):
        await make_case(alice)
    first = (await desk.get("/cases")).text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    assert following[1] == "/cases?before=3"
    second = (await desk.get(following[1])).text
    assert re.findall(r'data-row href="/cases/(\d+)"', second) == ["2", "1"]


async def test_only_legal_moves_have_a_form(desk: Visitor, alice: Member):
    number = await make_case(alice)
    page = (await desk.get(f"/cases/{number}")).text
    offered = set(re.findall(r'name="move" value="(\w+)"', page))
    detail = await cases.detail(Act(alice, MONDAY), number)
    assert offered == {one.name for one in detail.moves}
    assert "finish_step" not in offered


async def test_an_address_opens_the_form_of_a_move(desk: Visitor, alice: Member):
    number = await make_case(alice)
    page = (await desk.get(f"/cases/{number}?do=watch_in_silence")).text
    assert '<h2 id="next-step-heading" dir="auto" hx-ignore>Watch silently</h2>' in page


async def test_a_date_explains_itself_in_the_readers_language(site: Site, alice: Member):
    number = await make_case(alice)
    visitor = await site.signed_in(language="fr", name="rene")
    page = (await visitor.get(f"/cases/{number}")).text
    assert "Comment cette date est calculée" in page
    assert "Compté à partir de" in page


async def test_a_closed_case_offers_to_reopen_and_nothing_is_owed(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await move(number, "not_ours", by=alice, reason="About somebody else")
    page = (await desk.get(f"/cases/{number}")).text
    assert 'value="reopen"' in page
    assert "What we owe" not in page


async def test_a_case_that_is_not_there_says_so(desk: Visitor):
    page = await desk.get("/cases/4711")
    assert page.status_code == 404
    assert "There is no case #4711." in page.text


async def test_late_cases_are_told_by_a_word_in_list_title_and_icon(desk: Visitor, alice: Member):
    number = await make_case(alice, now=MONDAY - 5 * DAY)
    await lead_to(number, "acknowledge", by=alice, now=MONDAY - 5 * DAY)
    page = (await desk.get("/cases?late=on")).text
    assert "<title>(1) " in page
    assert "icons/amends-late.svg" in page
    assert 'class="state" data-tone="late">Answer publicly' in page
    assert "days late" in page


async def test_the_third_snooze_asks_why_beside_the_field_and_the_timeline_tells_it(
    desk: Visitor, alice: Member
):
    number = await make_case(alice)
    later = {"until": "2026-05-11T09:00", "wake_on_reply": "on"}
    for _ in range(2):
        assert (await desk.send_form(f"/cases/{number}/snooze", **later)).status_code == 303
        assert (await desk.send_form(f"/cases/{number}/wake")).status_code == 303
    answer = await desk.send_form(f"/cases/{number}/snooze", **later)
    assert answer.status_code == 422
    assert 'id="snooze-reason-error"' in answer.text
    answer = await desk.send_form(f"/cases/{number}/snooze", reason="The baker is away", **later)
    assert answer.status_code == 303
    assert "The baker is away" in (await desk.get(f"/cases/{number}")).text


async def test_the_form_of_a_snooze_says_that_a_message_waits(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await lead_to(number, "waiting", by=alice)
    warning, until = "A new message is waiting.", {"until": "2026-05-13T09:00"}
    assert warning not in (await desk.get(f"/cases/{number}")).text
    await move(number, "receive_reply", by=alice, channel="email", text="Still stale")
    assert warning in (await desk.get(f"/cases/{number}")).text
    refused = await desk.send_form(f"/cases/{number}/snooze", **until)
    assert (refused.status_code, warning in refused.text) == (422, True)
    answer = await desk.send_form(f"/cases/{number}/snooze", beside_message="yes", **until)
    assert answer.status_code == 303


async def test_a_case_that_sleeps_says_until_when_wherever_it_is_shown(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await case_commands.snooze(Act(alice, MONDAY), number, until=MONDAY + 9 * DAY, wake_on_reply=True)
    for path in ("/cases", f"/cases/{number}"):
        page = (await desk.get(path)).text
        assert "snoozed until" in page.lower()
        assert "13 May" in page
