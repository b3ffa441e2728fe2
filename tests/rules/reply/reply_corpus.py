"""Which replies were written by hand to measure the lint, and how well does it find what they hold?

`python -m tests.rules.reply.reply_corpus` prints precision and recall of each rule.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from amends.rules.reply.post_languages import Hints, heard
from amends.rules.reply.reply_lint import Circumstances, LintRule, lint
from amends.rules.vocabulary import Nature, Occasion

TODAY = date(2026, 5, 4)
LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Example:
    """A reply and what is to be found in it.

    `missed` and `wrong` are what the lint is known to get wrong, so that the figures stay honest.
    """

    language: str
    text: str
    circumstances: Circumstances
    must: frozenset[LintRule] = field(default_factory=frozenset)
    may: frozenset[LintRule] = field(default_factory=frozenset)
    missed: frozenset[LintRule] = field(default_factory=frozenset)
    wrong: frozenset[LintRule] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return f"{self.language}: {self.text[:60]}"

    def found(self) -> frozenset[LintRule]:
        """The rules that speak."""
        return frozenset(finding.rule for finding in lint(self.text, self.circumstances))


@cache
def corpus() -> tuple[Example, ...]:
    """Every example of both languages."""
    return tuple(example(language, given) for language in LANGUAGES for given in _read(language))


def example(language: str, given: dict[str, Any]) -> Example:
    """One example as its file has it."""
    rules = {
        name: frozenset(map(LintRule, given.get(name, ()))) for name in ("must", "may", "missed", "wrong")
    }
    circumstances = Circumstances(
        today=TODAY,
        platform=given.get("platform", "web"),
        occasion=Occasion(given.get("occasion", "first")),
        nature=Nature(given["nature"]) if "nature" in given else None,
        language=heard(Hints(text=given.get("post", ""))) or "",
    )
    return Example(language, given["text"], circumstances, **rules)


def _read(language: str) -> list[dict[str, Any]]:
    return yaml.safe_load((Path(__file__).parent / "replies" / f"{language}.yaml").read_text())


def figures() -> dict[LintRule, tuple[int, int, int]]:
    """How often each rule was right, spoke wrongly, and was silent where it should have spoken."""
    counts = {rule: [0, 0, 0] for rule in LintRule}
    for one in corpus():
        found = one.found() - one.may
        for rule in LintRule:
            counts[rule][0] += rule in found and rule in one.must
            counts[rule][1] += rule in found and rule not in one.must
            counts[rule][2] += rule not in found and rule in one.must
    return {rule: (right, wrong, missed) for rule, (right, wrong, missed) in counts.items()}


def report() -> str:
    """A table of precision and recall."""
    lines = [f"{'rule':18}{'in corpus':>10}{'precision':>11}{'recall':>8}"]
    for rule, (right, wrong, missed) in figures().items():
        precision = right / (right + wrong) if right + wrong else 1
        recall = right / (right + missed) if right + missed else 1
        lines.append(f"{rule:18}{right + missed:10}{precision:11.0%}{recall:8.0%}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(f"{len(corpus())} replies\n{report()}")  # noqa: T201
