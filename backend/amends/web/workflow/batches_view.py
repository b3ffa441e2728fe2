"""Batch changes, ready to show."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.vocabulary import Severity
from amends.rules.workflow.batches import Deed, Effect
from amends.services.desk.themes import ThemeShown
from amends.services.team.members import Member
from amends.services.workflow.batches import Done, Line
from amends.web import controls, dates
from amends.web.case import titles
from amends.web.case.labels import severity_label, severity_title
from amends.web.dates import Moment
from amends.web.desk.labels import themes as theme_words
from amends.web.page_kit import Typed

Options = list[tuple[str, str]]

DEEDS = {
    Deed.ASSIGN: N_("Hand over"),
    Deed.SEVERITY: N_("Set the severity"),
    Deed.THEME: N_("Add a theme"),
    Deed.SNOOZE: N_("Snooze"),
    Deed.NOT_OURS: N_("Close as not about us"),
    Deed.LET_GO: N_("Close without action"),
}
EXPECTED = {
    Effect.CHANGED: ("won", N_("will be changed")),
    Effect.SAME: ("closed", N_("is so already")),
    Effect.REFUSED: ("late", N_("cannot be changed")),
}
HAPPENED = {
    Effect.CHANGED: ("won", N_("changed")),
    Effect.SAME: ("closed", N_("was so already")),
    Effect.REFUSED: ("late", N_("not changed")),
}
TAKEN_BACK = {
    Effect.CHANGED: ("won", N_("changed")),
    Effect.SAME: ("closed", N_("as it was")),
    Effect.REFUSED: ("late", N_("not put back")),
}


ASKED = ("deed", "owner", "severity", "theme", "until", "reason")


class LineShown(msgspec.Struct, frozen=True, kw_only=True):
    """One case; `tone` is empty before anybody looked at what would happen."""

    number: int
    href: str
    title: str
    lang: str
    tone: str = ""
    effect: str = ""
    sentence: str = ""


class SeveralPage(msgspec.Struct, frozen=True, kw_only=True):
    """The chosen cases, the form, and what it would do to how many of them."""

    lines: list[LineShown]
    looked: bool
    changing: int
    deeds: Options
    owners: Options
    severities: Options
    themes: controls.Options
    typed: Mapping[str, str]
    wrong: Mapping[str, str]
    problem: str


class DonePage(msgspec.Struct, frozen=True, kw_only=True):
    """What was done to which case, and until when it can be taken back."""

    undo_href: str
    deed: str
    lines: list[LineShown]
    changed: int
    refused: int
    undone: bool
    undo_until: Moment | None


def several(
    chosen: Iterable[Line],
    *,
    looked: bool,
    typed: Typed,
    members: Iterable[Member],
    themes: tuple[ThemeShown, ...],
) -> SeveralPage:
    """The page on which a wish is made; `looked` once each line says what would happen to it."""
    lines = list(chosen)
    pool = ("", _("Nobody: back to the pool"))
    return SeveralPage(
        lines=[_shown(line, EXPECTED) if looked else _plain(line) for line in lines],
        looked=looked,
        changing=sum(line.effect is Effect.CHANGED for line in lines) if looked else 0,
        deeds=[(deed.value, _(words)) for deed, words in DEEDS.items() if deed is not Deed.THEME or themes],
        owners=[pool, *((str(one.id), one.name) for one in members if not one.disabled)],
        severities=[(one.value, f"{severity_label(one)} · {severity_title(one)}") for one in Severity],
        themes=theme_words.options(themes),
        typed={**dict.fromkeys(ASKED, ""), **typed.values},
        wrong=typed.errors,
        problem=typed.problem,
    )


def done(found: Done, *, now: datetime) -> DonePage:
    """The page that says what a wish did, the cases that it did not change first."""
    table = TAKEN_BACK if found.undone else HAPPENED
    order = [Effect.REFUSED, Effect.CHANGED, Effect.SAME]
    lines = sorted(found.lines, key=lambda line: order.index(line.effect))
    return DonePage(
        undo_href=f"/cases/several/{found.id}/undo",
        deed=_(DEEDS[found.deed]),
        lines=[_shown(line, table) for line in lines],
        changed=sum(line.effect is Effect.CHANGED for line in lines),
        refused=sum(line.effect is Effect.REFUSED for line in lines),
        undone=found.undone,
        undo_until=dates.moment(found.undo_until, now=now) if found.undo_until else None,
    )


def _plain(line: Line) -> LineShown:
    return LineShown(
        number=line.number,
        href=f"/cases/{line.number}",
        title=titles.title(line.title, line.nature),
        lang=titles.language(line.lang, line.nature),
    )


def _shown(line: Line, words: Mapping[Effect, tuple[str, str]]) -> LineShown:
    tone, effect = words[line.effect]
    return msgspec.structs.replace(_plain(line), tone=tone, effect=_(effect), sentence=line.sentence)
