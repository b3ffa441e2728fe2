"""Main program of the child process that carries events to one endpoint of another program.

Started by `webhooks.py` as an isolated interpreter with an empty environment, behind the guard of
guarded_http. It follows no redirect, reads little of what is answered, and stops at the first event that is
not taken. One job comes by standard input, one answer goes back, both as JSON.
"""

import base64
import http.client
import json
import re
import signal
import ssl
import sys
import time
from typing import Any

from amends.gateways import guarded_http

SECONDS = 25
"""After so long no further event is begun."""
EACH = 10
"""Seconds for one event, whatever drips meanwhile."""
MOST_BYTES = 1_000
"""Of an answer, for whoever looks why it failed."""
PAUSE_ASKED = re.compile(r"[0-9]{1,9}")
BUSY = (429, 503)


def main(*allowed: str) -> None:
    """Does the job of standard input, within the limits."""
    job = json.loads(sys.stdin.buffer.read())
    each = job.get("each", EACH)
    context, refusals = guarded_http.enter(allowed, seconds=SECONDS)
    end, answers = time.monotonic() + SECONDS, list[dict[str, Any]]()
    for request in job["requests"]:
        _ring_after(each)
        answers.append(_outcome(job, request, context, refusals))
        _ring_after(0)
        if answers[-1]["outcome"] != "delivered" or time.monotonic() > end:
            break
    sys.stdout.write(json.dumps(answers))
    sys.stdout.flush()


def _ring_after(seconds: float) -> None:
    """Gives up after so long, where the system has an alarm; elsewhere the parent ends the whole child."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _give_up)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _give_up(*_: object) -> None:
    raise TimeoutError


def _outcome(
    job: dict[str, Any], request: dict[str, Any], context: ssl.SSLContext, refusals: list[str]
) -> dict[str, Any]:
    try:
        return _send(job["address"], request, context, patience=job.get("each", EACH))
    except TimeoutError:
        return {"outcome": "slow"}
    except ssl.SSLError:
        return {"outcome": "certificate"}
    except (OSError, http.client.HTTPException, ValueError):
        return {"outcome": "private" if refusals else "unreachable"}


def _send(address: str, request: dict[str, Any], context: ssl.SSLContext, *, patience: int) -> dict[str, Any]:
    connection = guarded_http.connection(address, context, patience=patience)
    try:
        content = base64.b64decode(request["body"])
        headers = request["headers"] | {"Accept-Encoding": "identity", "Connection": "close"}
        connection.request("POST", guarded_http.path_of(address), content, headers)
        response = connection.getresponse()
        return {
            "outcome": _said(response.status),
            "status": response.status,
            "retry_after": _asked(response),
            "answer": _beginning(response),
        }
    finally:
        connection.close()


def _said(status: int) -> str:
    if 200 <= status < 300:
        return "delivered"
    if 300 <= status < 400:
        return "redirect"
    if status == 410:
        return "gone"
    return "busy" if status in BUSY else "status"


def _asked(response: http.client.HTTPResponse) -> int | None:
    asked = response.getheader("Retry-After") or ""
    return int(asked) if PAUSE_ASKED.fullmatch(asked) else None


def _beginning(response: http.client.HTTPResponse) -> str:
    """What came of the answer in time; that something is missing changes nothing of its status."""
    try:
        return response.read1(MOST_BYTES).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException, ValueError):
        return ""
