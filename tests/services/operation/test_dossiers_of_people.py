"""Does a dossier of a person or an incident hold all of their cases, and nobody else's name?"""

import io
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest

from amends.database import run
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.services.capture import captures, evidence
from amends.services.operation import dossiers
from amends.services.operation.dossiers import Choice
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.services.capture.test_evidence import picture
from tests.services.operation.test_dossiers import checked
from tests.world import MONDAY, make_case, post

THREAD = "https://social.example/thread/1"


@pytest.fixture
def files(tmp_path: Path) -> FolderEvidenceFiles:
    return FolderEvidenceFiles(tmp_path / "evidence")


@pytest.fixture
async def number(bob: Member, files: FolderEvidenceFiles) -> int:
    """Dana's case, with a comment of somebody else that a screenshot shows, and notes about both."""
    first, other = uuid4(), uuid4()
    await captures.receive(Act(bob, MONDAY), first, post(text="My parcel is late, says Zelda Fitz too"))
    author = {"name": "Zelda Fitz", "handle": "@zelda", "url": "https://x.com/zelda"}
    comment = post(text="Same here", author=author, sameCaseAs=str(first))
    number = (await captures.receive(Act(bob, MONDAY), other, comment)).case.number
    await evidence.keep_screenshot(Act(bob, MONDAY), other, picture(), files=files)
    await case_commands.note(Act(bob, MONDAY), number, text="Zelda Fitz rang twice.")
    await case_commands.note(Act(bob, MONDAY), number, text="Dana rang once.")
    return number


async def packed(number: int, lead: Member, files: FolderEvidenceFiles, choice: Choice) -> dict[str, bytes]:
    gathered = await dossiers.gather([number], choice, by=lead, now=MONDAY, anchoring=True)
    into = io.BytesIO()
    await dossiers.pack(Act(lead, MONDAY), dossiers.redacted(gathered), [], into, files=files)
    with zipfile.ZipFile(into) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


async def test_those_who_wrote_on_a_case_and_are_not_its_author_are_proposed(number: int, alice: Member):
    gathered = await dossiers.gather([number], Choice(), by=alice, now=MONDAY)
    names = dossiers.names_of(gathered.exhibits, gathered.cases)
    assert "Zelda Fitz" in names
    assert not [name for name in names if "Dana" in name]


async def test_a_name_that_is_redacted_is_in_no_file_and_the_dossier_still_verifies(
    number: int, alice: Member, files: FolderEvidenceFiles, tmp_path: Path
):
    pack = await packed(number, alice, files, Choice(redact=("Zelda Fitz", "@zelda")))
    everything = b"".join(pack.values()).lower()
    assert b"zelda" not in everything
    assert b"dana rang once" in everything
    assert "[…]".encode() in b"".join(
        content for name, content in pack.items() if name.startswith("redacted/")
    )
    assert not [name for name in pack if name.startswith("files/")], "its picture shows who wrote it"
    done = checked(pack, tmp_path)
    assert done.returncode == 0, done.stdout


async def test_pictures_of_redacted_posts_go_in_where_that_is_wanted(
    number: int, alice: Member, files: FolderEvidenceFiles
):
    choice = Choice(redact=("Zelda Fitz", "@zelda"), with_their_pictures=True)
    gathered = dossiers.redacted(await dossiers.gather([number], choice, by=alice, now=MONDAY))
    assert sum(len(one.pictures) for one in gathered.exhibits if one.is_redacted) == 1


async def test_without_names_nothing_is_redacted(number: int, alice: Member):
    gathered = await dossiers.gather([number], Choice(), by=alice, now=MONDAY)
    assert dossiers.redacted(gathered) == gathered


async def test_a_person_has_all_of_their_cases(number: int, alice: Member):
    second = await make_case(alice)
    rows = await run("SELECT author FROM case_file WHERE number = :number", number=number)
    subject = await dossiers.of_person(rows[0]["author"])
    assert set(subject.numbers) >= {number}
    assert second > number
