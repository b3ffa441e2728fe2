"""Are the texts of counted cases gathered in groups that read alike, and forgotten with their cases?"""

from amends.database import run
from amends.services.insight import counting
from amends.services.team.members import Act, Member
from amends.services.workflow import removals
from tests.world import MONDAY, make_case

TEMPLATE = (
    "It is a disgrace, boycott this bakery, pass it on before they delete it, {name} bought a cake there"
)
GROUPS = """
SELECT t.number, n.text_group FROM case_text AS t JOIN near_text AS n ON n.id = t.text ORDER BY t.number
"""


async def groups() -> list[object]:
    while await counting.count_changed():
        pass
    return [row["text_group"] for row in await run(GROUPS)]


async def test_one_text_with_other_names_is_one_group_and_another_complaint_is_not(bob: Member):
    for name in ("Anna", "Boris", "Chloé"):
        await make_case(bob, text=TEMPLATE.format(name=name))
    await make_case(bob, text="The croissants were cold again and the girl at the till laughed at me.")
    first, second, third, other = await groups()
    assert first == second == third != other


async def test_the_same_words_are_kept_once(bob: Member):
    for _ in range(3):
        await make_case(bob, text="It never came, and nobody answers the phone since Monday.")
    assert len(set(await groups())) == 1
    assert (await run("SELECT COUNT(*) AS texts FROM near_text"))[0]["texts"] == 1


async def test_short_words_are_no_group_and_a_post_without_words_has_no_text(bob: Member):
    for text in ("total scam", "a total scam", ""):
        await make_case(bob, text=text, rating={"value": 1, "max": 5})
    found = await groups()
    assert len(found) == len(set(found)) == 2


async def test_words_of_a_removed_case_are_forgotten_unless_another_one_says_the_same(
    alice: Member, bob: Member
):
    text = "It never came, and nobody answers the phone since Monday."
    one, other = [await make_case(bob, text=text) for _ in range(2)]
    await groups()
    for number, left in ((one, 1), (other, 0)):
        await removals.remove(Act(alice, MONDAY), number, reason="A test")
        await groups()
        assert (await run("SELECT COUNT(*) AS texts FROM near_text"))[0]["texts"] == left
    assert await run("SELECT id FROM near_band") == []
