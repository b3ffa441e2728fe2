"""Are fields of the team filled in on the page of a case, and is what the customer wrote only proposed?"""

from amends.rules.person.customer_links import Purpose
from amends.rules.vocabulary import FieldKind
from amends.services.case import field_values, fields
from amends.services.case.fields import FieldGiven
from amends.services.person import customer_links
from amends.services.team.members import Act
from tests.web.site import Site
from tests.world import MONDAY, case_row, lead_to, make_case, make_member


async def made(act: Act) -> int:
    """A case, and two fields, of which private links ask for the first."""
    await fields.make(act, FieldKind.ORDER_NUMBER, FieldGiven(label_en="Order number", asked=True))
    await fields.make(act, FieldKind.DATE, FieldGiven(label_en="Passport valid until"))
    return await make_case(act.by)


async def test_what_is_typed_stands_on_the_case_and_can_be_undone(site: Site):
    act = Act(await make_member("alice"), MONDAY)
    number, desk = await made(act), await site.visit_as(act.by)
    answer = await desk.send_form(
        f"/cases/{number}/fields",
        **{"field-order_number": "A <17>", "field-passport_valid_until": "2026-05-14"},
    )
    assert answer.headers["location"] == f"/cases/{number}?notice=fields"
    page = (await desk.get(f"/cases/{number}")).text
    assert "A &lt;17&gt;</a>" in page
    assert "14 May 2026</a>" in page
    assert "set Order number: A &lt;17&gt;" in page
    assert "Details saved: Order number, Passport valid until." in page
    await desk.send_form(f"/cases/{number}/fields/undo")
    page = (await desk.get(f"/cases/{number}")).text
    assert "A &lt;17&gt;</a>" not in page
    assert "Details saved" not in page


async def test_what_does_not_fit_is_said_beside_what_was_typed(site: Site):
    act = Act(await make_member("alice"), MONDAY)
    number, desk = await made(act), await site.visit_as(act.by)
    typed = {"field-order_number": "A-17", "field-passport_valid_until": "soon"}
    answer = await desk.send_form(f"/cases/{number}/fields", **typed)
    assert answer.status_code == 422
    assert "Enter a date as year, month and day" in answer.text
    assert 'value="A-17"' in answer.text
    assert 'value="soon"' in answer.text


async def test_who_saw_another_version_sees_what_they_typed_again(site: Site):
    act = Act(await make_member("alice"), MONDAY)
    number, desk = await made(act), await site.visit_as(act.by)
    version = (await case_row(number))["version"]
    await field_values.fill(act, number, {"order_number": "A-17"})
    answer = await desk.send_form(
        f"/cases/{number}/fields", **{"field-order_number": "B-18", "version": str(version)}
    )
    assert answer.status_code == 409
    assert 'value="B-18"' in answer.text


async def test_a_version_that_is_no_number_is_refused_and_nothing_is_lost(site: Site):
    act = Act(await make_member("alice"), MONDAY)
    number, desk = await made(act), await site.visit_as(act.by)
    for version in ("9" * 5_000, "one"):
        answer = await desk.send_form(
            f"/cases/{number}/fields", **{"field-order_number": "B-18", "version": version}
        )
        assert answer.status_code == 422
        assert 'value="B-18"' in answer.text


async def test_a_reader_sees_values_and_no_form(site: Site):
    act = Act(await make_member("alice"), MONDAY)
    number = await made(act)
    await field_values.fill(act, number, {"order_number": "A-17"})
    page = (
        await (await site.visit_as(await make_member("rita", role="reader"))).get(f"/cases/{number}")
    ).text
    assert "A-17</a>" in page
    assert "Fill in details" not in page


async def test_what_a_customer_writes_by_a_link_is_proposed_and_taken_over_by_a_member(site: Site):
    act = Act(await make_member("alice"), MONDAY)
    number = await made(act)
    await lead_to(number, "contact", by=act.by)
    code = await customer_links.make(act, number, Purpose.HAND_OFF)
    customer = site.visitor()
    page = (await customer.get(f"/h/{code}")).text
    assert 'name="field-order_number"' in page
    assert "Passport" not in page
    typed = {"contact": "dana@example.org", "wish": "A cake", "consent": "on", "field-order_number": "A-17"}
    await customer.send_form(f"/h/{code}", **typed)
    desk = await site.visit_as(act.by)
    page = (await desk.get(f"/cases/{number}")).text
    assert 'the customer wrote <b dir="auto">A-17</b>' in page
    assert [one.value for one in await field_values.of_case(number)] == ["", ""]
    await desk.send_form(f"/cases/{number}/fields", **{"field-order_number": "A-17"})
    page = (await desk.get(f"/cases/{number}")).text
    assert "A-17</a>" in page
    assert "the customer wrote" not in page


async def test_the_list_is_narrowed_by_a_value_and_says_so(site: Site):
    act = Act(await make_member("alice", role="lead"), MONDAY)
    number, other = await made(act), await make_case(act.by)
    await field_values.fill(act, number, {"order_number": "A-17"})
    desk = await site.visit_as(act.by)
    page = (await desk.get("/cases?field-order_number=a17&field-Nothing=x&field-gone=")).text
    assert f"/cases/{number}" in page
    assert f'href="/cases/{other}"' not in page
    assert "Order number: a17<" in page
    assert 'name="field-order_number" type="text" value="a17"' in page
    sheet = (await desk.get("/cases/export.csv?field-order_number=a17")).text
    assert sheet.splitlines()[0].endswith('"field_order_number","field_passport_valid_until"')
    assert sheet.splitlines()[1].endswith('"A-17",""')
    assert len(sheet.splitlines()) == 2


async def test_a_value_opens_in_the_other_tool_that_the_field_names(site: Site):
    act = Act(await make_member("alice", role="lead"), MONDAY)
    address = "https://help.example/#ticket/zoom/{value}"
    name = await fields.make(act, FieldKind.TEXT, FieldGiven(label_en="Ticket", opens=address))
    number, desk = await make_case(act.by), await site.visit_as(act.by)
    await field_values.fill(act, number, {name: 'A/"7'})
    page = (await desk.get(f"/cases/{number}")).text
    assert 'href="https://help.example/#ticket/zoom/A%2F%227" rel="noopener noreferrer nofollow ugc"' in page
    assert "Open on help.example" in page
    wrong = await desk.send_form(f"/settings/fields/{name}", label_en="Ticket", opens="javascript:{value}")
    assert wrong.status_code == 422
    assert "Enter an address with https:// and {value} once" in wrong.text
    assert 'value="javascript:{value}"' in wrong.text
