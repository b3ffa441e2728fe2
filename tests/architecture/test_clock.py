"""Tests pass on every day and at every hour: who may read the real clock, and why."""

import re

from tests.architecture.source import ROOT

REAL_CLOCK = re.compile(r"\b(?:datetime\.now|utcnow|utc_now|date\.today|time\.time|time_ns|fromtimestamp)\(")
MAY_READ_IT = {
    "faults/test_webhook_kills.py": "a worker that is started for real asks the real clock",
    "rules/operation/test_webhook_pages.py": "the programs of the page compare with the real clock",
    "browser/conftest.py": "says how far the clock of a server in another process is from the real one",
    "browser/moved_clock.py": "is that clock",
    "browser/test_provider_sign_in.py": "the provider in another process signs with the real time",
    "extension/receiver.py": "tells the time to a browser, whose clock is the real one",
    "extension/test_known_posts.py": "makes a post that is three and a half days old by the browser's clock",
    "faults/siege.py": "kills `amends serve` and `amends work`, which have the real clock alone",
    "faults/test_imports.py": "the same",
    "faults/test_kills.py": "the same",
    "faults/test_restarts.py": "the same",
    "gateways/test_certificates.py": "makes a certificate that is valid today",
    "web/team/test_provider_sign_in.py": "the provider in another process signs with the real time",
}
"""Nothing that these tests expect depends on the day or the hour."""


def test_tests_are_told_what_time_it_is():
    found = {
        str(file.relative_to(ROOT / "tests"))
        for file in (ROOT / "tests").rglob("*.py")
        if REAL_CLOCK.search(file.read_text())
    }
    assert found == MAY_READ_IT.keys(), (
        "A test that reads the real clock passes on some days only. Give it a fixed instant: `now=MONDAY`, "
        "`site.clock`, `full_desk.now()`, `office.it_is(…)`. If it must know the real time, say here why."
    )
