"""Do prepared replies say what was answered on a case, and never a name in braces?"""

import pytest

from amends import tables
from amends.rules.reply.reply_templates import UnknownVariable
from amends.rules.vocabulary import FieldKind, Language, PlaybookSubject, Stance, StepKind
from amends.services.case import field_values, fields
from amends.services.case.access import find
from amends.services.case.fields import FieldGiven
from amends.services.follow_up import checklists, playbooks
from amends.services.follow_up.playbooks import Given, Step
from amends.services.reply import own_variables, reply_templates, variants
from amends.services.reply.reply_templates import Written
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member
from tests.world import MONDAY, case_row, make_case, make_order_number

TEXT = "Thank you {author}, we have your order {order_number}."


async def test_an_answer_stands_in_a_prepared_reply(alice: Member, bob: Member):
    written = Written(title="Order", text=TEXT, language=Language.ENGLISH, stance=Stance.ANSWER)
    with pytest.raises(UnknownVariable):
        await reply_templates.add(written, by=alice, now=MONDAY)
    question = Step(row=1, words="Order number?", kind=StepKind.ASK, variable="order_number")
    steps = {"subject": PlaybookSubject.NATURE, "about": "complaint", "steps": (question,)}
    playbook = await playbooks.make(Act(alice, MONDAY), Given(name="Late", **steps))
    assert await own_variables.names() == ("order_number",)
    template = await reply_templates.add(written, by=alice, now=MONDAY)

    number = await make_case(bob)
    case, rules = await find(number, by=bob), await reply_rules.current()
    before = await variants.one(case, template, rules, by=bob)
    assert (before.text, before.missing) == (
        TEXT.format(author="Dana", order_number="{order_number}"),
        ("order_number",),
    )

    await checklists.start(Act(bob, MONDAY), number, playbook)
    [checklist] = await checklists.of_case((await case_row(number))["id"])
    await checklists.answer(Act(bob, MONDAY), number, checklist.steps[0].id, "4711")
    assert await own_variables.of_case((await case_row(number))["id"], Language.ENGLISH) == {
        "order_number": "4711"
    }
    after = await variants.one(case, template, rules, by=bob)
    assert (after.text, after.missing) == (TEXT.format(author="Dana", order_number="4711"), ())


async def test_a_field_stands_in_a_reply_and_an_answer_called_as_it_stands_in_the_field(
    alice: Member, bob: Member
):
    name, number = await make_order_number(), await make_case(bob)
    case_id = (await case_row(number))["id"]
    question = Step(row=1, words="Order number?", kind=StepKind.ASK, variable=name)
    steps = {"subject": PlaybookSubject.NATURE, "about": "complaint", "steps": (question,)}
    playbook = await playbooks.make(Act(alice, MONDAY), Given(name="Late", **steps))
    await checklists.start(Act(bob, MONDAY), number, playbook)
    [checklist] = await checklists.of_case(case_id)
    await checklists.answer(Act(bob, MONDAY), number, checklist.steps[0].id, "4711")
    assert [one.value for one in await field_values.of_case(number)] == ["4711"]
    await field_values.fill(Act(bob, MONDAY), number, {name: "4712"})
    assert await own_variables.of_case(case_id, Language.ENGLISH) == {name: "4712"}
    assert await own_variables.names() == (name,)


async def test_a_question_that_is_asked_no_more_breaks_no_page(alice: Member, bob: Member):
    question = Step(row=1, words="Order number?", kind=StepKind.ASK, variable="order_number")
    steps = {"subject": PlaybookSubject.NATURE, "about": "complaint", "steps": (question,)}
    await playbooks.make(Act(alice, MONDAY), Given(name="Late", **steps))
    written = Written(title="Order", text=TEXT, language=Language.ENGLISH, stance=Stance.ANSWER)
    template = await reply_templates.add(written, by=alice, now=MONDAY)
    await tables.PlaybookStep.delete(force=True)
    case = await find(await make_case(bob), by=bob)
    shown = await variants.one(case, template, await reply_rules.current(), by=bob)
    assert shown.missing == ("order_number",)


async def test_a_date_and_a_number_of_fields_stand_in_a_reply_in_its_language(alice: Member, bob: Member):
    bought = await fields.make(Act(alice, MONDAY), FieldKind.DATE, FieldGiven(label_en="Bought on"))
    weight = await fields.make(Act(alice, MONDAY), FieldKind.NUMBER, FieldGiven(label_en="Weight"))
    number = await make_case(bob)
    await field_values.fill(Act(bob, MONDAY), number, {bought: "2026-05-01", weight: "12.5"})
    case, rules = await find(number, by=bob), await reply_rules.current()
    read = {}
    for language in Language:
        text = f"{{{bought}}}: {{{weight}}} kg"
        written = Written(title="Weight", text=text, language=language, stance=Stance.ANSWER)
        template = await reply_templates.add(written, by=alice, now=MONDAY)
        read[language] = (await variants.one(case, template, rules, by=bob)).text
    assert read == {Language.ENGLISH: "1 May 2026: 12.5 kg", Language.FRENCH: "1er mai 2026: 12,5 kg"}
