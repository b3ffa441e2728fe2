"""Does every set-up install what was tried, whatever others release meanwhile?"""

import re
import tomllib
from importlib.metadata import version

import pytest
from packaging.requirements import Requirement

from tests.architecture.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
ASKED = [Requirement(line) for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]]
WRITTEN = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", (ROOT / "constraints.txt").read_text(), re.MULTILINE))


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_a_library_has_one_version_that_its_range_admits_and_that_is_what_is_installed(asked: Requirement):
    assert asked.specifier.contains(WRITTEN[asked.name])
    if asked.marker is None or asked.marker.evaluate():
        assert version(asked.name) == WRITTEN[asked.name]


def test_versions_come_from_no_named_place():
    assert "://" not in (ROOT / "constraints.txt").read_text()
