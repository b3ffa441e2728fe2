"""The unit for systemd: starts a command that there is, with settings that there are, locked down."""

import subprocess
import sys

import pytest

from amends.settings import HELP
from tests.architecture.source import ROOT

LINES = (ROOT / "docs/amends.service").read_text().splitlines()
UNIT = [tuple(line.split("=", 1)) for line in LINES if "=" in line and not line.startswith("#")]
LOCKED_DOWN = {
    "CapabilityBoundingSet": "",
    "DynamicUser": "yes",
    "NoNewPrivileges": "yes",
    "PrivateDevices": "yes",
    "PrivateTmp": "yes",
    "ProtectHome": "yes",
    "ProtectKernelModules": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectSystem": "strict",
    "RestrictNamespaces": "yes",
    "RestrictSUIDSGID": "yes",
    "StateDirectoryMode": "0700",
    "UMask": "0077",
}


@pytest.mark.parametrize("key", LOCKED_DOWN)
def test_the_service_may_do_no_more_than_it_needs(key: str):
    assert (key, LOCKED_DOWN[key]) in UNIT


def test_what_is_started_is_a_command():
    [started] = [value.split()[1:] for key, value in UNIT if key == "ExecStart"]
    done = subprocess.run(
        [sys.executable, "-m", "amends", *started, "--help"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_what_the_service_is_told_are_settings():
    told = {value.partition("=")[0] for key, value in UNIT if key == "Environment"}
    assert told
    assert told <= HELP.keys()


def test_the_data_folder_is_the_one_that_systemd_makes():
    assert ("StateDirectory", "amends") in UNIT
    assert ("Environment", "AMENDS_DATA_DIR=/var/lib/amends") in UNIT
