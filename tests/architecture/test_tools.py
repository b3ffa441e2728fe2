"""Do the linter, the formatter and the type checker have nothing to say?"""

import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

TOOLS = {
    "ruff check": ["ruff", "check", "--quiet", "."],
    "ruff format": ["ruff", "format", "--check", "--quiet", "."],
    "mypy": ["mypy"],
    "mypy of the set-up": [
        "mypy",
        "--strict",
        "backend/setup_env.py",
        "backend/__main__.py",
        "hatch_build.py",
    ],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_the_tool_has_nothing_to_say(tool: str):
    report = subprocess.run([sys.executable, "-m", *TOOLS[tool]], cwd=ROOT, capture_output=True, text=True)
    assert report.returncode == 0, report.stdout + report.stderr
