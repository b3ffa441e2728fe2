"""`amends extension pack`: the package for each store, reproducible byte for byte."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

import amends
from amends.gateways.extension_package import STORES, packed
from tests.architecture.source import ROOT
from tests.cli.running import amends as run

EXTENSION = ROOT / "extension"


def package(store: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(packed(EXTENSION, store)))


def manifest(store: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(package(store).read("manifest.json"))
    return told


@pytest.mark.parametrize("store", STORES)
def test_a_package_holds_what_a_browser_loads_and_nothing_else(store: str):
    files = {str(file.relative_to(EXTENSION)) for file in EXTENSION.rglob("*") if file.is_file()}
    loaded = {name for name in files if not name.endswith((".md", ".ts")) and not name.startswith("store/")}
    assert set(package(store).namelist()) == loaded
    assert "background.js" in package(store).namelist()
    for name in package(store).namelist():
        if name != "manifest.json":
            assert package(store).read(name) == (EXTENSION / name).read_bytes()


def test_each_manifest_says_what_its_browsers_understand():
    whole = json.loads((EXTENSION / "manifest.json").read_text())
    chrome, firefox = manifest("chrome"), manifest("firefox")
    assert chrome["background"] == {"service_worker": "background.js", "type": "module"}
    assert firefox["background"] == {"scripts": ["background.js"], "type": "module"}
    assert set(whole) - set(chrome) == {"browser_specific_settings"}
    assert set(whole) - set(firefox) == {"minimum_chrome_version"}
    assert chrome["version"] == firefox["version"] == amends.__version__


@pytest.mark.parametrize("store", STORES)
def test_the_same_files_give_the_same_bytes_in_any_folder_and_at_any_time(store: str, tmp_path: Path):
    for file in sorted(EXTENSION.rglob("*"), reverse=True):
        if file.is_file():
            copy = tmp_path / file.relative_to(EXTENSION)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    (tmp_path / ".DS_Store").write_bytes(b"of a file manager")
    assert packed(tmp_path, store) == packed(EXTENSION, store)


def test_the_command_writes_both_and_says_where(tmp_path: Path):
    done = run(tmp_path, "extension", "pack", "--to", str(tmp_path / "new" / "folder"))
    assert done.returncode == 0, done.stderr
    for line, store in zip(done.stdout.splitlines(), STORES, strict=True):
        path, browsers = line.split("\t")
        assert browsers == STORES[store]
        assert Path(path).read_bytes() == packed(EXTENSION, store)
    assert not (tmp_path / "amends.db").exists()


def test_a_folder_that_cannot_be_written_is_named_in_one_sentence(tmp_path: Path):
    (tmp_path / "taken").write_text("a file")
    done = run(tmp_path, "extension", "pack", "--to", str(tmp_path / "taken"))
    assert done.returncode == 1
    assert done.stderr.startswith("amends: ")
    assert "cannot be written" in done.stderr
    assert done.stderr.count("\n") == 1
