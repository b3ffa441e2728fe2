"""Promises in a reply, and the day they name (P31)."""

from datetime import date

from amends.rules.reply.reply_lint.dates import named
from amends.rules.reply.reply_lint.findings import Finding, LintRule
from amends.rules.reply.reply_lint.phrases import Phrases, find
from amends.rules.reply.reply_lint.sentences import Sentence


def promised(sentence: Sentence, phrases: Phrases, *, today: date) -> Finding | None:
    """A promise with its day, or one without; nothing where an empty one is meant, which has its own rule."""
    if sentence.text.endswith("?"):
        return None
    vow = find(phrases.vows, sentence.plain)
    day = named(sentence.plain, phrases.days, today=today)
    if day and (vow or find(phrases.vows_when_dated, sentence.plain)):
        begin, end = day.words
        return Finding(LintRule.DATED_PROMISE, sentence.text, sentence.text[begin:end], day.day)
    if vow and not find(phrases.wording[LintRule.EMPTY_PROMISE], sentence.plain):
        return Finding(LintRule.UNDATED_PROMISE, sentence.text, sentence.text[vow.start() : vow.end()])
    return None
