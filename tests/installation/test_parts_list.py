"""The list of parts (CycloneDX) is made of requirements.lock: is that all that the image installs?"""

import re
from importlib.metadata import distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import ROOT
from tests.installation.test_versions import LOCKS, PIN, PROJECT
from tests.offenders import expect_none

EXTRAS = ("postgres", "pdf", "s3", "stamps")
MAKEFILE = (ROOT / "Makefile").read_text()


def needed(asked: list[Requirement]) -> dict[str, str]:
    """Everything that these need on this machine, and what of that needs it, by the libraries themselves."""
    found: dict[str, str] = {}
    waiting = [(one, "pyproject.toml") for one in asked]
    while waiting:
        one, wanted_by = waiting.pop()
        name = canonicalize_name(one.name)
        extras = one.extras or {""}
        if one.marker and not any(one.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        if name in found:
            continue
        found[name] = wanted_by
        for line in distribution(name).requires or ():
            follower = Requirement(line)
            if follower.marker is None or any(follower.marker.evaluate({"extra": one}) for one in extras):
                follower.marker = None
                waiting.append((follower, name))
    return found


def test_nothing_is_needed_by_the_image_that_is_not_in_the_list():
    lines = [
        *PROJECT["dependencies"],
        *(one for name in EXTRAS for one in PROJECT["optional-dependencies"][name]),
    ]
    listed = {canonicalize_name(name) for name, _version, _hashes in PIN.findall(LOCKS["requirements"])}
    whole = needed([Requirement(line) for line in lines])
    assert len(whole) > len(lines)
    expect_none([f"{name}, for {by}" for name, by in whole.items() if name not in listed], "Run `make lock`")


def test_the_list_is_made_of_what_the_image_installs_and_of_nothing_else():
    [recipe] = re.findall(r"^sbom:.*\n((?:\t.+\n)+)", MAKEFILE, re.MULTILINE)
    assert "cyclonedx-py requirements requirements.lock" in recipe
    assert "--requirement requirements.lock" in (ROOT / "Dockerfile").read_text()
