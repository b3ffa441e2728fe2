"""What happens to a form that is sent twice: by a double click, or from an old page?"""

import asyncio
import re
from typing import Any

import pytest

from amends import tables
from amends.database import run
from amends.services.team.members import Member
from amends.web.form_keys import ACCEPTED
from amends.web.security import NEEDED, SAFE_METHODS
from tests.offenders import expect_none
from tests.web.routes import calls
from tests.web.site import Site, Visitor
from tests.world import entries, lead_to, make_case, make_member, owed

KEY = re.compile(r'name="form_key" value="([^"]+)"')
ONE = "0123456789abcdef-3"

TAKEN_EACH_TIME = {
    **dict.fromkeys(
        (
            "/setup/nudges",
            "/settings/targets",
            "/settings/team/targets",
            "/settings/reports",
            "/settings/targets/{target_id:uuid}",
        ),
        "is answered once after its address was checked, which takes too long for a transaction",
    ),
    **dict.fromkeys(
        (
            "/cases/{number:int}/files",
            "/cases/{number:int}/mails",
            "/cases/{number:int}/notes",
            "/cases/{number:int}/touchpoints",
            "/cases/{number:int}/moves",
            "/cases/{number:int}/measures",
        ),
        "is answered once after its files were checked, which takes too long for a transaction",
    ),
    **dict.fromkeys(
        ("/mail/{mail:uuid}/case", "/mail/{mail:uuid}/open"),
        "is answered once after the mail was read, which takes too long for a transaction",
    ),
    "/confirm": "counts a wrong password, which must not be rolled back",
    "/settings/outgoing-mail": "is answered once after the account was tried, which takes too long",
    "/settings/mail": "is answered once after the mailbox was tried, which takes too long for a transaction",
    "/settings/theme": "says how it shall be",
    "/settings/team/logo": "says what it shall be, after the picture was drawn anew in a process of its own",
    "/sign-out": "ends the session, which cannot be ended twice",
    "/dossiers": "is a file each time, whose PDF takes too long for a transaction",
    "/cases/{number:int}/threat/links": "shows a link once, and makes a dossier, which takes too long",
    "/settings/password/link": "opens a page by a link that is good once",
    "/settings/providers/{provider_id:uuid}/test": "asks the provider, which takes too long",
    "/settings/sign-in/providers/{provider_id:uuid}/link": "asks the provider, which takes too long too",
    "/settings/passkeys": "uses up what was asked, which must not be rolled back",
    "/people/{author:uuid}/copy": "is a file each time, whose files take too long for a transaction",
    "/people/{author:uuid}/erase": "finds nobody the second time, and lists only what was erased for good",
    "/settings/second-factor": "makes a fresh secret each time; the last one counts",
    "/settings/second-factor/codes": "answers with fresh codes, which are kept nowhere",
    "/settings/second-factor/confirm": "counts a wrong code, which must not be rolled back",
    "/settings/password": "counts a wrong password, which must not be rolled back",
    "/settings/sessions/{session_id:uuid}/end": "nothing is left to end the second time",
    "/settings/sessions/end-all": "nothing is left to end the second time",
    "/settings/sessions/end-others": "nothing is left to end the second time",
    "/settings/calendar-feed": "shows a link once, and makes the one before void",
    "/settings/tokens": "shows a token once; one that was made by a second press is listed, to be revoked",
    "/settings/webhooks": "shows a secret once, and takes an address once",
    "/settings/webhooks/{webhook_id:uuid}/secret": "shows a secret once; the last one counts",
    "/settings/calendar-feed/change": "says how it shall be",
    "/settings/calendar-feed/off": "says how it shall be",
    "/cases/{number:int}/contributors": "shows a link once",
    "/cases/{number:int}/writing": "is no form",
    "/cases/{number:int}/look": "opens another page",
    "/cases/{number:int}/answer/look": "keeps nothing",
    "/cases/{number:int}/answer/starters": "adds what is not there yet, and shows the page again",
    "/cases/{number:int}/answer/link": "makes a link where none is alive",
    "/triage/{number:int}/look": "keeps nothing",
    "/triage/{number:int}/questions": "asks nothing twice, and shows the page again",
    "/triage/{number:int}/questions/{question:uuid}/answer": "is answered once, and shows the page again",
    "/triage/{number:int}/questions/{question:uuid}/withdraw": "ends once, and shows the page again",
    "/replies/preview": "keeps nothing",
    "/settings/duties/rotation/order": "keeps nothing",
    "/cases/import": "takes the place of the table before, and takes too long for a transaction",
    "/cases/import/{upload_id:uuid}/columns": "changes nothing again, and takes too long for a transaction",
    "/cases/new": "has an id of its own",
}
"""Forms without a key that counts, with the reason."""


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="admin")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def test_every_form_of_a_page_has_a_key_of_its_own_and_every_page_others(desk: Visitor) -> None:
    first = KEY.findall((await desk.get("/settings/reminders")).text)
    second = KEY.findall((await desk.get("/settings/reminders")).text)
    assert len(first) == len(set(first)) > 5
    assert not set(first) & set(second)


async def test_every_form_is_answered_once_or_says_why_not(site: Site) -> None:
    forms = {
        call.pattern: getattr(call.handler.fn, "is_answered_once", False)
        for call in calls(site.app)
        if call.method not in SAFE_METHODS and call.handler.opt["policy"] in NEEDED
    }
    taken = {pattern for pattern, is_once in forms.items() if not is_once}
    expect_none(sorted(taken - TAKEN_EACH_TIME.keys()), "Decorate the handler with answered_once")
    expect_none(sorted(TAKEN_EACH_TIME.keys() - taken), "Take the reason out: the form is answered once")


@pytest.mark.parametrize(
    ("path", "fields", "kind"),
    [
        ("notes", {"text": "We called them"}, "noted"),
        ("touchpoints", {"channel": "email", "direction": "in", "text": "Thanks"}, "touchpoint"),
        ("promises", {"words": "A new lamp", "due_at": "2026-05-11T09:00"}, "promised"),
        ("severity", {"severity": "s2"}, "severity_set"),
        ("snooze", {"until": "2026-05-11T09:00"}, "snoozed"),
    ],
)
async def test_a_double_click_does_it_once_and_is_answered_twice(
    desk: Visitor, alice: Member, path: str, fields: dict[str, Any], kind: str
) -> None:
    number = await make_case(alice)
    first = await desk.send_form(f"/cases/{number}/{path}", form_key=ONE, **fields)
    second = await desk.send_form(f"/cases/{number}/{path}", form_key=ONE, **fields)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    assert (await entries(number)).count(kind) == 1


async def test_a_reminder_and_a_hand_over_happen_once(desk: Visitor, alice: Member) -> None:
    number = await make_case(alice)
    bob = await make_member("bob")
    wish = {"words": "Look", "due_at": "2026-05-11T09:00", "owner": str(alice.id)}
    for _time in range(2):
        await desk.send_form(f"/cases/{number}/reminders", form_key=ONE, **wish)
        await desk.send_form(f"/cases/{number}/owner", form_key=ONE, owner=str(bob.id), note="Yours")
    reminders = tables.FollowUp.kind == "reminder"
    assert await tables.FollowUp.count().where(reminders) == 1
    assert (await entries(number)).count("assigned") == 1


async def test_of_two_that_are_sent_at_once_one_is_done(desk: Visitor, alice: Member) -> None:
    number = await make_case(alice)
    sent = (desk.send_form(f"/cases/{number}/notes", form_key=ONE, text="Once") for _click in range(4))
    answers = await asyncio.gather(*sent)
    assert {answer.headers["location"] for answer in answers} == {f"/cases/{number}?notice=noted"}
    assert (await entries(number)).count("noted") == 1


async def test_other_words_from_an_old_page_are_kept_too(desk: Visitor, alice: Member) -> None:
    number = await make_case(alice)
    for text in ("First", "First, and more", "First"):
        await desk.send_form(f"/cases/{number}/notes", form_key=ONE, text=text)
    page = (await desk.get(f"/cases/{number}")).text
    assert (await entries(number)).count("noted") == 2
    assert "First, and more" in page


async def test_no_digest_is_kept_of_the_password_that_confirms_a_form(desk: Visitor, alice: Member) -> None:
    await make_case(alice)
    for password in ("", "secret-word"):
        await desk.send_form("/cases/1/notes", form_key=ONE, text="Once", confirm_password=password)
    assert await tables.UsedForm.count() == 1


async def test_a_key_is_one_members_and_one_forms(site: Site, desk: Visitor, alice: Member) -> None:
    number, other = await make_case(alice), await make_case(alice)
    bob = await site.visit_as(await make_member("bob"))
    await desk.send_form(f"/cases/{number}/notes", form_key=ONE, text="Same words")
    await desk.send_form(f"/cases/{other}/notes", form_key=ONE, text="Same words")
    await bob.send_form(f"/cases/{number}/notes", form_key=ONE, text="Same words")
    assert [(await entries(one)).count("noted") for one in (number, other)] == [2, 1]


async def test_signing_in_again_makes_no_second_note_of_the_same_form(
    site: Site, desk: Visitor, alice: Member
) -> None:
    number = await make_case(alice)
    await desk.send_form(f"/cases/{number}/notes", form_key=ONE, text="Once")
    again = await site.visit_as(alice)
    await again.send_form(f"/cases/{number}/notes", form_key=ONE, text="Once")
    assert (await entries(number)).count("noted") == 1


async def test_what_was_refused_is_not_remembered(desk: Visitor, alice: Member) -> None:
    number = await make_case(alice)
    for _time in range(2):
        answer = await desk.send_form(f"/cases/{number}/notes", form_key=ONE, text=" ")
        assert answer.status_code == 422
        assert ACCEPTED not in answer.cookies
    assert not await tables.UsedForm.exists()


async def test_the_browser_learns_which_form_was_accepted(desk: Visitor, alice: Member) -> None:
    number = await make_case(alice)
    answer = await desk.send_form(f"/cases/{number}/notes", form_key=ONE, text="Kept")
    assert answer.cookies[ACCEPTED] == ONE


@pytest.mark.parametrize("key", ["", "nonsense", "x" * 9000, "0123456789abcdef-3;Path=/"])
async def test_a_form_without_a_key_of_ours_is_done_each_time(desk: Visitor, alice: Member, key: str) -> None:
    number = await make_case(alice)
    for _time in range(2):
        answer = await desk.send_form(f"/cases/{number}/notes", form_key=key, text="Twice")
        assert ACCEPTED not in answer.cookies
    assert (await entries(number)).count("noted") == 2


async def test_what_a_second_click_on_a_removal_finds_is_the_answer_of_the_first(
    desk: Visitor, alice: Member
) -> None:
    number = await make_case(alice)
    await desk.send_form(f"/cases/{number}/promises", words="A lamp", due_at="2026-05-11T09:00")
    promise = (await owed(number))["promise"]["id"]
    answers = [await desk.send_form(f"/follow-ups/{promise}/keep", form_key=ONE) for _click in range(2)]
    assert {answer.headers["location"] for answer in answers} == {f"/cases/{number}?notice=kept"}


async def test_a_move_and_a_draft_happen_once(desk: Visitor, alice: Member) -> None:
    number = await make_case(alice)
    await lead_to(number, "acknowledge", by=alice)
    written = {"text": "We are sorry. Write to care@example.org.", "occasion": "first", "do": "keep"}
    answers = [
        await desk.send_form(f"/cases/{number}/answer", form_key=ONE, **written) for _click in range(2)
    ]
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert await entries(number) == ["captured", "moved", "moved"]


async def test_what_a_colleague_writes_by_a_link_is_noted_once(
    site: Site, desk: Visitor, alice: Member
) -> None:
    number = await make_case(alice)
    page = (await desk.send_form(f"/cases/{number}/contributors", name="Kim")).text
    [token] = re.findall(r"contribute\?token=([\w-]+)", page)[:1]
    kim = site.visitor()
    assert KEY.search((await kim.get(f"/contribute?token={token}")).text)
    for _click in range(2):
        answer = await kim.send_form(
            f"/contribute?token={token}", form_key=ONE, text="It is in the warehouse"
        )
        assert answer.status_code in (200, 303)
    assert (await entries(number)).count("noted") == 1


BROKEN_OFF = (
    "CREATE SEQUENCE tries",
    """
    CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('tries') <= {times} THEN RAISE EXCEPTION 'broken off' USING ERRCODE = '40P01'; END IF;
        RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER break_off BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION break_off()",
)
"""PostgreSQL ends so many transactions that write an entry, as it does for a deadlock."""


async def break_off(times: int) -> None:
    for statement in BROKEN_OFF:
        await run(statement.format(times=times))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_form_that_the_database_breaks_off_is_done_once(desk: Visitor, alice: Member) -> None:
    number = await make_case(alice)
    await break_off(2)
    answer = await desk.send_form(f"/cases/{number}/notes", text="They rang", form_key=ONE)
    assert answer.status_code == 303
    assert (await entries(number)).count("noted") == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_form_that_is_broken_off_each_time_is_shown_again(desk: Visitor, alice: Member) -> None:
    number = await make_case(alice)
    await break_off(99)
    answer = await desk.send_form(f"/cases/{number}/notes", text="They rang", form_key=ONE)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert "Others were changing the same thing at that moment" in answer.text
    assert "They rang</textarea>" in answer.text
    assert "noted" not in await entries(number)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/settings/webhooks", {"name": "Shop", "url": "https://shop.example/x", "events": ["case.moved"]}),
        ("/settings/tokens", {"name": "Sheet", "scopes": ["cases:read"], "days": "30"}),
        ("/settings/members", {"name": "Eve", "email": "eve@example.org"}),
        ("/cases/{number}/contributors", {"name": "Marc from the workshop"}),
    ],
)
async def test_what_was_typed_for_a_page_with_a_secret_is_not_brought_back_either(
    site: Site, path: str, form: dict[str, Any]
):
    ada = await make_member("ada", role="admin")
    number = await make_case(ada)
    desk = await site.visit_as(ada)
    answer = await desk.send_form(path.format(number=number), form_key=ONE, **form)
    assert answer.status_code in (200, 303)
    assert f"{ACCEPTED}={ONE}" in answer.headers["set-cookie"]
    refused = await desk.send_form(path.format(number=number), form_key=ONE, name="")
    assert ACCEPTED not in refused.headers.get("set-cookie", "")
