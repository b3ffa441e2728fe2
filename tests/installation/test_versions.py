"""Pinned versions: every set-up installs constraints.txt."""

import re
import tomllib
from importlib.metadata import version

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
