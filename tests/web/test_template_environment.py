"""Is a compiled template used only for the very same source, and is a place without room for it no fault?"""

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from amends.web.template_environment import COMPILED_WITH, CompiledTemplates


@pytest.fixture(autouse=True)
def beside_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Python keeps compiled modules, unless somebody chose another place for them or none."""
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def rendered(templates: Path, **options: object) -> str:
    """The page `a.html`, as a process that has just begun writes it."""
    chosen = {**COMPILED_WITH, **options}
    loader, compiled = FileSystemLoader(templates), CompiledTemplates(templates, chosen)
    environment = Environment(loader=loader, bytecode_cache=compiled, **chosen)
    return environment.get_template("a.html").render(name="<b>")


def kept(templates: Path) -> list[Path]:
    return sorted((templates / "__pycache__").glob("*.jinja"))


def test_the_next_process_reads_what_was_compiled(tmp_path: Path):
    (tmp_path / "a.html").write_text("Hello {{ name }}")
    assert rendered(tmp_path) == "Hello &lt;b&gt;"
    [file] = kept(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"Hello", b"HELLO"))  # so that one sees where it came from
    assert rendered(tmp_path) == "HELLO &lt;b&gt;"


def test_a_changed_template_is_compiled_anew(tmp_path: Path):
    for text in ("one {{ name }}", "two {{ name }}"):
        (tmp_path / "a.html").write_text(text)
        assert rendered(tmp_path) == text.replace("{{ name }}", "&lt;b&gt;")


def test_what_was_compiled_with_other_options_is_not_used(tmp_path: Path):
    (tmp_path / "a.html").write_text("Hello {{ name }}")
    assert rendered(tmp_path, autoescape=False) == "Hello <b>"
    assert rendered(tmp_path) == "Hello &lt;b&gt;"
    assert len(kept(tmp_path)) == 2


@pytest.mark.parametrize("damage", [b"", b"j2", b"anything else", None])
def test_a_damaged_file_is_compiled_anew(tmp_path: Path, damage: bytes | None):
    (tmp_path / "a.html").write_text("Hello {{ name }}")
    rendered(tmp_path)
    [file] = kept(tmp_path)
    file.write_bytes(file.read_bytes()[:-20] if damage is None else damage)
    assert rendered(tmp_path) == "Hello &lt;b&gt;"


def test_a_folder_that_cannot_be_made_is_no_fault(tmp_path: Path):
    (tmp_path / "a.html").write_text("Hello {{ name }}")
    (tmp_path / "__pycache__").write_text("a file where the folder would be")
    assert rendered(tmp_path) == "Hello &lt;b&gt;"


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "a.html").write_text("Hello {{ name }}")
    assert rendered(tmp_path) == "Hello &lt;b&gt;"
    assert not kept(tmp_path)
