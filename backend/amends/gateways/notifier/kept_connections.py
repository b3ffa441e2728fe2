"""Kept SMTP connection: mails through one server share one connection and one login, in the child process.

Apprise opens a connection for each notification. This one stays open after a mail that was accepted, for the
next one by the same server and login, for as long and as often as mail servers usually allow.
"""

import importlib
import smtplib
import time
from contextlib import suppress
from typing import Any

from amends.gateways.notifier.outcome_probe import OutcomeProbe

_MAIL: Any = importlib.import_module("apprise.plugins.email.base")
_Controller: Any = _MAIL.AppriseSMTPController

IDLE_SECONDS = 5.0
"""A connection that nobody used for so long is closed: it holds one of the server's."""
MOST_MAILS = 100
"""Postfix and others close a connection, or count it as abuse, after about so many mails."""
BROKEN = (OSError, smtplib.SMTPException, RuntimeError)


class Kept:
    """The connection that is open between two mails, if there is one, and the server and login it is of."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._key: tuple[Any, ...] = ()
        self._mails = 0
        self._used_at = 0.0

    @property
    def is_open(self) -> bool:
        """Whether a connection waits for its next mail."""
        return self._connection is not None

    def take(self, key: tuple[Any, ...]) -> Any:  # noqa: ANN401 — smtplib's own, of either kind
        """The connection of this server and login; None where a new one is needed."""
        is_usable = self._mails < MOST_MAILS and time.monotonic() - self._used_at < IDLE_SECONDS
        if self.is_open and key == self._key and is_usable:
            taken, self._connection = self._connection, None
            return taken
        self.close()
        return None

    def keep(self, key: tuple[Any, ...], connection: Any) -> None:  # noqa: ANN401
        """One more mail has gone over this connection, which may be taken for another."""
        self._connection, self._key, self._used_at = connection, key, time.monotonic()
        self._mails += 1

    def close(self) -> None:
        """Take leave of the server; the next connection is a new one."""
        connection, self._connection, self._mails = self._connection, None, 0
        if connection is not None:
            with suppress(*BROKEN):
                connection.quit()


class KeptController(_Controller):  # type: ignore[misc]
    """Apprise's own, which takes the connection that is open, and leaves it open."""

    kept: Kept
    probe: OutcomeProbe
    _was_kept = _is_well = False

    def __enter__(self) -> Any:  # noqa: ANN401
        self._socket = self.kept.take(self._key())
        self._was_kept = self._socket is not None
        if self._was_kept:
            return self
        self.probe.forget_answers()
        return super().__enter__()

    def sendmail(self, *arguments: Any) -> bool:  # noqa: ANN401
        self._is_well = bool(super().sendmail(*arguments))
        if not self._is_well and self._was_kept and self._closed_before_the_mail():
            # The server had closed it meanwhile, which says nothing of this mail.
            self.kept.close()
            self.probe.forget_answers()
            super().__enter__()
            self._was_kept, self._is_well = False, bool(super().sendmail(*arguments))
        return self._is_well

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:  # noqa: ANN401
        if self._is_well and error is None:
            self.kept.keep(self._key(), self._socket)
        else:
            self.kept.close()
            super().__exit__(kind, error, trace)

    def _closed_before_the_mail(self) -> bool:
        """Whether smtplib has let go of the connection, and nothing of the mail had left."""
        return self._socket.sock is None and not self.probe.under_way

    def _key(self) -> tuple[Any, ...]:
        login = (self.user, self.password)
        return (self.host, self.port, self.secure_mode, self.verify_certificate, *login)


def install(kept: Kept, probe: OutcomeProbe) -> None:
    """Let the mails of this process share a connection."""
    KeptController.kept, KeptController.probe = kept, probe
    _MAIL.AppriseSMTPController = KeptController
