"""Pinned versions: every set-up installs constraints.txt."""

import re
import tomllib
from importlib.metadata import version

import pytest
from packaging.requirements import Requirement

from tests.architecture.source import ROOT
from tests.offenders import expect_none

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
ASKED = [Requirement(line) for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]]
WRITTEN = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", (ROOT / "constraints.txt").read_text(), re.MULTILINE))


def test_a_library_has_one_version_that_its_range_admits_and_that_is_what_is_installed():
    wrong = [f"{asked}: {problem}" for asked in ASKED if (problem := problem_of(asked))]
    expect_none(wrong, "Run `make versions`, which writes the tried versions into constraints.txt")


def problem_of(asked: Requirement) -> str:
    written = WRITTEN.get(asked.name)
    if written is None or not asked.specifier.contains(written):
        return f"constraints.txt has {written}"
    is_for_us = asked.marker is None or asked.marker.evaluate()
    installed = version(asked.name) if is_for_us else written
    return "" if installed == written else f"{installed} is installed, constraints.txt has {written}"


def test_versions_come_from_no_named_place():
    assert "://" not in (ROOT / "constraints.txt").read_text()


LOCKS = {name: (ROOT / f"{name}.lock").read_text() for name in ("requirements", "build")}
PIN = re.compile(
    r"^([a-z0-9-]+)==([^\s;]+)[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_has_the_tried_versions_each_with_the_hashes_of_its_files(lock: str):
    pins = {name: found for name, found, _hashes in PIN.findall(LOCKS[lock])}
    lines = [line for line in LOCKS[lock].splitlines() if not line.startswith((" ", "#"))]
    assert len(pins) == len(lines), "each line is a version with its hashes"
    wrong = [f"{name}=={found}" for name, found in pins.items() if WRITTEN.get(name, found) != found]
    expect_none(wrong, "Run `make lock`, which takes the versions of constraints.txt")


def test_the_image_installs_every_library_that_is_asked_for_by_its_hash():
    extras = ("postgres", "pdf", "s3", "stamps")
    asked = [
        *PROJECT["dependencies"],
        *(line for one in extras for line in PROJECT["optional-dependencies"][one]),
    ]
    pinned = {name for name, _version, _hashes in PIN.findall(LOCKS["requirements"])}
    expect_none({Requirement(line).name for line in asked} - pinned, "Run `make lock`")
    assert "--require-hashes --requirement requirements.lock" in (ROOT / "Dockerfile").read_text()
