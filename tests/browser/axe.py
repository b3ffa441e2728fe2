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

MARK_LOOKS = """() => {
    const ENOUGH = 3, KEPT = 'data-look';
    const grounds = new Map(), counts = new Map();
    const ground = (element) => {
        if (!element) return '';
        if (!grounds.has(element)) {
            const style = getComputedStyle(element);
            const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.position,
                style.filter, style.mixBlendMode, style.clipPath, style.textIndent,
                element.matches(':disabled, [aria-disabled=true]')];
            grounds.set(element, `${ground(element.parentElement)}/${own.join()}`);
        }
        return grounds.get(element);
    };
    const words = (element) => [...element.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()).join('');
    for (const element of document.body.querySelectorAll('*')) {
        const style = getComputedStyle(element);
        const look = [element.localName, style.color, style.fontSize, style.fontWeight, style.textShadow,
            element.checkVisibility({visibilityProperty: true}), ground(element)].join();
        const count = counts.get(look) ?? 0;
        const isJudged = element.matches('input, select, textarea, button') || words(element).length > 1;
        element.toggleAttribute(KEPT, isJudged && count < ENOUGH);
        if (isJudged) counts.set(look, count + 1);
    }
    axe.configure({rules: [{id: 'color-contrast', selector: `[${KEPT}]`}]});
}"""
"""The contrast rule checks three elements of each look instead of every row of a table.

A look is the colours, size and weight of words on the same backgrounds, all the way up. The rule takes two
thirds of the time of all rules together.
"""


def violations(page: Page, rules: dict[str, Any], *, in_colour: bool = True) -> list[str]:
    """What Axe finds wrong, each rule with up to three places; without `in_colour` nothing of contrasts.

    Takes options away from long lists: whoever uses the page afterwards loads it again.
    """
    options: dict[str, Any] = {"runOnly": rules, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
        page.evaluate(SHORTEN_LISTS)
    if in_colour:
        page.evaluate(MARK_LOOKS)
    else:
        options["rules"] = {"color-contrast": {"enabled": False}}
    found = page.evaluate(VIOLATIONS, options)
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found]
