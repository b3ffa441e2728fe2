"""Is every account in the table of people, with what is known of its person, and no formula?"""

from uuid import uuid4

from amends import tables
from amends.database import run
from amends.rules.capture import sheets
from amends.services.person import people_sheet
from amends.services.team.members import Member
from tests.world import MONDAY, make_case


async def test_accounts_of_one_person_bear_the_same_mark(bob: Member):
    for handle in ("@dana", "@dana2"):
        await make_case(bob, author={"name": "=Dana", "handle": handle, "url": ""})
    person = uuid4()
    await tables.Person.insert(
        tables.Person(id=person, name="", contact="+33 6 00", notes="", made_at=MONDAY)
    )
    await run("UPDATE author SET person = :person", person=person)
    content = await people_sheet.table()
    first, second = sheets.parse(content, most_lines=9).lines
    assert b"'=Dana" in content
    assert str(person) in first.cells[0] == second.cells[0]
    assert content.count(b"+33 6 00") == 2


async def test_without_people_the_table_has_its_head_alone(database: str):
    assert (await people_sheet.table()).decode("utf-8-sig").strip().startswith('"person"')
