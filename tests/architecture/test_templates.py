"""Templates compile, are used, and hold nothing by which a stranger's text could become a program."""

import re

import jinja2
import pytest

from tests.architecture.source import TEMPLATES, shown, templates
from tests.offenders import expect_none

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


def test_a_template_compiles():
    known, broken = environment(), []
    for template in templates():
        try:
            known.get_template(str(template.relative_to(TEMPLATES)))
        except jinja2.TemplateError as error:
            broken.append(f"{shown(template)}: {error}")
    expect_none(broken, "Correct the template's syntax")


def test_a_missing_value_is_an_error_and_text_is_escaped():
    known = environment()
    assert issubclass(known.undefined, jinja2.StrictUndefined)
    assert known.from_string("{{ text }}").render(text="<b>") == "&lt;b&gt;"
    with pytest.raises(jinja2.UndefinedError):
        known.from_string("{{ nobody_gave_this }}").render()


@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_template_holds_nothing_dangerous(what: str):
    dangerous = [
        f"{shown(template)}: {match[0]}"
        for template in templates()
        for match in FORBIDDEN[what].finditer(template.read_text())
    ]
    expect_none(dangerous, f"A template must not hold {what}; use a class, a script file or plain escaping")


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


def test_a_fragment_is_used():
    texts = {file: file.read_text() for file in [*templates(), *TEMPLATES.parent.rglob("*.py")]}
    unused = [
        shown(template)
        for template in templates()
        if template.name.startswith("_")
        and not any(
            str(template.relative_to(TEMPLATES)) in text for file, text in texts.items() if file != template
        )
    ]
    expect_none(unused, "Include the fragment somewhere, or delete it")
