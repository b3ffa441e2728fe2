"""The mailbox of the team: set up by admins, fetched by the worker."""

from amends.services.operation.mailboxes.account import (
    MailboxFields,
    MailboxRefused,
    MailboxShown,
    MailboxWrong,
    attempt,
    find,
    is_in_trouble,
    remove,
    save,
    sentence,
)
from amends.services.operation.mailboxes.fetching import fetch_due

__all__ = [
    "MailboxFields",
    "MailboxRefused",
    "MailboxShown",
    "MailboxWrong",
    "attempt",
    "fetch_due",
    "find",
    "is_in_trouble",
    "remove",
    "save",
    "sentence",
]
