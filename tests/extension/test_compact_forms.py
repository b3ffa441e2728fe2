"""Does the extension know each unit of shortened counts that the CLDR knows, and none that it does not?"""

import re
from collections import defaultdict

from babel import Locale

from tests.extension.conftest import EXTENSION

SOURCE = (EXTENSION / "content" / "compact-forms.js").read_text()
MARKS = re.compile("[\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069]")
VARIANTS = {"es": ("es_MX", "es_419"), "zh": ("zh_Hant",), "sr": ("sr_Latn",), "uz": ("uz_Cyrl",)}
"""Ways of writing that the tag of a page does not tell."""


def table() -> dict[str, dict[str, int]]:
    """Unit and power of ten, by language, as the extension has them."""
    rows = SOURCE[SOURCE.index("const CLDR") : SOURCE.index("What sites write")]
    joined = re.sub(r"' \+\s*'", "", rows)
    return {
        tag: {unit: int(power) for unit, power in re.findall(r"([^|]+?)(\d+)(?:\||$)", row)}
        for tag, row in re.findall(r"^\s+'?([\w-]+)'?: '([^']*)',$", joined, re.MULTILINE)
    }


def units(name: str) -> dict[str, set[int]]:
    """The same of the CLDR; a unit that stands for two powers has both."""
    found: dict[str, set[int]] = defaultdict(set)
    for forms in Locale.parse(name).compact_decimal_formats.values():
        forms_of_power = [form for by_power in forms.values() for form in by_power.items()]
        for power, form in forms_of_power:
            pattern = form.pattern.split(";")[0]
            zeros = pattern.count("0")
            unit = MARKS.sub("", pattern.replace("0", "").replace("'", "")).strip().replace("\u00a0", " ")
            if unit and zeros and len(power) - zeros <= 12:
                found[unit].add(len(power) - zeros)
    return found


def expected(tag: str) -> dict[str, int]:
    """The units of a language, or those of a region that its language has not."""
    language, *region = tag.split("-")
    known = [units(name) for name in (tag.replace("-", "_"), *VARIANTS.get(language, ()))]
    clear = {unit: powers for found in known for unit, powers in found.items() if len(powers) == 1}
    of_language = units(language) if region else {}
    return {unit: min(powers) for unit, powers in clear.items() if of_language.get(unit) != powers}


def test_the_units_of_each_language_are_those_of_the_cldr() -> None:
    rows = table()
    assert len(rows) > 75
    assert rows == {tag: expected(tag) for tag in rows}
