"""Display name of an author, also of one whose name is unknown."""

from amends.i18n import gettext as _


def author_name(name: str | None, handle: str | None = "") -> str:
    """The name, else the handle, else that the author is unknown, in the language that is spoken just now.

    Strangers' text: it is escaped by whoever shows it.
    """
    return " ".join((name or handle or "").split()) or _("Unknown author")
