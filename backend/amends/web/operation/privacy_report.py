"""Report on personal data: what is held of whom, why, and what erasing does to it (GDPR Art. 30)."""

from collections.abc import Mapping

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.capture import sheets
from amends.rules.operation.privacy import INVENTORY, PURPOSES, About, Erased, Held

OF_WHOM: Mapping[About, str] = {
    About.PERSON: N_("People who wrote in public"),
    About.ANYBODY: N_("Anyone who is named in it"),
    About.MEMBERS: N_("Members of the team"),
    About.NOBODY: N_("Nobody"),
}
ERASING: Mapping[Erased, str] = {
    Erased.ROW: N_("goes"),
    Erased.WORDS: N_("loses its words"),
    Erased.PAYLOAD: N_("loses its words; its hash stays"),
    Erased.STAYS: N_("stays"),
}
NAMED = N_("loses the name, where a human says so")
"""What erasing does where a person is found by words alone."""


class HeldShown(msgspec.Struct, frozen=True, kw_only=True):
    """One table in the reader's language; `told` are the columns that may say something of a person."""

    table: str
    title: str
    whose: str
    purpose: str
    erasing: str
    told: str


def shown() -> list[HeldShown]:
    """Every table that may hold somebody's data, those of customers first."""
    return [_shown(held) for held in INVENTORY if held.about is not About.NOBODY]


def _shown(held: Held) -> HeldShown:
    return HeldShown(
        table=held.table,
        title=_(held.title),
        whose=_(OF_WHOM[held.about]),
        purpose=_(PURPOSES[held.purpose]),
        erasing=_(_erasing(held)),
        told=", ".join(held.words),
    )


def _erasing(held: Held) -> str:
    return NAMED if held.about is About.ANYBODY else ERASING[held.erased]


def as_csv() -> bytes:
    """The same as a table for the record of processing, with a column for the team's legal basis."""
    heads = {
        "table": _("Table"),
        "title": _("What it is"),
        "whose": _("Whose data"),
        "purpose": _("What for"),
        "erasing": _("When a person is erased"),
        "told": _("Columns"),
    }
    rows = [{heads[name]: text for name, text in msgspec.structs.asdict(one).items()} for one in shown()]
    return sheets.write((*heads.values(), _("Legal basis")), rows)
