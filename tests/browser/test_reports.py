"""The monthly report, as a lead and the boss live it: from an address in the settings to mail and PDF."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Mailbox
from tests.browser.offices import Office, march, opened
from tests.extension.conftest import chrome

__all__ = ["chrome"]


@pytest.fixture
def office(tmp_path: Path, database_url: str, mailbox: Mailbox, chrome: Browser) -> Iterator[Office]:
    with opened(tmp_path, database_url, mailbox, chrome, "ten", march(5, 16)) as office:
        yield office


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_boss_gets_the_month_by_mail_and_a_lead_prints_the_same_figures(
    office: Office, mailbox: Mailbox
) -> None:
    anne = office.member("anne").sign_in()
    page = anne.go("/settings/reports")
    page.get_by_label("Adresse e-mail").fill("boss@example.org")
    page.get_by_label("Langue du rapport").select_option(label="English")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_text("Pas encore de rapport.")).to_be_visible()

    office.it_is(march(31, 12))
    assert mailbox.subjects("boss") == [], "the month is not over"
    office.it_is(march(31, 12) + timedelta(hours=19, minutes=5))
    mail = mailbox.wait_for("March 2027", to="boss")
    body = mail.get_body(("plain",))
    assert body is not None
    words = str(body.get_content())
    assert re.search(r"\b10\b", words), words
    assert "cake" not in words.lower(), "it says nothing of a single complaint"

    page = anne.sign_in().go("/insights?period=last_month")
    expect(page.locator("main")).to_contain_text("10")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").first.click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    page = anne.go("/settings/reports")
    expect(page.locator("#readers")).to_contain_text("boss@example.org")
    expect(page.locator("#readers")).not_to_contain_text("Pas encore de rapport.")
