"""A real reverse proxy in front of the server, for tests: nginx on the loopback address."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.waiting import wait_until

TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
READABLE = """
  proxy_hide_header Access-Control-Allow-Origin;
  proxy_hide_header Access-Control-Expose-Headers;
  add_header Access-Control-Allow-Origin $http_origin always;
  add_header Access-Control-Expose-Headers "ETag, Retry-After, Amends-Version" always;
"""
"""Settings with which an extension may read what the proxy itself says, as with access to all sites."""


def executable() -> str | None:
    """The system's own nginx ($NGINX first), or None."""
    return os.environ.get("NGINX") or shutil.which(
        "nginx", path=os.environ["PATH"] + os.pathsep + "/usr/sbin"
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def configuration(folder: Path, port: int, upstream: int, settings: str) -> str:
    """`settings` stand in the server; `location` blocks among them use `$amends` to pass on."""
    temporary = "".join(f"  {name}_temp_path {folder / name};\n" for name in TEMPORARY)
    return f"""daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
events {{ }}
http {{
  access_log off;
{temporary}
  server {{
    listen 127.0.0.1:{port};
    set $amends http://127.0.0.1:{upstream};
    {settings}
    location / {{ proxy_pass $amends; }}
  }}
}}
"""


@contextmanager
def running(program: str, folder: Path, upstream: int, settings: str) -> Iterator[str]:
    """The address of a proxy with these settings before the server on that port of this machine."""
    port = free_port()
    file = folder / "nginx.conf"
    file.write_text(configuration(folder, port, upstream, settings))
    process = subprocess.Popen([program, "-p", str(folder), "-e", str(folder / "errors"), "-c", str(file)])
    try:
        wait_until(lambda: _listens(port), lambda: (folder / "errors").read_text())
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
