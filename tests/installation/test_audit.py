"""Does the audit of libraries refuse to say that all is well where it could not look?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

CANARY = {"name": "jinja2", "version": "2.11.2", "vulns": [{"id": "PYSEC-2021-66"}]}
WELL = {"name": "litestar", "version": "2.25.0", "vulns": []}
WEAK = {"name": "litestar", "version": "2.25.0", "vulns": [{"id": "GHSA-1"}]}
UNKNOWN = {"name": "litestar", "skip_reason": "not found"}


def audited(folder: Path, canary: object, ours: object) -> tuple[int, str]:
    """What it says where the tool answers so, first of the canary and then of our libraries."""
    for name, told in (("canary", canary), ("ours", ours)):
        (folder / name).write_text(json.dumps({"dependencies": [told]}))
    tool = folder / "uvx"
    tool.write_text(
        f'#!{sys.executable}\nimport sys\nname = "canary" if "--no-deps" in sys.argv else "ours"\n'
        f'print(open("{folder}/" + name).read())\n'
    )
    tool.chmod(0o755)
    command = [sys.executable, str(ROOT / "backend/audit.py")]
    done = subprocess.run(command, capture_output=True, text=True, env={"PATH": str(folder)}, check=False)
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("canary", "ours", "code", "words"),
    [
        (CANARY, WELL, 0, "Nothing known"),
        (CANARY, WEAK, 1, "WEAK: litestar 2.25.0: GHSA-1"),
        (CANARY, UNKNOWN, 2, "NOT AUDITED"),
        ({**CANARY, "vulns": []}, WELL, 2, "NOT AUDITED"),
        (UNKNOWN, WELL, 2, "NOT AUDITED"),
    ],
)
def test_it_says_what_it_found_and_when_it_could_not_look(
    tmp_path: Path, canary: object, ours: object, code: int, words: str
):
    found, said = audited(tmp_path, canary, ours)
    assert (found, words in said) == (code, True), said
