"""Does the container setup name only things that exist, and is every service locked down?"""

import re
from typing import Any

import pytest
import yaml

from tests.architecture.source import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SERVICES = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"] == "amends"]
KNOWN_KEYS = {
    *(
        "build",
        "cap_drop",
        "command",
        "depends_on",
        "environment",
        "healthcheck",
        "image",
        "networks",
        "ports",
    ),
    *("read_only", "restart", "security_opt", "shm_size", "stop_grace_period", "tmpfs", "user", "volumes"),
}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_says_only_what_compose_understands(name: str):
    assert set(SERVICES[name]) <= KNOWN_KEYS


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
    started = re.findall(r"^\s*(?:CMD|ENTRYPOINT) (.)", stage, re.MULTILINE)
    assert started == ["["] * 3
    assert "/healthz" in stage


def test_ci_runs_the_command_of_the_readme_and_nothing_else():
    script = (ROOT / ".ci/run").read_text()
    assert re.findall(r"python3 .*", script) == ["python3 tests"]
    assert "python3 tests" in (ROOT / "README.md").read_text()
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
