"""`make digests` names the base images by digest; a program named docker stands in for the registry."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

FILES = ("Makefile", "Dockerfile", "docker-compose.yml")
FIRST, SECOND = "sha256:" + "a" * 64, "sha256:" + "b" * 64
DOCKER = """#!/bin/sh
[ "$1 $2 $3" = "buildx imagetools inspect" ] || exit 2
case "$6" in {refused}) exit 1;; esac
echo "$6" >> asked
echo {digest}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def make_digests(project: Path, digest: str, *, refused: str = "none") -> int:
    docker = project / "bin/docker"
    docker.parent.mkdir(exist_ok=True)
    docker.write_text(DOCKER.format(digest=digest, refused=refused))
    docker.chmod(0o755)
    path = f"{docker.parent}:{os.environ['PATH']}"
    made = subprocess.run(["make", "digests"], cwd=project, env={"PATH": path}, capture_output=True)
    return made.returncode


def images(project: Path) -> list[str]:
    """The base images as both files name them."""
    lines = [line.strip() for name in FILES[1:] for line in (project / name).read_text().splitlines()]
    starts = ("ARG PYTHON_IMAGE=", "image: postgres:")
    return [line for line in lines if line.startswith(starts)]


def test_both_base_images_get_the_digest_that_the_registry_tells_and_nothing_else_changes(project: Path):
    before = {name: (project / name).read_text() for name in FILES}
    tags = [one.partition("@")[0] for one in images(project)]
    assert len(tags) == 2
    assert make_digests(project, FIRST) == 0
    assert images(project) == [f"{tag}@{FIRST}" for tag in tags]
    for name in FILES:
        changed = (project / name).read_text().replace(f"@{FIRST}", "")
        assert changed == before[name].replace(f"@{FIRST}", "")


def test_a_newer_digest_takes_the_place_of_the_older_one(project: Path):
    assert make_digests(project, FIRST) == 0
    tagged = [one.partition("@")[0] for one in images(project)]
    assert make_digests(project, SECOND) == 0
    assert images(project) == [f"{tag}@{SECOND}" for tag in tagged]
    asked = (project / "asked").read_text().split()
    assert not [one for one in asked if "@" in one], "the registry is asked for the tag, not the old digest"


def test_a_registry_that_does_not_answer_is_a_failure_and_nothing_is_half_named(project: Path):
    before = images(project)
    assert make_digests(project, FIRST, refused="*python*") != 0
    assert images(project) == before
