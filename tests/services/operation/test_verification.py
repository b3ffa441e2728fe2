"""Is whatever somebody alters in the database or among the files found, and nothing else?"""

from pathlib import Path
from uuid import uuid4

import pytest

from amends.database import bound, run
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.rules.case.verification import Fault
from amends.rules.vocabulary import EntryKind
from amends.services.capture import captures, evidence
from amends.services.case import timeline
from amends.services.operation.verification import Found, Verified, verify
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, removals
from tests.services.capture.test_evidence import picture
from tests.world import MONDAY, lead_to, make_case, post


@pytest.fixture
def files(tmp_path: Path) -> FolderEvidenceFiles:
    return FolderEvidenceFiles(tmp_path / "evidence")


@pytest.fixture
async def recorded(bob: Member, files: FolderEvidenceFiles) -> Verified:
    """Two cases with some history, the first with a picture; as they are before anybody alters them."""
    capture = uuid4()
    await captures.receive(Act(bob, MONDAY), capture, post())
    await evidence.keep_screenshot(Act(bob, MONDAY), capture, picture(), files=files)
    for number in (1, await make_case(bob)):
        await lead_to(number, "working", by=bob)
    return await verify(files)


async def test_what_nobody_altered_has_no_fault(recorded: Verified, files: FolderEvidenceFiles):
    assert (recorded.cases, recorded.files, recorded.found) == (2, 1, [])
    assert recorded.entries == sum(head.position for head in recorded.heads) > 8


OF_ENTRY = """(SELECT e.id FROM entry AS e JOIN case_file AS c ON c.id = e."case"
    WHERE c.number = 1 AND e.position = 2)"""
TAMPERINGS = {
    "another kind": (f"UPDATE entry SET kind = 'note' WHERE id = {OF_ENTRY}", Fault.HASH),
    "another actor": (f"UPDATE entry SET actor = 'author' WHERE id = {OF_ENTRY}", Fault.HASH),
    "another hash": (f"UPDATE entry SET hash = '{'0' * 64}' WHERE id = {OF_ENTRY}", Fault.HASH),
    "another commitment": (f"UPDATE entry SET commitment = '{'0' * 64}' WHERE id = {OF_ENTRY}", Fault.HASH),
    "another place": (f"UPDATE entry SET position = 90 WHERE id = {OF_ENTRY}", Fault.PLACE),
    "another salt": (f"UPDATE particulars SET salt = '{'0' * 64}' WHERE entry = {OF_ENTRY}", Fault.TOLD),
    "other particulars": (f"UPDATE particulars SET body = '{{}}' WHERE entry = {OF_ENTRY}", Fault.TOLD),
    "no particulars": (f"DELETE FROM particulars WHERE entry = {OF_ENTRY}", Fault.GONE),
    "emptied": (f"UPDATE particulars SET salt = NULL, body = NULL WHERE entry = {OF_ENTRY}", Fault.GONE),
    "erased by hand": (
        f"UPDATE particulars SET salt = NULL, body = NULL, erased_at = '2026-03-02 09:00:00+00:00' "
        f"WHERE entry = {OF_ENTRY}",
        Fault.GONE,
    ),
    "taken out": (f"DELETE FROM entry WHERE id = {OF_ENTRY}", Fault.PREVIOUS),
    "of another case": (
        f'UPDATE entry SET "case" = (SELECT id FROM case_file WHERE number = 2), position = 90'
        f" WHERE id = {OF_ENTRY}",
        Fault.PREVIOUS,
    ),
    "all of them": (
        'DELETE FROM entry WHERE "case" = (SELECT id FROM case_file WHERE number = 1)',
        Fault.EMPTY,
    ),
}


UNLOCKED = {
    "entry": ("entry_changed", "entry_deleted"),
    "particulars": ("particulars_changed", "particulars_deleted"),
}


async def unlock() -> None:
    """What an owner of the database can do: take away what refuses."""
    for table, triggers in UNLOCKED.items():
        for name in triggers:
            await run(f"DROP TRIGGER {name}" + ("" if bound().engine_type == "sqlite" else f" ON {table}"))


@pytest.mark.parametrize("statement", [name for name in TAMPERINGS if name != "erased by hand"])
async def test_the_database_refuses_to_alter_an_entry(
    recorded: Verified, files: FolderEvidenceFiles, statement: str
):
    with pytest.raises(Exception, match="a timeline is only added to"):
        await run(TAMPERINGS[statement][0])
    assert (await verify(files)).found == []


SEEN = {
    "text": "UPDATE capture SET text = 'All is well'",
    "title": "UPDATE capture SET title = 'Praise'",
    "address": "UPDATE capture SET url = 'https://example.org/another'",
    "rating": "UPDATE capture SET rating = 5",
    "counts": """UPDATE capture SET metrics = '{"replies": 9}'""",
    "moment": "UPDATE capture SET captured_at = '2020-01-01 00:00:00+00:00'",
}


@pytest.mark.parametrize("statement", SEEN)
async def test_a_copy_of_a_post_that_was_altered_by_sql_is_found(
    recorded: Verified, files: FolderEvidenceFiles, statement: str
):
    await run(SEEN[statement] + " WHERE id = (SELECT id FROM capture ORDER BY received_at, id LIMIT 1)")
    done = await verify(files)
    assert [one.fault for one in done.found] == [Fault.CAPTURE_ALTERED]


async def test_a_copy_of_a_post_that_is_gone_is_found(recorded: Verified, files: FolderEvidenceFiles):
    await run("DELETE FROM capture WHERE id = (SELECT id FROM capture ORDER BY received_at, id LIMIT 1)")
    assert Fault.CAPTURE_GONE in {one.fault for one in (await verify(None)).found}


async def test_particulars_may_be_erased_once_and_nothing_else_of_them_be_changed(recorded: Verified):
    erase = f"UPDATE particulars SET salt = NULL, body = NULL, erased_at = :at WHERE entry = {OF_ENTRY}"
    await run(erase, at=MONDAY)
    assert [one.fault for one in (await verify(None)).found] == [Fault.GONE], "no timeline tells of it"
    [case] = await run("SELECT id FROM case_file WHERE number = 1")
    await timeline.record(case["id"], EntryKind.ERASED, by=None, now=MONDAY)
    assert (await verify(None)).found == []
    with pytest.raises(Exception, match="a timeline is only added to"):
        await run(erase, at=MONDAY)


@pytest.mark.parametrize("statement", TAMPERINGS)
async def test_an_entry_that_was_altered_by_sql_is_found(
    recorded: Verified, files: FolderEvidenceFiles, statement: str
):
    sql, fault = TAMPERINGS[statement]
    await unlock()
    await run(sql)
    done = await verify(files)
    assert fault in {one.fault for one in done.found if one.number == 1}
    assert (await verify(files, number=1)).found == [one for one in done.found if one.number == 1]


async def test_the_end_of_a_timeline_that_was_cut_is_found_by_an_anchor(
    recorded: Verified, files: FolderEvidenceFiles
):
    head = recorded.heads[0]
    await unlock()
    await run(
        'DELETE FROM entry WHERE "case" = (SELECT id FROM case_file WHERE number = 1) AND position = :last',
        last=head.position,
    )
    assert (await verify(files)).found == [], "the chain that is left is whole"
    assert (await verify(files, heads=recorded.heads)).found == [Found(1, head.position, Fault.HEAD)]


async def test_a_case_that_is_gone_is_found_by_its_anchor_unless_a_lead_removed_it(
    alice: Member, recorded: Verified, files: FolderEvidenceFiles
):
    await removals.remove(Act(alice, MONDAY), 2, reason="Captured by mistake")
    assert (await verify(files, heads=recorded.heads)).found == []
    await run("DELETE FROM case_file WHERE number = 1")
    assert [one.fault for one in (await verify(files, heads=recorded.heads)).found] == [Fault.HEAD]


async def test_what_was_added_since_leaves_an_anchor_in_its_place(
    bob: Member, recorded: Verified, files: FolderEvidenceFiles
):
    await case_commands.note(Act(bob, MONDAY), 1, text="Rang twice.")
    assert (await verify(files)).entries > recorded.entries
    assert (await verify(files, heads=recorded.heads)).found == []


async def test_a_name_of_a_file_that_was_altered_by_sql_is_found(
    recorded: Verified, files: FolderEvidenceFiles
):
    await run("UPDATE evidence SET sha256 = 'no hash'")
    assert (await verify(files)).found == [Found(1, 0, Fault.FILE_ALTERED, "no hash")]


@pytest.mark.parametrize("change", ["altered", "missing"])
async def test_a_file_that_was_altered_or_taken_away_is_found(
    recorded: Verified, files: FolderEvidenceFiles, tmp_path: Path, change: str
):
    [file] = [one for one in (tmp_path / "evidence").rglob("*") if one.is_file()]
    file.chmod(0o600)
    file.write_bytes(b"another picture") if change == "altered" else file.unlink()
    assert (await verify(files)).found == [Found(1, 0, Fault(f"file_{change}"), file.name)]
    assert (await verify(None)).found == []
