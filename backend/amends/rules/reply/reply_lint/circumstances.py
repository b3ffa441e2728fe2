"""Context of a reply: what the lint must know besides its words."""

from dataclasses import dataclass
from datetime import date

from amends.rules.case.platforms import WEB
from amends.rules.vocabulary import Nature, Occasion, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Where, to whom and when it is said.

    `language` is that of the post, as `post_languages.heard` has it, "" where it is not certain. `places` are
    the team's own private places and `names` its own names: neither is a private detail or a shout. `today`
    is the reader's.
    """

    today: date
    platform: str = WEB
    occasion: Occasion = Occasion.FIRST
    nature: Nature | None = None
    stance: Stance | None = None
    language: str = ""
    places: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
