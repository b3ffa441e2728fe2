"""Does the page in every dossier find out, from the disk and without a network, whether it was altered?"""

import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Browser, expect

from amends.gateways import dossier_kit
from amends.rules.case import anchors, timeline
from amends.rules.case.timeline import Line
from amends.rules.case.verification import Head, Recorded, Told
from amends.rules.operation import dossiers
from tests.browser.axe import WCAG, violations

Files = dict[str, bytes]
AT = datetime(2026, 3, 2, 9, 30, 0, 250_000, tzinfo=UTC)


def recorded(said: list[str | None]) -> list[Recorded]:
    """A timeline that tells this; nothing where it was erased."""
    entries: list[Recorded] = []
    for position, words in enumerate(said, start=1):
        salt, body = f"{position:064x}", timeline.canonical({"text": words, "content": "ab" * 32})
        previous = entries[-1].hash if entries else timeline.GENESIS
        bound = timeline.commitment(salt, body)
        line = Line(UUID(int=7), position, "noted", AT, "system", None, bound, previous)
        told = Told(None, None, erased=True) if words is None else Told(salt, body, erased=False)
        entries.append(Recorded(line, timeline.chained(line), told))
    return entries


def dossier() -> Files:
    """A small one, with words that JSON may be written in several ways."""
    entries = recorded(["Où est mon colis\u202f? 😠 «/\\\\»", None, "مرحبا\u2028 <b>"])
    post = b'{"text":"Late"}'
    body = timeline.canonical({"content": hashlib.sha256(post).hexdigest()})
    last = entries[-1]
    line = Line(
        UUID(int=7), 4, "captured", AT, "author", "web", timeline.commitment("0" * 64, body), last.hash
    )
    entries.append(Recorded(line, timeline.chained(line), Told("0" * 64, body, erased=False)))
    rows = "".join(f"{dossiers.timeline_row(one, withheld=False)}\n" for one in entries)
    heads = [Head(7, 4, entries[-1].hash), Head(8, 1, "0" * 64)]
    anchor = anchors.following(None, heads, now=AT)
    return {
        "cases/7/timeline.jsonl": rows.encode(),
        "cases/7/HEAD.txt": f"{entries[-1].hash}\n".encode(),
        "posts/001.json": post,
        "anchor/anchor.json": anchors.covered(anchor).encode(),
        "anchor/leaves.txt": anchors.leaves(heads),
        "verify.html": dossier_kit.content("verify.html"),
    }


def sealed(files: Files, place: Path) -> str:
    """Writes the ZIP with a manifest of these files; the manifest's SHA-256."""
    listed = dossiers.manifest({name: hashlib.sha256(content).hexdigest() for name, content in files.items()})
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in {**files, dossiers.MANIFEST: listed}.items():
            pack.writestr(name, content)
    return hashlib.sha256(listed).hexdigest()


def altered(name: str, before: bytes, after: bytes) -> Callable[[Files], Files]:
    return lambda files: {**files, name: files[name].replace(before, after)}


ALTERED = {
    "the-post": altered("posts/001.json", b"Late", b"Fine"),
    "a-date": altered("cases/7/timeline.jsonl", b"2026-03-02", b"2020-03-02"),
    "words": altered("cases/7/timeline.jsonl", b"colis", b"chien"),
    "the-anchor": altered("anchor/leaves.txt", b"a", b"b"),
    "the-head": altered("cases/7/HEAD.txt", b"a", b"b"),
}


def test_the_page_of_a_dossier_finds_what_was_altered(chrome: Browser, tmp_path: Path) -> None:
    good = tmp_path / "good.zip"
    digest = sealed(dossier(), good)
    (tmp_path / "verify.html").write_bytes(dossier_kit.content("verify.html"))
    context = chrome.new_context(offline=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto((tmp_path / "verify.html").as_uri())
    said = page.locator("#said")
    page.locator("#wanted").fill(digest)
    page.locator("#zip").set_input_files(good)
    expect(said).to_contain_text("OK: every file and every entry is as it was recorded. 6 files, 4 entries")
    expect(said).to_contain_text("1 of them erased or withheld")
    page.locator("#wanted").fill("0" * 64)
    page.locator("#zip").set_input_files([])
    page.locator("#zip").set_input_files(good)
    expect(said).to_contain_text("FAIL")
    page.locator("#wanted").fill("")
    for name, change in ALTERED.items():
        bad = tmp_path / f"{name}.zip"
        sealed(change(dossier()), bad)
        page.locator("#zip").set_input_files(bad)
        expect(page.locator("#list li")).not_to_have_count(0)
        expect(said).to_contain_text("FAIL")
    nonsense = tmp_path / "nonsense.zip"
    nonsense.write_bytes(b"no zip")
    page.locator("#zip").set_input_files(nonsense)
    expect(said).to_contain_text("NOT CHECKED")
    assert violations(page, WCAG) == []
    context.close()


def test_the_program_of_a_dossier_reads_whatever_a_stranger_wrote(tmp_path: Path) -> None:
    digest = sealed(dossier(), tmp_path / "good.zip")
    program = Path(dossier_kit.__file__).parent / "verify.py"
    command = [sys.executable, "-I", str(program), str(tmp_path / "good.zip"), digest]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
