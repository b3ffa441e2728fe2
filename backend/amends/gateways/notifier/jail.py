"""Main program of the sandboxed child process, the only place where Apprise runs.

Started by `child.py` as an isolated interpreter with an empty environment. One job, and one answer, is one
line of JSON. The hook of `guard.py` is set before the first job is read and holds until the process ends.
"""

import base64
import importlib
import ipaddress
import json
import logging
import mimetypes
import os
import select
import socket
import ssl
import sys
from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any, TextIO

import apprise
import requests
from apprise.common import NotifyFormat, NotifyType
from apprise.utils.http import is_public_ip_address

from amends.gateways.notifier import (
    addresses,
    allowlist,
    exact_mail,
    guard,
    kept_connections,
    outcome_probe,
    smtp_login,
)
from amends.gateways.notifier.addresses import NEVER, Refusal, Refused, refused_options, refused_schema
from amends.gateways.notifier.contract import PICTURE, Outcome
from amends.gateways.notifier.destinations import difference
from amends.gateways.notifier.message_text import HEADER

_url_to_dict: Callable[[str], dict[str, Any] | None] = apprise.plugins.url_to_dict

GONE = (404, 410)
"""What a push service answers for a subscription that its browser has ended (RFC 8030, 7.3)."""
ROOM = 768 * 1024 * 1024
"""Bytes of address space; Apprise with all its services and threads takes about 80 MB."""

IDLE_SECONDS = 300
"""A child that has had no job for so long ends, and gives its memory back."""

_MAIL: Any = importlib.import_module("apprise.plugins.email.base")
_html_to_text, _make_message_id = _MAIL.convert_between, _MAIL.make_msgid
_ATTACHED: Any = importlib.import_module("apprise.attachment.memory")
_SMTP: Any = importlib.import_module("apprise.plugins.email.smtp")


class Unusable(Exception):
    """Apprise cannot make of this address the service that was meant."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.why)
        self.refused = refused


def enabled_schemas() -> set[str]:
    """The services that Apprise could load here, without those that act on the server."""
    services = _services()
    return {schema for schema in services.schemas() if schema not in NEVER and services[schema].enabled}


def main(arguments: Sequence[str]) -> None:
    """Set everything up, then serve jobs until the parent closes the pipe."""
    logging.disable(sys.maxsize)
    answers = _own_output()
    allowed = [allowlist.parse_entry(entry) for entry in arguments]
    services = _services()
    for schema in NEVER & set(services.schemas()):
        services[schema].enabled = False
    exact_mail.install()
    _import_late_ones()
    _keep_certificates()
    probe = outcome_probe.OutcomeProbe()
    outcome_probe.install(probe)
    smtp_login.install()
    kept = kept_connections.Kept()
    kept_connections.install(kept, probe)
    _limit_resources()
    guard.install(probe.refusals, may_connect=_judge(allowed))
    _answer(answers, {"ready": True})
    for job in _jobs(kept):
        _answer(answers, _serve(job, probe))
        _die_after(IDLE_SECONDS)
    kept.close()


def _jobs(kept: kept_connections.Kept) -> Iterator[dict[str, Any]]:
    """The jobs, until the parent closes the pipe. While none comes, the mail server is left."""
    while True:
        if kept.is_open and not _comes_within(kept_connections.IDLE_SECONDS):
            kept.close()
        line = sys.stdin.readline()
        if not line:
            return
        yield json.loads(line)


def _comes_within(seconds: float) -> bool:
    """Whether something more comes over the pipe, which holds nothing else: each job waits for its answer."""
    if sys.platform == "win32":
        return False  # it cannot wait for a pipe
    return bool(select.select([sys.stdin], [], [], seconds)[0])


def _serve(job: dict[str, Any], probe: outcome_probe.OutcomeProbe) -> dict[str, Any]:
    """One job's answer. Whatever a service does wrong stays in here."""
    probe.reset()
    _die_after(job["seconds"])
    if job.get("check"):
        return check(job["address"])
    deliver = push if "push" in job else send
    try:
        if deliver(job) and probe.has_left:
            return {"outcome": Outcome.delivered, "detail": "accepted"}
    except Unusable as error:
        return {"outcome": Outcome.refused, "detail": str(error)}
    except Exception:  # noqa: BLE001 — a service's own mistake is a send that failed; its text may hold a token
        probe.failure = probe.failure or outcome_probe.SERVICE_FAILED
    answer = probe.verdict()
    return answer | {"outcome": Outcome.gone} if "push" in job and probe.status in GONE else answer


def push(job: dict[str, Any]) -> bool:
    """Hand an encrypted message to the push service of a browser."""
    content = base64.b64decode(job["content"])
    return bool(requests.post(job["push"], data=content, headers=job["headers"], timeout=job["seconds"]).ok)


def check(address: str) -> dict[str, Any]:
    """Why nothing can be sent to this address; an empty reason when it can."""
    try:
        service_of(address)
    except Unusable as error:
        return {"refused": error.refused.why, "word": error.refused.word}
    except Exception:  # noqa: BLE001 — a service's own mistake; its text may hold a token
        return {"refused": Refusal.not_understood, "word": ""}
    return {"refused": ""}


def send(job: dict[str, Any]) -> bool:
    """Hand the message to the one service that the address names. Raises Unusable."""
    service = service_of(job["address"], reference=job["reference"])
    if "sender" in job:
        _write_as_mail(service, job)
    # A failure must not count as success, and repeating is the worker's decision, not the address's.
    service.optional, service.retry = False, 0
    body, body_format, files = job["body"], NotifyFormat.TEXT, None
    if job["html"]:
        # The text part of a mail is our own text, not what Apprise makes of the HTML.
        _MAIL.convert_between = lambda *_: job["body"]
        body, body_format, files = job["html"], NotifyFormat.HTML, _picture(service, job)
    try:
        notifier = apprise.Apprise(service, asset=service.asset)
        # A warning: some services only add a note to an open alert when they are given an information.
        told = notifier.notify(body, job["title"], NotifyType.WARNING, body_format=body_format, attach=files)
        return bool(told)
    finally:
        _MAIL.convert_between, _MAIL.make_msgid = _html_to_text, _make_message_id


def _picture(service: Any, job: dict[str, Any]) -> Any:  # noqa: ANN401 — Apprise has no types
    """The picture of a mail, beside its HTML (RFC 2387); None without."""
    if not job["picture"]:
        return None
    service.inline = True
    content = base64.b64decode(job["picture"])
    return _ATTACHED.AttachMemory(content, name=PICTURE.removeprefix("cid:"), mimetype="image/png")


def _write_as_mail(service: Any, job: dict[str, Any]) -> None:  # noqa: ANN401 — Apprise has no types
    """Headers, Message-ID and the sender's name, for a mail."""
    service.headers.update(job["headers"])
    name, address = service.from_addr
    if job["sender"] and name in (False, None, "", service.app_id):
        service.from_addr = [job["sender"], address]
    if job["message_id"]:
        _MAIL.make_msgid = lambda **_: job["message_id"]


def service_of(address: str, *, reference: str = "") -> Any:  # noqa: ANN401 — Apprise has no types
    """The service that an address names, reading it as it is written. Raises Unusable."""
    parts = _url_to_dict(address)
    refused = _refused(parts)
    if not parts or refused:
        raise Unusable(refused or Refused(Refusal.not_understood))
    plugin = _services()[parts["schema"]]
    if reference and "headers" in (plugin.template_kwargs or {}):
        parts["headers"] = {**(parts.get("headers") or {}), HEADER: reference}
    asset = apprise.AppriseAsset(
        app_id="Amends",
        app_desc="Amends",
        app_url="",
        async_mode=False,
        http_redirects=False,
        interpret_emojis=False,
        interpret_escapes=False,
        secure_logging=True,
        service_timeout=0,
        storage_mode="memory",
    )
    service = apprise.Apprise.instantiate(parts, asset=asset)
    if service is None:
        raise Unusable(Refused(Refusal.not_understood))
    if differs := difference(address, service):
        raise Unusable(differs)
    return service


def _services() -> Any:  # noqa: ANN401 — Apprise's registry has no types
    """Apprise's registry of services, filled."""
    registry: Any = importlib.import_module("apprise.manager_plugins").NotificationManager
    services = registry()
    services.load_modules()
    return services


def _refused(parts: dict[str, Any] | None) -> Refused | None:
    """The policy again, on what Apprise itself understood: two readings of one address may differ."""
    if not parts:
        return None
    names = [name for kind in ("qsd", "qsd+", "qsd-", "qsd:") for name in parts.get(kind, {})]
    return refused_schema(parts["schema"]) or refused_options(names)


def _judge(allowed: Sequence[allowlist.Entry]) -> guard.Judge:
    def look_up(host: str, port: int) -> Sequence[str]:
        try:
            return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except OSError:
            return []

    def may_connect(host: object, port: object) -> bool:
        return allowlist.may_connect(
            host, port, allowed=allowed, is_public=is_public_ip_address, resolve=look_up
        )

    return may_connect


def _own_output() -> TextIO:
    """The pipe to the parent, out of reach of whatever a service prints."""
    own = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return os.fdopen(own, "w", buffering=1, encoding="ascii")


def _answer(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")


def _import_late_ones() -> None:
    """Use once what would open files or load libraries at its first use, before the hook forbids it."""
    addresses.enabled_schemas()
    mimetypes.init()
    requests.Session().close()
    "münchen.example".encode("idna")
    ipaddress.ip_address("::1")


def _keep_certificates() -> None:
    """Let mails share what Apprise makes for each: reading the certificates takes longer than sending one.

    A mail whose address asks for no checks switches them off; the next one finds them on again.
    """
    kept = ssl.create_default_context()

    def checking(*_: object) -> ssl.SSLContext:
        kept.verify_mode = ssl.CERT_REQUIRED
        kept.check_hostname = True
        return kept

    _SMTP.ssl = SimpleNamespace(create_default_context=checking, CERT_NONE=ssl.CERT_NONE)


def _limit_resources() -> None:
    """A second ring where the system has it: no files written, bounded memory and descriptors."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (("CORE", 0), ("FSIZE", 0), ("NOFILE", 128), ("AS", ROOM)):
        resource.setrlimit(getattr(resource, f"RLIMIT_{what}"), (most, most))


def _die_after(seconds: int) -> None:
    """End this process by the system's own timer, also when the parent is gone and a service hangs."""
    if sys.platform != "win32":
        import signal

        signal.alarm(seconds)
