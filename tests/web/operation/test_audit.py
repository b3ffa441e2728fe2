"""What does the audit log show, to whom, and what does it never show?"""

import ast
import csv
import io
from pathlib import Path

import pytest

import amends.services
from amends import tables
from amends.rules.vocabulary import Role
from amends.rules.vocabulary.audit import AuditKind
from amends.services.team import audit, members
from amends.services.team.audit import Filters
from amends.web.team.labels import audit as labels
from tests.web.site import Site
from tests.world import make_case, make_member

PAGE = "/settings/audit"


async def kinds() -> list[str]:
    found, _ = await audit.page(Filters())
    return [event.kind.value for event in found]


async def test_an_admin_sees_who_did_what_and_the_old_and_new_value(site: Site) -> None:
    admin = await site.signed_in("admin", name="ada")
    bob = await make_member("bob")
    ada = await members.by_email("ada@example.org")
    await members.change_role(bob.id, role=Role.LEAD, by=ada, now=site.clock())
    page = (await admin.get(PAGE)).text
    assert "Role changed" in page
    assert "Agent → Lead" in page
    assert "Bob" in page
    assert "nothing counts or compares members" in page


@pytest.mark.parametrize("role", ["agent", "lead"])
async def test_nobody_else_opens_it(site: Site, role: str) -> None:
    visitor = await site.signed_in(role)
    for path in (PAGE, f"{PAGE}/export.csv"):
        assert (await visitor.get(path)).status_code == 403


async def test_a_typed_name_that_nobody_has_is_kept_nowhere(site: Site) -> None:
    visitor = site.visitor()
    await visitor.send_form("/sign-in", email="hunter2-my-password", password="violet umbrella")
    assert await kinds() == ["sign_in_failed"]
    rows = await tables.AuditEvent.select()
    assert "hunter2" not in str(rows)
    assert "violet" not in str(rows)
    page = (await (await site.signed_in("admin")).get(PAGE)).text
    assert "unknown name" in page


async def test_filters_stay_in_the_address_and_what_is_none_is_left_out(site: Site) -> None:
    admin = await site.signed_in("admin")
    page = (await admin.get(PAGE, params={"what": "feed_made"})).text
    assert "No event fits these filters." in page
    for asked in (
        {"what": "nonsense", "from": "0001-01-01", "to": "9999-12-31", "who": "x" * 500},
        {"after": "nonsense", "from": "yesterday"},
        {"after": "00000000-0000-4000-8000-000000000000"},
    ):
        assert (await admin.get(PAGE, params=asked)).status_code == 200


async def test_the_file_runs_no_formula_and_the_log_says_that_it_was_made(site: Site) -> None:
    admin = await site.signed_in("admin")
    owner = await make_member("owner")
    await audit.record(AuditKind.BROWSER_PAIRED, by=owner, now=site.clock(), name="=HYPERLINK(1)")
    answer = await admin.get(f"{PAGE}/export.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {"'=HYPERLINK(1)"} == {row["details"] for row in rows if row["event"] == "browser_paired"}
    assert "exported" in await kinds()


async def test_an_admin_says_how_long_events_are_kept_and_what_cannot_be_is_shown_again(site: Site) -> None:
    admin = await site.signed_in("admin")
    assert (await admin.send_form(PAGE, months="18", readers="on")).status_code == 303
    assert "setting_changed" in await kinds()
    answer = await admin.send_form(PAGE, months="3")
    assert answer.status_code == 422
    assert "Keep events between 6 and 24 months." in answer.text


async def test_a_sensitive_case_says_that_openings_are_recorded_and_they_are(site: Site) -> None:
    agent = await site.signed_in("agent", name="eve")
    number = await make_case(await make_member("owner"))
    assert "Openings of this case are recorded" not in (await agent.get(f"/cases/{number}")).text
    await tables.Case.update({tables.Case.severity: "s1"}).where(tables.Case.number == number)
    assert "Openings of this case are recorded" in (await agent.get(f"/cases/{number}")).text
    assert (await agent.send_form(f"/cases/{number}/remove", reason="x")).status_code == 403
    assert {kind for kind in await kinds() if kind.startswith("case_")} == {"case_refused", "case_opened"}


def test_every_setting_that_is_logged_has_its_name_on_the_page() -> None:
    logged = {
        call.args[0].value
        for file in Path(amends.services.__path__[0]).rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text()))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func).endswith("record_change")
        and isinstance(call.args[0], ast.Constant)
    }
    assert "webhooks" in logged
    assert logged - set(labels.SETTINGS) == set()


async def test_a_webhook_and_a_day_are_told_in_the_words_of_the_reader(site: Site) -> None:
    admin = await site.signed_in("admin", name="ada")
    ada, now = await members.by_email("ada@example.org"), site.clock()
    after = {"name": "Desk", "url": "https://example.org/in", "before": "2027-01-15"}
    await audit.record_change("webhooks", {}, after, by=ada, now=now)
    page = (await admin.get(PAGE)).text
    for words in (
        "Webhooks",
        "Name: – → Desk",
        "Address: – → https://example.org/in",
        "Until: – → Fri 15 Jan 2027",
    ):
        assert words in page
