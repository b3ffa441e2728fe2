"""Mails that come in: kept once and whole, alerts proposed like posts of feeds, forgotten after a while."""

from datetime import timedelta
from pathlib import Path

import pytest

from amends import tables
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.gateways.mail_reader import SandboxedMailReader
from amends.rules.capture.mail_messages import MOST_BYTES, MailIsTooLarge, read_mail
from amends.services.capture import feeds, mails
from amends.services.team.members import Act, Member
from tests.mails import DirectReader, mail
from tests.world import MONDAY

READER = DirectReader()


@pytest.fixture
def files(tmp_path: Path) -> FolderEvidenceFiles:
    return FolderEvidenceFiles(tmp_path)


async def rows() -> list[dict[str, object]]:
    return await tables.Mail.select().order_by(tables.Mail.came_at)


async def keep(content: bytes, files: FolderEvidenceFiles) -> bool:
    return await mails.keep(content, reader=READER, files=files, now=MONDAY)


async def test_a_mail_is_kept_with_its_bytes_and_its_words(database: str, files: FolderEvidenceFiles):
    content = mail("The cake came broken.\n\nOn Monday, Bakers wrote:\n> Hello")
    assert await keep(content, files)
    [row] = await rows()
    assert (row["sender"], row["subject"], row["words"]) == (
        "dana@example.com",
        "My cake",
        "The cake came broken.",
    )
    assert "> Hello" in str(row["text"])
    assert row["state"] == "new"
    assert await files.fetch(str(row["sha256"])) == content


async def test_a_mail_is_taken_once_whatever_programs_on_the_way_add(
    database: str, files: FolderEvidenceFiles
):
    content = mail(Message_ID="<same@x>")
    assert await keep(content, files)
    assert not await keep(content, files)
    assert not await keep(b"Received: from a by b; now\r\nX-Spam: no\r\n" + content, files)
    assert await keep(mail("Another text under the same id.", Message_ID="<same@x>"), files)
    assert len(await rows()) == 2


async def test_a_mail_that_is_too_large_is_refused(database: str, files: FolderEvidenceFiles):
    with pytest.raises(MailIsTooLarge):
        await keep(b"x" * (MOST_BYTES + 1), files)
    assert await rows() == []


class Breaks:
    """A reader that a mail has broken."""

    async def read(self, content: bytes) -> None:
        return None


async def test_a_mail_that_cannot_be_read_is_kept_and_waits(database: str, files: FolderEvidenceFiles):
    assert await mails.keep(b"\x00", reader=Breaks(), files=files, now=MONDAY)
    [row] = await rows()
    assert (row["state"], row["reason"]) == ("waiting", "unreadable")
    assert await files.fetch(str(row["sha256"])) == b"\x00"


async def test_the_reader_runs_in_a_process_of_its_own():
    read = await SandboxedMailReader().read(mail("Bonjour", From="Zoé <Zoe@Example.com>"))
    assert read == read_mail(mail("Bonjour", From="Zoé <Zoe@Example.com>", Message_ID=read.identity))


async def test_an_alert_of_a_review_site_is_proposed_with_the_link_to_the_review(database: str):
    alert = read_mail(
        mail(
            "Someone wrote: late again.\nhttps://www.trustpilot.com/reviews/0123456789abcdef01234567\n"
            "https://www.trustpilot.com/unsubscribe?x=1",
            From="Trustpilot <noreply@mail.trustpilot.com>",
            Subject="You have a new 1-star review",
        )
    )
    source = await mails.source_of(alert, now=MONDAY)
    assert source
    assert await mails.source_of(alert, now=MONDAY) == source
    assert await mails.propose(source, alert, now=MONDAY)
    assert await mails.propose(source, alert, now=MONDAY)
    [waiting] = await feeds.waiting()
    assert waiting.address == "https://www.trustpilot.com/reviews/0123456789abcdef01234567"
    assert (waiting.title, waiting.feed_name) == ("You have a new 1-star review", "Trustpilot")


@pytest.mark.parametrize("named", ["alerts@watch.example", "@watch.example", "mailto:Alerts@watch.example"])
async def test_who_sends_alerts_can_be_named_beside_the_feeds(bob: Member, named: str):
    feed = await feeds.subscribe(Act(bob, MONDAY), "Watch", named)
    assert await mails.source_of(read_mail(mail(From="alerts@watch.example")), now=MONDAY) == feed
    assert await mails.source_of(read_mail(mail(From="alerts@other.example")), now=MONDAY) is None
    assert await mails.source_of(read_mail(mail(From="")), now=MONDAY) is None


async def test_a_source_of_alerts_is_never_fetched(bob: Member):
    await feeds.subscribe(Act(bob, MONDAY), "Watch", "alerts@watch.example")
    assert not await feeds.fetch_next(Breaks(), now=MONDAY + timedelta(days=1))  # type: ignore[arg-type]


async def test_what_was_set_aside_is_forgotten_with_its_bytes_and_still_known(
    database: str, files: FolderEvidenceFiles
):
    content = mail()
    await keep(content, files)
    row = tables.Mail
    await row.update({row.state: "aside", row.settled_at: MONDAY}).where(row.state == "new")
    await mails.forget_old(now=MONDAY + timedelta(days=29))
    assert await mails.erase_gone(files, now=MONDAY) == 0
    await mails.forget_old(now=MONDAY + timedelta(days=31))
    assert await mails.erase_gone(files, now=MONDAY) == 1
    [gone] = await rows()
    assert {gone[name] for name in ("sender", "name", "subject", "text", "words")} == {""}
    assert gone["sha256"] is None
    assert not await keep(content, files)
