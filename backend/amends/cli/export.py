"""`amends export`: cases, people or prepared replies as CSV, with formulas disarmed."""

import argparse
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import CannotStart, say, with_database

if TYPE_CHECKING:
    from amends.settings import Settings

WHAT = ("cases", "people", "replies")


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`export cases|people|replies FILE`."""
    command = commands.add_parser("export", help="write cases, people or prepared replies as CSV")
    command.add_argument("what", choices=WHAT, help="what is written")
    command.add_argument("file", type=Path, metavar="FILE", help="a new file")
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Writes one new file, mode 0600."""
    if given.file.exists():
        raise CannotStart(f"{given.file} is there already. Name a new file.")

    async def work(_settings: "Settings") -> int:
        content = await TABLES[given.what]()
        try:
            with os.fdopen(os.open(given.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
        except OSError as error:
            raise CannotStart(f"{given.file} cannot be written: {error.strerror}.") from None
        say(f"{given.file}")
        return 0

    return with_database(work)


async def _cases() -> bytes:
    from amends.clock import utc_now
    from amends.rules.capture import sheets
    from amends.services.desk import cases
    from amends.services.desk.cases import CaseFilters
    from amends.web.desk import exports

    rows = [exports.cells(row) async for row in cases.every(CaseFilters(), now=utc_now())]
    return sheets.write(exports.COLUMNS, rows)


async def _people() -> bytes:
    from amends.services.person import people_sheet

    return await people_sheet.table()


async def _replies() -> bytes:
    from amends.services.reply import reply_templates

    return await reply_templates.table()


TABLES: dict[str, Callable[[], Awaitable[bytes]]] = {"cases": _cases, "people": _people, "replies": _replies}
