"""Lint of a reply before it is posted, by tables of phrases; offline.

English and French are known. Every expression is bounded, so that a hostile text is read in linear time.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from amends.rules.case.local_addresses import LINK, links_here
from amends.rules.case.platforms import PLATFORMS
from amends.rules.reply.reply_lint.circumstances import Circumstances
from amends.rules.reply.reply_lint.findings import LESSONS, Finding, Lesson, LintRule, Weight
from amends.rules.reply.reply_lint.languages import PHRASES, language_of, small_words, spoken
from amends.rules.reply.reply_lint.phrases import Phrases
from amends.rules.reply.reply_lint.private_details import private_details
from amends.rules.reply.reply_lint.promises import promised
from amends.rules.reply.reply_lint.sentences import Sentence, sentences, tidy
from amends.rules.reply.reply_lint.wording import apologising, bargaining, inviting, mocking, shouting, worded
from amends.rules.vocabulary import Occasion

__all__ = [
    "LESSONS",
    "Circumstances",
    "Finding",
    "Lesson",
    "LintRule",
    "Weight",
    "is_hot",
    "is_only_links",
    "language_of",
    "lint",
    "longest",
    "says_place",
    "says_plan",
    "small_words",
]

FIRST_ANSWER = 600
"""Characters within which a first answer is read to its end on a phone (P23)."""


def lint(text: str, circumstances: Circumstances) -> tuple[Finding, ...]:
    """What there is to say of a reply, the heaviest first, each rule once for a sentence."""
    whole = tidy(text)
    if is_only_links(whole):
        return (Finding(LintRule.NO_WORDS),)
    parts = sentences(whole)
    tables = [PHRASES[code] for code in spoken(whole)]
    found = [
        *_of_sentences(parts, tables, circumstances),
        *_of_the_whole(whole, parts, tables, circumstances),
    ]
    once = {(finding.rule, finding.sentence): finding for finding in reversed(found)}
    weights = list(Weight)
    return tuple(sorted(reversed(once.values()), key=lambda one: weights.index(one.lesson.weight)))


def is_hot(findings: Sequence[Finding]) -> bool:
    """Whether a reply should wait until its author has breathed (P38)."""
    return any(finding.lesson.is_hot for finding in findings)


def is_only_links(text: str) -> bool:
    """Whether a reply has links and not a word beside them: it says nothing, and cannot be posted."""
    return bool(LINK.search(text)) and not any(letter.isalpha() for letter in LINK.sub("", text))


def says_plan(text: str, *, today: date) -> bool:
    """Whether a reply says what we will do: it promises something, with a day or without (P37)."""
    whole = tidy(text)
    tables = [PHRASES[code] for code in spoken(whole)]
    return any(promised(part, phrases, today=today) for part in sentences(whole) for phrases in tables)


def says_place(text: str, places: Sequence[str] = ()) -> bool:
    """Whether a reply says where it goes on in private (P35)."""
    whole = tidy(text)
    tables = [PHRASES[code] for code in spoken(whole)]
    return any(inviting(part, phrases, places) for part in sentences(whole) for phrases in tables)


def longest(platform: str, occasion: Occasion) -> int | None:
    """How many characters a reply may have there; None when it may have as many as it wants."""
    known = PLATFORMS.get(platform)
    limits = [known.reply_limit if known else None, FIRST_ANSWER if occasion is Occasion.FIRST else None]
    return min((limit for limit in limits if limit), default=None)


def _of_sentences(
    parts: Sequence[Sentence], tables: Sequence[Phrases], circumstances: Circumstances
) -> Iterator[Finding]:
    for place, sentence in enumerate(parts):
        near = parts[place : place + 2]
        single = [mocking(sentence), shouting(sentence, tables, circumstances.names)]
        for phrases in tables:
            yield from worded(sentence, phrases)
            yield from private_details(sentence, phrases, circumstances)
            single.append(promised(sentence, phrases, today=circumstances.today))
            single.append(apologising(sentence, phrases, circumstances.nature))
            single.append(bargaining(near, phrases))
        yield from (finding for finding in single if finding)


def _of_the_whole(
    text: str, parts: Sequence[Sentence], tables: Sequence[Phrases], circumstances: Circumstances
) -> Iterator[Finding]:
    invited = any(inviting(part, phrases, circumstances.places) for part in parts for phrases in tables)
    if not invited and circumstances.occasion is not Occasion.SOLUTION:
        yield Finding(LintRule.NO_INVITATION)
    for address in links_here(text):
        yield Finding(LintRule.DEAD_LINK, address, address)
    most = longest(circumstances.platform, circumstances.occasion)
    if most and len(text) > most:
        yield Finding(LintRule.TOO_LONG)
    ours = language_of(text)
    if ours and circumstances.language and ours != circumstances.language:
        yield Finding(LintRule.WRONG_LANGUAGE)
