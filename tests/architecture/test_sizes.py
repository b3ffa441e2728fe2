"""Limits of size: lines of a module, a function and a script."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.architecture.source import ROOT, modules, scripts, shown, tree
from tests.offenders import expect_none

MODULE_LINES = 300
FUNCTION_LINES = 50
SCRIPT_LINES = 300
SCRIPT_COLUMNS = 120
SET_UP = [*(ROOT / "backend").glob("*.py"), ROOT / "hatch_build.py"]
PYTHON = [*modules(), *SET_UP, *modules(ROOT / "benchmarks")]


def test_a_module_is_short():
    expect_none(
        too_long(PYTHON, MODULE_LINES), f"A module has at most {MODULE_LINES} lines; split it by noun"
    )


def test_a_script_is_short():
    expect_none(
        too_long(scripts(), SCRIPT_LINES),
        f"A script has at most {SCRIPT_LINES} lines; move what belongs together into a file of its own",
    )


def test_a_function_is_short():
    long = [
        f"{shown(module)}:{node.lineno} {node.name} has {size} lines"
        for module in PYTHON
        for node in ast.walk(tree(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (size := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    ]
    expect_none(long, f"A function has at most {FUNCTION_LINES} lines; name its steps as functions")


def test_no_line_of_a_script_is_too_long():
    """The formatter breaks what it can; a comment, a text or a selector is left to whoever wrote it."""
    long = [
        f"{shown(script)}:{number}"
        for script in scripts()
        for number, line in enumerate(script.read_text().splitlines(), start=1)
        if len(line) > SCRIPT_COLUMNS
    ]
    expect_none(long, f"Break the line at {SCRIPT_COLUMNS} columns, then run `make format`")


def too_long(files: Iterable[Path], limit: int) -> Iterator[str]:
    for file in files:
        if (size := len(file.read_text().splitlines())) > limit:
            yield f"{shown(file)} has {size} lines"
