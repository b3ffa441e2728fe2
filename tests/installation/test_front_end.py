"""Front-end library: the vendored files have the known hashes."""

import base64
import hashlib
import tomllib

import pytest

from tests.architecture.source import ROOT

WANTED = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["hooks"]["custom"]
FOLDER = ROOT / WANTED["folder"]


@pytest.mark.parametrize("name", WANTED["files"])
def test_a_file_of_the_library_has_its_hash(name: str):
    content = (FOLDER / name.rpartition("/")[2]).read_bytes()
    assert "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode() == WANTED["files"][name]


def test_nothing_else_is_in_the_folder():
    assert {file.name for file in FOLDER.iterdir()} == {name.rpartition("/")[2] for name in WANTED["files"]}


def test_the_library_is_not_committed():
    assert f"{WANTED['folder']}/" in (ROOT / ".gitignore").read_text().splitlines()
