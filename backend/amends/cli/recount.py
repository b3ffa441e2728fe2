"""`amends recount`: counts every case again for the reports."""

import argparse
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import say, with_database

if TYPE_CHECKING:
    from amends.settings import Settings


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`recount` has no options."""
    command = commands.add_parser("recount", help="count every case again for the reports of Insights")
    command.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Counts in the same small parts as the worker, which may run meanwhile."""
    return with_database(_recount)


async def _recount(_settings: "Settings") -> int:
    from amends.services.insight import counting, daily

    await counting.count_all_again()
    while await counting.count_changed():
        pass
    while await daily.add_up_days():
        pass
    cases, days = await daily.kept()
    say(f"{cases} cases were counted, on {days} days.")
    return 0
