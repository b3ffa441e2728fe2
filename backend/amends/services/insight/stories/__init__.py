"""Case stories: before and after of a resolved case, anonymous unless its person agreed (P60)."""

from amends.services.insight.stories.commands import (
    Agreement,
    AgreementIncomplete,
    StoryChanged,
    StoryIncomplete,
    StoryUnknown,
    agree,
    keep,
    take_away,
    withdraw,
)
from amends.services.insight.stories.proposals import Proposal, StoryTooEarly, propose
from amends.services.insight.stories.rows import StoryRow, find, listed

__all__ = [
    "Agreement",
    "AgreementIncomplete",
    "Proposal",
    "StoryChanged",
    "StoryIncomplete",
    "StoryRow",
    "StoryTooEarly",
    "StoryUnknown",
    "agree",
    "find",
    "keep",
    "listed",
    "propose",
    "take_away",
    "withdraw",
]
