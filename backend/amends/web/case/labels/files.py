"""Words for attached files: what was done with them, their size and kind."""

from collections.abc import Mapping
from typing import Any

from amends.i18n import N_, ngettext, number
from amends.i18n import gettext as _
from amends.rules.case.attachments import MEGABYTE, MESSAGE, PDF, TEXT

KINDS = {PDF: N_("PDF"), MESSAGE: N_("Email"), TEXT: N_("Text")}
KILOBYTE = 1024


def added(particulars: Mapping[str, Any]) -> str:
    """That files were attached, as a predicate."""
    count = len(particulars.get("files") or ())
    return ngettext("added %(num)d file", "added %(num)d files", count) % {"num": count}


def removed(particulars: Mapping[str, Any]) -> str:
    """That a file was removed, as a predicate."""
    return _("removed the file “%(name)s”") % {"name": particulars.get("name", "")}


def kind(media_type: str) -> str:
    """What a file is, in a word or two."""
    return _(KINDS[media_type]) if media_type in KINDS else _("Picture")


def size(count: int) -> str:
    """A number of bytes as people say it: "340 kB", "2.4 MB"."""
    if count >= MEGABYTE:
        return _("%(number)s MB") % {"number": number(round(count / MEGABYTE, 1))}
    return _("%(number)s kB") % {"number": number(max(1, round(count / KILOBYTE)))}
