"""Wheel: complete, and runs far from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import amends
from amends.cli.extension import packed
from tests.architecture.source import PACKAGE, ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel as the build makes it, without the network: the front-end library is already there."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_holds_every_file_of_the_package(wheel: zipfile.ZipFile):
    ours = {file for file in PACKAGE.rglob("*") if file.is_file() and "__pycache__" not in file.parts}
    names = {str(Path("amends") / file.relative_to(PACKAGE)) for file in ours}
    assert names <= set(wheel.namelist())


def test_the_wheel_holds_the_migrations(wheel: zipfile.ZipFile):
    scripts = {f"amends/_alembic/versions/{file.name}" for file in (ROOT / "alembic/versions").glob("*.py")}
    assert scripts
    assert scripts | {"amends/_alembic/env.py"} <= set(wheel.namelist())


def test_the_wheel_holds_the_extension_and_packs_it(wheel: zipfile.ZipFile, tmp_path: Path):
    wheel.extractall(tmp_path / "installed")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    command = [sys.executable, "-m", "amends", "extension", "pack"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    for store in ("chrome", "firefox"):
        made = (tmp_path / f"amends-{store}-{amends.__version__}.zip").read_bytes()
        assert made == packed(ROOT / "extension", store)


def test_the_wheel_installs_one_package_and_one_command(wheel: zipfile.ZipFile):
    assert {name.partition("/")[0] for name in wheel.namelist()} == {
        "amends",
        f"amends-{amends.__version__}.dist-info",
    }
    entry_points = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "amends = amends.cli:main" in wheel.read(entry_points).decode()


def test_the_wheel_migrates_a_database_far_from_the_checkout(wheel: zipfile.ZipFile, tmp_path: Path):
    wheel.extractall(tmp_path / "installed")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AMENDS_")}
    environment |= {"PYTHONPATH": str(tmp_path / "installed"), "AMENDS_DATA_DIR": str(tmp_path / "data")}
    where = "import amends; print(amends.__file__)"
    for command in (["-c", where], ["-m", "amends", "migrate"], ["-m", "amends", "migrate"]):
        report = subprocess.run(
            [sys.executable, *command], cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert report.returncode == 0, report.stdout + report.stderr
        if command[0] == "-c":
            assert report.stdout.startswith(str(tmp_path))
    assert (tmp_path / "data/amends.db").is_file()
