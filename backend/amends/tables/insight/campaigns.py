"""Tables of campaigns: what is checked before one, who decided, what came of it (P44)."""

from piccolo.columns import UUID, Boolean, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.rules.vocabulary import Verdict
from amends.tables.case import Case
from amends.tables.reply import ReplyTemplate
from amends.tables.team import Member


class Campaign(Table, tablename="campaign"):
    """Days on which we ask for attention; `url` is our own post, `kept` what we will not delete under it."""

    id = UUID(primary_key=True)
    number = Integer(unique=True)
    version = Integer(default=1)
    name = Varchar(length=120)
    first = Date(default=None)
    last = Date(default=None)
    places = Text(default="")
    url = Text(default="")
    kept = Text(default="")
    opened_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    opened_at = Timestamptz(default=None)


class CampaignCheck(Table, tablename="campaign_check"):
    """One thing to check before; `note` is what was found."""

    id = UUID(primary_key=True)
    campaign = ForeignKey(Campaign, on_delete=OnDelete.cascade, null=False)
    position = Integer()
    words = Varchar(length=300)
    done = Boolean(default=False)
    note = Text(default="")
    settled_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    settled_at = Timestamptz(null=True, default=None)

    one_check_each = Unique([campaign, position])


class CampaignDecision(Table, tablename="campaign_decision"):
    """That a lead let it go ahead, or stopped it, and why; the last one counts."""

    id = UUID(primary_key=True)
    campaign = ForeignKey(Campaign, on_delete=OnDelete.cascade, null=False)
    position = Integer()
    verdict = Varchar(length=5, choices=Verdict)
    reason = Text(default="")
    member = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    at = Timestamptz(default=None)

    one_decision_each = Unique([campaign, position])


class CampaignReply(Table, tablename="campaign_reply"):
    """A prepared reply that was chosen for it."""

    id = UUID(primary_key=True)
    campaign = ForeignKey(Campaign, on_delete=OnDelete.cascade, null=False)
    template = ForeignKey(ReplyTemplate, on_delete=OnDelete.cascade, null=False, index=True)

    one_line_a_reply = Unique([campaign, template])


class CampaignCase(Table, tablename="campaign_case"):
    """That a case came of a campaign, or was taken out of it and is suggested no more."""

    id = UUID(primary_key=True)
    campaign = ForeignKey(Campaign, on_delete=OnDelete.cascade, null=False)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    linked = Boolean(default=True)
    linked_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    linked_at = Timestamptz(default=None)

    once_a_campaign = Unique([campaign, case])


TABLES = (Campaign, CampaignCheck, CampaignDecision, CampaignReply, CampaignCase)
"""In the order in which they can be created."""
