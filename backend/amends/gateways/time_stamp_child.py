"""Main program of the child process that asks an authority for one time stamp and checks it (RFC 3161).

Started by `time_stamps.py` as an isolated interpreter with an empty environment; its one connection is judged
by the guard of `guarded_http.py`. One job comes by standard input, one answer goes back, both as JSON.
"""

import base64
import http.client
import json
import ssl
import sys
import time
from typing import Any

from amends.gateways import guarded_http

SECONDS = 20
"""For the connection and the answer, and of processor time."""
MOST_BYTES = 64 * 1024
"""Of an answer; one with its certificates has about 6 KB."""
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"


class Failed(Exception):
    """There is no time stamp; its argument is a word of our own."""


def main(*allowed: str) -> None:
    """One time stamp of the words of standard input, within the limits."""
    job = json.loads(sys.stdin.buffer.read())
    try:
        import rfc3161_client
        from cryptography import x509
    except ImportError:
        return _say({"outcome": "missing"})
    words = job["words"].encode()
    roots = x509.load_pem_x509_certificates(job["certificates"].encode())
    query = (
        rfc3161_client.TimestampRequestBuilder()
        .data(words)
        .hash_algorithm(rfc3161_client.HashAlgorithm.SHA256)
        .nonce(nonce=True)
        .cert_request(cert_request=True)
        .build()
    )
    context, refusals = guarded_http.enter(allowed, seconds=SECONDS)
    try:
        content = _ask(job["address"], query.as_bytes(), context, job["patience"])
        answer = _checked(content, words, int(query.nonce or 0), roots)
    except Failed as failed:
        answer = {"outcome": failed.args[0]}
    except rfc3161_client.VerificationError as error:
        answer = {"outcome": "untrusted", "detail": str(error)}
    except (OSError, http.client.HTTPException, ValueError):
        answer = {"outcome": "private" if refusals else "unreachable"}
    return _say(answer)


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()


def _ask(address: str, query: bytes, context: ssl.SSLContext, patience: int) -> bytes:
    """The answer of the authority; a redirect is none."""
    end = time.monotonic() + SECONDS
    connection = guarded_http.connection(address, context, patience=patience)
    headers = {"Content-Type": QUERY, "Accept": REPLY, "User-Agent": "Amends", "Connection": "close"}
    connection.request("POST", guarded_http.path_of(address), body=query, headers=headers)
    response = connection.getresponse()
    if response.status != 200:
        raise Failed("status")
    content = b""
    while part := response.read1(8_192):
        content += part
        if len(content) > MOST_BYTES:
            raise Failed("huge")
        if time.monotonic() > end:
            raise Failed("slow")
    return content


def _checked(content: bytes, words: bytes, nonce: int, roots: list[Any]) -> dict[str, Any]:
    """The time stamp, once its hash, nonce, signature and certificate fit. Raises VerificationError."""
    import rfc3161_client

    verifier = rfc3161_client.VerifierBuilder().nonce(nonce)
    for root in roots:
        verifier = verifier.add_root_certificate(root)
    try:
        token = rfc3161_client.decode_timestamp_response(content)
        verifier.build().verify_message(token, words)
    except ValueError:  # no time stamp at all, or a refusal, which holds none
        raise Failed("no_stamp") from None
    return {
        "outcome": "stamped",
        "token": base64.b64encode(content).decode(),
        "at": token.tst_info.gen_time.isoformat(),
        "serial": str(token.tst_info.serial_number),
    }
