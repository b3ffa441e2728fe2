"""Main program of the child process that talks to one sign-in provider (OpenID Connect).

Started by `providers.py` as an isolated interpreter with an empty environment, behind the guard of
guarded_http. It follows no redirect and reads little. One job comes by standard input, one answer goes back,
both as JSON.
"""

import base64
import http.client
import json
import ssl
import sys
import time
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

from amends.gateways import guarded_http

SECONDS = 15
"""For all that is asked of a provider at once."""
MOST_BYTES = 512 * 1024
"""Of one answer."""
DISCOVERY = "/.well-known/openid-configuration"


class Failed(Exception):
    """The provider cannot be used; its argument is a word of our own."""


class Provider:
    """One provider, for the time of one job."""

    def __init__(self, job: dict[str, Any], allowed: tuple[str, ...], context: ssl.SSLContext) -> None:
        self.job, self.allowed, self.context = job, allowed, context
        self.end = time.monotonic() + SECONDS

    def discovery(self) -> dict[str, Any]:
        """What the provider says of itself, if it is the one that was configured."""
        told = self.ask(self.job["issuer"].rstrip("/") + DISCOVERY)
        if told.get("issuer") != self.job["issuer"]:
            raise Failed("issuer")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            self.must_be_safe(str(told.get(name, "")))
        return told

    def exchange(self) -> dict[str, Any]:
        """The ID token for a code, and the keys that may have signed it."""
        told = self.discovery()
        form = {
            "grant_type": "authorization_code",
            "code": self.job["code"],
            "redirect_uri": self.job["redirect_uri"],
            "code_verifier": self.job["verifier"],
        }
        answer = self.ask(told["token_endpoint"], form)
        if not isinstance(answer.get("id_token"), str):
            raise Failed("token")
        return {"token": answer["id_token"], "keys": self.ask(told["jwks_uri"])}

    def ask(self, address: str, form: dict[str, str] | None = None) -> dict[str, Any]:
        """A JSON object; a redirect is as little an answer as an error is."""
        self.must_be_safe(address)
        connection = guarded_http.connection(address, self.context, patience=self.job["patience"])
        headers = {"User-Agent": "Amends", "Accept": "application/json", "Connection": "close"}
        if form is None:
            connection.request("GET", guarded_http.path_of(address), headers=headers)
        else:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Authorization": self.basic()}
            connection.request("POST", guarded_http.path_of(address), urlencode(form), headers)
        response = connection.getresponse()
        if response.status != 200:
            raise Failed("refused" if form else "status")
        return self.read(response)

    def basic(self) -> str:
        """Client id and secret, each encoded as a form is (RFC 6749, 2.3.1)."""
        pair = f"{quote_plus(self.job['client_id'])}:{quote_plus(self.job['secret'])}"
        return "Basic " + base64.b64encode(pair.encode()).decode()

    def read(self, response: http.client.HTTPResponse) -> dict[str, Any]:
        """The whole answer, within bytes and time."""
        body = b""
        while part := response.read1(65_536):
            body += part
            if len(body) > MOST_BYTES or time.monotonic() > self.end:
                raise Failed("slow")
        told = json.loads(body)
        if not isinstance(told, dict):
            raise Failed("status")
        return told

    def must_be_safe(self, address: str) -> None:
        """https; plain http only to a server that the operator has listed, by host and port."""
        parts = urlsplit(address)
        listed = f"{parts.hostname}:{parts.port}" in self.allowed
        if parts.scheme != "https" and not (parts.scheme == "http" and listed):
            raise Failed("plain")


def main(*allowed: str) -> None:
    """Does the job of standard input, within the limits."""
    job = json.loads(sys.stdin.buffer.read())
    context, refusals = guarded_http.enter(allowed, seconds=SECONDS)
    provider = Provider(job, allowed, context)
    try:
        answer = provider.exchange() if "code" in job else provider.discovery()
        said = {"outcome": "good", "told": answer}
    except Failed as failed:
        said = {"outcome": failed.args[0]}
    except ssl.SSLError:
        said = {"outcome": "certificate"}
    except (OSError, http.client.HTTPException, ValueError, RecursionError):
        said = {"outcome": "private" if refusals else "unreachable"}
    sys.stdout.write(json.dumps(said))
    sys.stdout.flush()
