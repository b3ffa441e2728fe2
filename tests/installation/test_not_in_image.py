"""What the Dockerfile takes out again: Amends serves, migrates, draws and notifies without it."""

import asyncio
import re
import signal
import subprocess
import sys
import sysconfig
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.cli.running import amends, free_port, get, line_with, started
from tests.offenders import expect_none

LINES = (ROOT / "not-in-image.txt").read_text().splitlines()
LEFT_OUT = frozenset(line for line in LINES if line and not line.startswith("#"))
FILES = [
    line for line in (ROOT / "not-in-image-files.txt").read_text().splitlines() if not line.startswith("#")
]
PARTS = [line.removesuffix(".*").replace("/", ".") for line in FILES if not set("[-").intersection(line)]
"""Modules and packages within libraries that stay; the other patterns are languages and shared objects."""
MODULES = PARTS + sorted(
    module
    for module, packages in packages_distributions().items()
    if {re.sub(r"[-_.]+", "-", package.lower()) for package in packages} <= LEFT_OUT
)
USES = {
    "a PDF": "import weasyprint; weasyprint.HTML(string='<p lang=fr>é').write_pdf()",
    "a nudge": "import apprise; assert apprise.Apprise().add('mailto://name:word@example.org')",
    "the queue": "import pgqueuer.adapters.persistence.qb; from pgqueuer import AsyncpgDriver, QueueManager",
    "a passkey, a provider and a time stamp": "import webauthn, joserfc.jwt, rfc3161_client",
}


@pytest.fixture
def without(tmp_path: Path) -> str:
    """A folder for PYTHONPATH whose start-up file lets nobody import what is left out."""
    code = f"import sys\nsys.modules.update(dict.fromkeys({MODULES!r}))\n"
    (tmp_path / "sitecustomize.py").write_text(code)
    return f"{tmp_path}:{ROOT / 'backend'}"


def test_only_what_the_lock_file_brings_is_taken_out_again():
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    expect_none(sorted(LEFT_OUT - locked), "Nothing requires this: delete its line in not-in-image.txt")


@pytest.mark.parametrize("pattern", FILES)
def test_each_file_that_is_taken_out_again_is_one_that_a_library_brings(pattern: str):
    libraries = Path(sysconfig.get_path("purelib"))
    expect_none([] if any(libraries.glob(pattern)) else [pattern], "Nothing matches: delete the line")


async def test_amends_serves_and_migrates_without_what_is_left_out(
    tmp_path: Path, empty_database_url: str, without: str
):
    port = free_port()
    told = {"AMENDS_DATABASE_URL": empty_database_url, "PYTHONPATH": without}
    server = await started(tmp_path, "serve", "--port", str(port), **told)
    try:
        link = (await line_with(server, "/setup?token=")).split()[-1]
        assert (await asyncio.to_thread(get, link))[0] == 200
    finally:
        server.send_signal(signal.SIGTERM)
        await server.wait()
    assert amends(tmp_path, "demo", **told).returncode == 0


@pytest.mark.parametrize("use", USES)
def test_a_library_works_without_what_is_left_out(use: str, tmp_path: Path, without: str):
    code = f"import sys; assert sys.modules['faker'] is None; {USES[use]}"
    there = {"PYTHONPATH": without, "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=there, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
