"""Every service of Apprise that may be used: which are seen to send, and what came of the others."""

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

from amends.gateways.notifier import addresses
from tests.gateways.receivers import closed_port

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ROWS = [line.split("\t") for line in (HERE / "services.tsv").read_text("utf-8").splitlines()]
"""Schema, example address, what its server answers, and the outcome."""
USUAL = (
    '{"ok":true,"success":true,"code":0,"errcode":0,"errno":0,"status":"success","error":false,'
    '"result":true,"access_token":"t","token":"t","expires_in":3600,"AccessToken":"t","id":"1",'
    '"user_id":"u","room_id":"r","event_id":"e","authToken":"a","data":{"authToken":"a","userId'
    '":"u","id":"1"},"requestId":"r"}'
)
"""What many services answer, in one: a row with * asks for it."""


@cache
def outcomes() -> dict[str, str]:
    rows = [(schema, address, USUAL if answer == "*" else answer) for schema, address, answer, _ in ROWS]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(HERE / "every_service.py"), str(closed_port())],
        input="\n".join("\t".join(row) for row in rows),
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": f"{ROOT / 'backend'}:{ROOT}", "PATH": ""},
    )
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {
        one["schema"]: "delivered" if one["outcome"] == "delivered" else f"{one['outcome']}: {one['detail']}"
        for one in found
    }


def test_every_service_that_may_be_used_is_tried():
    assert {schema for schema, *_ in ROWS} == addresses.enabled_schemas()


def test_a_message_leaves_by_each_service_or_it_is_known_what_it_needs():
    assert outcomes() == {schema: outcome for schema, _address, _answer, outcome in ROWS}


def test_services_that_only_note_an_information_are_sent_a_warning():
    assert [outcomes()[schema] for schema in ("opsgenie", "jira")] == ["delivered", "delivered"]


def test_the_page_of_services_tells_what_was_seen():
    page = (ROOT / "docs" / "services.md").read_text("utf-8")
    seen, _, others = page.partition("## Seen to leave")[2].partition("## Not seen")
    assert set(re.findall("`(\\w+)`", seen)) == {row[0] for row in ROWS if row[3] == "delivered"}
    told = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", others, re.MULTILINE))
    assert told == {row[0]: row[3] for row in ROWS if row[3] != "delivered"}
