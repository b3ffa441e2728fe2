"""List of erased people as a file beside the keys: it outlives a restore of an older backup (R-95).

It names nobody: of each erasure it has the id, the instant, keyed hashes of accounts, the ids of rows that
were left as they were, and the id of the case where only one went. It is only added to.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

NAME = "erased.jsonl"
MODE = 0o600


@dataclass(frozen=True, kw_only=True)
class ErasedAccounts:
    """One erasure: of a person, the accounts by their keyed hashes and the rows that were kept; or of a case.

    `case` is the id of the case that went because its time was over; empty where a person was erased.
    """

    id: str
    at: datetime
    accounts: tuple[str, ...]
    kept: tuple[str, ...] = ()
    case: str = ""


class ErasedList:
    """The file `erased.jsonl` in the data folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def add(self, several: Iterable[ErasedAccounts]) -> None:
        """Adds what is not in it yet, and sees to it that the disk has it."""
        known = {one.id for one in self.read()}
        lines = [_line(one) for one in several if one.id not in known]
        if not lines:
            return
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, MODE), "w") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> list[ErasedAccounts]:
        """Every erasure; a line that was cut off by a crash is left out."""
        if not self.path.exists():
            return []
        return [one for line in self.path.read_text().splitlines() if (one := _read(line))]


def _line(one: ErasedAccounts) -> str:
    values = {"id": one.id, "at": one.at.isoformat(), "accounts": one.accounts, "kept": one.kept}
    return json.dumps(values | ({"case": one.case} if one.case else {})) + "\n"


def _read(line: str) -> ErasedAccounts | None:
    try:
        row = json.loads(line)
        at = datetime.fromisoformat(row["at"])
        accounts, kept = tuple(row["accounts"]), tuple(row["kept"])
        return ErasedAccounts(
            id=str(row["id"]), at=at, accounts=accounts, kept=kept, case=str(row.get("case", ""))
        )
    except (ValueError, KeyError, TypeError):
        return None
