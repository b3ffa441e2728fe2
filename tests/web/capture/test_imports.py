"""Can a lead bring in a table: map its columns, see what happens, import what is right, hear of the rest?"""

import re

import httpx
import pytest

from amends import tables
from amends.rules.vocabulary import FieldKind
from amends.services.capture import import_lines, import_runs
from amends.services.case import fields
from amends.services.case.fields import FieldGiven
from amends.services.team import locations
from amends.services.team.locations import NewLocation
from amends.services.team.members import Act
from amends.web.capture.imports_view import COLUMNS, FIELDS, Known, template
from amends.web.sessions import csrf_token
from tests.web.site import FROM_OUR_PAGE, Site, Visitor
from tests.world import MONDAY, case_row, make_member

TABLE = "url;text;author;posted_at\n;Trop tard;Zoé;28/03/2026\n;<b>Rude</b>;Eve;soon\n"


@pytest.fixture
async def desk(site: Site) -> Visitor:
    return await site.signed_in("lead")


async def send(desk: Visitor, content: bytes | str) -> httpx.Response:
    token = csrf_token(desk.session_token, desk.settings)
    files = {"table": ("cases.csv", content, "text/csv")}
    return await desk.post("/cases/import", data={"csrf": token}, files=files, headers=FROM_OUR_PAGE)


async def work() -> None:
    while await import_runs.advance(now=MONDAY):
        pass


async def test_one_looks_first_and_then_imports_what_is_right(desk: Visitor) -> None:
    address = (await send(desk, TABLE)).headers["location"]
    shown = (await desk.get(address)).text
    assert "The import will create 1 case." in shown
    assert "Trop tard" in shown
    assert "Web · Zoé · " in shown
    assert re.search("When it was posted: Enter a date such as 2026-03-28", shown)
    assert await tables.Case.count() == 0

    begun = await desk.send_form(address, look_on="2026-05-11")
    assert begun.headers["location"] == address
    running = (await desk.get(address)).text
    assert "Lines done: 1 of 2." in running
    assert 'hx-trigger="every 2s"' in running
    await work()
    assert "Imported: 1 case created from this table." in (await desk.get(f"{address}/progress")).text
    after = (await desk.get(address)).text
    assert '<a href="/cases/1">' in after
    assert "Enter a date such as" in after
    assert "every 2s" not in after
    assert await tables.Case.count() == 1


async def test_why_a_line_was_refused_is_said_in_the_language_of_whoever_reads(site: Site) -> None:
    alice = await make_member("alice", role="lead")
    desk = await site.visit_as(alice)
    address = (await send(desk, TABLE)).headers["location"]
    await tables.Member.update({tables.Member.language: "fr"}).where(tables.Member.id == alice.id)
    shown = (await desk.get(address)).text
    assert "Indiquez une date comme 2026-03-28" in shown
    assert "Enter a date" not in shown


async def test_an_import_can_be_left_come_back_to_and_stopped(desk: Visitor) -> None:
    address = (await send(desk, TABLE)).headers["location"]
    await desk.send_form(address, look_on="2026-05-11")
    assert f'<a href="{address}"><bdi>cases.csv</bdi></a>' in (await desk.get("/cases/import")).text
    assert "Stop the import" in (await desk.get(f"{address}/progress")).text
    assert (await desk.send_form(f"{address}/stop")).headers["location"] == address
    assert "Stop the import" not in (await desk.get(f"{address}/progress")).text
    await work()
    assert await tables.Case.count() == 0
    stopped = (await desk.get(address)).text
    assert "Stopped: 0 cases created from this table." in stopped
    assert "Import 1 case" in stopped
    await desk.send_form(address, look_on="2026-05-11")
    await work()
    assert await tables.Case.count() == 1


async def test_pressing_twice_imports_once(desk: Visitor) -> None:
    address = (await send(desk, TABLE)).headers["location"]
    assert (await desk.send_form(address, look_on="2026-05-11")).status_code == 303
    again = await desk.send_form(address, look_on="2026-05-11")
    assert again.status_code == 409
    assert "This table is being imported, or has been." in again.text
    await work()
    assert await tables.Case.count() == 1


TRUSTPILOT = (
    "Domain,Review Created (UTC),Review Title,Review Content,Review Stars,Review Url,Reviewer Name\n"
    "example.com,2026-03-28 14:05:33,Never again,<b>Broken</b>,1,https://www.trustpilot.com/reviews/65f0aa,Nell\n"
)


async def test_columns_of_another_tool_are_chosen_in_their_own_step_and_remembered(
    desk: Visitor,
) -> None:
    address = (await send(desk, TRUSTPILOT)).headers["location"]
    step = (await desk.get(address)).headers["location"]
    assert step == f"{address}/columns"
    page = (await desk.get(step)).text
    assert "Matches the export format of Trustpilot." in page
    assert "&lt;b&gt;Broken&lt;/b&gt;" in page
    assert re.search(r'name="column_3"[^§]*?<option value="text" selected>', page)
    assert 'name="platform" type="text" value="trustpilot"' in page
    chosen = {"column_1": "posted_at", "column_3": "text", "column_4": "rating", "platform": "Trustpilot"}
    assert (await desk.send_form(step, **chosen)).headers["location"] == address
    assert "&lt;b&gt;Broken&lt;/b&gt;" in (await desk.get(address)).text

    again = (await desk.get((await send(desk, TRUSTPILOT)).headers["location"] + "/columns")).text
    assert "Same choice as for the last table with these columns." in again
    assert '<option value="author" selected>' not in again
    zendesk = (await desk.get(f"{step}?preset=zendesk")).status_code
    assert zendesk == 404, "the first table gave way to the second"


async def test_columns_that_make_no_complaint_are_refused_with_what_was_chosen(desk: Visitor) -> None:
    step = (await send(desk, TRUSTPILOT)).headers["location"] + "/columns"
    answer = await desk.send_form(step, column_3="author", platform="<x>")
    assert answer.status_code == 422
    assert "Choose the column with the text of the post" in answer.text
    assert re.search(r'name="column_3"[^§]*?<option value="author" selected>', answer.text)
    twice = await desk.send_form(step, column_3="text", column_1="rating", column_4="rating")
    assert 'id="column_4-error"' in twice.text
    wrong = await desk.send_form(step, column_3="text", platform="<x>")
    assert wrong.status_code == 422
    assert 'id="import-platform-error"' in wrong.text


async def test_each_preset_can_be_asked_for(desk: Visitor) -> None:
    step = (await send(desk, TRUSTPILOT)).headers["location"] + "/columns"
    for preset in ("trustpilot", "google", "zendesk", "freshdesk", "hubspot", "agorapulse", "nonsense"):
        assert (await desk.get(f"{step}?preset={preset}")).status_code == 200


async def test_columns_are_not_changed_once_the_import_has_begun(desk: Visitor) -> None:
    address = (await send(desk, TABLE)).headers["location"]
    await desk.send_form(address, look_on="2026-05-11")
    assert (await desk.get(f"{address}/columns")).status_code == 409


async def test_a_day_that_is_wrong_is_said_beside_its_field(desk: Visitor) -> None:
    address = (await send(desk, TABLE)).headers["location"]
    for day, words in (("2020-01-01", "Choose a date in the future."), ("", "Fill in this field.")):
        answer = await desk.send_form(address, look_on=day)
        assert answer.status_code == 422
        assert re.search(f'id="import-look_on-error">{words}', answer.text)
    assert await tables.Case.count() == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose a file."),
        (b"PK\x03\x04", "This is a workbook."),
        (b"\x89PNG\0", "CSV UTF-8"),
        (b"words", "There are no lines below the column names"),
        (b"x" * (11 * 1024 * 1024), "larger than 10 MB"),
    ],
)
async def test_a_file_that_cannot_be_read_is_said_beside_its_field(
    desk: Visitor, content: bytes, words: str
) -> None:
    answer = await send(desk, content)
    assert answer.status_code == 422
    assert re.search(f'id="import-table-error">[^<]*{words}', answer.text)


async def test_a_file_far_too_large_is_not_even_read(desk: Visitor) -> None:
    assert (await send(desk, b"x" * (21 * 1024 * 1024))).status_code == 413


async def test_hostile_cells_stay_text(desk: Visitor) -> None:
    table = "text,author,posted_at,<img src=x>\n<script>alert(1)</script>,=1+1,<b>,x\n"
    address = (await send(desk, table)).headers["location"]
    chosen = {"column_0": "text", "column_1": "author", "column_2": "posted_at"}
    step = (await desk.get(f"{address}/columns")).text
    await desk.send_form(f"{address}/columns", **chosen)
    for shown in (step, (await desk.get(address)).text):
        assert "<script>alert" not in shown
        assert "<img" not in shown


async def test_a_table_of_somebody_else_is_not_there(site: Site, desk: Visitor) -> None:
    address = (await send(desk, TABLE)).headers["location"]
    other = await site.signed_in("admin")
    assert (await other.get(address)).status_code == 404
    for part in ("columns", "progress"):
        assert (await other.get(f"{address}/{part}")).status_code == 404
    for part in ("", "/columns", "/stop"):
        assert (await other.send_form(address + part, look_on="2026-05-11")).status_code == 404


async def test_only_leads_are_offered_it(site: Site, desk: Visitor) -> None:
    agent = await site.signed_in("agent")
    assert "/cases/import" not in (await agent.get("/cases")).text
    assert "/cases/import" in (await desk.get("/cases")).text
    assert (await agent.get("/cases/import")).status_code == 403


async def test_the_empty_table_has_every_column_that_is_read_and_is_one(desk: Visitor) -> None:
    answer = await desk.get("/cases/import/template.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="amends-cases.csv"'
    assert answer.text == template(Known(located=False, fields=await fields.offered()))
    assert set(COLUMNS) == set(FIELDS) == set(import_lines.COLUMNS)
    explained = (await desk.get("/cases/import")).text
    assert [name for name in COLUMNS if f"<code>{name}</code>" not in explained] == ["location"]
    filled = answer.content + b",Late,,,,,,,,,\r\n"
    assert (await send(desk, filled)).status_code == 303


async def test_a_column_is_matched_to_a_field_of_the_team_and_its_name_stands_beside_what_is_wrong(
    site: Site,
) -> None:
    lead = await make_member("lou", role="lead")
    await fields.make(Act(lead, MONDAY), FieldKind.NUMBER, FieldGiven(label_en="Price", label_fr="Prix"))
    desk = await site.visit_as(lead)
    address = (await send(desk, "Words,Cost\nLate,12\nCold,dear\n")).headers["location"]
    page = (await desk.get(f"{address}/columns")).text
    assert "field_price" in (await desk.get("/cases/import")).text
    assert '<optgroup label="Fields of the team’s own">' in page
    assert '<option value="field_price">Price</option>' in page
    await desk.send_form(f"{address}/columns", column_0="text", column_1="field_price")
    assert "Price: Enter a number with at most two decimals" in (await desk.get(address)).text
    await desk.send_form(address, look_on="2026-05-11")
    await work()
    assert "Price" in (await desk.get("/cases/1")).text


async def test_a_team_with_locations_names_them_in_a_column(site: Site) -> None:
    lead = await make_member("lou", role="lead")
    rennes = await locations.make(Act(lead, MONDAY), NewLocation(name="Rennes"))
    desk = await site.visit_as(lead)
    assert (await desk.get("/cases/import/template.csv")).text == template(
        Known(located=True, fields=await fields.offered())
    )
    assert "<code>location</code>" in (await desk.get("/cases/import")).text
    address = (await send(desk, b"text,location\nLate, RENNES\nCold,Brest\nGone,\n")).headers["location"]
    assert "There is no location of this name." in (await desk.get(address)).text
    await desk.send_form(address, look_on="2026-05-11")
    await work()
    assert [(await case_row(number))["location"] for number in (1, 2)] == [rennes, None]
