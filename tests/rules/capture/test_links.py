"""Which addresses may a person be led to, and which may be filled in?"""

import pytest

from amends.rules.capture.links import is_template


@pytest.mark.parametrize(
    "template",
    [
        "https://help.example/#ticket/zoom/{value}",
        "https://shop.example/orders?id={value}&view=all",
        "http://10.0.0.4:3000/tickets/{value}",
    ],
)
def test_a_template_is_an_address_with_one_hole_after_the_server(template: str):
    assert is_template(template, "{value}")


@pytest.mark.parametrize(
    "template",
    [
        "",
        "{value}",
        "https://help.example/",
        "https://{value}.example/",
        "https://help.example:{value}/",
        "https://{value}@help.example/",
        "https://help.example/{value}/{value}",
        "https:help.example/{value}",
        "javascript:alert('{value}')",
        "mailto:{value}@help.example",
        "data:text/html,{value}",
        "//help.example/{value}",
    ],
)
def test_whatever_else_is_none(template: str):
    assert not is_template(template, "{value}")
