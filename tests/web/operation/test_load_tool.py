"""The load tool that anyone runs against their own installation, here the application in this process."""

import pytest

from amends import tables
from amends.rules.team.scopes import Scope
from benchmarks import installation
from benchmarks.installation import CannotLoad, Load
from tests.web.site import Site
from tests.world import make_case, make_member

FEW = Load(clients=3, captures=6, lists=4, searches=5)


async def test_it_measures_captures_lists_and_searches_and_leaves_no_case_behind(site: Site) -> None:
    bob = await make_member("bob")
    await make_case(bob)
    program = await site.program(bob, Scope.CAPTURE_WRITE, Scope.CASES_READ)
    said: list[str] = []
    assert await installation.measure(program, FEW, said.append), said
    counts = {line.split()[0]: line.split()[1] for line in said[1:]}
    assert counts == {"captures": "6", "lists": "4", "searches": "5", "cleaning": "6"}
    assert await tables.Case.count() == 1


async def test_what_is_refused_is_counted_and_never_taken_for_a_fast_answer(site: Site) -> None:
    program = await site.program(await make_member("bob"), Scope.CASES_READ)
    said: list[str] = []
    assert not await installation.measure(program, FEW, said.append)
    assert said[1].split()[:2] == ["captures", "0"]
    assert "6 × 403" in said[1]


async def test_a_token_that_may_not_read_is_told_before_anything_is_made(site: Site) -> None:
    with pytest.raises(CannotLoad, match="401"):
        await installation.measure(site.visitor(headers={"authorization": "Bearer amends_x"}), FEW)


def test_nothing_is_asked_before_somebody_says_that_cases_may_be_made(capsys: pytest.CaptureFixture[str]):
    assert installation.main(["http://127.0.0.1:9", "--token", "amends_x"]) == 2
    assert "--make-cases" in capsys.readouterr().err
    assert installation.main(["http://127.0.0.1:9", "--token", "amends_x", "--make-cases"]) == 1
    assert "does not answer (ConnectError)" in capsys.readouterr().err
