"""Linters, formatters and the type checker over the whole tree."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.extension.npm_checks import npm_check

TOOLS = {
    "ruff check": ["ruff", "check", "--quiet", "."],
    "ruff format": ["ruff", "format", "--check", "--quiet", "."],
    "mypy": ["mypy"],
    "mypy of the set-up": [
        "mypy",
        "--strict",
        "backend/setup_env.py",
        "backend/__main__.py",
        "backend/texts.py",
        "hatch_build.py",
    ],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_the_tool_has_nothing_to_say(tool: str):
    report = subprocess.run([sys.executable, "-m", *TOOLS[tool]], cwd=ROOT, capture_output=True, text=True)
    assert report.returncode == 0, report.stdout + report.stderr


def test_biome_has_nothing_to_say_of_the_scripts():
    """Linter and formatter of the JavaScript; the rules are in biome.json."""
    report = npm_check("biome", "check", "--error-on-warnings")
    assert report.returncode == 0, f"{report.stdout}{report.stderr}\n`make format` repairs what it can."


def test_biome_finds_a_fault_that_is_there(tmp_path: Path):
    """So that a file or a rule that was left out of biome.json does not go unnoticed."""
    for planted in ("extension/lib/planted.js", "backend/amends/web/static/js/planted.js"):
        script = tmp_path / planted
        script.parent.mkdir(parents=True)
        script.write_text("const unused = 1;\n")
    (tmp_path / "biome.json").write_text((ROOT / "biome.json").read_text())
    report = npm_check("biome", "check", "--error-on-warnings", str(tmp_path), f"--config-path={tmp_path}")
    assert report.returncode == 1
    assert report.stderr.count("lint/correctness/noUnusedVariables") == 2, report.stdout + report.stderr
