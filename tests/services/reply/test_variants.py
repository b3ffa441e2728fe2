"""Which prepared replies does a case get, in whose language, with which names in them?"""

from amends import tables
from amends.rules.person.customer_links import Purpose
from amends.rules.team.reply_rules import ReplyRules
from amends.rules.vocabulary import Language, Occasion
from amends.services.person import customer_links
from amends.services.reply import reply_templates, variants
from amends.services.reply.reply_templates import Written
from amends.services.reply.variants import Variant
from amends.services.team.members import Act, Member
from amends.services.workflow import answers
from amends.services.workflow.answers import SoFar
from tests.world import MONDAY, lead_to, make_case, make_member

FRENCH = "Le gâteau n’est jamais arrivé et personne ne répond, c’est une honte pour votre maison."
RULES = ReplyRules(
    places={Language.ENGLISH: "care@bakers.example", Language.FRENCH: "bonjour@bakers.example"}
)
FIRST = Occasion.FIRST
TEXT = "{author}, {team}, {product}, {private_place}, {case_number}, {signature}"


async def offered(number: int, by: Member, rules: ReplyRules = RULES) -> list[Variant]:
    case = await tables.Case.objects().get(tables.Case.number == number)
    return await variants.of(case, rules, occasion=Occasion.FIRST, by=by)


async def add(language: str, by: Member, text: str = TEXT) -> object:
    given = Written(title=language, text=text, language=language, stance="fix")
    return await reply_templates.add(given, by=by, now=MONDAY)


async def test_names_and_places_are_filled_in(bob: Member):
    await add("en", bob)
    number = await make_case(bob)
    [variant] = await offered(number, bob)
    assert variant.text == f"Dana, Bakers, Bakers, care@bakers.example, #{number}, Bob"
    assert variant.missing == ()


async def test_a_private_link_of_the_case_stands_where_it_goes_on(bob: Member):
    await add("en", bob)
    number = await make_case(bob)
    now = await lead_to(number, "contact", by=bob)
    code = await customer_links.make(Act(bob, now), number, Purpose.HAND_OFF)
    writing = await answers.begin(
        Act(bob, now), number, SoFar(occasion=FIRST), links_at="https://amends.example"
    )
    [variant] = writing.variants
    assert f"https://amends.example/h/AM-{code[:4]}-{code[4:]}" in variant.text
    assert "care@bakers.example" not in variant.text
    await customer_links.withdraw(Act(bob, now), number, Purpose.HAND_OFF)
    writing = await answers.begin(
        Act(bob, now), number, SoFar(occasion=FIRST), links_at="https://amends.example"
    )
    assert writing.variants[0].missing == ("private_place",)


async def test_the_posts_own_language_decides_and_not_what_its_site_declares(bob: Member):
    await add("en", bob)
    await add("fr", bob)
    number = await make_case(bob, text=FRENCH, lang="en")
    assert [one.title for one in await offered(number, bob)] == ["fr"]


async def test_a_short_post_is_answered_in_the_language_of_the_earlier_ones_of_its_author(bob: Member):
    await add("en", bob)
    await add("fr", bob)
    short = await make_case(bob, text="Arnaque", lang="en")
    assert [one.title for one in await offered(short, bob)] == ["en", "fr"]
    await make_case(bob, text=FRENCH, lang="fr")
    assert [one.title for one in await offered(short, bob)] == ["fr", "en"]


async def test_for_a_language_that_we_do_not_speak_the_members_own_is_taken(database: str):
    anne = await make_member("anne", language="fr")
    await add("en", anne)
    await add("fr", anne)
    number = await make_case(anne, text="Kuchen!", lang="de")
    assert [one.title for one in await offered(number, anne)] == ["fr", "en"]


async def test_a_place_that_nobody_named_is_told_as_missing(bob: Member):
    await add("en", bob)
    [variant] = await offered(await make_case(bob), bob, ReplyRules(product="Tarts"))
    assert variant.missing == ("private_place",)
    assert "Tarts, {private_place}" in variant.text


async def test_a_strangers_name_is_never_read_as_a_variable(bob: Member):
    await add("en", bob, "Hello {author}")
    number = await make_case(bob, author={"name": "{signature}", "handle": "@x", "url": "https://x.com/x"})
    [variant] = await offered(number, bob)
    assert (variant.text, variant.missing) == ("Hello {signature}", ())
