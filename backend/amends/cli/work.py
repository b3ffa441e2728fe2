"""`amends work`: the worker in a process of its own, continuously or once."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import CannotStart, complain, say, with_database

if TYPE_CHECKING:
    from amends.settings import Settings


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`work [--once [--now INSTANT]]`."""
    command = commands.add_parser("work", help="plan and deliver nudges, and do what happens by itself")
    command.add_argument(
        "--once", action="store_true", help="do what is to be done at this instant, then exit"
    )
    command.add_argument(
        "--now", type=instant, metavar="INSTANT", help="with --once: another instant, as 2026-03-03T12:00:00Z"
    )
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Works until it is told to stop; or once, and says what it did."""
    from amends import logs

    if given.now and not given.once:
        raise CannotStart("--now goes with --once only: the worker itself lives in the present.")
    logs.configure(as_json=True, level="INFO")
    if given.once:
        return with_database(lambda settings: _once(settings, given.now))
    return with_database(_for_ever)


def instant(text: str) -> datetime:
    """An instant in UTC; one without a zone is taken as UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not an instant such as 2026-03-03T12:00:00Z") from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


async def _once(settings: "Settings", chosen: datetime | None) -> int:
    """Exit code 1 when a nudge could not be delivered or a job failed, so that cron tells somebody."""
    from amends.cli.wiring import dependencies_of
    from amends.clock import utc_now
    from amends.services.nudge import push_targets, sealed_addresses
    from amends.worker.loop import run_once
    from amends.worker.single_instance import free_stale_leases

    dependencies, now = dependencies_of(settings), chosen or utc_now()
    await sealed_addresses.check(dependencies.secrets)
    await push_targets.ensure_key(dependencies.secrets, now=now)
    lock = await free_stale_leases(settings.data_dir, now=now)
    try:
        done = await run_once(dependencies, now=now)
    finally:
        await dependencies.notifier.close()
        if lock:
            lock.close()
    say(
        f"{done.planned} planned, {done.sent} delivered, {done.failed} not delivered, "
        f"{done.void} no longer true, at {now:%Y-%m-%dT%H:%M:%SZ}."
    )
    if done.broken:
        complain(f"Failed: {'; '.join(done.broken)}. The log above says why; everything else was done.")
    return 1 if done.failed or done.broken else 0


async def _for_ever(settings: "Settings") -> int:
    import asyncio
    import signal

    from amends.cli.wiring import secrets_of, worker_of
    from amends.clock import utc_now
    from amends.services.nudge import push_targets, sealed_addresses
    from amends.worker.single_instance import free_stale_leases

    await sealed_addresses.check(secrets_of(settings))
    await push_targets.ensure_key(secrets_of(settings), now=utc_now())
    stop = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    lock = await free_stale_leases(settings.data_dir, now=utc_now())
    worker = worker_of(settings, clock=utc_now)
    say("The worker is running; Ctrl+C stops it.")
    try:
        await worker.run(stop)
    finally:
        if lock:
            lock.close()
    return 0
