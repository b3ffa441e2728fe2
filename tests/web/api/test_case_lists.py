"""Does a program find the cases that the page finds, page by page?"""

from typing import get_args

from amends.rules.vocabulary import Stage
from amends.services.desk.cases import CaseFilters
from amends.web.api.case_lists import CasesAsked, StageAsked
from tests.web.site import Site, Visitor
from tests.world import lead_to, make_case, make_member, move

CASES = "/api/v1/cases"


async def numbers(program: Visitor, **query: str) -> list[int]:
    answer = await program.get(CASES, params=query)
    assert answer.status_code == 200, answer.text
    return [case["number"] for case in answer.json()["cases"]]


def test_every_filter_of_the_page_is_a_parameter() -> None:
    missing = set(CaseFilters.__struct_fields__) - set(CasesAsked.__struct_fields__)
    assert missing == {"zone", "spoken", "field_keys"}, "the member's, and what the service finds"
    assert set(get_args(StageAsked)) == {"open", "all", *Stage}


async def test_the_cases_are_those_that_the_page_lists(site: Site) -> None:
    bob, alice = await make_member("bob"), await make_member("alice", role="lead")
    cake = await make_case(bob, lang="fr")
    bread = await make_case(alice, text="The bread was stale.", platform="reddit", lang="en")
    await lead_to(cake, "acknowledge", by=bob)
    program = await site.program(bob)
    assert await numbers(program) == [bread, cake]
    assert await numbers(program, owner="me") == [cake]
    assert await numbers(program, owner="nobody") == [bread]
    assert await numbers(program, stage="acknowledge") == [cake]
    assert await numbers(program, words="stale") == [bread]
    assert await numbers(program, platform="reddit", stage="all") == [bread]
    assert await numbers(program, language="fr") == [cake]
    assert await numbers(program, severity="s3") == [cake]
    assert await numbers(program, opened_from="2026-05-05") == []


async def test_a_page_leads_to_the_next_one_until_there_is_none(site: Site) -> None:
    bob = await make_member("bob")
    made = [await make_case(bob) for _ in range(5)]
    program = await site.program(bob)
    answer, seen = await program.get(CASES, params={"limit": "2", "owner": "nobody"}), []
    while True:
        seen += [case["number"] for case in answer.json()["cases"]]
        assert answer.json()["total"] == 5
        if "link" not in answer.headers:
            break
        address = answer.headers["link"].partition(">")[0].removeprefix("<")
        assert 'rel="next"' in answer.headers["link"]
        assert "owner=nobody" in address
        answer = await program.get(address)
    assert seen == made[::-1]
    assert answer.json()["next"] is None


async def test_what_makes_no_sense_is_refused_by_its_name(site: Site) -> None:
    program = await site.program(await make_member("bob"))
    for name, value in {
        "stage": "moon", "owner": "somebody", "limit": "0", "cursor": "???", "opened_from": "yesterday",
        "platform": "<x>", "counted": "sheep", "theme": "cake", "colour": "red", "sort": "up",
    }.items():  # fmt: skip
        answer = await program.get(CASES, params={name: value})
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [name]), answer.text


async def test_every_answer_says_what_the_token_may_still_ask(site: Site) -> None:
    program = await site.program(await make_member("bob"))
    site.app.state.site.programs._burst = 3
    first = await program.get(CASES)
    assert first.headers["ratelimit-policy"] == '"token";q=3;w=60'
    assert first.headers["ratelimit"].startswith('"token";r=2;t=')
    assert (await program.get(CASES, params={"stage": "moon"})).headers["ratelimit"].startswith('"token";r=1')
    await program.get(CASES)
    refused = await program.get(CASES)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert refused.headers["ratelimit"] == '"token";r=0;t=1'


async def test_every_line_says_what_comes_next_as_the_case_does(site: Site) -> None:
    bob = await make_member("bob")
    await make_case(bob)
    await lead_to(await make_case(bob), "acknowledge", by=bob)
    await move(await make_case(bob), "not_ours", by=bob, reason="Another shop")
    program = await site.program(bob)
    listed = (await program.get(CASES, params={"stage": "all"})).json()["cases"]
    steps = {one["stage"]: one["nextStep"] for one in listed}
    assert steps["new"]["do"] == "decide"
    assert (steps["acknowledge"]["do"], steps["acknowledge"]["turn"]) == ("write_reply", "ours")
    assert steps["acknowledge"]["kind"] == "acknowledge"
    assert steps["closed"] is None
