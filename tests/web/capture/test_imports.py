"""Can a lead bring in a table: see first what happens, then import what is right, and hear of the rest?"""

import re

import httpx
import pytest

from amends import tables
from amends.services.capture import import_lines
from amends.web.capture.imports_view import COLUMNS, template
from amends.web.sessions import csrf_token
from tests.web.site import FROM_OUR_PAGE, Site, Visitor

TABLE = "url;text;author;posted_at\n;Trop tard;Zoé;28/03/2026\n;<b>Rude</b>;Eve;soon\n"


@pytest.fixture
async def desk(site: Site) -> Visitor:
    return await site.signed_in("lead")


async def send(desk: Visitor, content: bytes | str) -> httpx.Response:
    token = csrf_token(desk.session_token, desk.settings)
    files = {"table": ("cases.csv", content, "text/csv")}
    return await desk.post("/cases/import", data={"csrf": token}, files=files, headers=FROM_OUR_PAGE)


async def test_one_looks_first_and_then_imports_what_is_right(desk: Visitor) -> None:
    kept = await send(desk, TABLE)
    assert kept.status_code == 303
    shown = (await desk.get(kept.headers["location"])).text
    assert "Importing makes 1 case of this table." in shown
    assert "Trop tard" in shown
    assert "Web · Zoé · " in shown
    assert re.search("<code>posted_at</code>: Write a date such as 2026-03-28", shown)
    assert await tables.Case.count() == 0

    done = await desk.send_form(kept.headers["location"], look_on="2026-05-11")
    assert done.headers["location"] == f"{kept.headers['location']}?notice=imported"
    after = (await desk.get(done.headers["location"])).text
    assert "Imported. Every line that is a case now leads to it." in after
    assert '<a href="/cases/1">' in after
    assert "No line of this table is left to be imported." in after
    assert "Write a date such as" in after
    assert await tables.Case.count() == 1


async def test_pressing_twice_imports_once(desk: Visitor) -> None:
    address = (await send(desk, TABLE)).headers["location"]
    for _ in range(2):
        assert (await desk.send_form(address, look_on="2026-05-11")).status_code == 303
    assert await tables.Case.count() == 1


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
        ("text\nDéçu".encode("latin-1"), "CSV UTF-8"),
        (b"\x89PNG", "CSV UTF-8"),
        (b"words\nLate", "The first line must name the columns"),
        (b"x" * (3 * 1024 * 1024), "larger than 2 MB"),
    ],
)
async def test_a_file_that_cannot_be_read_is_said_beside_its_field(
    desk: Visitor, content: bytes, words: str
) -> None:
    answer = await send(desk, content)
    assert answer.status_code == 422
    assert re.search(f'id="import-table-error">[^<]*{words}', answer.text)


async def test_a_file_far_too_large_is_not_even_read(desk: Visitor) -> None:
    assert (await send(desk, b"x" * (9 * 1024 * 1024))).status_code == 413


async def test_hostile_cells_stay_text(desk: Visitor) -> None:
    table = "text,author,posted_at,<img src=x>\n<script>alert(1)</script>,=1+1,<b>,x\n"
    shown = (await desk.get((await send(desk, table)).headers["location"])).text
    assert "<script>alert" not in shown
    assert "<img" not in shown


async def test_a_table_of_somebody_else_is_not_there(site: Site, desk: Visitor) -> None:
    address = (await send(desk, TABLE)).headers["location"]
    other = await site.signed_in("admin")
    assert (await other.get(address)).status_code == 404
    assert (await other.send_form(address, look_on="2026-05-11")).status_code == 404


async def test_only_leads_are_offered_it(site: Site, desk: Visitor) -> None:
    agent = await site.signed_in("agent")
    assert "/cases/import" not in (await agent.get("/cases")).text
    assert "/cases/import" in (await desk.get("/cases")).text
    assert (await agent.get("/cases/import")).status_code == 403


async def test_the_empty_table_has_every_column_that_is_read_and_is_one(desk: Visitor) -> None:
    answer = await desk.get("/cases/import/template.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="amends-cases.csv"'
    assert answer.text == template()
    assert set(COLUMNS) == set(import_lines.COLUMNS)
    explained = (await desk.get("/cases/import")).text
    assert not [name for name in COLUMNS if f"<code>{name}</code>" not in explained]
    filled = answer.content + b",Late,,,,,,,,,\r\n"
    assert (await send(desk, filled)).status_code == 303
