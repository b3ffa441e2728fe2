"""Dossier kit: what lies in each dossier so that a stranger can check it without this software."""

from functools import cache
from pathlib import Path

NAMES = ("verify.html", "verify.py")


@cache
def content(name: str) -> bytes:
    """One file of the kit, as it is put into a dossier."""
    return (Path(__file__).parent / name).read_bytes()
