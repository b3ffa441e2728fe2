"""Is everything escaped, and does every element that acts carry the page's nonce?"""

import re
import subprocess
import sys

import pytest
from jinja2 import UndefinedError

from amends.i18n import speaking
from amends.web import placeholders, templating
from amends.web.sessions import csrf_token
from tests.architecture.source import TEMPLATES, shown, templates
from tests.web.site import Site

ELEMENT = re.compile(r"<[a-z][\w-]*\b[^>]*?\shx-(?:get|post|put|delete|patch|trigger)=[^>]*>", re.DOTALL)


@pytest.mark.parametrize("template", templates(), ids=shown)
def test_an_element_that_htmx_acts_on_carries_the_nonce(template):
    source = re.sub(r"\{%.*?%\}|\{\{(?!\s*nonce).*?\}\}", "", template.read_text(), flags=re.DOTALL)
    assert not [element for element in ELEMENT.findall(source) if 'hx-nonce="{{ nonce }}"' not in element]


@pytest.mark.parametrize("template", templates(), ids=shown)
def test_a_form_that_posts_carries_its_token(template):
    forms = re.findall(r"<form\b.*?</form>", template.read_text(), re.DOTALL)
    posting = [form for form in forms if 'method="post"' in form]
    signed_out = {"sign_in", "setup", "password", "acts", "customers", "contributors"}
    if template.relative_to(TEMPLATES).parts[0] not in signed_out:
        assert not [form for form in posting if "csrf()" not in form]


def test_what_fills_a_hole_is_escaped():
    form = templating.environment().from_string("<form>{{ csrf() }}</form>").render()
    assert b'"><b>' not in placeholders.replaced(form, {placeholders.CSRF: '"><b>'})
    assert b'"k3y"' in placeholders.replaced(form, {placeholders.CSRF: "k3y"})


def test_a_hole_cannot_be_guessed_by_a_stranger():
    assert re.search("[0-9a-f]{32}", placeholders.NONCE)
    probe = "import amends.web.placeholders as placeholders; print(placeholders.NONCE)"
    others = {subprocess.run([sys.executable, "-c", probe], capture_output=True).stdout for _ in range(2)}
    assert len(others) == 2


async def test_no_hole_is_left_in_a_page(site: Site):
    visitor = await site.signed_in("admin")
    for path in ("/", "/cases", "/settings", "/pair", "/shortcuts", "/nowhere"):
        text = (await visitor.get(path)).text
        assert not re.search(r"\[(nonce|csrf|href|version) [0-9a-f]{32}\]", text), path
        assert csrf_token(visitor.session_token, site.settings) in text, path


def test_a_value_that_nobody_gave_is_an_error():
    with pytest.raises(UndefinedError):
        templating.environment().from_string("{{ nobody.gave }}").render()


def test_numbers_are_written_as_the_reader_writes_them():
    with speaking("en"):
        assert [templating.number(value) for value in (8211, 4.5, 3.0)] == ["8,211", "4.5", "3"]
    with speaking("fr"):
        assert [templating.number(value) for value in (8211, 4.5, 3.0)] == ["8\u202f211", "4,5", "3"]


def test_a_query_leaves_out_what_is_empty():
    assert templating.query({"stage": "new", "words": ""}, before=9) == "?stage=new&before=9"
    assert templating.query({"stage": "new"}, stage=None) == ""
