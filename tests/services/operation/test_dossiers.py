"""Can a stranger check a dossier, and does the check find whatever somebody alters in it?"""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from amends.gateways import dossier_kit
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.gateways.time_stamps import Answered
from amends.rules.operation.dossiers import MANIFEST, manifest
from amends.rules.vocabulary import EntryKind
from amends.services.capture import captures, evidence
from amends.services.case import anchors, timeline
from amends.services.operation import dossiers, time_stamps
from amends.services.operation.dossiers import Choice, DossierNotYours
from amends.services.operation.verification import verify
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.services.capture.test_evidence import picture
from tests.services.operation.test_time_stamps import Answers
from tests.time_authority import self_signed
from tests.world import MONDAY, lead_to, make_member, post

Files = dict[str, bytes]
KIT = Path(dossier_kit.__file__).parent


@pytest.fixture
def files(tmp_path: Path) -> FolderEvidenceFiles:
    return FolderEvidenceFiles(tmp_path / "evidence")


@pytest.fixture
async def capture(bob: Member, files: FolderEvidenceFiles) -> UUID:
    """A case with a picture, some moves and a note."""
    capture = uuid4()
    await captures.receive(Act(bob, MONDAY), capture, post(text="Jamais livré 😠\u202f!"))
    await evidence.keep_screenshot(Act(bob, MONDAY), capture, picture(), files=files)
    await lead_to(1, "working", by=bob)
    await case_commands.note(Act(bob, MONDAY), 1, text="She rang twice.")
    return capture


async def made(lead: Member, files: FolderEvidenceFiles, **chosen: object) -> tuple[Files, str]:
    """The files of a dossier of the first case, and the SHA-256 of its manifest."""
    choice = Choice(**chosen)  # type: ignore[arg-type]
    gathered = await dossiers.gather([1], choice, by=lead, now=MONDAY, anchoring=True)
    into = io.BytesIO()
    digest = await dossiers.pack(Act(lead, MONDAY), gathered, [b"%PDF-"], into, files=files)
    with zipfile.ZipFile(into) as pack:
        return {name: pack.read(name) for name in pack.namelist()}, digest


def checked(files: Files, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What the checker says that lies in every dossier, run as a stranger would."""
    place = folder / "pack.zip"
    with zipfile.ZipFile(place, "w") as pack:
        for name, content in files.items():
            pack.writestr(name, content)
    command = [sys.executable, "-I", str(KIT / "verify.py"), str(place), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


async def test_a_dossier_verifies_and_is_recorded_with_the_digest_of_its_manifest(
    alice: Member, capture: UUID, files: FolderEvidenceFiles, tmp_path: Path
):
    pack, digest = await made(alice, files)
    done = checked(pack, tmp_path, digest)
    assert done.returncode == 0, done.stdout
    assert hashlib.sha256(pack[MANIFEST]).hexdigest() == digest
    assert checked(pack, tmp_path, "0" * 64).returncode == 1
    anchor = await anchors.last()
    assert anchor
    assert anchor.hash in done.stdout
    assert hashlib.sha256(pack["anchor/anchor.json"]).hexdigest() == anchor.hash
    assert hashlib.sha256(pack["anchor/leaves.txt"]).hexdigest() == anchor.root
    case_id = (await dossiers.gather([1], Choice(), by=alice, now=MONDAY)).cases[0].id
    last = (await timeline.of_case(case_id))[-1]
    assert (last.kind, last.particulars["manifest"]) == (EntryKind.DOSSIER_MADE, digest)
    assert (await verify(files)).found == []


async def test_a_dossier_holds_the_newest_time_stamp_as_it_came(
    alice: Member, capture: UUID, files: FolderEvidenceFiles, tmp_path: Path
):
    await anchors.make(now=MONDAY)
    admin = Act(await make_member("dora", role="admin"), MONDAY)
    await time_stamps.choose(admin, address="https://tsa.example.org", certificates=self_signed())
    answer = Answered(outcome="stamped", token="AAAA", at=MONDAY)
    await time_stamps.ask_for_newest(Answers(answer), now=MONDAY)
    await case_commands.note(Act(alice, MONDAY), 1, text="A day later.")
    pack, digest = await made(alice, files)
    done = checked(pack, tmp_path, digest)
    assert done.returncode == 0, done.stdout
    assert "stamped: 1 of" in done.stdout
    assert "anchor: 2 of" in done.stdout
    assert pack["stamped/time-stamp.tsr"] == b"\0\0\0"
    assert pack["stamped/authority.pem"].startswith(b"-----BEGIN CERTIFICATE-----")
    assert b"openssl ts -verify -data stamped/anchor.json" in pack["README.txt"]
    assert b"does not ask whether the certificate was revoked" in pack["README.txt"]


async def test_a_dossier_holds_the_post_its_picture_and_the_whole_timeline(
    alice: Member, capture: UUID, files: FolderEvidenceFiles
):
    pack, _digest = await made(alice, files)
    assert json.loads(pack["posts/001.json"])["text"] == "Jamais livré 😠\u202f!"
    [shown] = [content for name, content in pack.items() if name.startswith("files/")]
    assert shown == picture()
    assert "She rang twice." in pack["cases/1/timeline.jsonl"].decode()
    assert not [name for name in pack if name.startswith("older/")]


async def test_what_is_left_out_is_in_no_file_and_the_dossier_still_verifies(
    alice: Member, capture: UUID, files: FolderEvidenceFiles, tmp_path: Path
):
    pack, digest = await made(alice, files, without_notes=True, without=frozenset({capture}))
    assert checked(pack, tmp_path, digest).returncode == 0
    everything = b"".join(pack.values())
    for words in ("Jamais", "She rang twice", "Dana"):
        assert words.encode() not in everything, words
    assert not [name for name in pack if name.startswith(("posts/", "files/"))]


def rows(files: Files) -> list[dict[str, object]]:
    return [json.loads(line) for line in files["cases/1/timeline.jsonl"].decode().splitlines()]


def with_rows(files: Files, changed: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in changed)
    files["cases/1/timeline.jsonl"] = text.encode()


def alter(position: int, **values: object) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        changed = rows(files)
        changed[position - 1] |= values
        with_rows(files, changed)

    return change


def swapped(files: Files) -> None:
    changed = rows(files)
    changed[1], changed[2] = changed[2], changed[1]
    with_rows(files, changed)


def another_picture(files: Files) -> None:
    name = next(name for name in files if name.startswith("files/"))
    files[name] = b"another picture"


def another_post(files: Files) -> None:
    files["posts/001.json"] = files["posts/001.json"].replace(b"Jamais", b"Toujours")


def of_other_cases(files: Files) -> None:
    leaves = b"0" * 64 + b"\n"
    anchor = json.loads(files["anchor/anchor.json"]) | {"root": hashlib.sha256(leaves).hexdigest()}
    files |= {"anchor/leaves.txt": leaves, "anchor/anchor.json": json.dumps(anchor).encode()}


FORGERIES: dict[str, Callable[[Files], object]] = {
    "another picture": another_picture,
    "other words of the post": another_post,
    "another post beside it": lambda files: files.update({"posts/002.json": b"{}"}),
    "another date": alter(2, at="2020-01-01T00:00:00.000000+00:00"),
    "another kind": alter(2, kind="noted"),
    "another actor": alter(2, actor="author"),
    "other particulars": alter(2, body="{}"),
    "another salt": alter(2, salt="00" * 32),
    "an entry taken out": lambda files: with_rows(files, [*rows(files)[:1], *rows(files)[2:]]),
    "entries in another order": swapped,
    "the end cut off": lambda files: with_rows(files, rows(files)[:-1]),
    "no timeline": lambda files: files.pop("cases/1/timeline.jsonl"),
    "another anchor": lambda files: files.update({"anchor/leaves.txt": b"0\n"}),
    "an anchor of other cases": of_other_cases,
    "nonsense": lambda files: files.update({"cases/1/timeline.jsonl": b"{"}),
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_whatever_a_forger_alters_is_found_with_a_new_manifest_too(
    alice: Member, capture: UUID, files: FolderEvidenceFiles, tmp_path: Path, forgery: str
):
    pack, digest = await made(alice, files)
    FORGERIES[forgery](pack)
    assert checked(pack, tmp_path).returncode == 1, "the manifest names the files as they were"
    del pack[MANIFEST]
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in pack.items()}
    pack[MANIFEST] = manifest(digests)
    assert "FAIL" in checked(pack, tmp_path).stdout
    assert checked(pack, tmp_path, digest).returncode == 1


async def test_what_was_captured_before_timelines_named_copies_lies_apart(
    alice: Member, capture: UUID, files: FolderEvidenceFiles, tmp_path: Path
):
    gathered = await dossiers.gather([1], Choice(), by=alice, now=MONDAY)
    old = replace(gathered, exhibits=(replace(gathered.exhibits[0], covered=False),))
    into = io.BytesIO()
    await dossiers.pack(Act(alice, MONDAY), old, [], into, files=files)
    with zipfile.ZipFile(into) as pack:
        found = {name: pack.read(name) for name in pack.namelist()}
    assert "older/001.json" in found
    done = checked(found, tmp_path)
    assert done.returncode == 0
    assert "1 older files" in done.stdout


async def test_only_leads_make_dossiers(bob: Member, capture: UUID):
    with pytest.raises(DossierNotYours):
        await dossiers.gather([1], Choice(), by=bob, now=MONDAY)
