"""Library of reply templates."""

from amends.services.reply.reply_templates.commands import (
    TemplateUnknown,
    Written,
    add,
    archive,
    change,
    restore,
)
from amends.services.reply.reply_templates.rows import (
    TemplateFilters,
    TemplatePage,
    TemplateRow,
    Uses,
    find,
    offered,
    page,
)
from amends.services.reply.reply_templates.sheets import TableNotUnderstood, bring_in, table
from amends.services.reply.reply_templates.starter import has_starters, install

__all__ = [
    "TableNotUnderstood",
    "TemplateFilters",
    "TemplatePage",
    "TemplateRow",
    "TemplateUnknown",
    "Uses",
    "Written",
    "add",
    "archive",
    "bring_in",
    "change",
    "find",
    "has_starters",
    "install",
    "offered",
    "page",
    "restore",
    "table",
]
