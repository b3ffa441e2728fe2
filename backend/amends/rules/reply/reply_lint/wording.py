"""Wording to avoid in a sentence."""

import re
from collections.abc import Iterator, Sequence

from amends.rules.reply.reply_lint.findings import Finding, LintRule
from amends.rules.reply.reply_lint.phrases import Phrases, find
from amends.rules.reply.reply_lint.sentences import Sentence, plain
from amends.rules.vocabulary import Nature

ABUSE = frozenset({Nature.HARASSMENT, Nature.THREAT, Nature.SPAM})
MOCKING = re.compile(
    "[\U0001f644\U0001f602\U0001f923\U0001f921\U0001f971\U0001f62d\U0001f48b]|\U0001f44f ?\U0001f44f"
)
"""Rolling eyes, tears of laughter, a clown, a yawn, sobs, a kiss; clapping twice."""
SIGNS = re.compile(r"!(?: ?[!?])+|\?(?: ?[!?])+")
CAPITALS = re.compile(r"(?<![\w@#/.:-])[^\W\d_]{2,40}(?:['’][^\W\d_]{1,40})?(?![\w@/-])")
FEW_LETTERS, MANY_LETTERS = 3, 9
ACRONYMS = frozenset(
    [
        "faq", "gdpr", "rgpd", "sav", "tva", "vat", "sms", "iban", "pdf", "usb", "asap", "gps", "atm",
        "url", "led", "lcd", "tgv", "sncf", "ratp", "ikea", "lego", "nasa", "usa", "html", "http", "https",
        "vip", "ceo", "pdg", "cgv", "cgu", "sarl", "bbc", "diy", "eta", "pin", "otp", "app", "ios", "hdmi",
        "ssd", "cpu", "gpu", "vpn", "www", "rsvp", "utc", "cet", "gmt", "tlj", "ter"
    ]
)  # fmt: skip


def worded(sentence: Sentence, phrases: Phrases) -> Iterator[Finding]:
    """What the tables of one language find in a sentence: each rule once."""
    for rule, table in phrases.wording.items():
        if found := find(table, sentence.plain):
            yield _about(rule, sentence, *found.span())


def mocking(sentence: Sentence) -> Finding | None:
    """Signs that laugh at somebody, in any language."""
    found = MOCKING.search(sentence.text)
    return Finding(LintRule.SARCASM, sentence.text, found[0]) if found else None


def shouting(sentence: Sentence, phrases: Sequence[Phrases], names: Sequence[str]) -> Finding | None:
    """Capitals where small letters would do, and more than one exclamation mark in a row.

    One word suffices when it is a loud one, such as NEVER; of others, which may be names, it takes two that
    stand side by side.
    """
    if signs := SIGNS.search(sentence.text):
        return Finding(LintRule.SHOUTING, sentence.text, signs[0])
    own = {word for name in names for word in plain(name).split()}
    run: list[re.Match[str]] = []
    for match in CAPITALS.finditer(sentence.text):
        word = plain(match[0])
        if not match[0].isupper() or word in ACRONYMS or word in own:
            run = [] if len(word) >= FEW_LETTERS else run
            continue
        run.append(match)
        letters = sum(len(one[0]) for one in run)
        if any(word in each.loud for each in phrases) or (len(run) > 1 and letters >= MANY_LETTERS):
            return _about(LintRule.SHOUTING, sentence, run[0].start(), match.end())
    return None


def apologising(sentence: Sentence, phrases: Phrases, nature: Nature | None) -> Finding | None:
    """A full apology where somebody threatens, harasses or advertises (P28)."""
    found = find(phrases.regrets, sentence.plain) if nature in ABUSE else None
    return _about(LintRule.APOLOGY_TO_ABUSE, sentence, *found.span()) if found else None


def bargaining(near: Sequence[Sentence], phrases: Phrases) -> Finding | None:
    """Something offered for another review, in one sentence or in two that hang together (P55).

    `near` is a sentence and, if there is one, the next.
    """
    here = near[0]
    gift, revision = find(phrases.gifts, here.plain), find(phrases.revisions, here.plain)
    if gift and revision:
        return _about(LintRule.REVIEW_INCENTIVE, here, *revision.span())
    if len(near) < 2 or not (gift or revision):
        return None
    later = near[1]
    missing = find(phrases.revisions if gift else phrases.gifts, later.plain)
    asking, words = (here, revision) if revision else (later, missing)
    if missing and words and find(phrases.conditions, asking.plain):
        return _about(LintRule.REVIEW_INCENTIVE, asking, *words.span())
    return None


PRIVATE_LINK = re.compile(r"/h/AM-\w{4}-\w{4}\b")
"""The end of the address by which a customer goes on in private."""


def inviting(sentence: Sentence, phrases: Phrases, places: Sequence[str]) -> bool:
    """Whether a sentence says where it goes on in private: in words, by our place or a private link."""
    named = any(place in sentence.text for place in places if place) or PRIVATE_LINK.search(sentence.text)
    return bool(named) or find(phrases.invites, sentence.plain) is not None


def _about(rule: LintRule, sentence: Sentence, begin: int, end: int) -> Finding:
    return Finding(rule, sentence.text, sentence.text[begin:end])
