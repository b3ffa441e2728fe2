"""Checks a dossier, a folder or a ZIP of it: python3 verify.py [FOLDER|ZIP] [SHA-256 of the manifest].

Needs Python and nothing else; reads and never writes. Exit code 0 when everything is as it was recorded, 1
when something is not, 2 when it could not be read.
"""

import hashlib
import hmac
import json
import re
import sys
import zipfile
from pathlib import Path

COVERED = ("actor", "at", "case", "channel", "commitment", "kind", "position", "previous")
"""What the hash of an entry covers, written as JSON without spaces, its keys in this order."""
MOST_FILES, MOST_BYTES = 20_000, 4_000_000_000
Files = dict[str, bytes]


def load(place: Path) -> Files:
    """Every file by its name. Raises OSError, BadZipFile and ValueError."""
    if place.is_dir():
        found = (one for one in place.rglob("*") if one.is_file() and not one.is_symlink())
        return {one.relative_to(place).as_posix(): one.read_bytes() for one in found}
    with zipfile.ZipFile(place) as pack:
        names = [one for one in pack.infolist() if not one.is_dir()]
        if len(names) > MOST_FILES or sum(one.file_size for one in names) > MOST_BYTES:
            raise ValueError("the ZIP is too large; unpack it and check the folder")
        if len({one.filename for one in names}) != len(names):
            raise ValueError("the ZIP names a file twice")
        return {one.filename: pack.read(one) for one in names}


def check(files: Files, expected: str = "") -> tuple[list[str], str]:
    """What is not as it was recorded, and a line that says how much was looked at."""
    manifest = files.get("MANIFEST.sha256")
    if manifest is None:
        return ["MANIFEST.sha256 is missing"], ""
    own = hashlib.sha256(manifest).hexdigest()
    bad = []
    if expected and expected.lower().replace(" ", "") != own:
        bad.append("the manifest is not the one whose SHA-256 was given")
    listed = check_files(files, manifest.decode("utf-8"), bad)
    named: set[str] = set()
    entries = silent = 0
    timelines = sorted(name for name in files if re.fullmatch(r"cases/\d+/timeline\.jsonl", name))
    if not timelines:
        bad.append("there is no timeline")
    for name in timelines:
        count, without_words = check_timeline(files, name, bad, named)
        entries, silent = entries + count, silent + without_words
    anchors = [check_anchor(files, one, timelines, bad) for one in ("anchor", "stamped")]
    recorded = [name for name in listed if name.startswith(("files/", "posts/"))]
    bad += [f"not named by any timeline: {name}" for name in recorded if listed[name] not in named]
    outside = sum(1 for name in listed if name.startswith("older/"))
    note = f"{len(listed)} files, {entries} entries, {silent} of them erased or withheld"
    return bad, f"{note}, {outside} older files that no entry covers; manifest {own}{''.join(anchors)}"


def check_files(files: Files, manifest: str, bad: list[str]) -> dict[str, str]:
    """The SHA-256 of each file that the manifest lists; compares every file with it."""
    listed: dict[str, str] = {}
    for line in lines(manifest):
        match = re.fullmatch(r"([0-9a-f]{64})  (.+)", line)
        if not match or match[2] in listed:
            bad.append(f"a line of the manifest is not understood: {line!r}")
        else:
            listed[match[2]] = match[1]
    for name, digest in listed.items():
        if name not in files:
            bad.append(f"missing: {name}")
        elif hashlib.sha256(files[name]).hexdigest() != digest:
            bad.append(f"altered: {name}")
    bad += [f"not in the manifest: {one}" for one in files if one not in listed and one != "MANIFEST.sha256"]
    return listed


def check_timeline(files: Files, name: str, bad: list[str], named: set[str]) -> tuple[int, int]:
    """How many entries one timeline has, and how many have no words; `named` gets the files they name."""
    previous, silent, rows = "0" * 64, 0, lines(files[name].decode("utf-8"))
    for number, row in enumerate(rows, start=1):
        entry = json.loads(row)
        if entry["position"] != number or entry["previous"] != previous:
            bad.append(f"{name}, entry {number}: the chain is broken")
        covered = json.dumps({key: entry[key] for key in COVERED}, separators=(",", ":"), ensure_ascii=False)
        if hashlib.sha256(covered.encode()).hexdigest() != entry["hash"]:
            bad.append(f"{name}, entry {number}: the entry was altered")
        if "body" not in entry:
            silent += 1
        elif not hmac.compare_digest(commitment(entry["salt"], entry["body"]), entry["commitment"]):
            bad.append(f"{name}, entry {number}: what it tells was altered")
        else:
            named.update(re.findall(r'"(?:content|sha256)":"([0-9a-f]{64})"', entry["body"]))
        previous = entry["hash"]
    head = files.get(name.replace("timeline.jsonl", "HEAD.txt"), b"").decode().strip()
    if head != previous:
        bad.append(f"{name}: it does not end at the head in HEAD.txt")
    return len(rows), silent


def check_anchor(files: Files, folder: str, timelines: list[str], bad: list[str]) -> str:
    """Words with the hash of an anchor, if there is one. `anchor` covers all cases, `stamped` older ones."""
    content, leaves = files.get(f"{folder}/anchor.json"), files.get(f"{folder}/leaves.txt", b"")
    if content is None:
        return ""
    anchor = json.loads(content)
    if hashlib.sha256(leaves).hexdigest() != anchor["root"]:
        bad.append(f"{folder}/leaves.txt is not what the anchor was made of")
    known, covered = set(leaves.decode().split()), 0
    for name in timelines:
        number = name.split("/")[1]
        rows = [json.loads(row) for row in lines(files[name].decode("utf-8"))]
        heads = (f"{number} {row['position']} {row['hash']}".encode() for row in rows)
        if any(hashlib.sha256(head).hexdigest() in known for head in heads):
            covered += 1
        elif folder == "anchor":
            bad.append(f"{name}: the anchor does not cover it")
    own = hashlib.sha256(content).hexdigest()
    told = f"; {folder}: {anchor['number']} of {anchor['at']}, {covered} of {len(timelines)} cases, {own}"
    return told if folder == "anchor" else f"{told} (time stamp: see README.txt, it is not checked here)"


def lines(text: str) -> list[str]:
    """Its lines; a stranger's words may hold what else Python takes for the end of one."""
    return [line for line in text.split("\n") if line]


def commitment(salt: str, body: str) -> str:
    """What binds an entry to its words: HMAC-SHA256 of them, keyed by a salt of its own."""
    return hmac.new(bytes.fromhex(salt), body.encode(), hashlib.sha256).hexdigest()


def main(arguments: list[str]) -> int:
    """Says what was found; the exit code."""
    place = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        files = load(place)
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        sys.stdout.write(f"NOT CHECKED: {error}\n")
        return 2
    try:
        bad, note = check(files, arguments[1] if len(arguments) > 1 else "")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        bad, note = [f"not written as it must be: {type(error).__name__} {error}"], ""
    told = [f"FAIL: {one}" for one in bad] or ["OK: every file and every entry is as it was recorded"]
    sys.stdout.write("\n".join([note, *told, ""]))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
