"""A local authority for time stamps, made by OpenSSL alone, that answers over HTTP on this machine."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SETTINGS = """[tsa]
default_tsa = t
[t]
serial = ./serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
USES = """basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
"""
MADE = datetime(2026, 1, 1, tzinfo=UTC)
ROOT = ("-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")


def self_signed() -> str:
    """A certificate of nobody, in PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 7, MADE, MADE + timedelta(days=9_000))
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def openssl(folder: Path, *words: str) -> str:
    """What the program says, in this folder."""
    done = subprocess.run(["openssl", *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


class Authority:
    """Its folder with keys and certificates, its address, and how it misbehaves: `mode` is a word below."""

    def __init__(self, folder: Path, server: ThreadingHTTPServer) -> None:
        self.folder, self.mode = folder, ""
        self.where = f"127.0.0.1:{server.server_port}"
        self.address = f"http://{self.where}/tsa"

    def certificate(self, name: str = "ca") -> str:
        return (self.folder / f"{name}.pem").read_text()

    def reply(self, query: bytes) -> bytes:
        """A stamp of what was asked; of something else where it repeats an old answer."""
        (self.folder / "query").write_bytes(query)
        words = ("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-signer", "tsa.pem")
        if self.mode != "old" or not (self.folder / "reply").exists():
            openssl(self.folder, *words, "-inkey", "tsa.key", "-out", "reply")
        return (self.folder / "reply").read_bytes()


def made(folder: Path) -> None:
    """Keys and certificates: a root, its authority, and another root that signed nothing."""
    folder.mkdir()
    (folder / "tsa.cnf").write_text(SETTINGS)
    (folder / "serial").write_text("01\n")
    (folder / "uses").write_text(USES)
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    for name in ("ca", "other"):
        out = ("-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "3650", "-subj", f"/CN={name}")
        openssl(folder, "req", "-x509", *key, *out, *ROOT)
    openssl(folder, "req", "-new", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Time")
    signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3000", "-extfile", "uses")
    openssl(folder, "x509", "-req", "-in", "tsa.csr", *signed, "-out", "tsa.pem")


@contextmanager
def running(folder: Path) -> Iterator[Authority]:
    """One that answers until the end."""
    made(folder)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Silence: the test says what matters."""

        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["content-length"]))
            content = {"page": b"<html>", "huge": b"x" * 200_000, "broken": b""}.get(authority.mode)
            if content is None:
                content = authority.reply(query)
            if authority.mode == "flipped":
                middle = len(content) * 3 // 4
                content = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
            self.send_response({"busy": 503, "moved": 302}.get(authority.mode, 200))
            if authority.mode == "moved":
                self.send_header("location", "/tsa")
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    authority = Authority(folder, server)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
