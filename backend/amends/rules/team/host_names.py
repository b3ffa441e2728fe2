"""Host names in their wire form (punycode)."""

import re
import unicodedata

LONGEST_HOST, LONGEST_LABEL = 253, 63
"""Characters that a host and a part of it may have (RFC 1035); encoding takes their square in time."""
DEVIATES = re.compile("[ßẞς]")


def wire_host(host: str) -> str | None:
    """A host as browsers look it up: in punycode when it is not ASCII (UTS 46); None when it cannot be.

    Python's codec is of 2003 and reads ß as ss, where browsers go to another host.
    """
    labels = host.split(".", LONGEST_HOST)
    if len(host) > LONGEST_HOST or any(len(label) > LONGEST_LABEL for label in labels):
        return None
    if host.isascii():
        return host
    try:
        return ".".join(_wire_label(label) for label in labels)
    except UnicodeError:
        return None


def _wire_label(label: str) -> str:
    if DEVIATES.search(label):
        return "xn--" + unicodedata.normalize("NFC", label.lower()).encode("punycode").decode("ascii")
    return label.encode("idna").decode("ascii")
