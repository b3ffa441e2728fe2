"""Is every template complete, and free of what would let a stranger's text become a program?"""

import re
from pathlib import Path

import jinja2
import pytest

from tests.architecture.source import TEMPLATES, shown, templates

FORBIDDEN = {
    "text that is trusted": re.compile(r"\|\s*safe\b|\bMarkup\("),
    "escaping switched off": re.compile(r"autoescape\s+false", re.IGNORECASE),
    "a style in an element": re.compile(r"<[^>{]*\sstyle\s*=", re.IGNORECASE),
    "a program in an element": re.compile(r"<[^>]*\s(on[a-z]+|hx-on[:\w-]*)\s*=(?!=)", re.IGNORECASE),
    "a program in an address": re.compile(r"javascript:", re.IGNORECASE),
    "something from elsewhere": re.compile(r"<(script|link|i\w+)[^>]*\s(src|href)\s*=\s*[\"']?(https?:)?//"),
}


def environment() -> jinja2.Environment:
    """The one that the app renders with."""
    from amends.web import templating

    made: jinja2.Environment = templating.environment()
    return made


@pytest.mark.parametrize("template", templates(), ids=shown)
def test_a_template_compiles(template: Path):
    environment().get_template(str(template.relative_to(TEMPLATES)))


def test_a_missing_value_is_an_error_and_text_is_escaped():
    known = environment()
    assert issubclass(known.undefined, jinja2.StrictUndefined)
    assert known.from_string("{{ text }}").render(text="<b>") == "&lt;b&gt;"
    with pytest.raises(jinja2.UndefinedError):
        known.from_string("{{ nobody_gave_this }}").render()


@pytest.mark.parametrize("what", FORBIDDEN)
@pytest.mark.parametrize("template", templates(), ids=shown)
def test_a_template_holds_nothing_dangerous(template: Path, what: str):
    assert not FORBIDDEN[what].findall(template.read_text())


@pytest.mark.parametrize(
    ("what", "example"),
    [
        ("text that is trusted", "{{ text | safe }}"),
        ("escaping switched off", "{% autoescape false %}"),
        ("a style in an element", '<p class="a" style="color: red">'),
        ("a program in an element", '<b hx-on:click="steal()">'),
        ("a program in an element", '<b onclick="steal()">'),
        ("a program in an address", '<a href="javascript:steal()">'),
        ("something from elsewhere", '<script defer src="https://example.org/a.js">'),
    ],
)
def test_what_is_dangerous_is_recognised(what: str, example: str):
    assert FORBIDDEN[what].search(example)


@pytest.mark.parametrize("template", [file for file in templates() if file.name.startswith("_")], ids=shown)
def test_a_fragment_is_used(template: Path):
    name = str(template.relative_to(TEMPLATES))
    users = [*templates(), *(TEMPLATES.parent).rglob("*.py")]
    assert any(name in file.read_text() for file in users if file != template)
