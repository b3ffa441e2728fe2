"""Build hook: refuses a front-end file with an unknown hash."""

import importlib.util
import io
import sys
import tarfile
import threading
import types
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source import ROOT


@pytest.fixture(scope="module")
def hook() -> Iterator[types.ModuleType]:
    """hatch_build.py as the builder loads it; only hatchling's base class is not the real one."""
    name = "hatchling.builders.hooks.plugin.interface"
    interface = types.ModuleType(name)
    interface.BuildHookInterface = dict  # type: ignore[attr-defined]
    before = sys.modules.get(name)
    sys.modules[name] = interface
    specification = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    yield module
    sys.modules.pop(name)
    if before:
        sys.modules[name] = before


def package(**files: str) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(f"package/{name}.js")
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text.encode()))
    return written.getvalue()


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """A registry on this machine; what is put into the dictionary is what it serves."""
    served: dict[str, bytes] = {}

    class Registry(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path in served else 404)
            self.end_headers()
            self.wfile.write(served.get(self.path, b""))

        def log_message(self, *arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Registry)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", f"http://127.0.0.1:{server.server_port}/")
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def wanted(hook: types.ModuleType, registry: dict[str, bytes]) -> dict[str, Any]:
    content = package(one="first", two="second")
    registry["/front/-/front-1.0.0.tgz"] = content
    return {
        "package": "front",
        "version": "1.0.0",
        "folder": "vendor",
        "integrity": hook.integrity(content),
        "files": {"one.js": hook.integrity(b"first")},
    }


def test_only_the_wanted_file_is_taken_out(hook: Any, wanted: dict[str, Any], tmp_path: Path):
    hook.bring(wanted, tmp_path)
    assert {file.name: file.read_text() for file in (tmp_path / "vendor").iterdir()} == {"one.js": "first"}


def test_a_second_build_needs_no_network(hook: Any, wanted: dict[str, Any], registry: Any, tmp_path: Path):
    hook.bring(wanted, tmp_path)
    registry.clear()
    hook.bring(wanted, tmp_path)


def test_a_file_that_was_changed_is_brought_again(hook: Any, wanted: dict[str, Any], tmp_path: Path):
    hook.bring(wanted, tmp_path)
    (tmp_path / "vendor/one.js").write_text("changed")
    hook.bring(wanted, tmp_path)
    assert (tmp_path / "vendor/one.js").read_text() == "first"


def test_another_package_than_the_known_one_is_refused(
    hook: Any, wanted: dict[str, Any], registry: Any, tmp_path: Path
):
    registry["/front/-/front-1.0.0.tgz"] = package(one="first", two="something else")
    with pytest.raises(SystemExit, match="is not the file whose hash"):
        hook.bring(wanted, tmp_path)
    assert not (tmp_path / "vendor").exists()


def test_another_file_than_the_known_one_is_refused(hook: Any, wanted: dict[str, Any], tmp_path: Path):
    wanted["files"]["one.js"] = hook.integrity(b"another")
    with pytest.raises(SystemExit, match=r"one\.js .*is not the file whose hash"):
        hook.bring(wanted, tmp_path)


def test_a_missing_package_is_named(hook: Any, wanted: dict[str, Any], registry: Any, tmp_path: Path):
    registry.clear()
    with pytest.raises(SystemExit, match=r"front-1\.0\.0\.tgz could not be fetched"):
        hook.bring(wanted, tmp_path)
