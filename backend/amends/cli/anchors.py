"""`amends anchors`: what is kept elsewhere, so that a rewriting of the records shows."""

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import CannotStart, complain, say, with_database

if TYPE_CHECKING:
    from amends.rules.case.anchors import Anchor, Kept
    from amends.rules.case.verification import Head
    from amends.settings import Settings

NO_ANCHORS = "holds no anchors; `amends anchors export FILE` writes them."
HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class KeptElsewhere:
    """What a file of anchors holds: heads of cases, and anchors."""

    heads: "list[Head]"
    anchors: "list[Kept]"


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`anchors export`."""
    command = commands.add_parser("anchors", help="keep elsewhere what shows that records were rewritten")
    deeds = command.add_subparsers(title="deeds", required=True, metavar="{export}")
    export = deeds.add_parser("export", help="an anchor of now, those before it, and all heads")
    export.add_argument("file", type=Path, metavar="FILE", help="a new file")
    export.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Writes one JSON object a line: the anchors, then the heads that the newest one covers."""
    path: Path = given.file
    if path.exists():
        raise CannotStart(f"{path} is there already; anchors go into a new file.")

    async def work(settings: "Settings") -> int:
        from amends.clock import utc_now
        from amends.services.case import anchors

        newest = await anchors.make(now=utc_now())
        if newest is None:
            complain("There is no case yet, so there is nothing to anchor.")
            return 1
        heads = await anchors.heads_at(newest)
        with path.open("x") as file:
            file.writelines(f"{line}\n" for line in _lines(await anchors.chain(), heads))
        say(f"Anchor {newest.number} of {newest.cases} cases: {newest.hash}")
        say(f"{path} has it, those before it, and the heads of all timelines. Keep it on another machine.")
        return 0

    return with_database(work)


def read(path: Path) -> KeptElsewhere:
    """What such a file holds; a line may also be the hash of an anchor alone. Raises CannotStart."""
    try:
        lines = path.read_text().splitlines()
    except OSError as error:
        raise CannotStart(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CannotStart(f"{path} {NO_ANCHORS}") from None
    kept = KeptElsewhere([], [])
    for line in filter(str.strip, lines):
        _take(kept, line, path)
    return kept


def typed(words: str) -> "Kept":
    """The anchor whose hash was typed, with spaces or without. Raises CannotStart."""
    from amends.rules.case.anchors import Kept

    digest = "".join(words.split()).lower()
    if not HASH.fullmatch(digest):
        raise CannotStart(f"{words} is no hash of an anchor: it has 64 digits and letters from a to f.")
    return Kept(digest)


def _take(kept: KeptElsewhere, line: str, path: Path) -> None:
    from amends.rules.case.anchors import Kept
    from amends.rules.case.verification import Head

    if HASH.fullmatch("".join(line.split()).lower()):
        kept.anchors.append(typed(line))
        return
    try:
        row = json.loads(line)
        if "anchor" in row:
            kept.anchors.append(Kept(str(row["hash"]), int(row["anchor"])))
        else:
            kept.heads.append(Head(int(row["case"]), int(row["position"]), str(row["hash"])))
    except (ValueError, KeyError, TypeError):
        raise CannotStart(f"{path} {NO_ANCHORS}") from None


def _lines(chain: "Sequence[Anchor]", heads: "Iterable[Head]") -> Iterator[str]:
    for one in chain:
        yield json.dumps(
            {
                "anchor": one.number,
                "at": one.made_at.astimezone(UTC).isoformat(timespec="microseconds"),
                "cases": one.cases,
                "root": one.root,
                "previous": one.previous,
                "hash": one.hash,
            }
        )
    for head in heads:
        yield json.dumps({"case": head.case_number, "position": head.position, "hash": head.hash})
