"""Backups as their page shows them."""

from datetime import datetime
from pathlib import Path

import msgspec

import amends
from amends.database import urls
from amends.i18n import gettext as _
from amends.rules.operation import backup_plan as rules
from amends.rules.operation.backup_plan import Run
from amends.rules.operation.recurring import GIVEN_UP_AFTER
from amends.services.operation.backups.schedule import Standing
from amends.settings import Settings
from amends.web import dates
from amends.web.case.labels.files import size as size_words
from amends.web.dates import Moment


class Verdict(msgspec.Struct, frozen=True):
    """How backups stand: a tone, a word, a sentence with what to do, and when the last good one was made."""

    tone: str
    word: str
    sentence: str
    last_good: Moment | None


class RunRow(msgspec.Struct, frozen=True, kw_only=True):
    """One backup; `problem` is the sentence of the command, in English as in its log."""

    started: Moment
    tone: str
    word: str
    name: str
    size: str
    problem: str
    by_hand: bool


class Kit(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the sheet."""

    base_url: str
    version: str
    database: str
    data_dir: Path
    folder: Path
    is_encrypted: bool
    printed: Moment
    last_good: Moment | None


def verdict(standing: Standing, *, now: datetime) -> Verdict:
    """The worst of it first."""
    good = standing.last_good
    last_good = dates.moment(good.started_at, now=now) if good else None
    return Verdict(*_verdict(standing), last_good)


def _verdict(standing: Standing) -> tuple[str, str, str]:
    if standing.is_failing:
        return (
            "late",
            _("The last backup failed"),
            _("It is tried again every hour. The reason is below."),
        )
    if standing.is_overdue:
        return (
            "late",
            _("A backup is overdue"),
            _("The background worker has not made it. Look at its page, and at its log."),
        )
    if standing.last_good is None:
        return "today", _("No backup was ever made here"), _("If this disk fails, everything is lost.")
    if standing.plan.every_days == rules.NEVER:
        return "today", _("Backups are not made by themselves"), _("The last one was made by hand.")
    return "ours", _("Backups are made"), ""


def row(run: Run, *, now: datetime) -> RunRow:
    """One backup in the list."""
    tone, word = _state(run, now)
    return RunRow(
        started=dates.moment(run.started_at, now=now),
        tone=tone,
        word=word,
        name=run.name,
        size=size_words(run.size) if run.size else "",
        problem=run.problem,
        by_hand=run.by_hand,
    )


def _state(run: Run, now: datetime) -> tuple[str, str]:
    if run.is_good:
        return "ours", _("Written and checked")
    if run.finished_at is None and now - run.started_at < GIVEN_UP_AFTER:
        return "today", _("Being made")
    return "late", _("Failed") if run.finished_at else _("Interrupted")


def rhythms() -> list[tuple[str, str]]:
    """How often, as choices."""
    words = {
        rules.NEVER: _("Only by hand"),
        rules.DAILY: _("Every day"),
        rules.WEEKLY: _("Every week"),
    }
    return [(str(days), word) for days, word in words.items()]


def kit(settings: Settings, standing: Standing, *, now: datetime) -> Kit:
    """The facts of this installation; of a server's address no user and no password."""
    good = standing.last_good
    return Kit(
        base_url=settings.base_url,
        version=amends.__version__,
        database=urls.read(settings.database_url).shown,
        data_dir=settings.data_dir,
        folder=settings.backup_dir,
        is_encrypted=bool(settings.backup_passphrase),
        printed=dates.moment(now, now=now),
        last_good=dates.moment(good.started_at, now=now) if good else None,
    )
