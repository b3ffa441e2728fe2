"""Does every answer of the API keep to its description? Schemathesis asks, the same way on each run.

It reads the description, sends what that allows and what it forbids, and looks at each answer: no fault of
the server, no status, type or content that the description does not name.
"""

import asyncio
import re
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn
from litestar import Litestar
from litestar.types import Message, Receive, Send
from litestar.types import Scope as Connecting

from amends.rules.team.scopes import Scope
from amends.rules.vocabulary import IncidentKind
from amends.services.desk import incidents, problems
from amends.services.desk.incidents import Opening
from amends.services.team.members import Act
from tests.cli.running import free_port
from tests.offenders import expect_none
from tests.waiting import PATIENCE
from tests.web.routes import calls
from tests.web.site import Site
from tests.world import lead_to, make_case, make_member

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
NOT_ASKED = "revokeOwnToken|pairBrowser"
"""The one ends the token that asks, the other needs a code that is good once."""
EXAMPLES = 4
NOTHING_OF_THAT_ID = {
    "takeCaptureBack", "findCapture", "sendCapture", "sendCaptures", "sendScreenshot", "addVisit",
    "undoMove", "moveFollowUp", "keepPromise", "breakPromise", "tickReminder", "forgetReminder",
    "getPerson", "setKnown", "listMatches", "joinPeople", "separatePeople", "undoDecision", "listHolds",
    "placeHold", "reviewHold", "liftHold", "listMeasures",
    "getPreparedReply", "editPreparedReply", "archivePreparedReply", "restorePreparedReply",
    "getFile", "editNote", "addFile", "getReply", "markPosted",
    "editFact", "giveTask", "settleTask", "publishStatement", "approveAnnouncement", "getMessage", "markTold",
    "addFact", "addPersonTold", "addTask", "addUpdate", "decidePlatform", "escalateIncident", "setStatement",
    "keepCase", "keepCaseNoLonger", "addMeasure", "setMeasureResult",
    "fixProblem", "giveIncidentRole", "holdIncident", "resumeIncident",
}  # fmt: skip
"""Operations whose success needs an id that nobody guesses, or a state that chance does not bring about."""


class Heard:
    """The application, and how often each operation was answered with which status."""

    def __init__(self, app: Litestar) -> None:
        self.app = app
        self.answers: Counter[tuple[str, str, int]] = Counter()

    async def __call__(self, scope: Connecting, receive: Receive, send: Send) -> None:
        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                path = str(scope.get("path_template", ""))
                self.answers[str(scope.get("method")), path, message["status"]] += 1
            await send(message)

        await self.app(scope, receive, noting)


@pytest.fixture
def heard(site: Site) -> Heard:
    return Heard(site.app)


@pytest.fixture
async def address(heard: Heard) -> AsyncIterator[str]:
    """The same application behind a socket, for a program of another process."""
    config = uvicorn.Config(heard, port=free_port(), log_config=None, lifespan="off")  # type: ignore[arg-type]
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(PATIENCE):
        while not server.started:
            await asyncio.sleep(0)
    yield f"http://127.0.0.1:{config.port}"
    server.should_exit = True
    await serving


async def test_no_answer_is_one_that_the_description_does_not_name(
    site: Site, heard: Heard, address: str, tmp_path: Path
) -> None:
    alice = await make_member("alice", role="admin")
    for stage in ("new", "acknowledge", "working"):
        await lead_to(await make_case(alice), stage, by=alice)
    act = Act(alice, site.clock())
    await problems.open_problem(act, "Glue melts", numbers=[1])
    await incidents.open_incident(act, Opening(title="Shop is down", kind=IncidentKind.OUTAGE, numbers=[2]))
    program = await site.program(alice, *Scope)
    shared = site.app.state.site
    for buckets in (shared.programs, shared.lists, shared.replies, shared.captures, shared.greetings):
        buckets._burst = 10**6  # the clock of the test stands still
    asking = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/openapi.json"),
        *("--url", address, "--header", f"Authorization: {program.headers['authorization']}"),
        *("--checks", CHECKS, "--exclude-operation-id-regex", NOT_ASKED, "--no-color"),
        *("--phases", "examples,coverage,fuzzing", "--generation-deterministic", "--workers", "1"),
        *("--max-examples", str(EXAMPLES)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=tmp_path,
    )
    told, _nothing = await asking.communicate()
    assert asking.returncode == 0, told.decode()[-6000:]
    answers = heard.answers
    by_status = Counter[int]()
    for (_method, _path, status), count in answers.items():
        by_status[status] += count
    assert by_status[401] * 10 < by_status.total(), "the token ended on the way: nothing was tried"
    assert by_status[429] == 0
    named = {
        (call.method, re.sub(r":\w+}", "}", call.pattern)): call.handler.operation_id
        for call in calls(site.app)
    }
    reached = {named.get((method, path)) for method, path, status in answers if 200 <= status < 300}
    wanted = {name for (_method, path), name in named.items() if name and path.startswith("/api/v1/")}
    missed = wanted - reached - NOTHING_OF_THAT_ID - set(NOT_ASKED.split("|"))
    expect_none(missed, "nothing was tried: none of these was ever answered well")
