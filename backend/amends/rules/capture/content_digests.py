"""Content-Digest header: whether bytes arrived as they were sent (RFC 9530)."""

import base64
import binascii
import hashlib
import hmac
import re

SHA_256 = re.compile(r"(?:^|,)\s*sha-256\s*=\s*:([^:]*):")


def agrees(header: str, content: bytes) -> bool:
    """Whether the content has the SHA-256 that a header `Content-Digest` names (RFC 9530, section 2).

    A header without a SHA-256 says nothing that could be wrong; one that cannot be read does not agree.
    """
    found = SHA_256.search(header)
    if not found:
        return "sha-256" not in header
    try:
        sent = base64.b64decode(found[1], validate=True)
    except binascii.Error:
        return False
    return hmac.compare_digest(sent, hashlib.sha256(content).digest())
