"""`amends retention`: which cases would be erased because their retention period is over."""

import argparse
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import CannotStart, say, with_database

if TYPE_CHECKING:
    from datetime import datetime

    from amends.rules.operation.retention import Plan
    from amends.settings import Settings

PERIODS = ("ended", "silence", "refused", "threat", "drafts")


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`retention --preview`, by the plan or by other periods."""
    command = commands.add_parser("retention", help="say what would be erased by its age, and when")
    command.add_argument(
        "--preview", action="store_true", required=True, help="only say it; nothing is changed"
    )
    for name in PERIODS:
        command.add_argument(f"--{name}", type=int, metavar="MONTHS", help="as if this period were so long")
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints what would go by kind, what stays although its period is over, and what is on notice."""
    other = {name: months for name in PERIODS if (months := getattr(given, name)) is not None}

    async def work(_settings: "Settings") -> int:
        import msgspec

        from amends.clock import utc_now
        from amends.services.operation.retention import commands, plan

        standing = await plan.standing()
        looked_at = msgspec.structs.replace(standing, **other)
        if wrong := commands.wrong_in(looked_at):
            raise CannotStart(f"--{next(iter(wrong))}: {next(iter(wrong.values()))}")
        await _tell(looked_at, now=utc_now())
        await _tell_of_the_list()
        return 0

    return with_database(work)


async def _tell(looked_at: "Plan", *, now: "datetime") -> None:
    from amends.rules.operation.retention import Term
    from amends.services.operation.retention import listing

    say(
        "Retention is on."
        if looked_at.is_on
        else "Retention is off: nothing is erased. What would be, were it on:"
    )
    found = await listing.counts(looked_at, now=now)
    for term in Term:
        counts = found.get(term, {})
        months = getattr(looked_at, term, None)
        period = "kept for ever" if months == 0 else f"after {months} months" if months else "with their case"
        held, owing = counts.get("held", 0), counts.get("owing", 0)
        stay = f"; {held} under legal hold and {owing} with something due stay" if held or owing else ""
        say(f"{term} ({period}): {counts.get('goes', 0)} cases{stay}")
    drafts = await listing.count_drafts(looked_at, now=now)
    say(f"drafts ({f'after {looked_at.drafts} months' if looked_at.drafts else 'kept for ever'}): {drafts}")


async def _tell_of_the_list() -> None:
    from amends.services.operation.retention import reading

    listed, more = await reading.on_notice()
    for one in listed:
        say(f"On notice: case {one.number}, erased from {one.goes_at:%Y-%m-%d %H:%M} UTC on.")
    if more:
        say("More cases are on notice; /retention lists all of them.")
    for one in await reading.kept():
        say(f"Kept longer: case {one.number}, until {one.kept_until}.")
