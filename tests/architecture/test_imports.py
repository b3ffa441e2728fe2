"""May every module be imported anywhere, at any time? It connects to nothing, writes and starts nothing."""

import subprocess
import sys

from tests.architecture.source import importable

PROBE = """
import importlib, sys, threading
REFUSED = "socket.connect socket.bind socket.getaddrinfo subprocess.Popen os.system sqlite3.connect".split()
def refuse(event, arguments):
    if event in REFUSED:
        raise SystemExit(f"{sys.argv[1:]}: {event} {arguments}")
    if event == "open" and isinstance(arguments[1], str) and set("wax+") & set(arguments[1]):
        if "__pycache__" not in str(arguments[0]):
            raise SystemExit(f"opens {arguments[0]} to write")
sys.dont_write_bytecode = True
sys.addaudithook(refuse)
for name in sys.argv[1:]:
    importlib.import_module(name)
alive = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
sys.exit(f"threads were started: {alive}" if alive else 0)
"""


def probe(*names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", PROBE, *names], capture_output=True, text=True)


def test_importing_every_module_does_nothing_but_define():
    report = probe(*importable())
    assert report.returncode == 0, report.stderr


def test_a_module_that_connects_would_be_noticed(tmp_path, monkeypatch):
    (tmp_path / "connects.py").write_text("import socket\nsocket.create_connection(('127.0.0.1', 9))\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert "socket" in probe("connects").stderr
