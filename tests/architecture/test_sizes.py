"""Is everything small enough to be read in one go?"""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, modules, scripts, shown, tree

MODULE_LINES = 300
FUNCTION_LINES = 50
SCRIPT_LINES = 300
SCRIPT_COLUMNS = 120
SET_UP = [*(ROOT / "backend").glob("*.py"), ROOT / "hatch_build.py"]
PYTHON = [*modules(), *SET_UP, *modules(ROOT / "benchmarks")]


@pytest.mark.parametrize("module", PYTHON, ids=shown)
def test_a_module_is_short(module: Path):
    assert len(module.read_text().splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("module", PYTHON, ids=shown)
def test_a_function_is_short(module: Path):
    long = {
        node.name: size
        for node in ast.walk(tree(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (size := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    }
    assert not long


@pytest.mark.parametrize("script", scripts(), ids=shown)
def test_a_script_is_short(script: Path):
    assert len(script.read_text().splitlines()) <= SCRIPT_LINES


def test_no_line_of_a_script_is_too_long():
    """The formatter breaks what it can; a comment, a text or a selector is left to whoever wrote it."""
    long = [
        f"{shown(script)}:{number}"
        for script in scripts()
        for number, line in enumerate(script.read_text().splitlines(), start=1)
        if len(line) > SCRIPT_COLUMNS
    ]
    assert not long, f"break these lines at {SCRIPT_COLUMNS} columns, then `make format`: {', '.join(long)}"
