"""Does a member read what Amends wrote in their own language, whatever the language of the team?"""

import html
from datetime import timedelta

import pytest

from amends import tables
from amends.i18n import catalogue, use_language
from amends.rules.operation.own_texts import WHOLE
from amends.services.insight import campaigns
from amends.services.person import legal_holds
from amends.services.team.members import Act
from amends.services.workflow import threats
from tests.web.site import Site
from tests.world import make_case, make_member

PAGES = (
    "/",
    "/cases",
    "/cases/board",
    "/agenda",
    "/cases/1",
    "/cases/2",
    "/cases/1/threat",
    "/settings/threat-plan",
    "/settings/contacts",
    "/campaigns/1",
)


@pytest.mark.parametrize(
    ("of_team", "of_reader", "stars"), [("en", "fr", "no text"), ("fr", "en", "sans texte")]
)
async def test_no_sentence_of_ours_is_read_in_the_teams_language(
    site: Site, of_team: str, of_reader: str, stars: str
) -> None:
    await tables.Team.update({tables.Team.language: of_team}).where(tables.Team.only.eq(True))
    alice = await make_member("alice", role="lead", language=of_team)
    act = Act(alice, site.clock())
    with use_language(of_team):
        for post in ({}, {"text": "", "title": "", "rating": {"value": 1, "max": 5}}):
            await make_case(alice, **post)
        await threats.flag(act, 1)
        day = (site.clock() + timedelta(days=9)).date()
        await legal_holds.place(act, number=2, reason="Hearing", review_on=day)
        checked = {"first": site.clock().date(), "last": site.clock().date()}
        await campaigns.open_campaign(act, campaigns.Given(name="Spring", **checked))
        await campaigns.add_check(1, "Undo the ribbon")
    reader = await site.signed_in("lead", name="chloe", language=of_reader)
    ours = set(WHOLE) if of_team == "en" else {translated(one) for one in WHOLE}
    for path in PAGES:
        page = await reader.get(path)
        assert page.status_code == 200, path
        text = html.unescape(page.text)
        assert stars not in text, path
        assert [one for one in ours if f">{one}<" in text or f'"{one}"' in text] == [], path
    assert "Undo the ribbon" in (await reader.get("/campaigns/1")).text


def translated(message: str) -> str:
    return catalogue("fr").gettext(message)
