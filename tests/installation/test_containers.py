"""Container setup: existing files, hardened services."""

import copy
import re
import subprocess
import sys
from typing import Any

import msgspec
import pytest
import yaml

from amends.settings import HELP
from tests.architecture.source import ROOT
from tests.installation.compose_schema import Compose

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SERVICES = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"] == "amends"]


def test_the_file_says_only_what_compose_understands():
    msgspec.convert(COMPOSE, Compose)


BROKEN: dict[str, tuple[tuple[str, ...], object]] = {
    "a key that Compose does not know": (("services", "web", "port"), ["127.0.0.1:80:80"]),
    "a port of every address": (("services", "web", "ports"), ["8000:8000"]),
    "a number where a text is meant": (("services", "web", "environment", "AMENDS_PORT"), 8000),
    "a duration without its unit": (("services", "database", "stop_grace_period"), "60"),
    "a condition that there is not": (("services", "web", "depends_on", "database", "condition"), "healthy"),
    "a volume of this machine": (("services", "worker", "volumes"), ["./data:/data"]),
    "a way to restart that there is not": (("services", "web", "restart"), "sometimes"),
    "a health check in one word": (("services", "web", "healthcheck", "test"), ["pg_isready"]),
    "another part of the file": (("secrets",), {}),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_compose_file_is_noticed(what: str):
    path, value = BROKEN[what]
    broken = copy.deepcopy(COMPOSE)
    within = broken
    for name in path[:-1]:
        within = within[name]
    within[path[-1]] = value
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(broken, Compose)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_locked_down(name: str):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"] not in ("root", "0")
    assert "/tmp" in service["tmpfs"]
    assert len(service["volumes"]) == 1


def test_volumes_networks_and_services_that_are_used_are_declared():
    for service in SERVICES.values():
        assert {volume.partition(":")[0] for volume in service["volumes"]} <= COMPOSE["volumes"].keys()
        assert set(service["networks"]) <= COMPOSE["networks"].keys()
        assert set(service.get("depends_on", {})) <= SERVICES.keys()


def test_the_database_cannot_be_reached_from_outside():
    assert SERVICES["database"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert "ports" not in SERVICES["database"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["web"]["ports"])


def test_the_database_has_a_pinned_major_version_and_no_known_password():
    assert re.fullmatch(r"postgres:\d+-alpine(?:@sha256:[0-9a-f]{64})?", SERVICES["database"]["image"])
    assert SERVICES["database"]["environment"]["POSTGRES_PASSWORD"].startswith("${DATABASE_PASSWORD:?")


@pytest.mark.parametrize("name", OURS)
def test_what_our_services_are_told_are_settings_and_commands(name: str):
    assert set(SERVICES[name]["environment"]) <= HELP.keys()
    command = [sys.executable, "-m", "amends", *SERVICES[name]["command"], "--help"]
    report = subprocess.run(command, capture_output=True, text=True)
    assert report.returncode == 0, report.stderr


def test_the_image_is_told_settings_that_exist():
    assert set(re.findall(r"\bAMENDS_\w+", DOCKERFILE)) <= HELP.keys()


def test_the_image_copies_files_that_exist_and_that_reach_the_builder():
    lines = re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
    allowed = (ROOT / ".dockerignore").read_text().splitlines()
    assert lines
    for source in " ".join(lines).split():
        assert (ROOT / source).exists()
        assert f"!{source}" in allowed


NEVER = {
    "a tag that is always another image": r"^(?:ARG \w+=|FROM )\S+:latest|^FROM (?!base$)[^\s:$@]+(?:\s|$)",
    "ADD, which fetches and unpacks": r"^ADD ",
    "sudo": r"\bsudo\b",
    "a download by hand": r"\b(?:curl|wget|git clone)\b",
    "packages that nobody named": r"apt-get install(?!.*--no-install-recommends)",
    "lists of packages that stay": r"apt-get update(?![\s\S]*?rm -rf /var/lib/apt/lists)",
    "an upgrade that makes each build another": r"apt-get (?:dist-)?upgrade",
    "a library without the hash of its file": r"pip (?:install|wheel)(?!.*(?:--require-hashes|--no-deps))",
    "one without its hash elsewhere": r"pip --python \S+ install(?!.*(?:--require-hashes|--no-index))",
    "a secret": r"(?i)^(?:ENV|ARG) .*(?:password|secret|token|key)\w*=",
    "a command that goes through a shell": r"^(?:CMD|ENTRYPOINT) [^\[]",
    "root": r"^USER (?:root|0)\b",
    "a privileged port": r"^EXPOSE (?:\d{1,2}|[0-9]\d{2}|10[01]\d|102[0-3])$",
}
"""What no line of the Dockerfile may do, as a linter of such files would say it."""


@pytest.mark.parametrize("what", NEVER)
def test_the_dockerfile_does_nothing_that_a_linter_warns_of(what: str):
    joined = DOCKERFILE.replace("\\\n", " ")
    assert not re.search(NEVER[what], joined, re.MULTILINE), what


BAD = """FROM python:latest
ADD https://example.org/x.tar.gz /x
RUN sudo apt-get update && apt-get upgrade && apt-get install curl
RUN pip install amends && pip --python /venv/bin/python install amends
ENV API_TOKEN=abc
USER root
EXPOSE 80
CMD amends serve
"""


@pytest.mark.parametrize("what", NEVER)
def test_a_bad_dockerfile_is_noticed(what: str):
    assert re.search(NEVER[what], BAD, re.MULTILINE), what


def test_both_stages_begin_from_one_image_that_can_be_named_by_its_digest():
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == [
        "${PYTHON_IMAGE}",
        "${PYTHON_IMAGE}",
        "base",
    ]
    assert re.search(
        r"^ARG PYTHON_IMAGE=python:3\.\d+-slim(?:@sha256:[0-9a-f]{64})?$", DOCKERFILE, re.MULTILINE
    )


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_without_a_health_check_says_why(name: str):
    check = SERVICES[name].get("healthcheck") or {}
    assert check.get("test") or check == {"disable": True}
    assert name != "worker" or "heartbeat" in (ROOT / "docker-compose.yml").read_text()


def test_the_image_runs_without_a_shell_and_without_root():
    stage = DOCKERFILE.rpartition("FROM ")[2]
    assert "USER 10001:10001" in stage
    assert "\nRUN" not in stage
    assert re.findall(r"^\s*(?:CMD|ENTRYPOINT) (.)", stage, re.MULTILINE) == ["["] * 3
    assert "/healthz" in stage


def test_ci_runs_the_command_of_the_readme_and_nothing_else():
    script = (ROOT / ".ci/run").read_text()
    assert re.findall(r"python3 .*", script) == ["python3 tests"]
    assert "python3 tests" in (ROOT / "README.md").read_text()
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
