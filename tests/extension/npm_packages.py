"""Packages from npm that the tests use, installed once for each lock file, whichever process comes first."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))


def cache_of(folder: Path, name: str) -> Path:
    """Where the packages of a folder's lock file are; checkouts with another lock file share none of them."""
    lock = (folder / "package-lock.json").read_bytes()
    return CACHE / f"amends-{name}-{hashlib.sha256(lock).hexdigest()[:12]}"


def installed(folder: Path, name: str) -> Path:
    """The `node_modules` of a folder's lock file; what is not there yet is installed."""
    cache = cache_of(folder, name)
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "installing").open("w") as waiting:
        fcntl.flock(waiting, fcntl.LOCK_EX)  # several test processes may come at once
        if not (cache / "installed").exists():
            _install(folder, cache)
            (cache / "installed").touch()
    return cache / "node_modules"


def environment() -> dict[str, str]:
    """Node.js is the machine's, else the one that the tests' set-up has put beside this Python."""
    path = os.environ["PATH"] + os.pathsep + str(Path(sys.executable).parent)
    return os.environ | {"NO_UPDATE_NOTIFIER": "1", "PATH": path}


def _install(folder: Path, cache: Path) -> None:
    npm = shutil.which("npm", path=environment()["PATH"])
    if not npm:
        pytest.fail("Node.js with npm is missing: install it (https://nodejs.org) to check the JavaScript.")
    for file in ("package.json", "package-lock.json"):
        shutil.copy(folder / file, cache / file)
    command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=cache, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
