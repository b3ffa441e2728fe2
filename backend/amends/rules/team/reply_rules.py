"""Reply rules: budget of public replies, private place, approval."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.vocabulary import Language, Nature, Occasion, Role, Severity

HELD_FOR = timedelta(minutes=10)
"""How long a hot draft waits until its author looks at it again (P38)."""
MOST_REPLIES = 9
LONGEST_PLACE = 200
LONGEST_PRIVACY = 400
CURRENCY = re.compile(r"[A-Z]{3}")


class WrongReplyRules(Invalid):
    "These reply rules are not valid."


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRule:
    """Which drafts are read by a lead before they are posted (P40).

    A draft is when its author has one of the `roles`, and the case one of the severities or natures. A first
    answer is not, unless `first_too`: it is to be short and quick (P23).
    """

    severities: frozenset[Severity] = frozenset({Severity.S1, Severity.S2})
    natures: frozenset[Nature] = frozenset({Nature.THREAT, Nature.HARASSMENT, Nature.FALSE_CLAIM})
    roles: frozenset[Role] = frozenset({Role.AGENT})
    first_too: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccount:
    """An account of the team's on one platform: its handle as it is typed, or the address of its profile."""

    platform: str
    handle: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRules:
    """How the team answers. `budget` counts public replies a thread; `places` are private ones, by language.

    What costs more than `remedy_ceiling`, in hundredths of the `currency` (ISO 4217), a lead agrees to.
    What `own_accounts` write below a case's post is a public reply, wherever it was written. The pages of
    customers name whom to ask about their data, `privacy_contact`, and how long answers are kept, in words of
    the team by language, `kept`: nothing is said where nothing was typed.

    With `recovery_track` the page of a person counts good contacts after a resolved complaint (P59).

    Raises WrongReplyRules with a sentence for each field.
    """

    budget: int = 2
    approval: ApprovalRule = field(default_factory=ApprovalRule)
    places: Mapping[Language, str] = field(default_factory=dict)
    product: str = ""
    remedy_ceiling: int | None = None
    currency: str = "EUR"
    own_accounts: tuple[OwnAccount, ...] = ()
    privacy_contact: str = ""
    kept: Mapping[Language, str] = field(default_factory=dict)
    recovery_track: bool = False

    def __post_init__(self) -> None:
        wrong = {}
        if not 1 <= self.budget <= MOST_REPLIES:
            wrong["budget"] = _("Enter a number from 1 to %(most)s.") % {"most": MOST_REPLIES}
        texts = {f"place_{language}": (place, LONGEST_PLACE) for language, place in self.places.items()}
        texts |= {f"kept_{language}": (words, LONGEST_PRIVACY) for language, words in self.kept.items()}
        texts |= {name: (getattr(self, name), LONGEST_PLACE) for name in ("product", "privacy_contact")}
        for name, (text, longest) in texts.items():
            if len(text) > longest:
                wrong[name] = _("Use at most %(count)s characters.") % {"count": longest}
        if not CURRENCY.fullmatch(self.currency):
            wrong["currency"] = _("Enter the three letters of a currency, such as EUR.")
        if wrong:
            raise WrongReplyRules(_("Something is missing or wrong. Check the marked fields."), fields=wrong)

    def place(self, language: Language) -> str:
        """Where it goes on in private, in this language or, for want of that, another."""
        return self.places.get(language) or next((place for place in self.places.values() if place), "")


def needs_approval(
    rule: ApprovalRule, *, severity: Severity | None, nature: Nature | None, role: Role, occasion: Occasion
) -> bool:
    """Whether a lead reads a draft before it is posted."""
    if role not in rule.roles or (occasion is Occasion.FIRST and not rule.first_too):
        return False
    return severity in rule.severities or nature in rule.natures
