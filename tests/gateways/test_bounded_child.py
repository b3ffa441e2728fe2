"""A child process does one deed and ends: by itself, or killed when its time is over."""

from amends.gateways import bounded_child

ECHO = "import sys; print(sys.argv[2], end='', flush=True); sys.stdout.buffer.write(sys.stdin.buffer.read())"


async def test_it_says_what_it_was_given_and_knows_nothing_of_our_environment() -> None:
    assert await bounded_child.run(ECHO, ("a",), b"b", seconds=20) == b"ab"
    told = await bounded_child.run("import os; print(sorted(os.environ))", (), b"", seconds=20)
    assert set(eval(told)) <= {"PATH", "LC_ALL", "LC_CTYPE"}


async def test_one_that_fails_or_does_not_end_says_nothing() -> None:
    assert await bounded_child.run(ECHO + "; sys.exit(1)", ("a",), b"", seconds=20) == b""
    assert await bounded_child.run("import time; time.sleep(60)", (), b"", seconds=0.2) == b""
