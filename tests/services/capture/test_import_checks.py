"""Is each line of a table checked before anything is made of it?"""

from datetime import UTC, datetime

import pytest

from amends.rules.capture.column_mapping import ColumnMapping
from amends.services.capture import import_checks, import_overviews
from amends.services.capture.import_lines import Reading
from amends.services.team.members import Member
from tests.imports import kept, lines, run
from tests.world import MONDAY, case_row


async def test_a_line_that_repeats_another_says_which(alice: Member):
    table = "text,author\nLate,Dana\nLate,Dana\nLate,Eve\n"
    assert [line.same_as for line in await lines(table, by=alice)] == [None, 2, None]
    assert await run(table, by=alice) == 2


async def test_lines_that_are_wrong_are_named_and_the_others_are_made(alice: Member):
    table = (
        "url,text,posted_at,platform,severity,rating\n"
        ",Late,soon,facebok,s9,many\n"
        "javascript:alert(1),,,,,\n"
        ",,2026-01-01,,,\n"
        ",Late,2999-01-01,,,\n"
        ",Late, and cold,,,,2\n"
        ',Right,28/03/2026 14:05,trustpilot,S3,"4,5/5"\n'
    )
    found = await lines(table, by=alice)
    assert [set(line.wrong) for line in found] == [
        {"posted_at", "platform", "severity", "rating"},
        {"url"},
        {"url", "text"},
        {"posted_at"},
        {"text"},
        set(),
    ]
    assert found[-1].posted_at == datetime(2026, 3, 28, 13, 5, tzinfo=UTC)
    assert await run(table, by=alice) == 1


async def test_a_platform_outside_the_table_is_imported_under_its_own_name(alice: Member):
    table = "text,platform\nLate,My New Site\nCold,Google Play\nGone,trustpilott\nWet,<b>x</b>\n"
    found = await lines(table, by=alice)
    assert [line.platform for line in found[:2]] == ["my-new-site", "play"]
    assert [set(line.wrong) for line in found] == [set(), set(), {"platform"}, {"platform"}]
    assert "trustpilot" in found[2].wrong["platform"]
    assert await run(table, by=alice) == 2
    assert {(await case_row(number))["platform"] for number in (1, 2)} == {"my-new-site", "play"}


async def test_a_page_shows_the_lines_that_are_wrong_and_fifty_others(alice: Member):
    table = "text,rating\n" + "".join(f"Late {number},{number % 3 or 'x'}\n" for number in range(180))
    found = await import_overviews.lines(await kept(table, by=alice))
    assert [line.state for line in found] == ["wrong"] * 60 + ["new"] * 50


async def test_a_broken_line_is_named_and_those_around_it_are_imported(alice: Member):
    assert await run('text,author\nLate,Dana\n"Rude,Eve\n"Cold" again,Eve\nWet,"Zoé"\n', by=alice) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
async def test_a_table_of_excel_is_read_in_each_of_its_encodings(alice: Member, encoding: str):
    content = "sep=;\r\ntext;author;posted_at;rating\r\nTrès déçu à l’œil;Hélène;28/03/2026 14:05;2\r\n"
    upload = await kept(content.encode(encoding), by=alice)
    [line] = await import_overviews.lines(upload)
    assert (line.title, line.author) == ("Très déçu à l’œil", "Hélène")


def test_a_line_keeps_the_cells_from_which_it_is_made_later():
    mapping = ColumnMapping(("text", "", "author"), platform="trustpilot")
    [line] = import_checks.check(
        b"A,B,C\nLate,x,Nell\n",
        mapping,
        zone="Europe/Paris",
        locations={},
        fields=(),
        kept_at=MONDAY,
        most_lines=9,
    )
    assert line.cells == {"text": "Late", "author": "Nell", "platform": "trustpilot"}
    assert line.capturable
    again, _wrong = import_checks.capturable(line.cells, Reading("Europe/Paris"), MONDAY)
    assert again == line.capturable
