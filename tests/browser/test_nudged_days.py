"""Is nobody nagged and nothing forgotten? Mornings after a week-end, quiet hours and absences, as lived."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Mailbox
from tests.browser.offices import Colleague, Office, march, opened

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def numbers(text: str) -> list[int]:
    """The cases of a message, in its order."""
    return [int(number) for number in re.findall(r"^#(\d+) ·", text, re.MULTILINE)]


@pytest.fixture
def office(
    request: pytest.FixtureRequest, tmp_path: Path, database_url: str, mailbox: Mailbox, chrome: Browser
) -> Iterator[Office]:
    """An office whose beginning the test names."""
    with opened(tmp_path, database_url, mailbox, chrome, *request.param) as office:
        yield office


def beginning(story: str, at: datetime) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("office", [(story, at)], indirect=True, ids=[story])


def dates_of(page: Page) -> list[str]:
    return page.locator("[data-lane=overdue] .card-when time").evaluate_all("all => all.map(t => t.dateTime)")


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
@beginning("forty", march(5, 17, 30))
def test_a_monday_with_forty_overdue_begins_with_one_message(office: Office, mailbox: Mailbox) -> None:
    office.it_is(march(6, 12, 55))
    assert mailbox.wait_for("30 reminders", to="team")
    office.it_is(march(7, 13, 10))
    assert mailbox.wait_for("10 reminders", to="team")
    office.it_is(march(7, 18))
    look_until(office.member("ada").sign_in(), "/settings/worker", lambda page: held(page) == "80")
    office.it_is(march(8, 8, 31))
    morning = words(mailbox.wait_for("40 reminders", to="bob"))
    assert sorted(numbers(morning)) == list(range(1, 41)), "each of them once"
    assert mailbox.wait_for("40 rappels", to="anne")

    bob = office.member("bob").sign_in()
    assert bob.overdue() == 40
    expect(bob.page.locator("#lane-overdue")).to_have_text("Overdue 40")
    assert len(dates_of(bob.page)) == 20
    assert dates_of(bob.page) == sorted(dates_of(bob.page)), "the longest late first"
    bob.page.get_by_role("link", name="Show all").click()
    expect(bob.page.locator("tbody tr")).to_have_count(40)
    act_on_three(bob)
    assert bob.overdue() == 38, "#1 is done, #2 sleeps, #3 is late still"
    bob.page.get_by_role("link", name="Mine").click()
    expect(bob.page.locator("#lane-overdue")).to_have_text("Overdue 37")

    office.it_is(march(8, 9))  # half an hour after the hand-over, its reminder would come into these minutes
    assert "· Bob Cook" in words(mailbox.wait_for("Your day", to="ada"))
    assert "La semaine de l’équipe" in words(mailbox.wait_for("Votre journée", to="anne"))
    office.it_is(march(8, 11, 30))
    assert "You own this case" in words(mailbox.wait_for("#3 · decide what to do", to="cleo"))
    assert mailbox.subjects("bob") == ["40 reminders"], "nothing was told twice"


def look_until(reader: Colleague, path: str, is_so: Callable[[Page], bool]) -> Page:
    """The page, once it shows that: a mail arrives a moment before that is written down."""
    for _look in range(200):
        if is_so(page := reader.go(path)):
            return page
    raise AssertionError(page.locator("main").inner_text())


def held(page: Page) -> str:
    """How many wait for the morning: nobody is told of those, only the worker’s page says so."""
    return page.locator("#queue dd").nth(2).inner_text()


def act_on_three(bob: Colleague) -> None:
    """One is done, one sleeps until the printed date, one is handed over."""
    page = bob.go("/cases/1")
    bob.send("contact_in_private", channel="email")
    expect(page.locator(".case-chips")).to_contain_text("Waiting on customer")

    bob.go("/cases/2").get_by_title("Snooze (s)").click()
    page.get_by_role("button", name="Tomorrow (Tue 9 Mar, 09:00)").click()
    expect(page.locator(".case-chips")).to_contain_text("Snoozed until Tue 09:00")

    bob.go("/cases/3")
    bob.send("owner", owner="Cleo Miller")
    expect(page.locator(".case-chips")).to_contain_text("Cleo Miller")


def promise(member: Colleague, number: int, what: str, by: str) -> None:
    page = member.go(f"/cases/{number}")
    member.send("promise", words=what, due_at=by)
    expect(page.locator("#owed")).to_contain_text(what)


@ON_POSTGRESQL
@beginning("calm", march(5, 16))
def test_what_falls_due_in_quiet_hours_comes_in_the_morning_if_it_is_still_true(
    office: Office, mailbox: Mailbox
) -> None:
    bob = office.member("bob").sign_in()
    page = bob.go("/settings")
    page.get_by_label("Quiet from").fill("18:00")
    page.locator("#profile form").first.get_by_role("button").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    promise(bob, 1, "We call you tonight", "2027-03-05T18:30")
    promise(bob, 2, "The cake is on its way", "2027-03-05T18:30")
    bob.send("reminder", words="Look for the van", due_at="2027-03-05T18:30", owner="Cleo Miller")
    expect(page.locator("#owed")).to_contain_text("Look for the van")

    bob.go("/settings/reminders").get_by_label("At this moment").fill("2027-03-05T18:40")
    page.get_by_role("button", name="Show").click()
    seen = page.locator("#preview")
    expect(seen).to_contain_text("Nothing arrives then: these are your quiet hours.")
    expect(seen).to_contain_text("What is still due comes in one message from: Mon 08:30.")
    expect(seen.locator(".rows li")).to_have_count(2)

    office.it_is(march(5, 18, 40))
    assert mailbox.wait_for("#2 · reminder", to="cleo")
    assert mailbox.subjects("bob") == []
    bob.go("/cases/1").get_by_role("button", name="Kept").click()
    expect(page.locator("#owed")).not_to_contain_text("We call you tonight")

    office.it_is(march(8, 8, 31))
    morning = words(mailbox.wait_for("#2 · keep the promise · 3 days late", to="bob"))
    assert "#1" not in morning, "it was kept meanwhile"
    office.it_is(march(8, 9, 1))
    assert mailbox.wait_for("Votre journée", to="anne"), "on Mondays leads hear of the week"
    assert len(mailbox.subjects("bob")) == 1


@ON_SQLITE
@beginning("calm", march(5, 16))
def test_while_a_member_is_away_the_deputy_hears_and_then_they_do_again(
    office: Office, mailbox: Mailbox
) -> None:
    bob = office.member("bob").sign_in()
    promise(bob, 1, "We call you on Monday", "2027-03-05T19:30")
    promise(bob, 2, "The cake comes on Monday", "2027-03-08T10:00")
    promise(bob, 3, "We look whether it holds", "2027-03-10T10:00")
    bob.send("reminder", words="Feed the cat", due_at="2027-03-05T19:30", owner="Cleo Miller")
    expect(bob.page.locator("#owed")).to_contain_text("Feed the cat")
    plan_absence(bob, "2027-03-08T00:00", "2027-03-10T00:00")

    office.it_is(march(5, 19, 40))
    assert mailbox.wait_for("· reminder", to="cleo")
    office.it_is(march(8, 8, 31))
    held = mailbox.wait_for("#1 · keep the promise", to="cleo")
    assert "You are deputy for Bob Cook, who is away." in words(held)
    keep(office, held)
    office.it_is(march(8, 10, 1))
    keep(office, mailbox.wait_for("#2 · keep the promise · 1 min late", to="cleo"))
    assert mailbox.subjects("bob") == []

    office.it_is(march(10, 9, 1))
    assert "#3" in words(mailbox.wait_for("Your day", to="bob")), "the day they are back begins as any other"
    office.it_is(march(10, 10, 1))
    assert "You own this case." in words(mailbox.wait_for("#3 · keep the promise", to="bob"))
    assert len(mailbox.subjects("bob")) == 2
    assert not any("#3 · keep" in subject for subject in mailbox.subjects("cleo"))


def plan_absence(member: Colleague, begin: str, end: str) -> None:
    page = member.go("/settings/reminders#absences")
    form = page.locator("form[action='/settings/absences']")
    form.get_by_label("From").fill(begin)
    form.get_by_label("Until").fill(end)
    form.get_by_label("Deputy").select_option(label="Cleo Miller")
    form.get_by_role("button").click()
    expect(page.locator("#absences")).to_contain_text("deputy: Cleo Miller")
    page.get_by_label("At this moment").fill("2027-03-08T11:00")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#preview")).to_contain_text("You are away then: your reminders go to Cleo Miller.")


def keep(office: Office, mail: EmailMessage) -> None:
    """The deputy says from the message that the promise is kept."""
    link = re.search(r"http\S+/act/\S+", words(mail))
    assert link
    page = office.member("cleo").page
    page.goto(link[0])
    page.get_by_role("button", name="Mark the promise as kept").click()
    expect(page.locator("main")).to_contain_text("Done, and recorded in the timeline.")


SILENT, GIVEN_UP = "Your reminders do not arrive", "#nudges .rows li"
TRIES = (
    march(4, 10, 1),
    march(4, 10, 3),
    march(4, 10, 6),
    march(4, 10, 13),
    march(4, 10, 32),
    march(4, 11, 45),
    march(4, 15, 30),
    march(5, 8, 31),
    march(8, 8, 31),
)
"""When a message that fails is tried again: ever later, and not while it is quiet."""


@ON_SQLITE
@beginning("answered", march(3, 10))
def test_a_mailbox_that_refuses_everything_is_seen_and_nothing_is_lost(
    office: Office, mailbox: Mailbox
) -> None:
    mailbox.is_open = False
    try_again(office, mailbox, TRIES[:3])
    bob = office.member("bob").sign_in()
    assert bob.overdue() == 2
    look_until(bob, "/", lambda page: page.get_by_text(f"{SILENT}: Mail to bob.").count() == 1)
    try_again(office, mailbox, TRIES[3:], tried=3)

    bob = office.member("bob").sign_in()
    page = bob.go("/cases/1")
    bob.send("contact_in_private", channel="email")
    expect(page.locator(".case-chips")).to_contain_text("Waiting on customer")
    page = look_until(bob, "/settings/delivery", lambda page: page.locator(GIVEN_UP).count() == 1)
    given_up = page.locator(GIVEN_UP)
    expect(given_up).to_contain_text("9 tries.")
    expect(given_up).to_contain_text("#2")

    mailbox.is_open = True
    given_up.get_by_role("button", name="Try again").click()
    late = mailbox.wait_for("#2 · contact in private · 4 days late", to="bob")
    assert "#1" not in words(late), "that is done"
    look_until(bob, "/", lambda page: page.get_by_text(SILENT).count() == 0)
    assert "None: no reminder was given up." in bob.go("/settings/delivery").content()
    assert len(mailbox.subjects("bob")) == 1


def try_again(office: Office, mailbox: Mailbox, moments: tuple[datetime, ...], *, tried: int = 0) -> None:
    for times, moment in enumerate(moments, start=tried + 1):
        office.it_is(moment)
        mailbox.wait_until_refused("2 reminders", to="bob", times=times)
