"""Private messages by mail: written on a case, handed over by the worker; and the mail account."""

from amends.services.workflow.outgoing_mails.account import (
    MailAccount,
    MailAccountFields,
    MailAccountRefused,
    MailAccountUnknown,
    MailAccountWrong,
    attempt,
    find,
    is_in_trouble,
    remove,
    save,
    send_test,
    sentence,
)
from amends.services.workflow.outgoing_mails.carrying import send_next
from amends.services.workflow.outgoing_mails.standing import (
    OutgoingMailShown,
    Undelivered,
    of_case,
    undelivered,
)
from amends.services.workflow.outgoing_mails.writing import (
    MailFields,
    MailIncomplete,
    MailNotFailed,
    NoMailAccount,
    note,
    send,
    send_again,
    stop,
)

__all__ = [
    "MailAccount",
    "MailAccountFields",
    "MailAccountRefused",
    "MailAccountUnknown",
    "MailAccountWrong",
    "MailFields",
    "MailIncomplete",
    "MailNotFailed",
    "NoMailAccount",
    "OutgoingMailShown",
    "Undelivered",
    "attempt",
    "find",
    "is_in_trouble",
    "note",
    "of_case",
    "remove",
    "save",
    "send",
    "send_again",
    "send_next",
    "send_test",
    "sentence",
    "stop",
    "undelivered",
]
