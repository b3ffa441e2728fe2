"""The benchmarks run, and print a line for everything that they promise to measure."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    "capture",
    "Today",
    "Cases",
    "Cases, one owner",
    "Cases, by key",
    "search, often said",
    "search, seldom said",
    "one case",
)
QUICK = ("--quick", "--cases", "50,60", "--database", "sqlite")


def test_a_quick_run_prints_every_figure_and_a_verdict():
    command = [sys.executable, "-m", "benchmarks", *QUICK]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    for name in NAMES:
        assert len([line for line in run.stdout.splitlines() if line.startswith(f"{name:<20}")]) == 3
    for words in ("planning", "MB resident", "their time with few cases"):
        assert words in run.stdout


def test_a_quick_run_of_the_reminders_prints_every_figure():
    command = [sys.executable, "-m", "benchmarks", "--reminders", "--quick", "--database", "sqlite"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    for words in ("5 late: ", "20 late among 200", "12 messages by mail", "an idle worker: "):
        assert words in run.stdout


def test_a_quick_run_of_long_work_prints_a_line_for_each_piece_of_it():
    command = [sys.executable, "-m", "benchmarks", "--slices", "--quick", "--database", "sqlite"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    works = ("nothing", "a table is checked", "a table is imported", "batches", "counting for reports")
    for name in (*works, "a report of a year", "an export"):
        assert len([line for line in run.stdout.splitlines() if line.startswith(f"{name:<24} |")]) == 1


def test_a_quick_run_of_insights_incidents_and_waves_prints_every_figure():
    for given, words in (
        (["--insights", "--database", "sqlite"], ("added up once", "a look for waves", "a report of a year")),
        (["--incidents", "--database", "sqlite"], ("500 joined in", "the room", "the wall", "its timeline")),
        (["--dossiers"], ("most MB of memory", "| 1 | 6 |", "of processor time")),
        (["--waves"], ("quiet shop", "product recall", "troll raid", "slow burn")),
    ):
        command = [sys.executable, "-m", "benchmarks", "--quick", *given]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
        assert run.returncode == 0, run.stderr
        for word in words:
            assert word in run.stdout


def test_a_quick_run_of_first_paint_prints_a_line_for_each_page():
    command = [sys.executable, "-m", "benchmarks", "--quick", "--first-paint"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    for name in ("sign-in", "Today", "Cases", "one case"):
        assert len([line for line in run.stdout.splitlines() if re.match(rf"{name} +\d+ +[\d.]+", line)]) == 1
