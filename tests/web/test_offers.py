"""Does every page of the demonstration offer a member only what their role may?"""

import pytest
from litestar import Litestar

from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.rules.team.permissions import may
from amends.rules.vocabulary import Language, Role
from amends.services.operation import demo
from amends.web.permitted import policy_of
from amends.web.security import NEEDED, needed
from tests.architecture.source import shown, templates
from tests.offenders import expect_none
from tests.web.site import Site
from tests.web.walk import kind_of, walked
from tests.world import make_member

READ_TOO = {
    "/cases",
    "/cases/#/measures",
    "/cases/#/threat",
    "/campaigns",
    "/campaigns/#",
    "/incidents",
    "/incidents/#",
    "/incidents/drills",
    "/people/#",
    "/places",
    "/places/#",
    "/feeds",
    "/settings/rules",
    "/problems",
    "/problems/#",
    "/replies",
    "/replies/#",
    "/settings/capacity",
    "/settings/policy",
    "/settings/replies",
    "/settings/sign-in",
    "/settings/team",
    "/settings/calendar",
    "/settings/duties",
    "/settings/members",
    "/settings/records",
}
"""Addresses with a form for some roles that are worth reading without it."""


def offers_a_change(app: Litestar, role: Role, path: str) -> bool:
    """Whether a page is there for its form, and the role may not send that."""
    path = path.partition("?")[0]
    policy = policy_of(app, "POST", path)
    return policy in NEEDED and not may(role, needed(policy, "POST")) and kind_of(path) not in READ_TOO


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_link_of_any_page_leads_a_role_to_a_refusal_or_to_a_form_that_is_not_theirs(
    fresh_site: Site,
) -> None:
    files = FolderEvidenceFiles(fresh_site.settings.evidence_dir)
    await demo.make(now=fresh_site.clock(), files=files, language=Language.ENGLISH)
    wrong: list[str] = []
    for role in Role:
        member = await make_member(f"new-{role.value}", role=role.value)
        found = await walked(await fresh_site.visit_as(member))
        wrong += [
            f"{role.value} on {met.place}: {met.words!r} leads to {path}: {met.answer.status_code}"
            for path, met in found.items()
            if met.answer.status_code == 403
            or met.answer.status_code >= 500
            or offers_a_change(fresh_site.app, role, path)
        ]
        assert len(found) > 80
        assert ("Block or report" in {met.words for met in found.values()}) is member.works
    expect_none(wrong, "Mark a link that is there for work with data-works, or ask member.may(…) around it")


def test_templates_ask_what_a_member_may_and_not_which_role_they_have() -> None:
    bare = [
        f"{shown(template)}: {line.strip()}"
        for template in templates()
        for line in template.read_text().splitlines()
        if "member.role" in line
    ]
    expect_none(bare, "Ask member.works or member.may('lead'): roles that come later are then right too")
