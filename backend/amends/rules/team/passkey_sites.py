"""Passkey sites: to which addresses of an installation passkeys can be bound: a name, over https."""

from dataclasses import dataclass
from enum import Enum
from ipaddress import ip_address
from urllib.parse import urlsplit

from amends.rules.team.host_names import wire_host

LOCAL = "localhost"
PORTS = {"http": 80, "https": 443}


class Hindrance(Enum):
    """Why there are no passkeys at an address."""

    NUMBER = "number"  # an IP address can be no relying party
    PLAIN = "plain"  # browsers offer them over https alone, and at localhost


@dataclass(frozen=True, slots=True)
class PasskeySite:
    """What passkeys are bound to, by the configured address alone: never by what a request says."""

    relying_party: str
    origin: str


def site_of(base_url: str) -> PasskeySite | Hindrance:
    """The site of an installation whose people type this address, or what stands against it."""
    parts = urlsplit(base_url)
    host = (wire_host(parts.hostname or "") or "").lower()
    if _is_number(host):
        return Hindrance.NUMBER
    if parts.scheme != "https" and host != LOCAL and not host.endswith(f".{LOCAL}"):
        return Hindrance.PLAIN
    port = "" if parts.port in (None, PORTS[parts.scheme]) else f":{parts.port}"
    return PasskeySite(host, f"{parts.scheme}://{host}{port}")


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
