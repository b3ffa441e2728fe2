"""Axe in a page that is already open: what is wrong for assistive technology and for eyes."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
SCRIPT = Axe().axe_script
VIOLATIONS = "options => axe.run(options).then(({violations}) => violations)"
"""Asked directly: what passed, which Axe's own `run` brings over as well, takes longer than the checks."""

SHORTEN_LISTS = """() => {
    document.querySelectorAll('option:nth-child(n + 4):not(:checked)').forEach((option) => option.remove());
}"""
"""Three options of a list are enough: a list of time zones has hundreds."""


def violations(page: Page, rules: dict[str, Any], *, in_colour: bool = True) -> list[str]:
    """What Axe finds wrong, each rule with up to three places; without `in_colour` nothing of contrasts.

    Takes options away from long lists: whoever uses the page afterwards loads it again.
    """
    options: dict[str, Any] = {"runOnly": rules, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
        page.evaluate(SHORTEN_LISTS)
    if not in_colour:
        options["rules"] = {"color-contrast": {"enabled": False}}
    found = page.evaluate(VIOLATIONS, options)
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found]
