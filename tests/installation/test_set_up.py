"""Set-up by `python3 backend` on a bare machine, and its error messages."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

STARTS_A_LINE = """
import setup_env, sys
setup_env.start("-c", "import sys; print('started', *sys.argv[1:])", *sys.argv[1:])
"""
FAKE_UV = """#!{python}
import os, pathlib, sys
home = pathlib.Path(os.environ["FAKE_UV"])
with (home / "calls").open("a") as calls:
    calls.write(" ".join(sys.argv[1:]) + "\\n")
if sys.argv[1] == "pip" and (home / "failure").exists():
    sys.exit((home / "failure").read_text())
"""


class Machine:
    """A copy of the bootstrap on a machine whose only installer, uv, writes down what it was asked to do."""

    def __init__(self, folder: Path) -> None:
        self.project, self.home = folder / "amends", folder / "home"
        (self.project / "backend").mkdir(parents=True)
        self.home.mkdir()
        for name in ("backend/setup_env.py", "pyproject.toml", "constraints.txt", "hatch_build.py"):
            shutil.copy(ROOT / name, self.project / name)
        (self.project / "backend/__main__.py").write_text(STARTS_A_LINE)
        uv = self.home / "uv"
        uv.write_text(FAKE_UV.format(python=sys.executable))
        uv.chmod(0o755)

    def begin(self, *arguments: str, python: str = sys.executable) -> subprocess.Popen[str]:
        environment = {**os.environ, "PATH": str(self.home), "FAKE_UV": str(self.home)}
        return subprocess.Popen(
            [python, str(self.project / "backend"), *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, python: str = sys.executable) -> tuple[int, str, str]:
        process = self.begin(*arguments, python=python)
        out, err = process.communicate()
        return process.returncode, out, err

    def installs(self) -> int:
        calls = self.home / "calls"
        return calls.read_text().count("pip install") if calls.exists() else 0


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_the_first_start_sets_up_and_hands_its_arguments_on(machine: Machine):
    code, out, err = machine.run("--port", "8001")
    assert (code, out) == (0, "started --port 8001\n")
    assert "Setting up" in err
    assert f"--constraint {machine.project / 'constraints.txt'} " in (machine.home / "calls").read_text()


def test_the_name_of_a_command_is_done_instead_of_serving(machine: Machine, monkeypatch: pytest.MonkeyPatch):
    shutil.copy(ROOT / "backend/__main__.py", machine.project / "backend")
    (machine.home / "amends").mkdir()
    (machine.home / "amends/__main__.py").write_text("import sys; print(*sys.argv[1:])")
    monkeypatch.setenv("PYTHONPATH", str(machine.home))
    said = [
        machine.run(*options)[1] for options in ((), ("--port", "8001"), ("demo", "--remove"), ("--version",))
    ]
    assert said == ["serve\n", "serve --port 8001\n", "demo --remove\n", "--version\n"]


def test_the_second_start_installs_nothing_and_says_nothing(machine: Machine):
    machine.run()
    assert machine.run() == (0, "started\n", "")
    assert machine.installs() == 1


def test_a_changed_project_is_installed_again(machine: Machine):
    machine.run()
    with (machine.project / "pyproject.toml").open("a") as file:
        file.write("\n# changed\n")
    machine.run()
    assert machine.installs() == 2


def test_an_installation_that_failed_is_tried_again(machine: Machine):
    (machine.home / "failure").write_text("error: no room left")
    machine.run()
    (machine.home / "failure").unlink()
    assert machine.run()[:2] == (0, "started\n")


def test_a_venv_whose_python_is_gone_is_made_anew(machine: Machine):
    machine.run()
    python = machine.project / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    (machine.project / ".venv/.amends-serve").unlink()
    assert machine.run()[:2] == (0, "started\n")


def test_several_that_start_at_once_set_up_once(machine: Machine):
    processes = [machine.begin(str(number)) for number in range(4)]
    answers = [process.communicate() for process in processes]
    assert sorted(out for out, _ in answers) == [f"started {number}\n" for number in range(4)]
    assert machine.installs() == 1


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("error: Failed to fetch: https://pypi.org/simple/litestar/", "check the network and start again"),
        ("error: no solution found for litestar", "the packages could not be installed: error: no solution"),
    ],
)
def test_a_failed_installation_is_one_sentence(machine: Machine, reason: str, sentence: str):
    (machine.home / "failure").write_text(reason)
    code, out, err = machine.run()
    assert (code, out) == (1, "")
    assert err.splitlines()[-1].startswith("amends: ")
    assert sentence in err.splitlines()[-1]
    assert "Traceback" not in err


def test_a_folder_that_cannot_be_written_is_one_sentence(machine: Machine):
    if os.geteuid() == 0:
        lock = machine.project / ".set-up.lock"
        lock.symlink_to("/proc/sys/kernel/ostype")  # root may write anywhere but here
    else:
        machine.project.chmod(0o555)
    code, out, err = machine.run()
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "cannot be written" in err


def test_an_old_python_is_one_sentence(machine: Machine):
    """The bootstrap believes its own OLDEST; here no Python is new enough."""
    script = machine.project / "backend/setup_env.py"
    script.write_text(script.read_text().replace("OLDEST = (3, 11)", "OLDEST = (9, 0)"))
    (machine.home / "uv").unlink()
    code, out, err = machine.run()
    assert (code, out) == (1, "")
    assert "Python 3.11 or newer is needed" in err.splitlines()[-1]


def test_a_python_that_is_too_old_can_still_read_the_bootstrap():
    for name in ("backend/__main__.py", "backend/setup_env.py", "tests/__main__.py"):
        ast.parse((ROOT / name).read_text(), feature_version=(3, 7))


def test_the_bootstrap_needs_the_standard_library_alone():
    for name in ("backend/__main__.py", "backend/setup_env.py", "tests/__main__.py"):
        tree = ast.parse((ROOT / name).read_text())
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
        plain = [alias.name for node in imports for alias in node.names]
        named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        roots = {module.partition(".")[0] for module in [*plain, *named]}
        assert roots <= sys.stdlib_module_names | {"setup_env"}
