"""A real mailbox: Debian's Dovecot on the loopback address, from one file, without touching /etc."""

import imaplib
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAM = shutil.which("dovecot") or ("/usr/sbin/dovecot" if Path("/usr/sbin/dovecot").exists() else None)
USER, PASSWORD = "alice", "tell-nobody-7"
CONF = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{folder}/mail/%u
mail_uid = nobody
mail_gid = nogroup
first_valid_uid = 1
default_internal_user = nobody
default_internal_group = nogroup
default_login_user = nobody
disable_plaintext_auth = no
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
"""


def skip_without_dovecot() -> None:
    """Says why the tests of a mailbox cannot run here."""
    if PROGRAM is None:
        pytest.skip("Dovecot is not installed (Debian: dovecot-imapd)")
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("Dovecot starts as root only")


class Mailbox:
    """The server and the mailbox of one user in it."""

    def __init__(self, folder: Path, plain: int, tls: int) -> None:
        self.folder, self.plain, self.tls = folder, plain, tls

    @contextmanager
    def open(self, folder: str = "INBOX") -> Iterator[imaplib.IMAP4]:
        """As the person whose mailbox it is."""
        box = imaplib.IMAP4("127.0.0.1", self.plain)
        box.login(USER, PASSWORD)
        box.select(folder)
        try:
            yield box
        finally:
            box.logout()

    def deliver(self, *mails: bytes, folder: str = "INBOX") -> None:
        """As a mail server does."""
        with self.open() as box:
            for one in mails:
                box.append(folder, "", "", one)

    def seen(self) -> int:
        """How many mails are marked as read."""
        with self.open() as box:
            return len(box.search(None, "SEEN")[1][0].split())

    def make_anew(self) -> None:
        """The folder gets another UIDVALIDITY, as after a move to another server; its mails stay."""
        for name in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"):
            (self.folder / "mail" / USER / name).unlink(missing_ok=True)

    def authority(self) -> ssl.SSLContext:
        """What trusts its certificate, as a system does that of a real server."""
        return ssl.create_default_context(cafile=self.folder / "cert.pem")


@contextmanager
def dovecot() -> Iterator[Mailbox]:
    """Runs one until the end, in a folder that its own user may enter, which those of pytest are not."""
    with tempfile.TemporaryDirectory(prefix="dovecot-") as folder:
        os.chmod(folder, 0o755)
        with _running(Path(folder)) as mailbox:
            yield mailbox


@contextmanager
def _running(folder: Path) -> Iterator[Mailbox]:
    for name in ("run", "mail"):
        (folder / name).mkdir(parents=True)
    certificate = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext "
        f"subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout {folder}/key.pem -out {folder}/cert.pem"
    )
    subprocess.run(certificate.split(), check=True, capture_output=True)
    plain, tls = _free_port(), _free_port()
    (folder / "dovecot.conf").write_text(CONF.format(folder=folder, plain=plain, tls=tls, password=PASSWORD))
    subprocess.run(["chown", "-R", "nobody:nogroup", str(folder)], check=True)
    server = subprocess.Popen([str(PROGRAM), "-F", "-c", str(folder / "dovecot.conf")])
    try:
        _wait_for(plain)
        yield Mailbox(folder, plain, tls)
    finally:
        server.terminate()
        server.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _each in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("Dovecot did not start")
