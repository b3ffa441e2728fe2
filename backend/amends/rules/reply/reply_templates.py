"""Matching of templates to a case, and filling of their placeholders."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.case.platforms import PLATFORMS, SiteKind, site_kind
from amends.rules.reply.shared_words import Shared, shared
from amends.rules.vocabulary import (
    Language,
    Nature,
    Occasion,
    Stance,
    Tone,
)

VARIABLES = (
    "author",
    "team",
    "product",
    "private_place",
    "case_number",
    "signature",
    "problem_line",
    "incident_line",
)
"""What may stand in braces in a template."""
VARIABLE = re.compile(r"\{([^{}]{0,60})\}")
LONGEST_TITLE, LONGEST_TEXT = 120, 5_000

ANYWHERE = "any"
SOURCES = (ANYWHERE, *(kind.value for kind in SiteKind), *PLATFORMS)
"""Where a template may be used: anywhere, on one kind of site, or on one site."""
SPOKEN = (Stance.ANSWER, Stance.CLARIFY, Stance.FIX, Stance.CONCEDE, Stance.LET_GO)
"""Stances of those who say something; the others are kept in silence."""

ABUSE = frozenset({Nature.HARASSMENT, Nature.THREAT, Nature.SPAM})
MOST_OFFERED = 6
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class WrongTemplate(Invalid):
    "This prepared reply cannot be saved."


class UnknownVariable(Invalid):
    "A prepared reply uses an unknown placeholder."


@dataclass(frozen=True, slots=True)
class Record:
    """What became of the last cases on which a template was used.

    `well` were won back or settled, `badly` lost, `uses` all of them, open ones too. `theme` is the name of
    the theme that most of those share which ended well and have one in common with the case at hand:
    `on_theme` of them ended well, of `theme_cases` that ended. `last_used` is when it was used last.
    """

    well: int = 0
    badly: int = 0
    on_theme: int = 0
    theme: str = ""
    theme_cases: int = 0
    uses: int = 0
    last_used: datetime | None = None

    @property
    def likelihood(self) -> float:
        """How often it ended well, from 0 to 1; a half without cases, and near it with few (Laplace)."""
        return (self.well + 1) / (self.well + self.badly + 2)


@dataclass(frozen=True, slots=True)
class Filled:
    """A text whose variables are words; `missing` are those that nobody has given a value."""

    text: str
    missing: tuple[str, ...]


def check(title: str, text: str, source: str, *, own: Collection[str] = ()) -> None:
    """Raises WrongTemplate, UnknownVariable, each with a sentence for the field that is wrong.

    `own` are the variables of the team, from the questions of its playbooks.
    """
    wrong = {}
    if not title:
        wrong["title"] = _("Give it a name that colleagues will recognise.")
    if not text:
        wrong["text"] = _("Write the reply.")
    for field, value, most in (("title", title, LONGEST_TITLE), ("text", text, LONGEST_TEXT)):
        if len(value) > most:
            wrong[field] = _("Use at most %(count)s characters.") % {"count": most}
    if source not in SOURCES:
        wrong["source"] = _("Choose one from the list.")
    if wrong:
        raise WrongTemplate(_("Something is missing or wrong. Check the marked fields."), fields=wrong)
    must_be_known({"text": text}, own=own)


def must_be_known(texts: Mapping[str, str], *, own: Collection[str] = ()) -> None:
    """Raises UnknownVariable where one of these texts, by field, has something else in braces."""
    wrong, known = {}, (*VARIABLES, *own)
    for field, text in texts.items():
        if unknown := sorted(set(VARIABLE.findall(text)) - set(known)):
            wrong[field] = _("Unknown placeholder {%(name)s}. Available: %(known)s.") % {
                "name": unknown[0],
                "known": ", ".join(f"{{{name}}}" for name in known),
            }
    if wrong:
        raise UnknownVariable(next(iter(wrong.values())), fields=wrong)


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """The text with a value for each variable; one without a value stays as it is.

    The team's own variables are those that have a value, be it an empty one. Raises UnknownVariable.
    """
    missing: list[str] = []

    def value(found: re.Match[str]) -> str:
        if found[1] not in VARIABLES and found[1] not in values:
            raise UnknownVariable(_("Unknown placeholder {%(name)s}.") % {"name": found[1]})
        if not values.get(found[1]):
            missing.append(found[1])
            return found[0]
        return values[found[1]]

    return Filled(VARIABLE.sub(value, text), tuple(dict.fromkeys(missing)))


def left_over(text: str, *, own: Collection[str] = ()) -> tuple[str, ...]:
    """The variables that still stand in a draft: nobody is to read them in public."""
    return tuple(name for name in dict.fromkeys(VARIABLE.findall(text)) if name in {*VARIABLES, *own})


def named_in(text: str) -> tuple[str, ...]:
    """What stands in braces in a text, be it known or not."""
    return tuple(dict.fromkeys(VARIABLE.findall(text)))


class Offered(Protocol):
    """What the choice looks at."""

    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def stance(self) -> Stance: ...
    @property
    def occasion(self) -> Occasion: ...
    @property
    def tone(self) -> Tone: ...
    @property
    def language(self) -> Language: ...
    @property
    def source(self) -> str: ...
    @property
    def changed_at(self) -> datetime: ...
    @property
    def record(self) -> Record: ...


class Why(StrEnum):
    """A reason for which a template comes before another one, in the order in which they count."""

    STANCE = "stance"
    THEME = "theme"
    TONE = "tone"
    SITE = "site"


WEIGHTS = {Why.STANCE: 16, Why.THEME: 8, Why.TONE: 4, Why.SITE: 0}
"""Each more than all that come after it; which site counts by how near it is."""
Template = TypeVar("Template", bound=Offered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a case needs: in which language, where, when in the thread, with which stance.

    `about` are the words of its post and the names of its themes.
    """

    language: Language
    platform: str
    occasion: Occasion
    stance: Stance | None = None
    nature: Nature | None = None
    fault: str | None = None
    about: str = ""


def fitting(templates: Iterable[Template], wish: Wish) -> list[Template]:
    """The templates that fit, as `ranked` has them."""
    return [one for one, _words in ranked(templates, wish)]


def ranked(templates: Iterable[Template], wish: Wish) -> list[tuple[Template, Shared]]:
    """The templates that fit, the best first, six at most, with the words that they share with the case.

    The language, the occasion and the site must fit. Then the stance counts most; that it helped before on
    this theme comes next, then the tone, then one made for this site or its kind before one for anywhere. Of
    those that fit alike, what speaks of the same things comes first, a rare word before a common one, then
    what ended well more often, what the team used more often, what it used last, and what it wrote last. To
    abuse no apology is offered (P28).
    """
    fit = [one for one in templates if _fits(one, wish)]
    words = shared(wish.about, [f"{one.title} {one.text}" for one in fit])
    pairs = zip(fit, words, strict=True)
    return sorted(pairs, key=lambda pair: _place(pair[0], pair[1].weight, wish))[:MOST_OFFERED]


def tone_for(nature: Nature | None, fault: str | None) -> Tone:
    """In which tone a case is best answered (P27, P28, P29)."""
    if nature in ABUSE:
        return Tone.DISTANCE
    if fault in ("ours", "shared"):
        return Tone.APOLOGY
    return Tone.THANKS if nature is Nature.CRITICISM else Tone.EMPATHY


def occasion_for(public_replies: int, budget: int, *, is_solved: bool = False) -> Occasion:
    """When in the thread the next reply comes: first, once more, as the solution, or last (P34 to P37)."""
    if public_replies >= budget:
        return Occasion.CLOSING
    if is_solved:
        return Occasion.SOLUTION
    return Occasion.FOLLOWING if public_replies else Occasion.FIRST


def is_over_budget(public_replies: int, budget: int, occasion: Occasion) -> bool:
    """Whether a further public reply needs a reason; after the budget one closing line needs none (P37)."""
    return public_replies > budget if occasion is Occasion.CLOSING else public_replies >= budget


def _fits(one: Offered, wish: Wish) -> bool:
    is_decent = not (wish.nature in ABUSE and one.tone is Tone.APOLOGY)
    here = one.language is wish.language and one.occasion is wish.occasion
    return here and is_decent and one.source in _sources(wish.platform)


def _place(one: Offered, words: float, wish: Wish) -> tuple[float, ...]:
    record = one.record
    last = (record.last_used or NEVER, one.changed_at)
    return -_weight(one, wish), -words, -record.likelihood, -record.uses, *(-at.timestamp() for at in last)


def _weight(one: Offered, wish: Wish) -> int:
    return sum(WEIGHTS[reason] for reason in why(one, wish)) + _sources(wish.platform).index(one.source)


def why(one: Offered, wish: Wish) -> tuple[Why, ...]:
    """What speaks for a template on this case, the weightiest first."""
    holds = {
        Why.STANCE: one.stance is wish.stance,
        Why.THEME: one.record.on_theme > 0,
        Why.TONE: one.tone is tone_for(wish.nature, wish.fault),
        Why.SITE: one.source != ANYWHERE,
    }
    return tuple(reason for reason in Why if holds[reason])


def _sources(platform: str) -> Sequence[str]:
    """Where a template may be from, for one site: the nearer the later."""
    return (ANYWHERE, site_kind(platform), platform)
