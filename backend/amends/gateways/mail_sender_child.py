"""Main program of the child process that hands one mail to an SMTP server, or only looks whether it could.

Started by `mail_sender.py` as an isolated interpreter with an empty environment, behind the guard of
guarded_http. One job comes by standard input, one answer goes back, both as JSON. Whatever happens once the
server may have taken the mail is `unsure`.
"""

import base64
import contextlib
import smtplib
import ssl
from typing import Any

from amends.gateways import guarded_http

SECONDS = 60
"""Of processor time; the parent gives up sooner than a slow network would let it."""
PATIENCE = 30
"""Seconds in which the server has to say something."""
LONGEST_ANSWER = 300
TRANSIENT = range(400, 500)
LOGIN = frozenset({530, 534, 535, 538})
"""Answers that say who we are is the problem (RFC 4954)."""
BAD_CERTIFICATE = {"outcome": "certificate"}


def main(*allowed: str) -> None:
    """Does the job of standard input, within the limits."""
    guarded_http.do_one(outcome, allowed, seconds=SECONDS)


def outcome(job: dict[str, Any], context: ssl.SSLContext, refusals: list[str]) -> dict[str, Any]:
    """What became of the job, in a word of ours; of a refusal also what the server said."""
    try:
        server = _connected(job, context)
    except smtplib.SMTPResponseException as refused:
        return _refused(refused)
    except ssl.SSLError:
        return BAD_CERTIFICATE
    except TimeoutError:
        return {"outcome": "slow"}
    except (OSError, smtplib.SMTPException, ValueError):
        return {"outcome": "private" if refusals else "unreachable"}
    try:
        return _spoken(server, job, context)
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _connected(job: dict[str, Any], context: ssl.SSLContext) -> smtplib.SMTP:
    host, port, hello = job["host"], job["port"], job["hello"]
    if job["security"] == "tls":
        return smtplib.SMTP_SSL(host, port, hello, timeout=PATIENCE, context=context)
    return smtplib.SMTP(host, port, hello, timeout=PATIENCE)


def _spoken(server: smtplib.SMTP, job: dict[str, Any], context: ssl.SSLContext) -> dict[str, Any]:
    """All of what is said before the mail is over: whatever fails in it, the server has not taken it."""
    try:
        if told := _introduced(server, job, context):
            return told
        if job["deed"] == "look":
            return {"outcome": "accepted"}
        if told := _addressed(server, job):
            return told
    except ssl.SSLError:
        return BAD_CERTIFICATE
    except smtplib.SMTPResponseException as refused:
        return _refused(refused)
    except TimeoutError:
        return {"outcome": "slow"}
    except (OSError, smtplib.SMTPException, ValueError):
        return {"outcome": "unreachable"}
    return _handed_over(server, base64.b64decode(job["content"]))


def _introduced(server: smtplib.SMTP, job: dict[str, Any], context: ssl.SSLContext) -> dict[str, Any] | None:
    """Greeting, TLS and login; what went wrong, if anything."""
    server.ehlo_or_helo_if_needed()
    if job["security"] == "starttls":
        if not server.has_extn("starttls"):
            return BAD_CERTIFICATE
        server.starttls(context=context)
        server.ehlo()
    if not job["user"]:
        return None
    if not server.has_extn("auth") or not (job["user"] + job["password"]).isascii():
        return {"outcome": "login"}
    server.login(job["user"], job["password"])
    return None


def _addressed(server: smtplib.SMTP, job: dict[str, Any]) -> dict[str, Any] | None:
    """From whom and to whom; what went wrong, if anything."""
    for code, said in (server.mail(job["sender"]), server.rcpt(job["to"])):
        if code not in (250, 251):
            return _answer(code, said)
    return None


def _handed_over(server: smtplib.SMTP, content: bytes) -> dict[str, Any]:
    """The mail itself; without an answer to its end nobody knows whether the server took it."""
    try:
        code, said = server.data(content)
    except smtplib.SMTPDataError as refused:
        return _refused(refused)
    except (OSError, smtplib.SMTPException):
        return {"outcome": "unsure"}
    return {"outcome": "accepted", "code": code, "said": _words(said)} if code == 250 else _answer(code, said)


def _refused(refused: smtplib.SMTPResponseException) -> dict[str, Any]:
    if isinstance(refused, smtplib.SMTPAuthenticationError) and refused.smtp_code not in TRANSIENT:
        return {"outcome": "login", "code": refused.smtp_code}
    return _answer(refused.smtp_code, refused.smtp_error)


def _answer(code: int, said: bytes | str) -> dict[str, Any]:
    if code in LOGIN:
        return {"outcome": "login", "code": code}
    outcome = "later" if code in TRANSIENT else "refused" if code >= 500 else "unreachable"
    return {"outcome": outcome, "code": code, "said": _words(said)}


def _words(said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return words[:LONGEST_ANSWER]
