"""Mails on cases: sorted by the worker, put on a case, made a case or set aside by members."""

from amends.services.workflow.mails.deciding import MailToPlace, MailUnreadable, open_case, put_on_case, read
from amends.services.workflow.mails.sorting import sort_new

__all__ = ["MailToPlace", "MailUnreadable", "open_case", "put_on_case", "read", "sort_new"]
