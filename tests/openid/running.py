"""A real OpenID provider from npm in a process of its own, and a person at its pages."""

import html
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx

from tests.extension.npm_packages import environment, installed

HERE = Path(__file__).parent
CLIENT, SECRET = "amends", "s" * 43


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def provider(*redirects: str, port: int) -> Iterator[str]:
    """Its issuer, while it runs."""
    folder = installed(HERE, "openid-tests").parent
    command = ["node", str(HERE / "provider.mjs"), str(port), str(folder), *redirects]
    process = subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout
        while "ready" not in (line := process.stdout.readline()):
            assert line, "the provider did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


async def come_back(address: str, name: str, *, until: str) -> dict[str, str]:
    """What a person's browser does at the provider until it is sent back: the parameters of that address."""
    async with httpx.AsyncClient() as browser:
        for _ in range(12):
            if address.startswith(until):
                return {key: value[0] for key, value in parse_qs(urlsplit(address).query).items()}
            answer = await browser.get(address)
            if answer.status_code == 200:
                answer = await _answered(browser, answer.text, address, name)
            assert "location" in answer.headers, answer.text
            address = urljoin(address, answer.headers["location"])
    raise AssertionError("too many redirects")


async def _answered(browser: httpx.AsyncClient, page: str, address: str, name: str) -> httpx.Response:
    action, prompt = re.search(r'action="([^"]+)"', page), re.search(r'name="prompt" value="(\w+)"', page)
    assert action, page
    assert prompt, page
    typed = {"prompt": prompt[1], "login": name, "password": "x"}
    return await browser.post(urljoin(address, html.unescape(action[1])), data=typed)
