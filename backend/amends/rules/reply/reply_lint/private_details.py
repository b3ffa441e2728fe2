"""Personal data of the customer in a public reply."""

import re
from collections.abc import Iterator

from amends.rules.reply.reply_lint.circumstances import Circumstances
from amends.rules.reply.reply_lint.findings import Finding, LintRule
from amends.rules.reply.reply_lint.phrases import Phrases, find
from amends.rules.reply.reply_lint.sentences import Sentence

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
NOT_A_DAY = r"(?<![\w.,/-])(?!\d\d?[.-]\d\d?[.-]\d{4})"
PHONE = re.compile(
    NOT_A_DAY + r"(?:(?:\+|00)\d{1,3}|\(?0\d{0,4}\)?)(?:[ .-]?\(?\d{1,4}\)?){3,6}(?![\w/])"
    r"|(?<![\w.,/-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\w)"
)
LEAST_DIGITS = 8
ORDER = re.compile(
    r"\b(?:order|invoice|booking|reservation|customer|client|account|tracking|parcel|contract|policy"
    r"|membership|reference|commande|facture|compte|contrat|colis|suivi|dossier client|carte)"
    r"(?: (?:number|no\.?|nr\.?|n°|nº|numero|id|ref\.?|reference|client))?(?: is| est)? ?[:#]?"
    r" ?(?:n° ?|nº ?|# ?)?(?P<number>[a-z]{0,4}[-/]?\d[\w/-]{2,24})"
)
BANK = re.compile(r"(?<!\w)[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}(?!\w)|(?<!\d)(?:\d{4}[ -]){3}\d{4}(?!\d)")
YEAR = re.compile(r"20\d\d$")
REACHED = ((EMAIL, True), (PHONE, True), (BANK, False))


def private_details(sentence: Sentence, phrases: Phrases, circumstances: Circumstances) -> Iterator[Finding]:
    """Addresses, telephone, order and bank numbers; but for our own, to which the sentence invites."""
    invites = find(phrases.invites, sentence.plain) and not find(phrases.theirs, sentence.plain)
    for pattern, may_be_ours in REACHED:
        for found in pattern.finditer(sentence.plain):
            words = sentence.text[found.start() : found.end()]
            digits = sum(letter.isdigit() for letter in words)
            is_ours = words in " ".join(circumstances.places) or (may_be_ours and invites)
            if not is_ours and (pattern is not PHONE or digits >= LEAST_DIGITS):
                yield Finding(LintRule.PRIVATE_DETAIL, sentence.text, words)
    for found in ORDER.finditer(sentence.plain):
        number = found["number"]
        if sum(letter.isdigit() for letter in number) > 2 and not YEAR.match(number):
            yield Finding(LintRule.PRIVATE_DETAIL, sentence.text, sentence.text[found.start() : found.end()])
