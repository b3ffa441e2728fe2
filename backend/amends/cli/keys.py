"""`amends keys`: makes an encryption key, seals everything with the first one, forgets what none opens."""

import argparse
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import complain, say, with_database

if TYPE_CHECKING:
    from amends.settings import Settings


LOST = "Bring their key back; else write addresses anew, and remove second factors with `amends member`."


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`keys new`, `keys rotate`, `keys forget`."""
    command = commands.add_parser("keys", help="replace the keys that seal secrets")
    verbs = command.add_subparsers(title="verbs", required=True, metavar="{new,rotate,forget}")
    new = verbs.add_parser("new", help="print a fresh key, and nothing else")
    new.set_defaults(run=run_new)
    rotate = verbs.add_parser("rotate", help="seal every secret anew with the first key")
    rotate.set_defaults(run=run_rotate)
    forget = verbs.add_parser("forget", help="remove the targets whose address no key opens")
    forget.set_defaults(run=run_forget)


def run_new(_given: argparse.Namespace) -> int:
    """Prints a key alone, so that a script can take it."""
    from amends.gateways.secrets import new_key

    say(new_key())
    return 0


def run_rotate(_given: argparse.Namespace) -> int:
    """Exit code 1 when something could not be opened: it still needs a key that is not there."""

    async def work(settings: "Settings") -> int:
        from amends.cli.wiring import secrets_of
        from amends.services.nudge import sealed_addresses
        from amends.services.operation import sealing

        secrets = secrets_of(settings)
        done = await sealing.rotate(secrets)
        say(f"Sealed with the first key: {', '.join(f'{one.opened} {one.kind}' for one in done)}.")
        lost = [f"{one.unreadable} {one.kind}" for one in done if one.unreadable]
        if lost:
            names = ", ".join((await sealed_addresses.look(secrets)).unreadable)
            complain(f"No key opens: {', '.join(lost)}{f' ({names})' if names else ''}. {LOST}")
        return 1 if lost else 0

    return with_database(work)


def run_forget(_given: argparse.Namespace) -> int:
    """Names the targets that were removed."""

    async def work(settings: "Settings") -> int:
        from amends.cli.wiring import secrets_of
        from amends.services.nudge import sealed_addresses

        names = await sealed_addresses.forget(secrets_of(settings))
        say(f"{len(names)} targets were removed{': ' if names else ''}{', '.join(names)}.")
        return 0

    return with_database(work)
