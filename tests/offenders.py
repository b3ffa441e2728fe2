"""One test a rule: all files that break it, in one message that says the remedy."""

from collections.abc import Iterable

import pytest


def expect_none(offenders: Iterable[object], remedy: str) -> None:
    """Fails when there are offenders, with the remedy and each of them on a line of its own."""
    found = sorted(map(str, offenders))
    if found:
        pytest.fail("\n  ".join([f"{remedy}. {len(found)} found:", *found]), pytrace=False)
