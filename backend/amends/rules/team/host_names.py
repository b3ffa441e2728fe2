"""Host names in their wire form (punycode)."""

import re
import unicodedata

DEVIATES = re.compile("[ßẞς]")


def wire_host(host: str) -> str | None:
    """A host as browsers look it up: in punycode when it is not ASCII (UTS 46); None when it cannot be.

    Python's codec is of 2003 and reads ß as ss, where browsers go to another host.
    """
    if host.isascii():
        return host
    try:
        return ".".join(_wire_label(label) for label in host.split("."))
    except UnicodeError:
        return None


def _wire_label(label: str) -> str:
    if DEVIATES.search(label):
        return "xn--" + unicodedata.normalize("NFC", label.lower()).encode("punycode").decode("ascii")
    return label.encode("idna").decode("ascii")
