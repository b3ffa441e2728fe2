"""Own texts: what Amends stored in one language, said in the reader's; what members typed stays as typed.

A stored text is ours as long as it equals one of our sentences in a language that we speak. Whoever rewords
a sentence of these tables keeps its old wording in FORMER, or cases say it as it was stored.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from amends.i18n import LANGUAGES, catalogue, language, number
from amends.i18n import gettext as _
from amends.rules.capture import refusals
from amends.rules.case import stored_texts as stored
from amends.rules.desk import incidents
from amends.rules.follow_up import questions, threat_plans
from amends.rules.insight import campaigns, silence
from amends.rules.workflow import stances

TASKS = (*incidents.STEPS.values(), stored.INCIDENT_UPDATE, stored.INCIDENT_REVIEW)
WHOLE = (
    *campaigns.USUAL_CHECKS,
    threat_plans.PLAN_NAME,
    *(words for words, _role, _hours in threat_plans.STARTER_STEPS),
    *(name for name, _role, _phone in threat_plans.STARTER_CONTACTS),
    stored.HOLD_REVIEW,
    stored.MEASURE_REVIEW,
    stored.BLOCKED,
    stored.THREAT,
    stored.UNDO,
    *TASKS,
)
REASONS = (
    *dict.fromkeys(one.reason for _fits, one in stances.TABLE),
    silence.NOT_A_CUSTOMER,
    silence.ASKS_NOTHING,
    silence.NOTHING_OWED,
)
FORMER: Mapping[str, str] = {
    "Tell management and whoever answers customers": incidents.TELL.words,
    "Hand the dossier to whoever needs it, and record who got it.": threat_plans.HAND_OVER,
}
"""A former wording of a sentence, in any language, and the sentence that it is now."""
NUMBER = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,2})?")
JOINED = " – "
"""What `questions.with_words` puts between what was pressed and what was typed."""


class Form(NamedTuple):
    """A sentence with holes, as it reads in one language."""

    message: str
    pattern: re.Pattern[str]


def words(text: str) -> str:
    """A text of a follow-up, a step, a check, a contact or a reason, in the reader's language."""
    return _words(text, language()) if text else text


def title(text: str) -> str:
    """The title of a case: ours where the case was erased or its post is stars alone, else the post's."""
    return _title(text, language()) if text else text


def refusal(text: str) -> str:
    """Why a line of a table was refused, in the reader's language."""
    return _refusal(text, language()) if text else text


@lru_cache(maxsize=4096)
def _refusal(text: str, _spoken: str) -> str:
    if known := _known(refusals.SENTENCES).get(text):
        return _(known)
    found = ((one, _filled(text, _forms(one))) for one in refusals.SENTENCES if "%(" in one)
    return next((_(one) % holes for one, holes in found if holes is not None), text)


@lru_cache(maxsize=4096)
def _words(text: str, spoken: str) -> str:
    if known := _known(WHOLE).get(text) or FORMER.get(text):
        return _(known)
    if (found := _filled(text, _forms(stored.SHORT_OF_HOURS))) is not None:
        return _(stored.SHORT_OF_HOURS) % {"reasons": _sentences(found["reasons"])}
    if (found := _filled(text, _forms(stored.UNANSWERED))) is not None:
        return _(stored.UNANSWERED) % {**found, "question": _words(found["question"], spoken)}
    if (found := _filled(text, _forms(stored.REMEDY_ASKED))) is not None:
        return _(stored.REMEDY_ASKED) % found
    return _task(text) or _question(text)


@lru_cache(maxsize=4096)
def _title(text: str, _spoken: str) -> str:
    if text in _known((stored.ERASED,)):
        return _(stored.ERASED)
    rest = text.lstrip("★☆ ")
    found = _filled(rest, _forms(stored.STARS_ONLY)) or {}
    if not found or not all(NUMBER.fullmatch(one) for one in found.values()):
        return text
    told = {name: number(float(one.replace(",", "."))) for name, one in found.items()}
    return text.removesuffix(rest) + _(stored.STARS_ONLY) % told


def _task(text: str) -> str:
    """The follow-up of a task of an incident: the title as it was typed, and what is to be done."""
    head, colon, task = text.rpartition(": ")
    known = _known(TASKS).get(task) or FORMER.get(task)
    return f"{head}{colon}{_(known)}" if known else ""


def _question(text: str) -> str:
    """What was asked, and perhaps answered, in one press; the rest is what was typed."""
    asked, *rest = text.split(JOINED)
    known = _known(tuple(questions.ASKED.values())).get(asked)
    if not known:
        return text
    answers = _known(tuple(questions.ANSWERED.values()))
    return JOINED.join(
        [_(known), *(_(answers[one]) if one in answers else one for one in rest[:1]), *rest[1:]]
    )


def _sentences(text: str) -> str:
    """Reasons that follow each other, each in the reader's language, as far as they are ours."""
    said, left = [], text
    while left and (found := next((one for one in _known(REASONS) if left.startswith(one)), "")):
        said.append(_(_known(REASONS)[found]))
        left = left.removeprefix(found).lstrip()
    return " ".join([*said, left] if left else said)


@cache
def _known(messages: tuple[str, ...]) -> Mapping[str, str]:
    """The sentence of the catalogue by what it is in each language."""
    return {said: message for message in messages for said in _in_all_languages(message)}


@cache
def _forms(message: str) -> tuple[Form, ...]:
    return tuple(Form(message, _pattern(said)) for said in _in_all_languages(message))


def _in_all_languages(message: str) -> Iterable[str]:
    return dict.fromkeys((message, *(catalogue(one).gettext(message) for one in LANGUAGES)))


def _pattern(said: str) -> re.Pattern[str]:
    parts = re.split(r"%\((\w+)\)s", said)
    holes = (f"(?P<{part}>.*)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
    return re.compile("".join(holes), re.DOTALL)


def _filled(text: str, forms: Iterable[Form]) -> dict[str, str] | None:
    found = (form.pattern.fullmatch(text) for form in forms)
    return next((one.groupdict() for one in found if one), None)
