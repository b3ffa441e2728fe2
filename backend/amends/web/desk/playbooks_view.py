"""Playbooks in the settings, ready to show."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.i18n import ngettext
from amends.rules.follow_up.playbooks import MOST_STEPS, by_the_clock
from amends.rules.operation import own_texts
from amends.rules.vocabulary import Nature, PlaybookSubject, Severity, StepKind
from amends.services.desk.themes import ThemeShown
from amends.services.follow_up.outside_contacts import ContactShown
from amends.services.follow_up.playbooks import PlaybookRow, StepRow
from amends.web import dates
from amends.web.controls import Options
from amends.web.dates import Moment
from amends.web.desk.labels import themes as theme_labels
from amends.web.follow_up.labels import playbooks as labels
from amends.web.labels import label
from amends.web.page_kit import Typed

BLANK_ROWS = 3
"""Rows for further steps, below those that there are."""
FIELDS = ("words", "kind", "variable", "contact", "hours", "place")


class PlaybookLine(msgspec.Struct, frozen=True, kw_only=True):
    """One playbook of the list."""

    href: str
    name: str
    about: str
    size: str
    used: str
    retired: bool


class StepFields(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the form, with what was wrong with its fields; `open` shows what is seldom needed."""

    row: int
    values: dict[str, str]
    wrong: dict[str, str]
    open: bool


class PlaybookForm(msgspec.Struct, frozen=True, kw_only=True):
    """The page of one playbook, or of a new one; `by_the_clock` as its steps are counted."""

    id: UUID | None
    name: str
    about: str
    version: int
    retired: bool
    by_the_clock: bool
    changed_by: str
    changed: Moment | None
    used: str
    subjects: Options
    kinds: Options
    contacts: Options
    steps: tuple[StepFields, ...]
    wrong: dict[str, str]


def line(row: PlaybookRow, names: Mapping[UUID, str]) -> PlaybookLine:
    """One playbook with what it is for, in words."""
    return PlaybookLine(
        href=f"/settings/playbooks/{row.id}",
        name=row.name,
        about=_about(row, names),
        size=ngettext("%(num)d step", "%(num)d steps", row.steps) % {"num": row.steps},
        used=_used(row),
        retired=row.retired,
    )


def _about(row: PlaybookRow, names: Mapping[UUID, str]) -> str:
    if row.subject is PlaybookSubject.THEME:
        what = names.get(UUID(row.about), _("a theme that was removed"))
    else:
        what = label(Nature(row.about) if row.subject is PlaybookSubject.NATURE else Severity(row.about))
    return f"{_(labels.SUBJECTS[row.subject])}{_(': ')}{what}"


def _used(row: PlaybookRow) -> str:
    if not row.used:
        return _("not started on a case yet")
    text = ngettext("started on %(num)d case", "started on %(num)d cases", row.used)
    return text % {"num": row.used}


def page(
    row: PlaybookRow | None,
    steps: Sequence[StepRow],
    themes: tuple[ThemeShown, ...],
    contacts: Sequence[ContactShown],
    typed: Typed,
    *,
    subject: PlaybookSubject | None = None,
    now: datetime,
) -> PlaybookForm:
    """The form as it stands, or as it was typed."""
    given = typed.values if typed.form == "playbook" else _standing(row, steps)
    return PlaybookForm(
        id=row.id if row else None,
        name=given.get("name", ""),
        about=given.get("about", ""),
        version=_version(given.get("version", ""), row),
        retired=row.retired if row else False,
        by_the_clock=subject is not None and by_the_clock(subject),
        changed_by=row.changed_by.name if row and row.changed_by else "",
        changed=dates.moment(row.changed_at, now=now) if row else None,
        used=_used(row) if row else "",
        subjects=_subjects(themes, _theme_of(row)),
        kinds=tuple((kind.value, _(word)) for kind, word in labels.KINDS.items()),
        contacts=tuple((str(one.id), one.name) for one in contacts),
        steps=_rows(given, typed.errors),
        wrong={name: typed.errors[name] for name in ("name", "about") if name in typed.errors},
    )


def _version(typed: str, row: PlaybookRow | None) -> int:
    """The version that was seen, so that a form that is sent again is still compared with it."""
    if typed.isdecimal() and len(typed) < 10:
        return int(typed)
    return row.version if row else 0


def _standing(row: PlaybookRow | None, steps: Sequence[StepRow]) -> dict[str, str]:
    """The fields of a playbook as it is kept."""
    if row is None:
        return {}
    given = {"name": row.name, "about": f"{row.subject.value}:{row.about}", "version": str(row.version)}
    for at, one in enumerate(steps, start=1):
        values = (
            own_texts.words(one.words),
            one.kind.value,
            one.variable,
            one.contact,
            one.within_hours,
            None,
        )
        given |= {
            f"{name}-{at}": "" if value is None else str(value)
            for name, value in zip(FIELDS, values, strict=True)
        }
    return given


def _rows(given: Mapping[str, str], errors: Mapping[str, str]) -> tuple[StepFields, ...]:
    """Every row that has words, and some empty ones below them."""
    used = [row for row in range(1, MOST_STEPS + BLANK_ROWS + 1) if given.get(f"words-{row}")]
    last = min(max(used, default=0) + BLANK_ROWS, MOST_STEPS + BLANK_ROWS)
    return tuple(_fields(row, given, errors) for row in range(1, last + 1))


def _fields(row: int, given: Mapping[str, str], errors: Mapping[str, str]) -> StepFields:
    values = {name: given.get(f"{name}-{row}", "") for name in FIELDS}
    values["kind"] = values["kind"] or StepKind.DO.value
    wrong = {name: errors[f"{name}-{row}"] for name in FIELDS if f"{name}-{row}" in errors}
    seldom = values["variable"] or values["contact"] or values["hours"] or values["kind"] == StepKind.ASK
    return StepFields(row=row, values=values, wrong=wrong, open=bool(seldom or wrong.keys() - {"words"}))


def _theme_of(row: PlaybookRow | None) -> UUID | None:
    return UUID(row.about) if row and row.subject is PlaybookSubject.THEME else None


def _subjects(themes: tuple[ThemeShown, ...], chosen: UUID | None) -> Options:
    """Everything that a playbook can be for, also the retired theme that it is for."""
    offered = theme_labels.options(themes, chosen=chosen)
    found = [(f"theme:{value}", PlaybookSubject.THEME, name) for value, name in offered]
    found += [(f"nature:{one}", PlaybookSubject.NATURE, label(one)) for one in Nature]
    found += [(f"severity:{one}", PlaybookSubject.SEVERITY, label(one)) for one in Severity]
    return tuple((value, f"{_(labels.SUBJECTS[kind])}{_(': ')}{name}") for value, kind, name in found)
