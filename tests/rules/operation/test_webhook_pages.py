"""Is what docs/webhooks.md says of events, bodies and signatures true?"""

import json
import re
import shutil
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from amends.rules.operation import webhooks as rules
from amends.rules.operation.webhook_bodies import Body
from amends.rules.vocabulary.events import EventType

PAGE = (Path(__file__).parents[3] / "docs" / "webhooks.md").read_text(encoding="utf-8")
ROWS = {
    kind: {part.strip() for part in parts.split(",")} - {""}
    for kind, parts in re.findall(
        r"^\| `([a-z]+(?:_[a-z]+)?\.[a-z_]+)` \|[^|]*\|([^|]*)\|$", PAGE, re.MULTILINE
    )
}
EXAMPLES = re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL)
SECRET, BODY = rules.secret_of(b"s" * 32), '{"type":"é"}'.encode()


def block(language: str) -> str:
    [found] = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return found


def sent(*, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    now = datetime.fromtimestamp(at or time.time(), UTC)
    return rules.headers([rules.secret_of(b"n" * 32), secret], "evt_1", now, BODY)


NAMES = ("good", "body", "id", "old", "secret")


def received() -> dict[str, tuple[dict[str, str], bytes, bool]]:
    """Headers, body, and whether it is ours; signed now, since old ones are refused."""
    return {
        "good": (sent(), BODY, True),
        "body": (sent(), BODY + b" ", False),
        "id": (sent() | {"webhook-id": "evt_2"}, BODY, False),
        "old": (sent(at=time.time() - 400), BODY, False),
        "secret": (sent(secret=rules.secret_of(b"x" * 32)), BODY, False),
    }


def test_the_table_names_every_event():
    assert set(ROWS) == {one.value for one in EventType}


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_is_a_body_as_it_is_sent_with_the_parts_of_its_row(number: int):
    told = json.loads(EXAMPLES[number])
    body = msgspec.convert(told, Body)
    assert set(told["data"]) == ROWS[body.type.value]
    for part in told["data"]:
        assert set(told["data"][part]) <= set(getattr(body.data, part).__struct_fields__)


@pytest.mark.parametrize("case", NAMES)
def test_the_python_of_the_page_tells_ours_from_others(case: str):
    headers, body, is_ours = received()[case]
    names: dict[str, Any] = {}
    exec(block("python"), names)
    assert names["is_from_amends"](SECRET, headers, body) is is_ours


@pytest.mark.skipif(not shutil.which("node"), reason="Node is not installed")
def test_the_javascript_of_the_page_tells_ours_from_others():
    given = [[headers, body.decode(), is_ours] for headers, body, is_ours in received().values()]
    asked = f"""
    for (const [headers, body, ours] of {json.dumps(given)})
      if (isFromAmends({json.dumps(SECRET)}, headers, Buffer.from(body)) !== ours) process.exit(1);
    """
    ended = subprocess.run(["node", "-e", block("js") + asked], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
