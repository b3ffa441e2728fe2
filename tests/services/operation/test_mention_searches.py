"""Is everything found that names a person, also where there is too much for one request?"""

from datetime import timedelta
from uuid import UUID

import pytest

from amends import tables
from amends.database import run
from amends.gateways.erased_list import ErasedList
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.gateways.secrets import Secrets, new_key
from amends.rules.operation.privacy import BY_TABLE, SEARCHED
from amends.services.operation.privacy import erasures, findings, mention_searches, mentions, ranges
from amends.services.operation.privacy.mention_searches import StillSearching
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from amends.tables.operation import MentionSearch
from tests.services.operation.everywhere import NAME, dana_everywhere
from tests.services.operation.test_privacy import rows_with_traces
from tests.world import DAY, MONDAY, make_case, make_member

LATER = MONDAY + DAY
MINUTE = timedelta(minutes=1)
ALWAYS = {"case_file", "import_line"}
"""Drafts and tables that are being imported are kept without a time of their own."""


@pytest.fixture
async def admin(database: str) -> Member:
    return await make_member("ada", role="admin")


@pytest.fixture
async def dana(admin: Member, bob: Member, tmp_path_factory: pytest.TempPathFactory) -> UUID:
    return await dana_everywhere(admin, bob, FolderEvidenceFiles(tmp_path_factory.mktemp("evidence")))


@pytest.fixture
def much(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where there is more than a request reads: ranges of three rows, steps of ten."""
    monkeypatch.setattr(mention_searches, "AT_ONCE", 10)
    monkeypatch.setattr(mention_searches, "A_STEP", 10)
    monkeypatch.setattr(ranges, "A_RANGE", 3)


async def erase(admin: Member, author: UUID, erased_list: ErasedList) -> UUID:
    given = {"name": NAME, "secrets": Secrets([new_key()]), "erased_list": erased_list}
    return await erasures.erase(Act(admin, LATER + MINUTE), author, **given)  # type: ignore[arg-type]


async def search_all() -> int:
    steps = 0
    while await MentionSearch.exists().where(MentionSearch.finished_at.is_null()):
        await mention_searches.search_next(now=LATER)
        steps += 1
    return steps


async def test_where_there_is_little_it_is_searched_at_once_and_no_search_is_kept(admin: Member, dana: UUID):
    seen = await erasures.preview(dana, by=admin, now=LATER)
    assert seen.search.is_finished
    assert seen.mentions
    assert not await MentionSearch.exists()


@pytest.mark.usefixtures("much")
async def test_the_worker_finds_step_by_step_what_one_look_finds(admin: Member, dana: UUID):
    whole = await mentions.find(await findings.find(dana))
    first = await erasures.preview(dana, by=admin, now=LATER)
    assert (first.search.is_finished, first.mentions) == (False, [])
    assert await search_all() > 3
    seen = await erasures.preview(dana, by=admin, now=LATER + MINUTE)
    assert seen.search.is_finished
    assert sorted(one.id for one in seen.mentions) == sorted(one.id for one in whole)


@pytest.mark.usefixtures("much")
async def test_nobody_is_erased_before_the_search_has_ended_and_then_nothing_is_left(
    admin: Member, dana: UUID, tmp_path_factory: pytest.TempPathFactory
):
    erased_list = ErasedList(tmp_path_factory.mktemp("list"))
    await erasures.preview(dana, by=admin, now=LATER)
    await mention_searches.search_next(now=LATER)
    with pytest.raises(StillSearching):
        await erase(admin, dana, erased_list)
    assert (await findings.find(dana)).name == NAME
    await search_all()
    await erase(admin, dana, erased_list)
    assert await rows_with_traces() == []
    assert not await MentionSearch.exists()


@pytest.mark.usefixtures("much")
async def test_what_is_written_after_the_search_is_found_all_the_same(
    admin: Member, bob: Member, dana: UUID, tmp_path_factory: pytest.TempPathFactory
):
    number = await make_case(bob, text="A cold loaf")
    await erasures.preview(dana, by=admin, now=LATER)
    await search_all()
    await case_commands.note(Act(bob, LATER), number, text=f"{NAME} asked about this one too.")
    await erase(admin, dana, ErasedList(tmp_path_factory.mktemp("list")))
    assert await rows_with_traces() == []


async def test_of_each_table_the_rows_that_may_have_changed_are_those_that_a_search_reads(dana: UUID):
    found = await findings.find(dana)
    words = findings.words_of(found)
    for table in mention_searches.CHANGED:
        whole = await ranges.look(BY_TABLE[table], words, None)
        assert await mention_searches._changed(BY_TABLE[table], words, MONDAY - DAY) == whole.keys, table
        if table not in ALWAYS:
            assert await mention_searches._changed(BY_TABLE[table], words, LATER + 400 * DAY) == [], table
    assert set(mention_searches.CHANGED) <= {held.table for held in SEARCHED}


@pytest.mark.usefixtures("much")
async def test_other_words_or_an_hour_are_another_search(admin: Member, dana: UUID):
    await erasures.preview(dana, by=admin, now=LATER)
    await search_all()
    assert not (await erasures.preview(dana, by=admin, now=LATER + 61 * MINUTE)).search.is_finished
    await search_all()
    await tables.Author.update({tables.Author.name: "Danielle Quillfeather"}).where(tables.Author.id == dana)
    assert not (await erasures.preview(dana, by=admin, now=LATER + 62 * MINUTE)).search.is_finished


@pytest.mark.usefixtures("much")
async def test_a_search_holds_no_word_and_goes_the_day_after(admin: Member, dana: UUID):
    await erasures.preview(dana, by=admin, now=LATER)
    [row] = await run("SELECT words, CAST(found AS TEXT) AS found FROM mention_search")
    assert "quill" not in f"{row['words']} {row['found']}".lower()
    await mention_searches.forget_old(now=LATER + DAY)
    assert await MentionSearch.exists()
    await mention_searches.forget_old(now=LATER + DAY + MINUTE)
    assert not await MentionSearch.exists()
