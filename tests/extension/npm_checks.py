"""Programs from npm that check the JavaScript: Biome, the TypeScript compiler and web-ext."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LOCK = (HERE / "package-lock.json").read_bytes()
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / (
    f"amends-extension-checks-{hashlib.sha256(LOCK).hexdigest()[:12]}"
)
"""A folder for each lock file: checkouts beside each other do not take the programs from under each other."""
TYPES = CACHE / "node_modules" / "@types"
"""The declarations of the browser's interfaces."""


def npm_check(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs one of them in the project's folder; installed once from the lock file, for all runs."""
    return subprocess.run(
        [_installed(program), *arguments],
        cwd=ROOT,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def _environment() -> dict[str, str]:
    """Node.js is the machine's, else the one that the tests' set-up has put beside this Python."""
    path = os.environ["PATH"] + os.pathsep + str(Path(sys.executable).parent)
    return os.environ | {"NO_UPDATE_NOTIFIER": "1", "PATH": path}


def _installed(program: str) -> Path:
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "installing").open("w") as waiting:
        fcntl.flock(waiting, fcntl.LOCK_EX)  # several test processes may come at once
        _install()
    return CACHE / "node_modules" / ".bin" / program


def _install() -> None:
    marker = CACHE / "installed"
    if marker.exists():
        return
    npm = shutil.which("npm", path=_environment()["PATH"])
    if not npm:
        pytest.fail("Node.js with npm is missing: install it (https://nodejs.org) to check the JavaScript.")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, CACHE / name)
    command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=CACHE, env=_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    marker.touch()


if __name__ == "__main__":  # for the Makefile: `python -m tests.extension.npm_checks biome check --write`
    ran = npm_check(*sys.argv[1:])
    sys.stdout.write(ran.stdout)
    sys.stderr.write(ran.stderr)
    sys.exit(ran.returncode)
