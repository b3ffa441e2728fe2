"""Names, docstrings and tests: everything has a name that says what it is, and every noun its test."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, dotted, modules, scripts, shown, tree
from tests.offenders import expect_none

EMPTY_WORDS = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "handler", "data", "info"}
SHORTENED = {"ctx", "cfg", "conf", "mgr", "msg", "req", "resp", "usr", "impl", "tmp", "cnt", "idx", "btn"}
OFFERING = [file for layer in ("rules", "services", "gateways") for file in modules(PACKAGE / layer)]
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|lorem ipsum)\b", re.IGNORECASE)


BETTER_NAME = "Name it for what it is or does; these words say nothing or are shortened"


def words(name: str) -> set[str]:
    """`read_the_Page` and `readThePage` are both read, the, page."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def definitions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node


CALLED_BY_LIBRARIES = {"data_received"}
"""Names that are not ours to choose: asyncio calls this one of a protocol."""


def is_poor(name: str) -> bool:
    return name not in CALLED_BY_LIBRARIES and bool(words(name) & (EMPTY_WORDS | SHORTENED))


def test_no_module_function_or_class_has_an_empty_or_shortened_name():
    poor = [
        f"{shown(module)}: {name}"
        for module in modules()
        for name in (module.stem, *(node.name for node in definitions(module)))
        if is_poor(name)
    ]
    expect_none(poor, BETTER_NAME)


def test_no_script_has_an_empty_or_shortened_name():
    expect_none((shown(script) for script in scripts() if is_poor(script.stem)), BETTER_NAME)


def test_a_module_begins_with_a_docstring():
    silent = [
        shown(module)
        for module in modules()
        if module.read_text().strip() and not ast.get_docstring(tree(module))
    ]
    expect_none(silent, "Begin the module with one plain line that says what it is about")


def test_what_a_rule_service_or_gateway_offers_is_explained():
    unexplained = [
        f"{shown(module)}:{node.lineno} {node.name}"
        for module in OFFERING
        for node in tree(module).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    expect_none(unexplained, "Give the public function a docstring (meaning, units, errors raised)")


@pytest.mark.parametrize("layer", ["rules", "services"])
def test_every_rule_and_service_has_its_test(layer: str):
    """A file of its own name or of its package's, or another of the same layer that imports it by name."""
    files = [file for file in (ROOT / "tests" / layer).rglob("test_*.py")]
    names = {file.stem for file in files}
    text = "\n".join(file.read_text() for file in files)
    missing = [
        shown(module)
        for module in (PACKAGE / layer).rglob("*.py")
        if module.stem != "__init__"
        and not {f"test_{module.stem}", f"test_{module.parent.name}"} & names
        and not imports(text, module)
    ]
    expect_none(missing, "Write a test of the module's name in the same layer and subject")


def imports(text: str, module: Path) -> bool:
    package, _, name = dotted(module).rpartition(".")
    lines = (
        rf"^\s*(from {package}\.{name} import|import {package}\.{name}\b|from {package} import .*\b{name}\b)"
    )
    return bool(re.search(lines, text, re.MULTILINE))


def test_the_folder_of_migrations_does_not_shadow_the_library():
    assert (ROOT / "alembic/env.py").is_file()
    assert not (ROOT / "alembic/__init__.py").exists()


def test_nothing_is_left_unfinished():
    suffixes = {".py", ".js", ".css", ".html", ".toml", ".md", ".yml", ".json", ".ts"}
    places = ["backend", "extension", "alembic", "benchmarks", "docs"]
    files = [file for place in places for file in (ROOT / place).rglob("*") if file.suffix in suffixes]
    ours = [file for file in files if not {"vendor", "node_modules"} & set(file.parts)]
    unfinished = [shown(file) for file in ours if UNFINISHED.search(file.read_text())]
    expect_none(unfinished, "Finish what the marker stands for, or open an issue, and take the marker out")
