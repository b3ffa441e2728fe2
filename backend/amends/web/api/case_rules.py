"""API: the team's rules by condition for cases that come in."""

from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency

from amends.rules.capture.case_rules import EFFECTS
from amends.rules.vocabulary import Severity
from amends.services.capture import case_rules
from amends.services.capture.case_rules import RuleShown
from amends.services.team.names import Name
from amends.web.api.kit import Asked, filled
from amends.web.security import Policy


class RuleSent(msgspec.Struct, frozen=True, kw_only=True):
    """A rule: its conditions, empty where they do not narrow, and what it sets.

    `stars` are at most so many of five; of `words`, with commas between them, one is enough; `place` is one
    to watch, on whose page the post stands. `severity` is proposed to the member who decides. `sets` names
    what it sets now: what is retired, and an owner who can no longer sign in, is not set.
    """

    id: UUID
    name: str
    on: bool
    platform: str
    language: str
    words: str
    stars: int | None
    owner: Name | None
    theme: Name | None
    playbook: Name | None
    field: str | None
    value: str
    location: Name | None
    place: Name | None
    severity: Severity | None
    sets: list[str]


class RulesSent(msgspec.Struct, frozen=True):
    """All rules in the team's order: of several that set the same, the first one counts."""

    rules: list[RuleSent]


def _sent(rule: RuleShown) -> RuleSent:
    names = {
        "owner": _named(rule.owner, rule.owner_name),
        "theme": _named(rule.theme, rule.theme_name),
        "playbook": _named(rule.playbook, rule.playbook_name),
        "location": _named(rule.location, rule.location_name),
        "place": _named(rule.place, rule.place_name),
    }
    return filled(RuleSent, rule, **names, on=rule.is_on, sets=[one for one in EFFECTS if rule.does(one)])


def _named(its_id: UUID | None, name: str) -> Name | None:
    return Name(its_id, name) if its_id else None


@get("/rules", operation_id="listRules", opt={"policy": Policy.TOKEN_TEAM}, tags=["team"])
async def index(asked: NamedDependency[Asked]) -> RulesSent:
    """Lists what Amends does by itself with each case that comes in, also what is switched off."""
    return RulesSent([_sent(one) for one in await case_rules.everything()])


routes = (index,)
