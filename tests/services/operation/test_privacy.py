"""Is a person who occurs in twelve places gone from every byte, and does the record still verify?"""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from amends import tables
from amends.database import bound, run
from amends.errors import AmendsError
from amends.gateways.erased_list import ErasedList
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.gateways.secrets import Secrets, new_key
from amends.rules.operation.privacy import STRANGERS_WORDS
from amends.rules.vocabulary import EntryKind
from amends.services.case import legal_hold_checks, timeline
from amends.services.operation import privacy
from amends.services.operation.privacy import (
    cleaning,
    erasing_again,
    erasures,
    findings,
    mention_erasures,
    mentions,
    ranges,
)
from amends.services.operation.verification import verify
from amends.services.person import legal_holds
from amends.services.person.people import AuthorUnknown
from amends.services.team.members import Act, Member
from tests.services.operation.everywhere import AUTHOR, NAME, TRACES, dana_everywhere
from tests.world import DAY, MONDAY, case_row, entries, make_case, make_member, owed

KEY = new_key()
LATER = MONDAY + DAY


@pytest.fixture
def files(tmp_path: Path) -> FolderEvidenceFiles:
    return FolderEvidenceFiles(tmp_path / "evidence")


@pytest.fixture
def erased_list(tmp_path: Path) -> ErasedList:
    return ErasedList(tmp_path)


@pytest.fixture
async def admin(database: str) -> Member:
    return await make_member("ada", role="admin")


@pytest.fixture
async def dana(admin: Member, bob: Member, files: FolderEvidenceFiles) -> UUID:
    return await dana_everywhere(admin, bob, files)


async def erase(admin: Member, author: UUID, erased_list: ErasedList, **more: object) -> UUID:
    given = {"name": NAME, "secrets": Secrets([KEY]), "erased_list": erased_list} | more
    return await erasures.erase(Act(admin, LATER), author, **given)  # type: ignore[arg-type]


def bytes_of(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file of the installation, whatever lies in it."""
    for file in folder.rglob("*"):
        if file.is_file():
            yield file, file.read_bytes().lower()


async def rows_with_traces() -> list[str]:
    """Tables in which anything of her is left, as a query finds it."""
    found = []
    for held in (*findings.CUSTOMER_TABLES, *mentions.SEARCHED):
        for row in await run(f"SELECT * FROM {held.table}"):
            text = " ".join(str(value) for value in tuple(dict(row).values())).lower()
            found += [f"{held.table}: {trace}" for trace in TRACES if trace in text]
    return sorted(set(found))


async def test_nothing_of_her_is_left_in_any_row(admin: Member, dana: UUID, erased_list: ErasedList):
    assert len(await rows_with_traces()) > 12
    await erase(admin, dana, erased_list)
    assert await rows_with_traces() == []
    with pytest.raises(AuthorUnknown):
        await findings.find(dana)


async def test_no_byte_of_any_file_holds_her_once_it_is_cleaned_up(
    admin: Member,
    dana: UUID,
    files: FolderEvidenceFiles,
    erased_list: ErasedList,
    tmp_path: Path,
    database: str,
):
    places = [tmp_path]
    if bound().engine_type == "sqlite":
        places.append(Path(database.removeprefix("sqlite:///")).parent)
    assert traces_in(places), "the picture, and on SQLite the database"
    await erase(admin, dana, erased_list)
    assert await privacy.clean_up(files, now=LATER) == 1
    assert await cleaning.clean_up(files, now=LATER) == 0
    assert traces_in(places) == []


def traces_in(places: list[Path]) -> list[str]:
    """Files that hold anything of her, whatever kind they are."""
    return sorted(
        f"{file.name}: {trace}"
        for place in places
        for file, content in bytes_of(place)
        for trace in TRACES
        if trace.encode() in content
    )


async def test_timelines_still_verify_and_say_what_was_erased(
    admin: Member, dana: UUID, files: FolderEvidenceFiles, erased_list: ErasedList
):
    before = await verify(files)
    await erase(admin, dana, erased_list)
    await privacy.clean_up(files, now=LATER)
    after = await verify(files, heads=before.heads)
    assert after.found == []
    assert after.entries == before.entries + 3
    assert after.erased == before.entries - len(await entries(3)) + 2
    assert (await entries(1))[-1] == (await entries(2))[-1] == (await entries(3))[-1] == EntryKind.ERASED
    last = (await timeline.of_case((await case_row(3))["id"]))[-1]
    assert last.particulars == {"mention": True}
    assert [one.erased for one in await timeline.of_case((await case_row(1))["id"])][-2:] == [True, False]


async def test_her_cases_are_closed_as_erased_and_keep_their_counts(
    admin: Member, dana: UUID, erased_list: ErasedList
):
    await erase(admin, dana, erased_list)
    case = await case_row(1)
    assert (case["stage"], case["outcome"], case["title"], case["author"]) == (
        "closed",
        "erased",
        "Erased: its words were deleted",
        None,
    )
    assert (case["platform"], case["closed_at"]) == ("x", LATER)
    assert case["counted_version"] == case["version"]
    assert await owed(1) == {}
    rows = await run("SELECT cases, CAST(rows AS TEXT) AS rows FROM erasure")
    assert rows[0]["cases"] == 2
    assert not any(trace in rows[0]["rows"].lower() for trace in TRACES)
    assert (await case_row(3))["stage"] == "new", "the case of somebody else goes on"


async def test_the_audit_log_says_who_erased_and_not_whom(admin: Member, dana: UUID, erased_list: ErasedList):
    await erase(admin, dana, erased_list)
    [event] = await run("SELECT actor, about, body FROM audit_event WHERE kind = 'person_erased'")
    assert (event["actor"], event["about"]) == (str(admin.id), "")
    assert json.loads(event["body"]) == {"count": 2}


async def test_rows_of_their_own_do_not_crowd_out_who_names_them_elsewhere(
    admin: Member, dana: UUID, monkeypatch: pytest.MonkeyPatch
):
    whole = [one.id for one in (await erasures.preview(dana, by=admin, now=LATER)).mentions]
    monkeypatch.setattr(ranges, "A_RANGE", 1)
    assert sorted(one.id for one in (await erasures.preview(dana, by=admin, now=LATER)).mentions) == sorted(
        whole
    )


async def test_where_a_name_is_found_too_often_it_is_said_and_what_names_a_post_is_found_all_the_same(
    admin: Member, dana: UUID, monkeypatch: pytest.MonkeyPatch
):
    whole = (await erasures.preview(dana, by=admin, now=LATER)).mentions
    assert mentions.not_shown(whole) == []
    monkeypatch.setattr(mentions, "MOST", 1)
    cut = (await erasures.preview(dana, by=admin, now=LATER)).mentions
    assert {one.id for one in whole if one.is_certain} <= {one.id for one in cut}
    assert "view" in mentions.not_shown(cut)


async def test_what_is_about_somebody_else_of_that_name_can_stay(
    admin: Member, dana: UUID, erased_list: ErasedList
):
    seen = await erasures.preview(dana, by=admin, now=LATER)
    [view] = [one for one in seen.mentions if one.table == "view"]
    await erase(admin, dana, erased_list, keeping=[view.id])
    assert {line.partition(":")[0] for line in await rows_with_traces()} == {"view"}


async def test_an_account_of_the_same_name_that_nobody_joined_is_somebody_else(
    admin: Member, bob: Member, dana: UUID, files: FolderEvidenceFiles, erased_list: ErasedList
):
    other = {"name": NAME, "handle": "quillfeather", "url": "https://www.threads.com/@quillfeather"}
    number = await make_case(bob, platform="threads", author=other, text="Quillfeather says: lovely bread!")
    before = await tables.Author.select().where(tables.Author.platform == "threads")
    seen = await erasures.preview(dana, by=admin, now=LATER)
    doubtful = [one for one in seen.mentions if one.is_doubtful]
    assert {one.table for one in doubtful} <= {*STRANGERS_WORDS, "particulars"}
    await erase(admin, dana, erased_list, keeping=[one.id for one in doubtful])
    assert await tables.Author.select().where(tables.Author.platform == "threads") == before
    assert (await case_row(number))["outcome"] is None
    assert not any(one.erased for one in await timeline.of_case((await case_row(number))["id"]))
    assert (await verify(files)).found == []


async def test_only_an_admin_who_types_the_name_erases(
    admin: Member, alice: Member, dana: UUID, erased_list: ErasedList
):
    for refused in ({"name": "Dana"}, {"admin": alice}):
        with pytest.raises(AmendsError):
            await erase(refused.get("admin", admin), dana, erased_list, name=refused.get("name", NAME))
    with pytest.raises(erasures.ErasureNotYours):
        await erasures.preview(dana, by=alice, now=LATER)
    assert (await findings.find(dana)).name == NAME
    assert erased_list.read() == []


async def test_a_hold_on_the_person_or_a_case_forbids_it_until_it_is_lifted(
    admin: Member, dana: UUID, erased_list: ErasedList
):
    review = (MONDAY + 30 * DAY).date()
    await legal_holds.place(Act(admin, MONDAY), author=dana, reason="Trial", review_on=review)
    await legal_holds.place(Act(admin, MONDAY), number=2, reason="Insurer", review_on=review)
    for reason in ("Trial", "Insurer"):
        with pytest.raises(legal_hold_checks.UnderLegalHold, match=reason):
            await erase(admin, dana, erased_list)
        [hold] = [one for one in await legal_holds.of_person(dana) if one.reason == reason]
        await legal_holds.lift(Act(admin, MONDAY), hold.id, reason="Over")
    await erase(admin, dana, erased_list)


async def test_the_list_names_nobody_and_knows_the_accounts_by_any_key(
    admin: Member, dana: UUID, erased_list: ErasedList
):
    keys = (await findings.find(dana)).values("author", "key")
    made = await erase(admin, dana, erased_list)
    text = erased_list.path.read_text().lower()
    assert not any(trace in text for trace in TRACES)
    assert erased_list.path.stat().st_mode & 0o777 == 0o600
    [line] = erased_list.read()
    assert line.id == str(made)
    assert set(line.accounts) == {Secrets([KEY]).digests(key)[0] for key in keys}
    assert set(line.accounts) <= {one for key in keys for one in Secrets([new_key(), KEY]).digests(key)}


async def test_who_comes_back_with_older_rows_is_erased_again(
    admin: Member, bob: Member, dana: UUID, files: FolderEvidenceFiles, erased_list: ErasedList
):
    await erase(admin, dana, erased_list)
    await run("DELETE FROM erasure")
    again = await make_case(bob, author=AUTHOR, now=MONDAY)  # as an older backup has it
    assert await erasing_again.erase_again(erased_list, Secrets([KEY]), files) == 1
    assert (await case_row(again))["outcome"] == "erased"
    assert await rows_with_traces() == []
    assert await erasing_again.erase_again(erased_list, Secrets([KEY]), files) == 0
    assert (await verify(files)).found == []


async def test_a_post_captured_after_the_erasure_is_a_new_case_and_stays(
    admin: Member, bob: Member, dana: UUID, files: FolderEvidenceFiles, erased_list: ErasedList
):
    await erase(admin, dana, erased_list)
    fresh = await make_case(bob, author=AUTHOR, now=LATER + DAY)
    await run("DELETE FROM erasure")
    assert await erasing_again.erase_again(erased_list, Secrets([KEY]), files) == 0
    assert (await case_row(fresh))["stage"] == "new"


async def test_a_list_that_is_not_there_learns_what_the_database_knows(
    admin: Member, dana: UUID, files: FolderEvidenceFiles, erased_list: ErasedList
):
    await erase(admin, dana, erased_list)
    lines = erased_list.read()
    erased_list.path.unlink()
    await erasing_again.erase_again(erased_list, Secrets([KEY]), files)
    assert erased_list.read() == lines


def test_cases_of_others_are_known_for_each_table_that_hangs_on_one():
    assert {"case_file", "particulars", "capture", "follow_up"} <= mention_erasures.OF_TABLE.keys()
