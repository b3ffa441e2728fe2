"""Campaigns: checked before, decided by a lead, looked back on afterwards (P44)."""

from amends.services.insight.campaigns.cases import link, suggested, unlink
from amends.services.insight.campaigns.commands import (
    CampaignChanged,
    ChecksAreOpen,
    CheckUnknown,
    Given,
    ReasonMissing,
    add_check,
    add_reply,
    change,
    decide,
    open_campaign,
    remove_reply,
    settle_check,
)
from amends.services.insight.campaigns.results import Result, hurting_themes, result
from amends.services.insight.campaigns.rows import (
    CampaignDetail,
    CampaignRow,
    CampaignUnknown,
    CheckRow,
    DecisionRow,
    ReplyRow,
    detail,
    listed,
)

__all__ = [
    "CampaignChanged",
    "CampaignDetail",
    "CampaignRow",
    "CampaignUnknown",
    "CheckRow",
    "CheckUnknown",
    "ChecksAreOpen",
    "DecisionRow",
    "Given",
    "ReasonMissing",
    "ReplyRow",
    "Result",
    "add_check",
    "add_reply",
    "change",
    "decide",
    "detail",
    "hurting_themes",
    "link",
    "listed",
    "open_campaign",
    "remove_reply",
    "result",
    "settle_check",
    "suggested",
    "unlink",
]
