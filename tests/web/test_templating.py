"""Is everything escaped, and does every element that acts carry the page's nonce?"""

import re
import subprocess
import sys

import pytest
from jinja2 import UndefinedError

from amends import i18n
from amends.i18n import use_language
from amends.web import placeholders, templating
from amends.web.sessions import csrf_token
from tests.architecture.source import TEMPLATES, shown, templates
from tests.offenders import expect_none
from tests.web.site import Site

ELEMENT = re.compile(r"<[a-z][\w-]*\b[^>]*?\shx-(?:get|post|put|delete|patch|trigger)=[^>]*>", re.DOTALL)
EXPRESSION = re.compile(r"\{%.*?%\}|\{\{(?!\s*nonce).*?\}\}", re.DOTALL)
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
SIGNED_OUT = {"sign_in", "setup", "password", "acts", "customers", "contributors"}


def test_an_element_that_htmx_acts_on_carries_the_nonce():
    bare = [
        f"{shown(template)}: {element}"
        for template in templates()
        for element in ELEMENT.findall(EXPRESSION.sub("", template.read_text()))
        if 'hx-nonce="{{ nonce }}"' not in element
    ]
    expect_none(bare, 'Give the element hx-nonce="{{ nonce }}"; htmx ignores it otherwise')


def test_a_form_that_posts_carries_its_token():
    bare = [
        f"{shown(template)}: {form.partition('>')[0]}>"
        for template in templates()
        if template.relative_to(TEMPLATES).parts[0] not in SIGNED_OUT
        for form in FORM.findall(template.read_text())
        if 'method="post"' in form and "csrf()" not in form
    ]
    expect_none(bare, "Put {{ csrf() }} into the form; it is refused otherwise")


def test_what_fills_a_hole_is_escaped():
    form = templating.environment().from_string("<form>{{ csrf() }}</form>").render()
    others = {placeholders.FORM_KEY: "", placeholders.PAGE: ""}
    for hole in (placeholders.CSRF, placeholders.FORM_KEY, placeholders.PAGE):
        assert b'"><b>' not in placeholders.replaced(form, {placeholders.CSRF: "", **others, hole: '"><b>'})
    assert b'"k3y"' in placeholders.replaced(form, {**others, placeholders.CSRF: "k3y"})


def test_each_place_gets_the_next_of_several_values():
    forms = templating.environment().from_string("{{ csrf() }}{{ csrf() }}").render()
    keys = iter(("first", "second"))
    values = {placeholders.CSRF: "", placeholders.PAGE: "", placeholders.FORM_KEY: keys}
    text = placeholders.replaced(forms, values)
    assert (text.count(b'"first"'), text.count(b'"second"')) == (1, 1)


def test_a_hole_cannot_be_guessed_by_a_stranger():
    assert re.search("[0-9a-f]{32}", placeholders.NONCE)
    probe = "import amends.web.placeholders as placeholders; print(placeholders.NONCE)"
    others = {subprocess.run([sys.executable, "-c", probe], capture_output=True).stdout for _ in range(2)}
    assert len(others) == 2


async def test_no_hole_is_left_in_a_page(site: Site):
    visitor = await site.signed_in("admin")
    for path in ("/", "/cases", "/settings", "/pair", "/shortcuts", "/nowhere"):
        text = (await visitor.get(path)).text
        assert not re.search(r"\[(nonce|csrf|form-key|page|href|version) [0-9a-f]{32}\]", text), path
        assert csrf_token(visitor.session_token, site.settings) in text, path


def test_a_value_that_nobody_gave_is_an_error():
    with pytest.raises(UndefinedError):
        templating.environment().from_string("{{ nobody.gave }}").render()


def test_numbers_are_written_as_the_reader_writes_them():
    with use_language("en"):
        assert [i18n.number(value) for value in (8211, 4.5, 3.0)] == ["8,211", "4.5", "3"]
    with use_language("fr"):
        assert [i18n.number(value) for value in (8211, 4.5, 3.0)] == ["8\u202f211", "4,5", "3"]


def test_a_query_leaves_out_what_is_empty():
    assert templating.query({"stage": "new", "words": ""}, before=9) == "?stage=new&before=9"
    assert templating.query({"stage": "new"}, stage=None) == ""
