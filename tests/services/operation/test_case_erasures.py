"""Erasure of a case alone: what hangs on it goes, what others need stays."""

from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from amends.database import bound, run, transaction
from amends.gateways.erased_list import ErasedList
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.rules.case import stored_texts
from amends.rules.vocabulary import EntryKind
from amends.services.capture import captures, evidence
from amends.services.case import timeline
from amends.services.operation import privacy
from amends.services.operation.privacy import case_erasures, erasing_again
from amends.services.operation.verification import verify
from amends.services.person import author_pairs, people
from amends.services.person.people import Known
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.services.capture.test_evidence import picture
from tests.services.operation.test_privacy import bytes_of
from tests.world import DAY, MONDAY, case_row, entries, make_case, make_member, post

LATER = MONDAY + 400 * DAY
TRACES = ("zephyrine", "marzipan", "0711223344")
ZEPHYRINE = {"name": "Zephyrine", "handle": "@zephyrine", "url": "https://x.com/zephyrine"}
SAID = "Marzipan everywhere, and Zephyrine is allergic."


@pytest.fixture
def files(tmp_path: Path) -> FolderEvidenceFiles:
    return FolderEvidenceFiles(tmp_path / "evidence")


@pytest.fixture
async def ada(database: str) -> Member:
    return await make_member("ada", role="admin")


async def case_of(number: int) -> UUID:
    return UUID(str((await case_row(number))["id"]))


async def erase(number: int, *, now: datetime = LATER) -> None:
    async with transaction():
        await case_erasures.erase(await case_of(number), now=now)


async def author_of(number: int) -> UUID | None:
    author: UUID | None = (await case_row(number))["author"]
    return author


async def marzipan(ada: Member, files: FolderEvidenceFiles) -> int:
    """A case with a picture, a note and what is known of the person."""
    capture = uuid4()
    received = await captures.receive(Act(ada, MONDAY), capture, post(author=ZEPHYRINE, text=SAID))
    await evidence.keep_screenshot(Act(ada, MONDAY), capture, picture() + b"marzipan", files=files)
    await case_commands.note(Act(ada, MONDAY), received.case.number, text="Zephyrine rang from 0711223344.")
    author = await author_of(received.case.number)
    assert author
    await people.write(Act(ada, MONDAY), author, Known(contact="0711223344", notes="Marzipan"))
    return received.case.number


async def traces(places: list[Path]) -> list[str]:
    return sorted(
        f"{file.name}: {trace}"
        for place in places
        for file, content in bytes_of(place)
        for trace in TRACES
        if trace.encode() in content
    )


async def test_no_byte_of_the_case_or_of_an_account_known_from_it_alone_is_left(
    ada: Member, files: FolderEvidenceFiles, tmp_path: Path, database: str
):
    number = await marzipan(ada, files)
    places = [tmp_path]
    if bound().engine_type == "sqlite":
        places.append(Path(database.removeprefix("sqlite:///")).parent)
    assert await traces(places)
    await erase(number)
    await privacy.clean_up(files, now=LATER)
    assert await traces(places) == []
    assert await run("SELECT id FROM author") == []
    assert await run("SELECT id FROM person") == []
    assert ((await case_row(number))["stage"], (await case_row(number))["outcome"]) == ("closed", "erased")


async def test_timelines_verify_and_say_that_nobody_did_it_by_hand(ada: Member, files: FolderEvidenceFiles):
    number = await marzipan(ada, files)
    await erase(number)
    assert (await verify(files)).found == []
    last = (await timeline.of_case(await case_of(number)))[-1]
    assert (last.kind, last.by, last.particulars) == (EntryKind.ERASED, None, {"by_term": True})


async def test_another_case_of_the_person_stays_and_with_it_what_is_known_of_them(
    ada: Member, files: FolderEvidenceFiles
):
    number = await marzipan(ada, files)
    other = await make_case(ada, author=ZEPHYRINE, text="Once more.")
    before = (await case_row(other), await entries(other))
    await erase(number)
    assert (await case_row(other), await entries(other)) == before
    assert [row["contact"] for row in await run("SELECT contact FROM person")] == ["0711223344"]
    assert await author_of(number) is None


async def test_a_joined_account_goes_only_with_the_last_case_of_any_of_them(
    ada: Member, files: FolderEvidenceFiles
):
    first = await marzipan(ada, files)
    elsewhere = {"name": "Z", "handle": "zed", "url": "https://bsky.app/profile/zed"}
    url = "https://bsky.app/profile/zed/post/b1"
    second = await make_case(ada, platform="bluesky", author=elsewhere, id="b1", url=url)
    mine, other = await author_of(first), await author_of(second)
    assert mine
    assert other
    await author_pairs.join(Act(ada, MONDAY), mine, other, reasons=())
    await erase(first)
    assert len(await run("SELECT id FROM author")) == 2
    await erase(second)
    assert await run("SELECT id FROM author") == []
    assert await run("SELECT id FROM person") == []


async def test_a_case_that_comes_back_with_an_older_backup_is_erased_again_without_any_key(
    ada: Member, files: FolderEvidenceFiles, tmp_path: Path
):
    erased_list, number = ErasedList(tmp_path), await marzipan(ada, files)
    case = await case_of(number)
    await erase(number)
    await erasing_again.complete(erased_list)
    [line] = erased_list.read()
    assert (line.case, line.accounts) == (str(case), ())
    await run("DELETE FROM erasure")
    await run("UPDATE case_file SET outcome = 'settled', title = 'Marzipan' WHERE number = :n", n=number)
    assert await erasing_again.erase_again(erased_list, None, files) == 1
    assert (await case_row(number))["title"] == stored_texts.ERASED
    assert await erasing_again.erase_again(erased_list, None, files) == 0
    assert erased_list.read() == [line]
