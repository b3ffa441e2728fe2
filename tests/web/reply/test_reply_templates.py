"""Can everybody read the prepared replies, and a lead write, look over, archive and exchange them?"""

import re

import httpx
import pytest

from amends import tables
from amends.services.reply import reply_templates
from amends.web.sessions import csrf_token
from tests.web.site import FROM_OUR_PAGE, Site, Visitor
from tests.world import MONDAY

FORM = {
    "title": "It came late",
    "text": "We are sorry, {author}. Write to {private_place}.",
    "language": "en",
    "stance": "fix",
    "occasion": "first",
    "tone": "apology",
    "source": "any",
}


@pytest.fixture
async def desk(site: Site) -> Visitor:
    return await site.signed_in("lead")


async def address(desk: Visitor) -> str:
    kept = await desk.send_form("/replies/new", **FORM)
    assert kept.status_code == 303, kept.text
    return kept.headers["location"].partition("?")[0]


async def test_a_reply_is_written_changed_and_listed(desk: Visitor) -> None:
    at = await address(desk)
    shown = (await desk.get(at)).text
    assert 'value="It came late"' in shown
    assert "We are sorry, {author}." in shown
    changed = await desk.send_form(at, **FORM | {"title": "<b>Late</b>"})
    assert changed.status_code == 303
    listed = (await desk.get("/replies")).text
    assert "&lt;b&gt;Late&lt;/b&gt;" in listed
    assert "Not used yet" in listed


async def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(desk: Visitor) -> None:
    answer = await desk.send_form("/replies/new", **FORM | {"title": "", "text": "Hello {autor}"})
    assert answer.status_code == 422
    assert re.search(r'id="reply-title-error">[^<]+', answer.text)
    answer = await desk.send_form("/replies/new", **FORM | {"text": "Hello {autor}"})
    assert re.search(r'id="reply-text-error">Unknown placeholder \{autor\}', answer.text)
    assert ">Hello {autor}</textarea>" in answer.text
    assert await tables.ReplyTemplate.count() == 0


async def test_one_sees_how_it_reads_without_keeping_it(desk: Visitor) -> None:
    given = FORM | {"text": "You should have read it, {author}!! {signature}"}
    page = (await desk.send_form("/replies/preview", **given)).text
    assert "You should have read it, Dana!! Sam" in page
    assert "<mark>You should have</mark>" in page
    assert "Error: Blames the customer" in page
    assert ">You should have read it, {author}!! {signature}</textarea>" in page
    assert await tables.ReplyTemplate.count() == 0
    part = await desk.send_form("/replies/preview", **given | {"hx": "1"})
    assert part.status_code == 200


async def test_a_script_gets_the_part_with_the_preview_alone(desk: Visitor) -> None:
    token = csrf_token(desk.session_token, desk.settings)
    form = FORM | {"csrf": token, "text": "Hello {nobody}"}
    part = await desk.post("/replies/preview", data=form, headers=FROM_OUR_PAGE | {"hx-request": "true"})
    assert part.text.lstrip().startswith("<section")
    assert "Unknown placeholder {nobody}." in part.text


async def test_a_preview_of_a_kept_reply_goes_back_to_that_reply(desk: Visitor) -> None:
    at = await address(desk)
    page = (await desk.send_form("/replies/preview", template_id=at.rpartition("/")[2], **FORM)).text
    assert f'action="{at}"' in page


async def test_an_archived_reply_is_found_among_the_archived_and_used_again(desk: Visitor) -> None:
    at = await address(desk)
    assert (await desk.send_form(f"{at}/archive")).headers["location"] == "/replies?notice=archived"
    assert at not in (await desk.get("/replies")).text
    assert at in (await desk.get("/replies?archived=on")).text
    assert (await desk.send_form(f"{at}/restore")).status_code == 303
    assert at in (await desk.get("/replies")).text


async def test_filters_stand_in_the_address_and_can_be_dropped(desk: Visitor) -> None:
    at = await address(desk)
    page = (await desk.get("/replies?language=en&stance=fix&occasion=nonsense&words=late")).text
    assert at in page
    assert 'href="/replies?stance=fix&amp;words=late"' in page
    empty = (await desk.get("/replies?language=fr")).text
    assert "No matching reply." in empty
    assert "Without “Français”" in empty


async def test_a_list_of_many_has_a_way_on_and_back(desk: Visitor) -> None:
    await reply_templates.install(by=None, now=MONDAY)
    page = (await desk.get("/replies")).text
    [onward] = re.findall(r'rel="next" href="([^"]+)"', page)
    second = (await desk.get(onward)).text
    assert "Back to the first page" in second
    first_ids, second_ids = (
        set(re.findall(r'href="(/replies/[0-9a-f-]{36})"', one)) for one in (page, second)
    )
    assert len(first_ids) == 50
    assert not first_ids & second_ids


async def test_the_starter_set_comes_with_one_click(desk: Visitor) -> None:
    assert "Add the starter set" in (await desk.get("/replies")).text
    assert (await desk.send_form("/replies/starters")).headers["location"] == "/replies?notice=started"
    page = (await desk.get("/replies")).text
    assert "Add the starter set" not in page
    assert "It came late" in page


async def send(desk: Visitor, content: bytes) -> httpx.Response:
    files = {"table": ("replies.csv", content, "text/csv")}
    form = {"csrf": csrf_token(desk.session_token, desk.settings)}
    return await desk.post("/replies/table", data=form, files=files, headers=FROM_OUR_PAGE)


async def test_the_library_goes_out_and_in_as_a_table(desk: Visitor) -> None:
    await address(desk)
    table = await desk.get("/replies/table.csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in table.headers["content-disposition"]
    assert (await send(desk, table.content)).headers["location"] == "/replies?notice=brought-in"
    assert await tables.ReplyTemplate.count() == 1
    assert (await send(desk, b"text\nAnother one\n")).status_code == 303
    assert await tables.ReplyTemplate.count() == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose a file."),
        (b"text\n{autor}\n", "Line 2: Unknown placeholder"),
        (b"\x89PNG\0", "CSV UTF-8"),
    ],
)
async def test_a_table_that_cannot_be_read_is_said_beside_its_field(
    desk: Visitor, content: bytes, words: str
) -> None:
    answer = await send(desk, content)
    assert answer.status_code == 422
    assert re.search(f'id="replies-table-error">[^<]*{words}', answer.text)


async def test_an_agent_reads_and_does_not_write(site: Site) -> None:
    at = await address(await site.signed_in("lead"))
    agent = await site.signed_in("agent")
    assert "New reply" not in (await agent.get("/replies")).text
    shown = (await agent.get(at)).text
    assert "We are sorry, {author}." in shown
    assert "<form" not in shown.partition("<main")[2].partition("</main>")[0]
    assert (await agent.send_form(at, **FORM)).status_code == 403
