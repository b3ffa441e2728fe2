"""Hostile words: nobody has to read them twice, so that they are folded wherever they stand among others."""

from amends.rules.vocabulary import Nature

HOSTILE = frozenset({Nature.HARASSMENT, Nature.THREAT})
"""Natures of such posts (P72)."""


def are_folded(nature: Nature | str | None) -> bool:
    """Whether the words of a case of this nature are shown only to whoever asks for them."""
    return nature in HOSTILE
