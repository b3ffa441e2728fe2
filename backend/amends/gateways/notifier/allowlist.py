"""Allow-list of private targets: decides which IP address and port a connection may use."""

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from amends.errors import Invalid

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Sequence[str]]

METADATA = frozenset(
    ipaddress.ip_address(text)
    for text in (
        "169.254.169.254",
        "169.254.169.123",
        "169.254.170.2",
        "169.254.170.23",
        "192.0.0.192",
        "100.100.100.200",
        "168.63.129.16",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd20:ce::254",
    )
)
"""Where clouds hand out the machine's own credentials. No allow-list opens these (R-60)."""

_NEVER_PUBLIC = tuple(
    ipaddress.ip_network(text)
    for text in ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20", "64:ff9b:1::/48", "fec0::/10")
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAMED = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<host>[a-z0-9._-]+)):(?P<port>\d{1,5})", re.IGNORECASE)


class PrivateTargetIsMalformed(Invalid):
    "Write a private destination as host:port, [address]:port or a network such as 10.0.0.0/8."


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the allow-list: a whole network, or one host with one port."""

    network: Network | None = None
    host: str = ""
    port: int = 0


def parse_entry(entry: str) -> Entry:
    """One entry of AMENDS_ALLOW_PRIVATE_TARGETS. Raises PrivateTargetIsMalformed."""
    entry = entry.strip()
    named = _NAMED.fullmatch(entry)
    try:
        if named is None:
            return Entry(network=ipaddress.ip_network(entry))
        if named["six"]:
            ipaddress.IPv6Address(named["six"])
    except ValueError:
        raise PrivateTargetIsMalformed(entry=entry) from None
    port = int(named["port"])
    if not 0 < port < 65_536:
        raise PrivateTargetIsMalformed(entry=entry)
    return Entry(host=(named["six"] or named["host"]).lower(), port=port)


def may_connect(
    host: object,
    port: object,
    *,
    allowed: Sequence[Entry],
    is_public: Callable[[str], bool],
    resolve: Resolve,
) -> bool:
    """Judge the address that connect() is about to use. A name is never judged: it is refused (R-60)."""
    try:
        written = ipaddress.ip_address(host.partition("%")[0]) if isinstance(host, str) else None
    except ValueError:
        return False
    if written is None or not isinstance(port, int):
        return False
    address = _unwrapped(written)
    behind = _translated(written)
    if behind in METADATA or address in METADATA:
        return False
    if is_public(str(written)) and _is_global(behind or address) and not _within(address, _NEVER_PUBLIC):
        return True
    return any(_holds(entry, address, port, resolve) for entry in allowed)


def _holds(entry: Entry, address: Address, port: int, resolve: Resolve) -> bool:
    """Whether an entry covers exactly this address and port. Names are looked up now, not remembered."""
    if entry.network is not None:
        return _within(address, (entry.network,))
    if entry.port != port:
        return False
    return any(_unwrapped(ipaddress.ip_address(found)) == address for found in resolve(entry.host, port))


def _unwrapped(address: Address) -> Address:
    """An IPv4 address that wears IPv6 clothes is judged as IPv4."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def _is_global(address: Address) -> bool:
    """Whether it is one machine's, anywhere: `is_global` of Python holds for groups and reserved ones too."""
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _translated(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address to which a translated one (NAT64, 6to4) leads."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF) if address in _NAT64 else address.sixtofour


def _within(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks if network.version == address.version)
