"""`amends serve`: web server and worker in one process."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from amends.cli.terminal import CannotStart, bring_up_to_date, chosen_settings, opened, say

if TYPE_CHECKING:
    import socket

    from amends.settings import Settings


def arguments(commands: Any) -> None:  # noqa: ANN401 - argparse keeps this type to itself
    """`serve [--no-worker] [--host HOST] [--port PORT]`."""
    command = commands.add_parser("serve", help="serve the pages and the API, with the worker beside them")
    command.add_argument("--no-worker", action="store_true", help="leave the work to `amends work`")
    command.add_argument("--host", help="the address to listen on, instead of AMENDS_HOST")
    command.add_argument("--port", type=int, help="the port to listen on, instead of AMENDS_PORT")
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Serves until it is told to stop."""
    import asyncio
    import signal

    chosen = with_options(chosen_settings(), host=given.host, port=given.port)
    listener = listen(chosen.host, chosen.port)

    from amends.cli.server import Server

    bring_up_to_date(chosen)
    asyncio.run(_checked(chosen))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # after the server has ended by itself
    server = Server(chosen, with_worker=not given.no_worker)
    say(f"Starting; then open {chosen.base_url}")
    server.run(sockets=[listener])
    return server.exit_code


async def _checked(settings: "Settings") -> None:
    """Raises KeysDoNotFit: better not to start than to lose what others sealed."""
    from amends.cli.wiring import secrets_of
    from amends.clock import utc_now
    from amends.services.nudge import push_targets, sealed_addresses

    async with opened(settings):
        await sealed_addresses.check(secrets_of(settings))
        await push_targets.ensure_key(secrets_of(settings), now=utc_now())


def with_options(settings: "Settings", *, host: str | None, port: int | None) -> "Settings":
    """What was typed goes before the environment; the base URL follows the port unless it was chosen."""
    import dataclasses

    changes: dict[str, Any] = {}
    if host:
        changes["host"] = host
    if port is not None:
        if not 1 <= port <= 65535:
            raise CannotStart("--port must be a number from 1 to 65535.")
        changes["port"] = port
        if settings.base_url == f"http://127.0.0.1:{settings.port}":
            changes["base_url"] = f"http://127.0.0.1:{port}"
    return dataclasses.replace(settings, **changes)


def listen(host: str, port: int) -> "socket.socket":
    """A listening socket. Raises CannotStart when the port is taken or the address is not ours."""
    import socket

    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1024)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotStart(
            f"Port {port} on {host} cannot be used ({reason.lower()}). "
            "Stop what uses it, or choose another port with AMENDS_PORT or --port."
        ) from None
    listener.setblocking(False)
    listener.set_inheritable(False)
    return listener
