"""Findings of the lint: rule, weight and advice."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from amends.i18n import N_


class LintRule(StrEnum):
    """What a reply is looked at for."""

    DEFENSIVE = "defensive"
    EMPTY_PROMISE = "empty_promise"
    UNDATED_PROMISE = "undated_promise"
    DATED_PROMISE = "dated_promise"
    NO_INVITATION = "no_invitation"
    APOLOGY_TO_ABUSE = "apology_to_abuse"
    BLAME = "blame"
    SARCASM = "sarcasm"
    INSULT = "insult"
    SHOUTING = "shouting"
    TOO_LONG = "too_long"
    PRIVATE_DETAIL = "private_detail"
    WRONG_LANGUAGE = "wrong_language"
    REVIEW_INCENTIVE = "review_incentive"
    DEAD_LINK = "dead_link"
    NO_WORDS = "no_words"


class Weight(StrEnum):
    """How much a finding weighs: an error asks for a reason, a warning for a thought, a note for nothing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a rule teaches: its weight, its practice, what to do, and whether it tells of heat."""

    weight: Weight
    practice: int
    title: str
    advice: str
    is_hot: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that spoke: the whole sentence, and the words in it that set it off.

    Both are empty where something is missing from the whole. `due` is the day that a dated promise names.
    """

    rule: LintRule
    sentence: str = ""
    words: str = ""
    due: date | None = None

    @property
    def lesson(self) -> Lesson:
        """What there is to know of the rule."""
        return LESSONS[self.rule]

    @property
    def is_error(self) -> bool:
        """Whether going on needs a reason."""
        return self.lesson.weight is Weight.ERROR


LESSONS: dict[LintRule, Lesson] = {
    LintRule.DEFENSIVE: Lesson(
        Weight.WARNING, 24, N_("Sounds defensive"),
        N_("Say what went wrong for them, and leave out why it was not your fault."),
    ),
    LintRule.EMPTY_PROMISE: Lesson(
        Weight.WARNING, 31, N_("Vague promise"),
        N_("Say what you will do and by when, or leave it out."),
    ),
    LintRule.UNDATED_PROMISE: Lesson(
        Weight.WARNING, 31, N_("Promise without a date"),
        N_("Give a day or a time that you can keep."),
    ),
    LintRule.DATED_PROMISE: Lesson(
        Weight.NOTE, 31, N_("Promise with a date"),
        N_("Record it as a promise, so that it is kept."),
    ),
    LintRule.NO_INVITATION: Lesson(
        Weight.ERROR, 25, N_("No private contact offered"),
        N_("Say where they can write to you or call you: everyone who reads this sees that you care."),
    ),
    LintRule.APOLOGY_TO_ABUSE: Lesson(
        Weight.ERROR, 28, N_("Full apology to abuse"),
        N_("It could read as an admission. Stay calm and brief; say what you can discuss, and where."),
    ),
    LintRule.BLAME: Lesson(
        Weight.ERROR, 39, N_("Blames the customer"),
        N_("Say what can be done now; who was right does not help."),
        is_hot=True,
    ),
    LintRule.SARCASM: Lesson(
        Weight.ERROR, 39, N_("Sounds sarcastic"),
        N_("Remove it: what amuses us is what gets shared."),
        is_hot=True,
    ),
    LintRule.INSULT: Lesson(
        Weight.ERROR, 39, N_("Insult"),
        N_("Remove it, even if it only echoes theirs."),
        is_hot=True,
    ),
    LintRule.SHOUTING: Lesson(
        Weight.ERROR, 39, N_("Aggressive tone"),
        N_("Use lower case, with at most one exclamation mark."),
        is_hot=True,
    ),
    LintRule.TOO_LONG: Lesson(
        Weight.WARNING, 23, N_("Too long for a first answer"),
        N_("Show that you have read it and where the conversation continues. Keep the details for "
            "private messages."),
    ),
    LintRule.PRIVATE_DETAIL: Lesson(
        Weight.ERROR, 19, N_("Personal details in public"),
        N_("Remove personal details: address, phone, order number. Ask for them in private."),
    ),
    LintRule.WRONG_LANGUAGE: Lesson(
        Weight.WARNING, 16, N_("Not the language of the post"),
        N_("Answer in the language of the post, if someone can."),
    ),
    LintRule.REVIEW_INCENTIVE: Lesson(
        Weight.ERROR, 55, N_("Reward for changing a review"),
        N_("Remove it. Platforms forbid it, and it makes every good review worthless."),
    ),
    LintRule.DEAD_LINK: Lesson(
        Weight.WARNING, 49, N_("No customer can open this link yet"),
        N_("Only this computer can open it. An admin sets AMENDS_BASE_URL to an address that can be reached "
            "from outside."),
    ),
    LintRule.NO_WORDS: Lesson(
        Weight.WARNING, 33, N_("There is nothing but a link"),
        N_("Write some words first: who you are, and what waits behind the link. "
            "A link alone reads as spam."),
    ),
}  # fmt: skip
