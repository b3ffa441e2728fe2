"""Sends one message by every address that it is given, to a server in this process; prints how each ended.

Run as a program, for it replaces how `requests` and `smtplib` reach a server. Input: a line for each service,
schema, address and what its server answers, between tabs. Output: a line of JSON with the outcome of each.
"""

import json
import smtplib
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import apprise.url
import requests
from aiosmtpd.controller import Controller
from requests.adapters import HTTPAdapter

from amends.gateways.notifier import exact_mail, jail, outcome_probe, smtp_login

JOB = {"title": "Case 142 is overdue", "body": "Please have a look.", "html": "", "reference": "#142/2"}


class Answering(BaseHTTPRequestHandler):
    """Says to everything what the service under test says."""

    body = b"{}"
    requests = 0

    def do_POST(self) -> None:
        Answering.requests += 1
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Length", str(len(Answering.body)))
        self.end_headers()
        self.wfile.write(Answering.body)

    do_GET = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_POST

    def log_message(self, *_: object) -> None:
        """Quiet."""


class Mailbox:
    """Takes every mail."""

    async def handle_DATA(self, *_: object) -> str:
        return "250 kept"


def reroute(web_port: int, mail_port: int) -> None:
    """Let every request and mail of this process end here, whatever host it is for."""
    send, look_up = HTTPAdapter.send, socket.getaddrinfo

    def send_here(self: HTTPAdapter, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        request.url = f"http://127.0.0.1:{web_port}{request.path_url}"
        return send(self, request, **options | {"proxies": {}})

    def connect_here(self: smtplib.SMTP, host: str, port: int, timeout: float) -> socket.socket:
        return socket.create_connection(("127.0.0.1", mail_port), timeout)

    def look_up_here(host: str, *arguments: Any, **options: Any) -> Any:
        if host != "127.0.0.1":
            raise socket.gaierror(socket.EAI_NONAME, "nothing leaves this machine")
        return look_up(host, *arguments, **options)

    socket.getaddrinfo = look_up_here
    HTTPAdapter.send = send_here  # type: ignore[method-assign]
    smtplib.SMTP._get_socket = smtplib.SMTP_SSL._get_socket = connect_here  # type: ignore[attr-defined]
    smtplib.SMTP.starttls = lambda self, **_: (220, b"pretended")  # type: ignore[assignment, misc]
    apprise.url.URLBase.throttle = lambda self, *_, **__: None  # type: ignore[method-assign]


def attempt(address: str, answer: str, probe: outcome_probe.OutcomeProbe) -> dict[str, Any]:
    Answering.body, Answering.requests = answer.encode(), 0
    job = JOB | {"address": address, "seconds": 20}
    return jail._serve(job, probe) | {"requests": Answering.requests}


def main() -> None:
    jail._services()
    exact_mail.install()
    web = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    mail = Controller(Mailbox(), hostname="127.0.0.1", port=int(sys.argv[1]))
    mail.start()
    probe = outcome_probe.OutcomeProbe()
    reroute(web.server_port, int(sys.argv[1]))
    outcome_probe.install(probe)
    smtp_login.install()
    for line in sys.stdin:
        schema, address, answer = line.rstrip("\n").split("\t")
        print(json.dumps({"schema": schema} | attempt(address, answer, probe)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
