"""Mailboxes: when one is asked again, and which connections may be without TLS."""

from datetime import datetime, timedelta
from ipaddress import ip_address

EVERY = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
TLS_PORT = 993
TROUBLE_AFTER = 3
"""Failures in a row after which admins are told on Today."""


def next_fetch(now: datetime, failures: int) -> datetime:
    """Every minute; each failure in a row doubles that, up to an hour."""
    return now + min(EVERY * (1 << min(failures, 10)), LONGEST_PAUSE)


def is_plain(host: str, port: int) -> bool:
    """Whether this server is asked without TLS: only on this computer, and not on the port of TLS."""
    try:
        is_here = ip_address(host).is_loopback
    except ValueError:
        is_here = host.lower() == "localhost"
    return is_here and port != TLS_PORT
