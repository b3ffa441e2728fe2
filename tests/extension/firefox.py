"""How do the tests drive Firefox? Through Marionette, which it has built in: JSON over a socket."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

NAMES = ("firefox-esr", "firefox")
PATIENCE = 60  # seconds
PREFERENCES = {
    "marionette.port": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
}


def executable() -> str | None:
    """The system's own Firefox ($FIREFOX first), or None."""
    return os.environ.get("FIREFOX") or next((found for name in NAMES if (found := shutil.which(name))), None)


class Firefox:
    """One window of a running Firefox."""

    def __init__(self, port: int) -> None:
        # Longer than what Firefox itself waits for, so that its own words about what was missing come first.
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE * 2)
        self.file = self.socket.makefile("rb")
        self.sent = 0
        self.receive()  # it says who it is
        self.ask("WebDriver:NewSession")

    def close(self) -> None:
        self.file.close()
        self.socket.close()

    def receive(self) -> Any:
        length = b""
        while (letter := self.file.read(1)) != b":":
            length += letter
        return json.loads(self.file.read(int(length)))

    def ask(self, command: str, **parameters: Any) -> Any:
        self.sent += 1
        message = json.dumps([0, self.sent, command, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self.receive()
        assert error is None, f"{command}: {error['error']}: {error['message']}"
        return result["value"] if isinstance(result, dict) and set(result) == {"value"} else result

    def install(self, folder: Path) -> None:
        """Installs the extension, and goes to the page that it opens then: no other way leads there."""
        self.ask("Addon:Install", path=str(folder), temporary=True)
        self.go_to("options/options.html")

    def close_other_pages(self) -> None:
        """Only the extension's options are left, and turned to."""
        self.go_to("options/options.html")
        kept = self.ask("WebDriver:GetWindowHandle")
        for handle in self.ask("WebDriver:GetWindowHandles"):
            if handle != kept:
                self.ask("WebDriver:SwitchToWindow", handle=handle)
                self.ask("WebDriver:CloseWindow")
        self.ask("WebDriver:SwitchToWindow", handle=kept)

    def open(self, address: str) -> None:
        self.ask("WebDriver:SwitchToWindow", handle=self.ask("WebDriver:NewWindow", type="tab")["handle"])
        self.ask("WebDriver:Navigate", url=address)

    def go_to(self, path: str) -> None:
        """Turns to a page of the extension that stands, or is about to stand, in a tab."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for handle in self.ask("WebDriver:GetWindowHandles"):
                self.ask("WebDriver:SwitchToWindow", handle=handle)
                if self.ask("WebDriver:GetCurrentURL").endswith(path):
                    self.wait_for("body[data-ready]")
                    return
        raise AssertionError(f"{path} was not opened within {PATIENCE} s")

    def run(self, script: str, *arguments: Any) -> Any:
        """What an asynchronous function in the page gives."""
        body = f"""const done = arguments[arguments.length - 1];
          ({script})(...arguments).then(it => done([true, it]), error => done([false, String(error)]))"""
        self.ask("WebDriver:SetTimeouts", script=PATIENCE * 1_000)
        good, value = self.ask("WebDriver:ExecuteAsyncScript", script=body, args=list(arguments))
        assert good, value
        return value

    def wait_for(self, selector: str) -> str:
        self.ask("WebDriver:SetTimeouts", implicit=PATIENCE * 1_000)
        found: dict[str, str] = self.ask("WebDriver:FindElement", using="css selector", value=selector)
        return next(iter(found.values()))

    def height(self, selector: str) -> float:
        """How many pixels high it stands in the page."""
        return float(self.ask("WebDriver:GetElementRect", id=self.wait_for(selector))["height"])

    def click(self, selector: str) -> None:
        self.ask("WebDriver:ElementClick", id=self.wait_for(selector))


@contextmanager
def running(program: str) -> Iterator[Firefox]:
    """A Firefox with a profile of its own, from its start to its end."""
    with tempfile.TemporaryDirectory() as profile:
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()
        ]
        Path(profile, "user.js").write_text("\n".join(lines))
        command = [program, "--marionette", "--headless", "--no-remote", "--profile", profile]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with closing(Firefox(port_of(process, Path(profile, "MarionetteActivePort")))) as firefox:
                yield firefox
        finally:
            process.terminate()
            process.wait(PATIENCE)


def port_of(process: "subprocess.Popen[bytes]", file: Path) -> int:
    """Firefox writes down the port it chose, when it listens."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if file.exists() and (written := file.read_text()):
            return int(written)
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    raise AssertionError(f"Firefox did not listen within {PATIENCE} s")
