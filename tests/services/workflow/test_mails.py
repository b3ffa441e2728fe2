"""Mails on cases: only where they belong beyond doubt, once, with their files; all others wait."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.database import transaction
from amends.gateways.erased_list import ErasedList
from amends.gateways.evidence_files import EvidenceIsMissing, FolderEvidenceFiles
from amends.gateways.secrets import Secrets, new_key
from amends.rules.capture.mail_decisions import MOST_AN_HOUR
from amends.rules.capture.mail_messages import Mail, read_mail
from amends.rules.person.customer_links import Purpose
from amends.services.capture import feeds
from amends.services.capture import mails as kept
from amends.services.case import attachments, timeline
from amends.services.case.legal_hold_checks import UnderLegalHold
from amends.services.operation import privacy
from amends.services.operation.privacy import erasures
from amends.services.operation.verification import verify
from amends.services.person import customer_links, legal_holds
from amends.services.team.members import Act, Member
from amends.services.workflow import customers, mails, removals
from amends.services.workflow.customers import HandOff
from amends.services.workflow.mails import placing
from amends.services.workflow.mails.sorting import AT_ONCE
from tests.mails import DirectReader, mail, with_files
from tests.world import DAY, MONDAY, case_row, entries, lead_to, make_case, make_member, move

READER = DirectReader()
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


class Post:
    """Where mails come in."""

    def __init__(self, folder: Path) -> None:
        self.files = FolderEvidenceFiles(folder)
        self.secrets = Secrets([new_key()])

    async def __call__(self, content: bytes, *, now=MONDAY) -> dict[str, object]:
        """Takes and sorts one mail; its row."""
        assert await kept.keep(content, reader=READER, files=self.files, now=now)
        while await mails.sort_new(READER, self.files, self.secrets, now=now):
            pass
        return (await tables.Mail.select().where(tables.Mail.digest == read_mail(content).digest))[0]


@pytest.fixture
def post(tmp_path: Path, database: str) -> Post:
    return Post(tmp_path)


async def known_contact(by: Member, number: int, *, contact: str = "dana@example.com") -> None:
    """The customer has left an address by a private link."""
    code = await customer_links.make(Act(by, MONDAY), number, Purpose.HAND_OFF)
    said = HandOff(name="Dana", contact=contact, wish="Write to me.", consent=True)
    await customers.hand_off(code, said, now=MONDAY)


async def last(number: int) -> timeline.EntryShown:
    case = await case_row(number)
    return (await timeline.of_case(case["id"]))[-1]


async def test_a_mail_of_an_unknown_sender_waits(bob: Member, post: Post):
    await make_case(bob)
    row = await post(mail())
    assert (row["state"], row["reason"], row["case"], row["suggested"]) == ("waiting", "unknown", None, None)


async def test_a_mail_of_who_left_this_address_comes_onto_the_case_and_moves_it(bob: Member, post: Post):
    number = await make_case(bob)
    await lead_to(number, "contact", by=bob)
    await known_contact(bob, number)
    await move(number, "ask_them", by=bob, channel="email", text="Which cake?")
    assert (await case_row(number))["stage"] == "waiting"
    row = await post(mail("The lemon one.\n\n-- \nDana"))
    case = await case_row(number)
    assert (row["state"], row["case"]) == ("added", case["id"])
    assert case["stage"] == "working"
    assert case["came_back_at"] == MONDAY
    entry = await last(number)
    assert entry.particulars["move"] == "receive_reply"
    assert entry.particulars["text"] == "The lemon one."
    assert entry.particulars["quoted"].startswith("--")
    assert (entry.actor, entry.by, entry.channel) == ("author", None, "email")
    assert entry.particulars["subject"] == "My cake"


async def test_an_address_that_members_know_of_a_person_is_known_too(alice: Member, bob: Member, post: Post):
    number = await make_case(bob)
    case = await case_row(number)
    person = tables.Person(id=uuid4(), name="Dana", contact="Dana@Example.com", made_at=MONDAY)
    await tables.Person.insert(person)
    author = tables.Author
    await author.update({author.person: person.id}).where(author.id == case["author"])
    assert (await post(mail()))["case"] == case["id"]


async def test_the_next_mail_of_the_same_address_finds_the_case_and_another_address_does_not(
    bob: Member, post: Post
):
    number = await make_case(bob)
    await lead_to(number, "contact", by=bob)
    await known_contact(bob, number)
    first = await post(mail(Message_ID="<first@x>"))
    assert first["state"] == "added"
    assert (await post(mail("And one more thing.")))["state"] == "added"
    answer = await post(mail("I am her son.", From="son@example.com", In_Reply_To="<first@x>"))
    assert answer["case"] == first["case"]
    stranger = await post(mail("Buy this.", From="spam@example.net", Subject=f"Re: [#{number}]"))
    assert (stranger["state"], stranger["reason"]) == ("waiting", "unsure")
    assert stranger["suggested"] == first["case"]


async def test_a_closed_case_is_only_suggested(bob: Member, post: Post):
    number = await make_case(bob)
    await lead_to(number, "contact", by=bob)
    await known_contact(bob, number)
    await post(mail(Message_ID="<first@x>"))
    row = tables.Case
    closed = {row.stage: "closed", row.outcome: "won_back", row.closed_at: MONDAY}
    await row.update(closed).where(row.number == number)
    late = await post(mail("Hello again", In_Reply_To="<first@x>"))
    assert (late["state"], late["case"]) == ("waiting", None)
    assert late["suggested"] == (await case_row(number))["id"]


async def test_two_programs_cannot_talk_on_for_ever(bob: Member, post: Post):
    number = await make_case(bob)
    await lead_to(number, "contact", by=bob)
    await known_contact(bob, number)
    states = [(await post(mail(f"Number {one}")))["state"] for one in range(MOST_AN_HOUR + 1)]
    assert states == ["added"] * MOST_AN_HOUR + ["waiting"]
    assert (await post(mail("Later"), now=MONDAY + timedelta(hours=2)))["state"] == "added"


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto-submitted"),
        ({"Precedence": "bulk"}, "list"),
        ({"Return_Path": "<>"}, "null-sender"),
    ],
)
async def test_what_nobody_wrote_is_set_aside(bob: Member, post: Post, headers: dict[str, str], reason: str):
    number = await make_case(bob)
    await lead_to(number, "contact", by=bob)
    await known_contact(bob, number)
    row = await post(mail("I am away.", **headers))
    assert (row["state"], row["reason"]) == ("aside", reason)


async def test_our_own_mail_that_comes_back_is_set_aside_and_a_forged_mark_is_no_excuse(
    bob: Member, post: Post
):
    mark = post.secrets.marks()[0]
    assert (await post(mail(X_Amends_Instance=mark)))["reason"] == "ours"
    assert (await post(mail(X_Amends_Instance="another")))["state"] == "waiting"


async def test_an_alert_of_a_review_site_is_proposed(database: str, post: Post):
    row = await post(mail("A new review", From="noreply@trustpilot.com", Auto_Submitted="auto-generated"))
    assert row["state"] == "proposed"
    assert [one.title for one in await feeds.waiting()] == ["My cake"]


async def test_files_are_kept_under_the_rules_and_what_may_not_be_kept_is_named(bob: Member, post: Post):
    number = await make_case(bob)
    await lead_to(number, "contact", by=bob)
    await known_contact(bob, number)
    content = with_files(
        "See the pictures.",
        ("cake.png", "image/png", PNG),
        ("virus.exe", "application/octet-stream", b"MZ\x00\x01"),
        ("../../etc/passwd.txt", "text/plain", b"hello"),
    )
    await post(content)
    told = (await last(number)).particulars
    names = [one["name"] for one in told["files"]]
    assert names[0] == "My cake.eml"
    assert "cake.png" in names
    assert told["left_out"] == ["virus.exe"]
    assert all("/" not in name for name in names)
    case = await case_row(number)
    held = await tables.Attachment.select().where(tables.Attachment.case == case["id"])
    assert {one["member"] for one in held} == {None}
    original = next(one for one in held if one["name"].endswith(".eml"))
    assert await post.files.fetch(original["sha256"]) == content


async def test_a_case_that_is_full_still_gets_the_words(
    bob: Member, post: Post, monkeypatch: pytest.MonkeyPatch
):
    number = await make_case(bob)
    await lead_to(number, "contact", by=bob)
    await known_contact(bob, number)
    case = await case_row(number)
    full = [
        tables.Attachment(
            id=uuid4(),
            case=case["id"],
            name="x",
            media_type="text/plain",
            sha256="0" * 64,
            size=1,
            kept_at=MONDAY,
        )
        for _each in range(50)
    ]
    await tables.Attachment.insert(*full)
    assert (await post(mail()))["state"] == "added"
    assert (await last(number)).particulars["left_out"] == ["My cake.eml"]


async def test_a_removed_case_takes_its_mails_and_their_bytes_with_it(alice: Member, bob: Member, post: Post):
    number = await make_case(bob)
    await lead_to(number, "contact", by=bob)
    await known_contact(bob, number)
    row = await post(mail())
    await removals.remove(Act(alice, MONDAY), number, reason="test")
    assert await tables.Mail.count() == 0
    await removals.erase_files(post.files, now=MONDAY)
    with pytest.raises(EvidenceIsMissing):
        await post.files.fetch(str(row["sha256"]))


async def test_an_erased_person_takes_their_mails_with_them_wherever_they_are(
    alice: Member, bob: Member, post: Post, tmp_path: Path
):
    root = await make_member("root", role="admin")
    number = await make_case(bob)
    await lead_to(number, "contact", by=bob)
    await known_contact(bob, number)
    onto = await post(mail())
    case = await case_row(number)
    person = tables.Person(id=uuid4(), name="Dana", contact="dana@example.com", made_at=MONDAY)
    await tables.Person.insert(person)
    author = tables.Author
    await author.update({author.person: person.id}).where(author.id == case["author"])
    row = tables.Mail
    waits = await post(mail("Elsewhere"))
    await row.update({row.state: "waiting", row.case: None}).where(row.id == waits["id"])
    other = await post(mail("Hello", From="eve@example.com"))
    erased_list = ErasedList(tmp_path)
    given = {"name": "Dana", "secrets": post.secrets, "erased_list": erased_list}
    await erasures.erase(Act(root, MONDAY), case["author"], **given)  # type: ignore[arg-type]
    await privacy.clean_up(post.files, now=MONDAY)
    assert [one["id"] for one in await row.select()] == [other["id"]]
    for gone in (onto, waits):
        with pytest.raises(EvidenceIsMissing):
            await post.files.fetch(str(gone["sha256"]))
    assert await post.files.fetch(str(other["sha256"]))


async def test_mails_of_an_address_that_is_known_from_a_mail_alone_are_erased_too(
    alice: Member, bob: Member, post: Post, tmp_path: Path
):
    root = await make_member("root", role="admin")
    first = await post(mail())
    given = await mails.read(UUID(str(first["id"])), READER, post.files, now=MONDAY)
    number = (await mails.open_case(Act(bob, MONDAY), given)).case.number
    away = await post(mail("I am away", Auto_Submitted="auto-replied"))
    author = (await case_row(number))["author"]
    shared = {"name": "Dana", "secrets": post.secrets, "erased_list": ErasedList(tmp_path)}
    await erasures.erase(Act(root, MONDAY), author, **shared)  # type: ignore[arg-type]
    await privacy.clean_up(post.files, now=MONDAY)
    assert await tables.Mail.count() == 0
    for gone in (first, away):
        with pytest.raises(EvidenceIsMissing):
            await post.files.fetch(str(gone["sha256"]))


async def test_a_mail_of_an_address_that_was_only_left_by_a_link_is_erased_with_its_bytes(
    alice: Member, bob: Member, post: Post, tmp_path: Path
):
    root = await make_member("root", role="admin")
    number = await make_case(bob)
    await lead_to(number, "contact", by=bob)
    await known_contact(bob, number)
    away = await post(mail("I am away", Auto_Submitted="auto-replied"))
    author = (await case_row(number))["author"]
    shared = {"name": "Dana", "secrets": post.secrets, "erased_list": ErasedList(tmp_path)}
    await erasures.erase(Act(root, MONDAY), author, **shared)  # type: ignore[arg-type]
    await kept.erase_gone(post.files, now=MONDAY)
    [row] = await tables.Mail.select()
    assert (row["state"], row["sender"], row["words"], row["sha256"]) == ("gone", "", "", None)
    with pytest.raises(EvidenceIsMissing):
        await post.files.fetch(str(away["sha256"]))


async def of_emil_about_dana(bob: Member, post: Post) -> tuple[int, dict[str, object]]:
    """Emil's mail on his own case, which names Dana; the number and the row."""
    emil = {"name": "Emil", "handle": "@emil", "url": "https://x.com/emil"}
    number = await make_case(bob, author=emil, text="Where is my bread?")
    words = "Dana Quillfeather waits for hers, too.\n\nEmil"
    first = await post(with_files(words, ("bread.png", "image/png", PNG), From="Emil <emil@example.com>"))
    given = await mails.read(UUID(str(first["id"])), READER, post.files, now=MONDAY)
    await mails.put_on_case(Act(bob, MONDAY), given, number)
    return number, first


async def dana(bob: Member) -> UUID:
    of_dana = {"name": "Dana Quillfeather", "handle": "@quill", "url": "https://x.com/quill"}
    return UUID(str((await case_row(await make_case(bob, author=of_dana, text="No cake came.")))["author"]))


async def test_the_mail_of_somebody_else_that_names_a_person_stays_as_it_is_unless_an_admin_ticks_it(
    alice: Member, bob: Member, post: Post, tmp_path: Path
):
    root, author = await make_member("root", role="admin"), await dana(bob)
    _number, first = await of_emil_about_dana(bob, post)
    seen = await erasures.preview(author, by=root, now=MONDAY)
    named = [one for one in seen.mentions if one.table in ("mail", "particulars")]
    assert {one.table for one in named} == {"mail", "particulars"}
    assert all(one.is_doubtful for one in named)
    shared = {"secrets": post.secrets, "erased_list": ErasedList(tmp_path)}
    given = {"name": "Dana Quillfeather", "keeping": [one.id for one in named], **shared}
    await erasures.erase(Act(root, MONDAY), author, **given)  # type: ignore[arg-type]
    await privacy.clean_up(post.files, now=MONDAY)
    assert b"Quillfeather" in await post.files.fetch(str(first["sha256"]))


async def test_a_ticked_one_keeps_its_words_without_the_name_and_no_file_has_it(
    alice: Member, bob: Member, post: Post, tmp_path: Path
):
    root, author = await make_member("root", role="admin"), await dana(bob)
    number, first = await of_emil_about_dana(bob, post)
    shared = {"secrets": post.secrets, "erased_list": ErasedList(tmp_path)}
    await erasures.erase(Act(root, MONDAY), author, name="Dana Quillfeather", **shared)  # type: ignore[arg-type]
    await privacy.clean_up(post.files, now=MONDAY)
    await attachments.erase_removed(post.files, now=MONDAY)
    holding = [
        file for file in tmp_path.rglob("*") if file.is_file() and b"Quillfeather" in file.read_bytes()
    ]
    assert holding == []
    said = read_mail(await kept.original(UUID(str(first["id"])), by=bob, store=post.files))
    assert (said.sender, said.subject) == ("emil@example.com", "My cake")
    assert "waits for hers, too." in said.text
    names = [row["name"] for row in await tables.Attachment.select()]
    assert names == ["bread.png"]
    assert (await verify(post.files)).found == []
    assert (await entries(number))[-1] == "erased"


async def test_a_case_under_legal_hold_keeps_the_mail_that_names_them(
    alice: Member, bob: Member, post: Post, tmp_path: Path
):
    root, author = await make_member("root", role="admin"), await dana(bob)
    number, _first = await of_emil_about_dana(bob, post)
    await legal_holds.place(
        Act(alice, MONDAY), number=number, reason="A suit", review_on=(MONDAY + DAY).date()
    )
    shared = {"secrets": post.secrets, "erased_list": ErasedList(tmp_path)}
    with pytest.raises(UnderLegalHold):
        await erasures.erase(Act(root, MONDAY), author, name="Dana Quillfeather", **shared)  # type: ignore[arg-type]


class FailsFor(DirectReader):
    """Cannot be read where these words stand, for a reason that nobody has thought of."""

    async def read(self, content: bytes) -> Mail:
        if b"unheard of" in content:
            raise RuntimeError("a fault of ours")
        return await super().read(content)


async def test_what_cannot_be_sorted_for_an_hour_waits_for_a_member_and_holds_up_no_other(post: Post):
    for count in range(AT_ONCE):
        await kept.keep(mail(f"unheard of {count}"), reader=READER, files=post.files, now=MONDAY)
    await kept.keep(mail("Hello"), reader=READER, files=post.files, now=MONDAY + timedelta(minutes=1))
    row = tables.Mail

    async def states(now: datetime) -> Counter[str]:
        with pytest.raises(ExceptionGroup):
            await mails.sort_new(FailsFor(), post.files, post.secrets, now=now)
        return Counter(one["state"] for one in await row.select(row.state))

    assert await states(MONDAY + timedelta(minutes=50)) == {"new": AT_ONCE + 1}
    assert await states(MONDAY + timedelta(minutes=61)) == {"waiting": AT_ONCE, "new": 1}
    await mails.sort_new(FailsFor(), post.files, post.secrets, now=MONDAY + timedelta(minutes=62))
    assert not await row.exists().where(row.state == "new")


async def test_a_case_that_was_closed_meanwhile_takes_no_mail(bob: Member, post: Post):
    number = await make_case(bob)
    await kept.keep(mail(), reader=READER, files=post.files, now=MONDAY)
    [row] = await tables.Mail.select()
    case = tables.Case
    closed = {case.stage: "closed", case.outcome: "won_back", case.closed_at: MONDAY}
    await case.update(closed).where(case.number == number)
    given = read_mail(mail())
    attached = await placing.offered(given, b"x", post.files, now=MONDAY)
    async with transaction():
        assert not await placing.add(row["id"], given, number, attached, now=MONDAY)
    assert await entries(number) == ["captured"]


async def test_mails_whose_bytes_are_lost_wait_and_hold_up_no_other_one(database: str, post: Post):
    for _count in range(AT_ONCE):
        await kept.keep(mail(), reader=READER, files=post.files, now=MONDAY)
    for row in await tables.Mail.select(tables.Mail.sha256):
        await post.files.erase(row["sha256"])
    later = await post(mail("I am here as well."), now=MONDAY + timedelta(hours=1))
    assert later["state"] == "waiting"
    reasons = {row["reason"] for row in await tables.Mail.select().where(tables.Mail.id != later["id"])}
    assert reasons == {"unreadable"}
