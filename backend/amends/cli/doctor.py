"""`amends doctor`: checks of the installation, each with its remedy."""

import argparse
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import opened, say

if TYPE_CHECKING:
    from amends.services.operation.backups.schedule import Standing
    from amends.services.operation.recurring import Standing as WorkStanding
    from amends.settings import Settings

NEVER_BEFORE = 2026
"""A clock that shows an earlier year was never set."""
AHEAD = timedelta(minutes=5)

Finding = tuple[bool, str]


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`doctor` has no options."""
    command = commands.add_parser("doctor", help="check everything, and say what to do")
    command.set_defaults(run=run)


def run(_given: argparse.Namespace) -> int:
    """Prints one line for each check; exit code 1 when any of them failed."""
    import asyncio

    from amends import settings
    from amends.clock import utc_now

    chosen, now = settings.from_environ(), utc_now()
    findings = {
        "folder": folder(chosen.data_dir),
        "modes": modes(chosen),
        "proxy": proxy(chosen),
        "clock": clock(now),
    }
    findings |= schema(chosen)
    if findings["migrations"][0]:
        findings |= asyncio.run(_living(chosen, now))
    for name, (fine, words) in findings.items():
        say(f"{'ok  ' if fine else 'FAIL'}  {name}: {words}")
    return 0 if all(fine for fine, _words in findings.values()) else 1


def folder(path: Path) -> Finding:
    """Whether there is room; that it can be written was seen when the settings were read."""
    import shutil

    from amends.services.operation.health import LEAST_FREE

    free = shutil.disk_usage(path).free
    if free < LEAST_FREE:
        return False, f"only {free // 2**20} MB are free under {path}. Make room."
    return True, f"{path} can be written; {free // 2**20} MB are free."


def modes(settings: "Settings") -> Finding:
    """Whether only this user reads the data folder; what others could read is corrected on the way."""
    from amends.gateways import private_files

    found = private_files.make_private(settings.data_dir, settings.database_url)
    if found.stubborn:
        return False, f"others may read {found.stubborn[0]}. Run chown and chmod go= on it as its owner."
    if found.corrected:
        first, count = found.corrected[0], len(found.corrected)
        return True, f"others could read {count} files or folders, such as {first}; now only this user can."
    return True, "only this user can read the data."


def proxy(settings: "Settings") -> Finding:
    """Whether the reverse proxy is named; that there is one shows in the base URL: TLS is never ours."""
    if settings.trusted_proxies:
        return True, f"X-Forwarded-For is believed from {', '.join(settings.trusted_proxies)}."
    if settings.is_secure:
        return False, (
            "AMENDS_BASE_URL is https, so a proxy stands before Amends, but AMENDS_TRUSTED_PROXIES is empty: "
            "all visitors share one address and its limits. Set it to the address or network of the proxy."
        )
    return True, "none is expected, as the base URL is plain http."


def clock(now: datetime) -> Finding:
    """Whether the clock was ever set."""
    if now.year < NEVER_BEFORE:
        return False, f"it shows {now:%Y-%m-%d}. Set it, and let it be kept by NTP."
    return True, f"it shows {now:%Y-%m-%d %H:%M:%S} UTC."


def schema(settings: "Settings") -> dict[str, Finding]:
    """Whether the database answers, with the tables that this version expects."""
    from amends.database import WrongDatabaseUrl, migrate
    from amends.errors import AmendsError

    try:
        behind = migrate.pending(settings.database_url)
    except migrate.DatabaseIsNewer as newer:
        return {"database": (True, "it answers."), "migrations": (False, newer.detail)}
    except (AmendsError, WrongDatabaseUrl) as error:
        return {"database": (False, str(error)), "migrations": (False, "not checked.")}
    words = "they wait. Run `amends migrate`." if behind else "the tables are those of this version."
    return {"database": (True, "it answers."), "migrations": (not behind, words)}


async def _living(settings: "Settings", now: datetime) -> dict[str, Finding]:
    from amends.cli.wiring import secrets_of
    from amends.services.case import redrawing
    from amends.services.nudge import sealed_addresses, targets
    from amends.services.operation import health, installation_work
    from amends.services.operation.backups import schedule

    async with opened(settings):
        seen_at = await health.worker_seen_at()
        failing = await health.failures(now=now)
        everywhere = await targets.everywhere()
        damaged = await redrawing.damaged()
        backups = await schedule.standing(now=now)
        work = await installation_work.standing(now=now)
        sealed = await sealed_addresses.look(secrets_of(settings))
    return {
        "keys": _keys(sealed.unreadable),
        "worker": _worker(seen_at, failing, now),
        "targets": _targets(everywhere),
        "evidence": _evidence(damaged),
        "storage": await _storage(settings),
        "backups": _backups(backups, settings.backup_dir),
        "drafts": _drafts(settings.backup_dir),
        "work": _work(work),
    }


def _worker(seen_at: datetime | None, failing: Sequence[str], now: datetime) -> Finding:
    from amends.services.operation import health

    if seen_at is None:
        return False, "none was ever seen. Start `amends serve`, or `amends work` beside it."
    if seen_at > now + AHEAD:
        return False, f"it was seen at {seen_at:%Y-%m-%d %H:%M} UTC, which is to come. Set this clock right."
    if health.is_late(seen_at, now=now):
        return False, f"last seen at {seen_at:%Y-%m-%d %H:%M} UTC. Start `amends serve` or `amends work`."
    if failing:
        return False, f"it lives, and this fails: {'; '.join(failing)}. Look at its log."
    return True, f"it was seen {int((now - seen_at).total_seconds())} s ago."


def _keys(unreadable: Sequence[str]) -> Finding:
    if unreadable:
        return (
            False,
            f"they do not open: {', '.join(unreadable)}. Bring the keys back, or write the addresses anew.",
        )
    return True, "they open every address."


def _evidence(damaged: int) -> Finding:
    if damaged:
        return (
            False,
            f"{damaged} pictures are missing or were altered. Bring the folder back from a backup.",
        )
    return True, "no picture is known to be missing or altered."


async def _storage(settings: "Settings") -> Finding:
    """Whether object storage takes and deletes a file, where it is in use."""
    if settings.object_storage is None:
        return True, f"files are in {settings.evidence_dir}."
    from amends.gateways.evidence_files import EvidenceStoreIsAway
    from amends.gateways.evidence_objects import ObjectEvidenceFiles

    bucket = settings.object_storage.bucket
    try:
        keeps_versions = await ObjectEvidenceFiles(settings.object_storage).keeps_versions()
    except EvidenceStoreIsAway as away:
        problem = away.extra["problem"]
        return False, f"the bucket {bucket} cannot be used ({problem}). Check AMENDS_S3_* and its network."
    if keeps_versions:
        return (
            False,
            f"the bucket {bucket} keeps versions, so erased files stay in it. Let a lifecycle rule of the "
            "bucket remove noncurrent versions after a day.",
        )
    return True, f"the bucket {bucket} takes files and deletes them."


def _backups(standing: "Standing", folder: Path) -> Finding:
    """Only what was planned and does not happen has failed: whoever plans none may have another way."""
    good = standing.last_good
    if standing.is_failing:
        return False, f"the last one failed: {standing.runs[0].problem} It is tried again within an hour."
    if standing.is_overdue:
        return False, "the next one is overdue. Look at the log of the worker, or run `amends backup`."
    if good is None:
        return True, "never made here. Turn them on at /settings/backups, or run `amends backup`."
    return True, f"the last good one is of {good.started_at:%Y-%m-%d %H:%M} UTC: {good.name} in {folder}."


def _drafts(folder: Path) -> Finding:
    """What a backup that was killed left: it takes room, and nobody restores it."""
    from amends.gateways.backups import left_half_done

    if left := left_half_done(folder):
        return True, f"{', '.join(left)} in {folder} is of a backup that was killed; the next one removes it."
    return True, "no backup was left half done."


def _work(standings: "Sequence[WorkStanding]") -> Finding:
    """The check of the records and the anchors; of backups the line before tells."""
    others = [one for one in standings if one.work != "backup"]
    if trouble := [one for one in others if one.is_in_trouble]:
        words = ", ".join(f"{one.work} ({one.problem or 'overdue'})" for one in trouble)
        return False, f"not in order: {words}. Look at /settings/records and at the log of the worker."
    done = ", ".join(
        f"{one.work} {one.good_at:%Y-%m-%d %H:%M} UTC" if one.good_at else f"no {one.work} yet"
        for one in others
    )
    return True, f"{done}."


def _targets(everywhere: list[Any]) -> Finding:
    if not everywhere:
        return False, "there is none, so nobody can be nudged. Add one on the page /settings/delivery."
    failing = [f"{one.name} ({one.masked})" for one in everywhere if one.failures]
    if failing:
        return (
            False,
            f"the last message did not arrive at: {', '.join(failing)}. Send a test from /settings/delivery.",
        )
    return True, f"{len(everywhere)} of them, none failing."
