"""Does a person get everything that is held of them, and nothing that belongs to others?"""

import io
import json
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.rules.vocabulary import EntryKind
from amends.services.capture import captures
from amends.services.case import timeline
from amends.services.operation.privacy import copies, findings, mentions
from amends.services.operation.privacy.copies import Choice, CopyNotYours, Group
from amends.services.operation.verification import verify
from amends.services.person.people import AuthorUnknown
from amends.services.team.members import Act, Member
from tests.services.operation.everywhere import HANDLE, MAIL, NAME, PHONE, SAID, dana_everywhere
from tests.world import MONDAY, case_row, entries, post


@pytest.fixture
def files(tmp_path: Path) -> FolderEvidenceFiles:
    return FolderEvidenceFiles(tmp_path / "evidence")


@pytest.fixture
async def dana(alice: Member, bob: Member, files: FolderEvidenceFiles) -> UUID:
    return await dana_everywhere(alice, bob, files)


AS_OFFERED = Choice()


async def given(
    lead: Member, author: UUID, files: FolderEvidenceFiles, choice: Choice = AS_OFFERED
) -> tuple[dict[str, Any], list[str]]:
    """What the JSON of a copy says, and the names of its files."""
    gathered = await copies.gather(author, by=lead, now=MONDAY)
    into = io.BytesIO()
    await copies.pack(Act(lead, MONDAY), gathered, choice, b"<html>", into, files=files)
    with zipfile.ZipFile(into) as pack:
        assert pack.testzip() is None
        return json.loads(pack.read("data.json")), pack.namelist()


LED_TO = (
    *("author", "person", "author_pair", "case_file", "capture", "post", "evidence", "entry", "particulars"),
    *("customer_link", "follow_up", "remedy", "undo", "checklist", "checklist_step", "problem_case"),
    *("case_story", "import_line"),
)
NAMED_IN = {
    "particulars", "removed_case", "problem", "problem_event", "view", "batch", "feed_item"
}  # fmt: skip


async def test_a_person_is_found_in_every_place_that_links_lead_to(dana: UUID):
    found = await findings.find(dana)
    assert [table for table in LED_TO if not found.of(table)] == []
    assert found.numbers == [1, 2]
    assert found.name == NAME


async def test_a_person_is_found_by_words_where_no_link_leads(dana: UUID):
    named = await mentions.find(await findings.find(dana))
    assert {one.table for one in named} == NAMED_IN
    [note] = [one for one in named if one.table == "particulars"]
    assert "The same as" in note.excerpt


async def test_both_accounts_lead_to_the_same_person(dana: UUID):
    found = await findings.find(dana)
    [other] = found.values("author", "id") - {dana}
    assert (await findings.find(other)).values("case_file", "id") == found.values("case_file", "id")
    with pytest.raises(AuthorUnknown):
        await findings.find(uuid4())


async def test_a_copy_holds_what_was_said_known_and_kept(
    alice: Member, dana: UUID, files: FolderEvidenceFiles
):
    told, names = await given(alice, dana, files)
    text = json.dumps(told, ensure_ascii=False)
    for trace in (NAME, HANDLE, PHONE, MAIL, SAID, "Squashed again!", "rings on Mondays", "QUILL234"):
        assert trace in text
    assert told["format"] == copies.FORMAT
    assert [name for name in names if name.startswith("files/")] == list(told["files"].values())
    assert len(told["files"]) == 1


async def test_secrets_and_members_stay_out(alice: Member, dana: UUID, files: FolderEvidenceFiles):
    told, _names = await given(alice, dana, files)
    text = json.dumps(told)
    assert str(alice.id) not in text
    assert "Alice" not in text
    assert not any(name in text for name in ('"salt"', '"token_hash"', '"body_hash"', '"holder"'))
    named, _names = await given(alice, dana, files, Choice(name_members=True))
    assert "Alice" in json.dumps(named)


async def test_what_others_wrote_stays_out_unless_it_is_ticked(
    alice: Member, bob: Member, dana: UUID, files: FolderEvidenceFiles
):
    first = (await findings.find(dana)).values("capture", "id")
    emil = post(
        author={"name": "Emil", "handle": "@emil"}, text="Mine too.", sameCaseAs=str(next(iter(first)))
    )
    await captures.receive(Act(bob, MONDAY), uuid4(), emil)
    gathered = await copies.gather(dana, by=alice, now=MONDAY)
    [part] = [one for one in gathered.parts if one.group is Group.OTHERS]
    assert (part.by, part.excerpt, part.inside) == ("Emil", "Mine too.", False)
    told, _names = await given(alice, dana, files)
    assert "Mine too." not in json.dumps(told)
    told, _names = await given(
        alice, dana, files, Choice(offered=frozenset({part.id}), kept=frozenset({part.id}))
    )
    assert "Mine too." in json.dumps(told)


async def test_notes_and_files_can_be_taken_out(alice: Member, dana: UUID, files: FolderEvidenceFiles):
    gathered = await copies.gather(dana, by=alice, now=MONDAY)
    offered = frozenset(one.id for one in gathered.parts if one.group in (Group.NOTES, Group.FILES))
    told, names = await given(alice, dana, files, Choice(offered=offered))
    assert f"rang from {PHONE}" not in json.dumps(told)
    assert not [name for name in names if name.startswith("files/")]


async def test_each_case_says_that_a_copy_was_given(alice: Member, dana: UUID, files: FolderEvidenceFiles):
    await given(alice, dana, files)
    assert (await entries(1))[-1] == (await entries(2))[-1] == EntryKind.COPY_GIVEN
    assert EntryKind.COPY_GIVEN not in await entries(3)
    last = (await timeline.of_case((await case_row(1))["id"]))[-1]
    assert last.particulars["left_out"] == len(await mentions.find(await findings.find(dana)))
    assert (await verify(files)).found == []


async def test_agents_give_no_copies(bob: Member, dana: UUID):
    with pytest.raises(CopyNotYours):
        await copies.gather(dana, by=bob, now=MONDAY)
