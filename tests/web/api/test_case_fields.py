"""Does a program read, fill in and find by the fields that the team has of its own?"""

from amends.rules.vocabulary import FieldKind
from amends.services.case import fields
from amends.services.case.fields import FieldGiven
from amends.services.team.members import Act
from tests.web.site import Site
from tests.world import MONDAY, case_row, make_case, make_member, make_order_number

API = "/api/v1"


async def test_what_a_program_fills_in_it_reads_again(site: Site) -> None:
    bob, name = await make_member("bob"), await make_order_number()
    await fields.make(Act(bob, MONDAY), FieldKind.NUMBER, FieldGiven(label_en="Size"))
    number, program = await make_case(bob), await site.program(bob)
    listed = (await program.get(f"{API}/fields")).json()["fields"]
    assert [(one["name"], one["kind"]) for one in listed] == [(name, "order_number"), ("size", "number")]
    wanted = {"values": [{"name": name, "value": "A-17"}, {"name": "size", "value": "12,50"}]}
    here = f"{API}/cases/{number}/fields"
    assert (await program.post(here, json=wanted)).status_code == 428
    answer = await program.post(here, json=wanted, headers={"if-match": "*"})
    assert answer.status_code == 200, answer.text
    values = [{"name": name, "value": "A-17"}, {"name": "size", "value": "12.5"}]
    assert (await program.get(here)).json() == {"values": values}
    whole = (await program.get(f"{API}/cases/{number}")).json()
    assert whole["fields"] == {name: "A-17", "size": "12.5"}


async def test_what_does_not_fit_is_refused_by_the_name_of_its_field(site: Site) -> None:
    bob = await make_member("bob")
    await fields.make(Act(bob, MONDAY), FieldKind.NUMBER, FieldGiven(label_en="Size"))
    number, program = await make_case(bob), await site.program(bob)
    here, seen = f"{API}/cases/{number}/fields", {"if-match": f'"{(await case_row(number))["version"]}"'}
    wrong = await program.post(here, json={"values": [{"name": "size", "value": "big"}]}, headers=seen)
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["size"])
    gone = await program.post(here, json={"values": [{"name": "colour", "value": "x"}]}, headers=seen)
    assert gone.status_code == 404
    assert (await program.get(f"{API}/cases/999999/fields")).status_code == 404


async def test_cases_are_found_by_a_field_and_an_unknown_one_is_refused(site: Site) -> None:
    bob, name = await make_member("bob"), await make_order_number()
    number, _other, program = await make_case(bob), await make_case(bob), await site.program(bob)
    wanted = {"values": [{"name": name, "value": "A-17"}]}
    await program.post(f"{API}/cases/{number}/fields", json=wanted, headers={"if-match": "*"})
    found = (await program.get(f"{API}/cases", params={"fields": f"{name}:a 17"})).json()
    assert ([case["number"] for case in found["cases"]], found["total"]) == ([number], 1)
    for asked in ("colour:red", "order_number", ":x"):
        assert (await program.get(f"{API}/cases", params={"fields": asked})).status_code == 422
