"""Addresses that only the computer on which Amends runs can open."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

LINK = re.compile(r"https?://[^\s<>\"'()\[\]{}]{1,500}", re.IGNORECASE)


def opens_only_here(address: str) -> bool:
    """Whether what begins with this address can be opened on this computer alone, and so by no customer."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def links_here(text: str) -> tuple[str, ...]:
    """The links in a text that open on this computer alone, each once, without the stop behind them."""
    found = (one.rstrip(".,;:!?") for one in LINK.findall(text))
    return tuple(dict.fromkeys(one for one in found if opens_only_here(one)))
