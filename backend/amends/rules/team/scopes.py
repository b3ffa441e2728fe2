"""Scopes of API tokens: the one table of what a token may do, which routes and forms ask (R-23)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from amends.i18n import N_
from amends.rules.team.permissions import Permission


class Scope(StrEnum):
    """One area that a token may read or change."""

    CAPTURE_WRITE = "capture:write"
    CASES_READ = "cases:read"
    CASES_REPLY = "cases:reply"
    CASES_WRITE = "cases:write"
    TIMELINE_READ = "timeline:read"
    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"
    INSIGHTS_READ = "insights:read"
    INSIGHTS_WRITE = "insights:write"
    REPLIES_WRITE = "replies:write"
    TEAM_READ = "team:read"


@dataclass(frozen=True, slots=True)
class WhatScopeAllows:
    """A scope in words, and what a member must be allowed to give it to a token, and to use it."""

    words: str
    needs: Permission


SCOPES: Mapping[Scope, WhatScopeAllows] = {
    Scope.CAPTURE_WRITE: WhatScopeAllows(N_("Capture posts, with screenshots"), Permission.WORK),
    Scope.CASES_READ: WhatScopeAllows(
        N_("Find and read cases with title and author, what is owed on them, and their moves"),
        Permission.READ,
    ),
    Scope.TIMELINE_READ: WhatScopeAllows(
        N_("Read what was said on cases: posts, timelines, notes and files"), Permission.READ
    ),
    Scope.CASES_WRITE: WhatScopeAllows(
        N_("Change cases: open and move them, add notes, contact, dates and files"), Permission.WORK
    ),
    Scope.CASES_REPLY: WhatScopeAllows(
        N_("Read the reply to post on a case, and say that it was posted"), Permission.WORK
    ),
    Scope.PEOPLE_READ: WhatScopeAllows(N_("Read who wrote, and what is known of them"), Permission.READ),
    Scope.PEOPLE_WRITE: WhatScopeAllows(N_("Change what is known of people"), Permission.WORK),
    Scope.INSIGHTS_READ: WhatScopeAllows(N_("Read insights, problems and incidents"), Permission.READ),
    Scope.INSIGHTS_WRITE: WhatScopeAllows(
        N_("Open, change and end problems and incidents, and add cases"), Permission.WORK
    ),
    Scope.REPLIES_WRITE: WhatScopeAllows(
        N_("Write and archive prepared replies, and approve what people of a problem are told"),
        Permission.LEAD,
    ),
    Scope.TEAM_READ: WhatScopeAllows(
        N_("Read members’ names and roles, themes, locations, prepared replies, and rules"), Permission.READ
    ),
}
"""Every scope, in the order in which they are offered."""

OF_BROWSERS = (Scope.CAPTURE_WRITE, Scope.CASES_READ, Scope.CASES_REPLY)
"""What a paired browser may do: capture, see whether and where, and say that a reply is posted."""


def known(scopes: Iterable[str]) -> tuple[Scope, ...]:
    """Those that this version knows, in the order in which they are offered."""
    given = set(scopes)
    return tuple(scope for scope in SCOPES if scope.value in given)
