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


NEW_LOOKS = """seen => {
    const known = new Set(seen);
    const found = new Map();
    const look = (element) => {
        const { color, fontSize, fontWeight } = getComputedStyle(element);
        const behind = [];
        for (let each = element; each; each = each.parentElement) {
            const { backgroundColor, backgroundImage, opacity } = getComputedStyle(each);
            behind.push(backgroundColor, backgroundImage, opacity);
            if (/^rgb\\(/.test(backgroundColor)) break;
        }
        return [color, fontSize, fontWeight, ...behind].join();
    };
    for (const element of document.body.querySelectorAll('*')) {
        const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue.trim());
        if (!(says || element.matches('input, select, textarea')) || !element.checkVisibility()) continue;
        const name = look(element);
        if (known.has(name) || (found.get(name)?.length ?? 0) >= 3) continue;
        found.set(name, [...(found.get(name) ?? []), element]);
    }
    window.newLooks = [...found.values()].flat();
    return [...found.keys()];
}"""
"""Colours, sizes and what lies behind, of words that are seen: those not known yet, three places of each."""
CONTRASTS = """async options => {
    if (!window.newLooks.length) return [];
    return (await axe.run(window.newLooks, options)).violations;
}"""


def contrasts(page: Page, seen: set[str]) -> list[str]:
    """Words too faint for what lies behind them, of those that look as none of `seen` do, which then grows.

    Axe takes longer over contrasts than over everything else, and a style sheet has few looks.
    """
    _prepare(page)
    looks = page.evaluate(NEW_LOOKS, sorted(seen))
    options = {"runOnly": CONTRAST, "resultTypes": ["violations"]}
    seen |= set(looks)
    return _shown(page.evaluate(CONTRASTS, options))


def violations(page: Page, rules: dict[str, Any], *, in_colour: bool = True) -> list[str]:
    """What Axe finds wrong, each rule with up to three places; without `in_colour` nothing of contrasts.

    Takes options away from long lists: whoever uses the page afterwards loads it again.
    """
    options: dict[str, Any] = {"runOnly": rules, "resultTypes": ["violations"]}
    _prepare(page)
    if not in_colour:
        options["rules"] = {"color-contrast": {"enabled": False}}
    return _shown(page.evaluate(VIOLATIONS, options))


def _prepare(page: Page) -> None:
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
        page.evaluate(SHORTEN_LISTS)


def _shown(found: list[dict[str, Any]]) -> list[str]:
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found]
