"""Where are the programs of npm that check the extension: the compiler of types, and Mozilla's linter?"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
LOCK = (HERE / "package-lock.json").read_bytes()
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / (
    f"amends-extension-checks-{hashlib.sha256(LOCK).hexdigest()[:12]}"
)
"""A folder for each lock file: checkouts beside each other do not take the programs from under each other."""
TYPES = CACHE / "node_modules" / "@types"
"""The declarations of the browser's interfaces."""


def npm_check(*command: str) -> subprocess.CompletedProcess[str]:
    """Runs one of them, installed once from the lock file; the cache is shared by all runs."""
    npm, npx = shutil.which("npm"), shutil.which("npx")
    if not npm or not npx:
        pytest.fail("Node.js with npm is missing: install it (https://nodejs.org) to check the extension.")
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "installing").open("w") as waiting:
        fcntl.flock(waiting, fcntl.LOCK_EX)  # several test processes may come at once
        _install(npm)
    environment = os.environ | {"NO_UPDATE_NOTIFIER": "1"}
    return subprocess.run(
        [npx, "--no-install", *command],
        cwd=CACHE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _install(npm: str) -> None:
    marker = CACHE / "installed"
    if marker.exists():
        return
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, CACHE / name)
    command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=CACHE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    marker.touch()
