"""Looks for known weaknesses in the libraries of an installation: python backend/audit.py [LOCK FILE].

Runs pip-audit by uvx. An audit that reaches no database of weaknesses finds none, and would pass: so a
library that is known to be weak, the canary, is asked about first, and unless it is found nothing is said.
Exit code 0 when nothing was found, 1 when something was, 2 when it could not be looked up here.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
CANARY = "jinja2==2.11.2"
"""Has several published weaknesses, among them CVE-2020-28493."""
TOOL = ("uvx", "--quiet", "pip-audit", "--disable-pip", "--progress-spinner=off", "--format=json")


def found(*words: str) -> dict[str, list[str]] | None:
    """The weaknesses of each library that has any; None when one of them could not be looked up."""
    done = subprocess.run([*TOOL, *words], capture_output=True, text=True, check=False)  # noqa: S603 - words of ours
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        return None
    looked_up = [one for one in told["dependencies"] if "skip_reason" not in one]
    if len(looked_up) != len(told["dependencies"]) or not looked_up:
        return None
    return {
        f"{one['name']} {one['version']}": [weakness["id"] for weakness in one["vulns"]]
        for one in looked_up
        if one["vulns"]
    }


def canary() -> bool:
    """Whether a library that is known to be weak is found to be so."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "canary.txt"
        asked.write_text(f"{CANARY}\n")
        return bool(found("--no-deps", "--requirement", str(asked)))


def main(lock: str = str(LOCK)) -> int:
    """Says what was found."""
    if not canary():
        say(f"NOT AUDITED: {CANARY}, which is known to be weak, was not found to be so.")
        say("This machine reaches no database of weaknesses. Run it where pypi.org can be reached.")
        return 2
    weak = found("--require-hashes", "--requirement", lock)
    if weak is None:
        say("NOT AUDITED: some libraries could not be looked up.")
        return 2
    for name, weaknesses in weak.items():
        say(f"WEAK: {name}: {', '.join(weaknesses)}")
    if not weak:
        say("Nothing known about any library of the lock file; the canary was found.")
    return 1 if weak else 0


def say(line: str) -> None:
    """One line of output."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
