"""Short texts cleaned to one harmless line."""

import unicodedata

HIDDEN = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


def plain_line(text: str) -> str:
    """One line without control characters, marks of direction, lone surrogates and outer space (R-47)."""
    kept = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter
        for letter in text.encode("utf-8", "replace").decode()
        if letter not in HIDDEN
    )
    return " ".join(kept.split())
