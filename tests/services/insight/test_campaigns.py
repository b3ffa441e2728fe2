"""Is a campaign checked, decided, tied to its cases and looked back on?"""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from amends.rules.insight.campaigns import USUAL_CHECKS, WrongCampaign
from amends.rules.insight.case_facts import Flag
from amends.rules.vocabulary import Language, Stance, Verdict
from amends.services.desk import case_themes, cases, themes
from amends.services.desk.cases import CaseFilters
from amends.services.insight import campaigns, counting, daily
from amends.services.insight.campaigns import (
    CampaignChanged,
    CampaignUnknown,
    ChecksAreOpen,
    CheckUnknown,
    Given,
    ReasonMissing,
)
from amends.services.insight.campaigns.cases import NoCaseTicked
from amends.services.insight.campaigns.commands import CheckWithoutWords
from amends.services.reply import reply_templates
from amends.services.reply.reply_templates import Written
from amends.services.team.members import Act, Member
from tests.world import DAY, MONDAY, entries, make_case

POST = "https://x.com/bakers/status/1700000000000000001"


def given(**changed: Any) -> Given:
    usual = {"name": "Spring", "first": date(2026, 5, 4), "last": date(2026, 5, 8)}
    return Given(**{**usual, **changed})


async def counted() -> None:
    while await counting.count_changed():
        pass
    while await daily.add_up_days():
        pass


async def settle_all(act: Act, number: int) -> None:
    for one in (await campaigns.detail(number)).checks:
        await campaigns.settle_check(act, number, one.id, done=True, note="Nothing found")


async def test_a_campaign_begins_with_what_is_usually_checked(alice: Member):
    number = await campaigns.open_campaign(Act(alice, MONDAY), given())
    assert [one.words for one in (await campaigns.detail(number)).checks] == list(USUAL_CHECKS)
    await campaigns.add_check(number, " The baker’s birthday ")
    await settle_all(Act(alice, MONDAY), number)
    found = (await campaigns.detail(number)).checks
    assert (found[-1].words, found[-1].done, found[-1].note) == (
        "The baker’s birthday",
        True,
        "Nothing found",
    )
    assert (found[-1].settled_by and found[-1].settled_by.name) == alice.name
    await campaigns.settle_check(Act(alice, MONDAY), number, found[0].id, done=False, note="Again")
    [row] = await campaigns.listed()
    assert (row.open_checks, row.verdict, row.cases) == (1, None, 0)
    with pytest.raises(CheckUnknown):
        await campaigns.settle_check(Act(alice, MONDAY), number, uuid4(), done=True, note="")
    with pytest.raises(CheckWithoutWords):
        await campaigns.add_check(number, " ")


async def test_a_lead_decides_with_a_reason_once_everything_is_checked(alice: Member):
    act = Act(alice, MONDAY)
    number = await campaigns.open_campaign(act, given())
    with pytest.raises(ChecksAreOpen):
        await campaigns.decide(act, number, Verdict.GO, "It is fine")
    with pytest.raises(ReasonMissing):
        await campaigns.decide(act, number, Verdict.NO_GO, " ")
    await campaigns.decide(act, number, Verdict.NO_GO, "The flood is in the news")
    await settle_all(act, number)
    await campaigns.decide(Act(alice, MONDAY + DAY), number, Verdict.GO, "The water is gone")
    found = await campaigns.detail(number)
    assert [(one.verdict, one.reason) for one in found.decisions] == [
        ("go", "The water is gone"),
        ("no_go", "The flood is in the news"),
    ]
    assert found.verdict is Verdict.GO


async def test_two_members_do_not_overwrite_each_other(alice: Member):
    number = await campaigns.open_campaign(Act(alice, MONDAY), given(url=f"{POST}?utm_source=mail"))
    assert (await campaigns.detail(number)).campaign.url == POST
    await campaigns.change(number, given(name="Summer", kept="All criticism"), version=1)
    with pytest.raises(CampaignChanged):
        await campaigns.change(number, given(name="Autumn"), version=1)
    campaign = (await campaigns.detail(number)).campaign
    assert (campaign.name, campaign.kept, campaign.url) == ("Summer", "All criticism", "")
    with pytest.raises(WrongCampaign):
        await campaigns.change(number, given(url="javascript:alert(1)"), version=2)
    with pytest.raises(CampaignUnknown):
        await campaigns.detail(99)


async def test_prepared_lines_are_chosen_from_the_library(alice: Member):
    number = await campaigns.open_campaign(Act(alice, MONDAY), given())
    written = Written(title="Spring", text="Thank you.", language=Language.ENGLISH, stance=Stance.ANSWER)
    template = await reply_templates.add(written, by=alice, now=MONDAY)
    for _ in range(2):
        await campaigns.add_reply(number, template)
    assert [one.title for one in (await campaigns.detail(number)).replies] == ["Spring"]
    await campaigns.remove_reply(number, template)
    assert (await campaigns.detail(number)).replies == []


async def test_cases_of_its_days_and_under_its_post_are_suggested(alice: Member, bob: Member):
    here = await make_case(bob)
    under = await make_case(
        bob, platform="web", id="", url="https://example.org/a", page={"url": POST, "title": "Ours"}
    )
    other = await make_case(bob, platform="web", id="", url="https://example.org/b")
    await make_case(bob, now=MONDAY - 9 * DAY)

    async def suggested(number: int) -> list[int]:
        return [row.number for row in await campaigns.suggested((await campaigns.detail(number)).campaign)]

    everywhere = await campaigns.open_campaign(Act(alice, MONDAY), given())
    assert await suggested(everywhere) == [other, under, here]
    number = await campaigns.open_campaign(Act(alice, MONDAY), given(url=POST))
    assert await suggested(number) == [under, here]
    for _ in range(2):
        await campaigns.link(Act(bob, MONDAY), number, [here])
    assert await entries(here) == ["captured", "linked"]
    assert await suggested(number) == [under]
    for _ in range(2):
        await campaigns.unlink(Act(bob, MONDAY), number, here)
    assert await entries(here) == ["captured", "linked", "linked"]
    assert (await suggested(number), (await campaigns.detail(number)).cases) == ([under], [])
    with pytest.raises(NoCaseTicked):
        await campaigns.link(Act(bob, MONDAY), number, [])


async def test_its_result_counts_its_cases_and_each_number_has_its_list(alice: Member, bob: Member):
    theme = await themes.make(Act(alice, MONDAY), "Delivery")
    mine = [await make_case(bob) for _ in range(2)]
    await make_case(bob)
    await make_case(bob, now=MONDAY - timedelta(days=6), postedAt=(MONDAY - timedelta(days=6)).isoformat())
    await make_case(bob, now=MONDAY - timedelta(days=3), postedAt=(MONDAY - timedelta(days=3)).isoformat())
    await case_themes.choose(Act(bob, MONDAY), mine[0], add_to=[theme])
    number = await campaigns.open_campaign(Act(alice, MONDAY), given())
    await campaigns.link(Act(bob, MONDAY), number, mine)
    await counted()
    found = await campaigns.result((await campaigns.detail(number)).campaign, now=MONDAY + DAY)
    assert found.figures.flags[Flag.CAPTURED] == 2
    assert found.themes == [(str(theme), 1)]
    assert found.before is not None
    assert found.before.flags[Flag.CAPTURED] == 1
    for filters, expected in (
        (CaseFilters(campaign=number, stage="all"), {*mine}),
        (CaseFilters(campaign=number, theme=theme), {mine[0]}),
        (CaseFilters(campaign=number, counted=Flag.CAPTURED), {*mine}),
        (CaseFilters(campaign=number + 1), set()),
    ):
        shown = await cases.page(filters, now=MONDAY)
        assert {row.number for row in shown.rows} == expected
    period, hurting = await campaigns.hurting_themes(now=MONDAY + DAY)
    assert period.days == 90
    assert [(line.value, line.flags[Flag.CAPTURED]) for line in hurting] == [(str(theme), 1)]
