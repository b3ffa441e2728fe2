"""Inventory of the tables that hang on a case or an account and name nobody: counts, mails, searches."""

from amends.i18n import N_
from amends.rules.operation.privacy.inventory import Erased, Purpose, person

ROW, STAYS = Erased.ROW, Erased.STAYS

OUTGOING_MAILS = person(
    "outgoing_mail",
    N_("Private messages by mail, and how they stand"),
    "case>case_file",
    ROW,
    "identity answers",
    "id case position state run_at holder attempts failure undo made_by made_at settled_at noted_at",
)
"""Their words are those of entries, with which they go."""

COUNTED_TABLES = (
    person(
        "mention_search",
        N_("Searches for texts that name a person"),
        "author>author",
        ROW,
        "",
        "author words asked_at begun_at finished_at place after rows of_rows found",
        purpose=Purpose.RUNNING,
    ),
    person(
        "reply_use",
        N_("Prepared replies that were used"),
        "case>case_file",
        STAYS,
        "",
        "id template case used_at",
        purpose=Purpose.FIGURES,
    ),
    person(
        "case_theme",
        N_("Themes of cases"),
        "number>case_file.number",
        STAYS,
        "",
        "id number theme given",
        purpose=Purpose.FIGURES,
    ),
    person(
        "problem_case",
        N_("Problems that a case belongs to"),
        "case>case_file",
        STAYS,
        "",
        "id problem case linked linked_by linked_at told_at told_by",
        purpose=Purpose.FIGURES,
    ),
    person(
        "incident_case",
        N_("Incidents that a case belongs to"),
        "number>case_file.number",
        STAYS,
        "",
        "id incident number linked linked_at released_at released_by",
        purpose=Purpose.FIGURES,
    ),
    person(
        "campaign_case",
        N_("Campaigns that a case came of"),
        "case>case_file",
        STAYS,
        "",
        "id campaign case linked linked_by linked_at",
        purpose=Purpose.FIGURES,
    ),
    person(
        "case_text",
        N_("Which text a case began with"),
        "number>case_file.number",
        ROW,
        "",
        "number text",
        purpose=Purpose.FIGURES,
    ),
    person(
        "case_fact",
        N_("A case as reports count it"),
        "number>case_file.number",
        STAYS,
        "",
        "number day platform severity lang flags times",
        purpose=Purpose.FIGURES,
    ),
    person(
        "case_event",
        N_("What happened to a case on a day"),
        "number>case_file.number",
        STAYS,
        "",
        "id number day event",
        purpose=Purpose.FIGURES,
    ),
)
"""Found with the cases of a person; what they count stays."""
