"""Lint findings, ready to show."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from amends.i18n import gettext as _
from amends.rules.reply.reply_lint import Finding, Weight
from amends.web.reply.labels.replies import WEIGHTS

Tone = Literal["late", "today", "ours"]
TONES: dict[Weight, Tone] = {Weight.ERROR: "late", Weight.WARNING: "today", Weight.NOTE: "ours"}


class FindingShown(msgspec.Struct, frozen=True, kw_only=True):
    """One finding, every string ready; the sentence in three parts, the middle one set it off."""

    tone: Tone
    weight: str
    title: str
    before: str
    words: str
    after: str
    advice: str
    is_hot: bool
    promise: str
    due: date | None


def shown(findings: Iterable[Finding]) -> tuple[FindingShown, ...]:
    """The findings as a page shows them, in their order."""
    return tuple(_shown(finding) for finding in findings)


def _shown(finding: Finding) -> FindingShown:
    lesson = finding.lesson
    before, words, after = finding.sentence.partition(finding.words) if finding.words else ("", "", "")
    return FindingShown(
        tone=TONES[lesson.weight],
        weight=_(WEIGHTS[lesson.weight]),
        title=_(lesson.title),
        before=before,
        words=words,
        after=after,
        advice=_(lesson.advice),
        is_hot=lesson.is_hot,
        promise=finding.sentence if lesson.weight is Weight.NOTE else "",
        due=finding.due,
    )
