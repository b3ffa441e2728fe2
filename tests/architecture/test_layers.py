"""Does every layer know only the layers below it? And would we notice if it did not?"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT

LINT = "import importlinter.cli as lint, sys; sys.exit(lint.lint_imports(no_cache=True, no_logo=True))"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
BREACHES = {
    "Each layer knows only the layers below it": ("tables/planted_layers.py", "import amends.services"),
    "Each subject of the services knows only the subjects below it": (
        "services/team/planted_subject.py",
        "import amends.services.desk.board",
    ),
    "Each subject of the rules knows only the subjects below it": (
        "rules/case/planted_subject.py",
        "import amends.rules.capture.captures",
    ),
    "Each subject of the tables knows only the subjects below it": (
        "tables/team.py",
        "import amends.tables.desk",
    ),
    "Each subject of the pages knows only the subjects below it": (
        "web/team/planted_subject.py",
        "import amends.web.desk.board",
    ),
    "Rules do no I/O and are told the time": ("rules/planted_rules.py", "import socket"),
    "API and pages do not know each other": ("web/api/planted_api.py", "import amends.web.pages"),
    "The API does not know the pages of any subject": (
        "web/api/planted_subject.py",
        "import amends.web.team",
    ),
    "Only web and app know Litestar": ("services/planted_litestar.py", "import litestar"),
    "Only the notifier's child process knows Apprise": ("worker/planted_apprise.py", "import apprise"),
    "Only tables, database and services know Piccolo": ("web/planted_piccolo.py", "import piccolo"),
    "Only database knows the queue": ("worker/planted_queue.py", "import pgqueuer"),
    "Only database knows Alembic and SQLAlchemy": ("services/planted_alembic.py", "import alembic"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Asks import-linter about the package in `folder/backend`, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "backend"), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its contracts, to be broken."""
    shutil.copytree(PACKAGE, tmp_path / "backend/amends", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept():
    report = lint(ROOT)
    assert report.returncode == 0, report.stdout + report.stderr


def test_every_contract_has_a_breach_that_proves_it():
    assert BREACHES.keys() == {contract["name"] for contract in CONTRACTS}


def test_every_breach_is_noticed(copy: Path):
    for module, line in BREACHES.values():
        (copy / "backend/amends" / module).write_text(f"{line}\n")
    report = lint(copy)
    assert report.returncode == 1, report.stdout + report.stderr
    sections = re.split(r"^(.+)\n-+\n", report.stdout.partition("Broken contracts\n")[2], flags=re.MULTILINE)
    found = dict(zip(sections[1::2], sections[2::2], strict=True))
    for name, (module, line) in BREACHES.items():
        planted = "amends." + module.removesuffix(".py").replace("/", ".")
        assert f"{planted} -> {line.removeprefix('import ')}" in found.get(name, ""), report.stdout


@pytest.mark.parametrize(
    "module", ["planted", "services.planted", "rules.planted", "tables.planted", "web.planted"]
)
def test_a_module_without_a_layer_or_subject_is_noticed(copy: Path, module: str):
    (copy / "backend/amends" / f"{module.replace('.', '/')}.py").write_text("")
    report = lint(copy)
    assert report.returncode == 1
    assert f"amends.{module}" in report.stdout
