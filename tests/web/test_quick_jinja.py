"""Pages are what Jinja and MarkupSafe make of them; ours only gets there with less work."""

import markupsafe
import pytest
from jinja2 import (
    DictLoader,
    Environment,
    StrictUndefined,
    TemplateRuntimeError,
    UndefinedError,
    pass_context,
)
from markupsafe import Markup

from amends.rules.vocabulary import Stage
from amends.web.quick_jinja import QuickEnvironment, escape
from amends.web.templating import template_gettext

VALUES = (
    "plain words",
    "<b>",
    "A & B",
    "it's",
    'say "so"',
    "",
    "é 😀 \u202f»",
    Markup("<b>made</b>"),
    7,
    -1,
    0.5,
    True,
    None,
    Stage.CLOSED,
    ["<i>"],
)
TEMPLATES = {
    "parts": "{% macro cell(value) %}<td title='{{ value }}'>{{ value }}</td>{% endmacro %}",
    "page": (
        "{% from 'parts' import cell %}{% for one in values %}{{ cell(one) }}"
        "{{ joined(one, second=loop.index) }}{{ seen() }}{% endfor %}"
        "{% set kept %}<p>{{ values[1] }}</p>{% endset %}{{ kept }}{{ values[1] ~ kept }}"
        "{{ values | first | upper }}{% filter upper %}{{ values[2] }}{% endfilter %}"
    ),
}


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_is_escaped_as_by_markupsafe(value: object):
    assert "".join(["", escape(value)]) == str(markupsafe.escape(value))


def _made(kind: type[Environment]) -> Environment:
    made = kind(loader=DictLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    made.globals.update(
        joined=lambda one, second: f"{one}<{second}>",
        seen=pass_context(lambda context: f"{len(context['values'])}&"),
    )
    return made


def test_a_template_says_the_same_as_with_jinja_alone():
    quick, plain = (
        _made(kind).get_template("page").render(values=VALUES) for kind in (QuickEnvironment, Environment)
    )
    assert quick == plain
    assert "&lt;b&gt;" in quick


def test_a_name_that_is_not_there_is_still_an_error():
    made = _made(QuickEnvironment)
    with pytest.raises((UndefinedError, TemplateRuntimeError)):
        made.from_string("{{ missing() }}").render()
    with pytest.raises(UndefinedError):
        made.from_string("{{ missing }}").render()


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_what_is_put_into_a_text_is_escaped(value: object):
    shown = template_gettext("%(what)s of 100%%", what=value)
    assert shown == Markup("%(what)s of 100%%") % {"what": value}
