"""`python3 benchmarks [--cases 1000,100000] [--database sqlite,postgresql] [--quick]`, or with
`--reminders`, `--insights`, `--incidents`, `--waves`, `--load`, `--sweep`, `--slices`, `--dossiers`,
`--first-paint` or `--extension`; `--fill URL` fills a database and measures nothing; `load URL` asks an
installation that runs.

Is it fast?
"""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """In the project's own environment, set up first where there is none."""
    is_installation = sys.argv[1:2] == ["load"]
    given = None if is_installation else arguments()
    if __package__:
        if given is None:
            run_installation()
        else:
            run(given)
        return
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT / "backend"))
    import setup_env

    setup_env.prepare("test")
    setup_env.start("-m", "benchmarks", *sys.argv[1:], extra="test")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--cases", default="1000,100000", help="sizes of the databases, with commas")
    parser.add_argument("--database", default="sqlite,postgresql", help="sqlite, postgresql or both")
    parser.add_argument("--quick", action="store_true", help="fewer requests: to see that it works")
    parser.add_argument("--extension", action="store_true", help="measure the browser extension instead")
    parser.add_argument("--reminders", action="store_true", help="measure the sweep and the worker instead")
    parser.add_argument("--insights", action="store_true", help="measure reports and near texts instead")
    parser.add_argument("--incidents", action="store_true", help="measure a large incident instead")
    parser.add_argument(
        "--waves", action="store_true", help="try the early warning on invented years instead"
    )
    parser.add_argument("--dossiers", action="store_true", help="measure the PDF of a dossier instead")
    parser.add_argument("--load", action="store_true", help="measure captures of many clients instead")
    parser.add_argument("--sweep", action="store_true", help="measure one sweep of 1,000 owners instead")
    parser.add_argument("--slices", action="store_true", help="measure how long work holds connections")
    parser.add_argument("--first-paint", action="store_true", help="measure cold pages in Chromium instead")
    parser.add_argument("--fill", default="", metavar="URL", help="fill a new database instead")
    parser.add_argument("--shape", default="skewed", choices=["even", "skewed", "open"], help="of its data")
    return parser.parse_args()


def run(given: argparse.Namespace) -> None:
    """What was asked for first, else the measurement of pages."""
    others = {
        "fill": run_fill,
        "extension": run_extension,
        "first_paint": run_first_paint,
        "reminders": run_reminders,
        "insights": run_insights,
        "incidents": run_incidents,
        "waves": run_waves,
        "load": run_load,
        "dossiers": run_dossiers,
        "sweep": run_sweep,
        "slices": run_slices,
    }
    asked = next((run_it for name, run_it in others.items() if getattr(given, name)), run_pages)
    asked(given)


def run_pages(given: argparse.Namespace) -> None:
    from benchmarks.measuring import Effort, measure
    from benchmarks.report import Verdict

    verdict = Verdict()
    effort = Effort(rounds=2, requests=5) if given.quick else Effort()
    for kind in given.database.split(","):
        measure(kind, sorted(int(size) for size in given.cases.split(",")), effort, verdict)
    verdict.end()


def run_fill(given: argparse.Namespace) -> None:
    from benchmarks import databases, shapes

    databases.filled(given.fill, shapes.Shape(given.shape), int(given.cases.split(",")[0]))


def run_reminders(given: argparse.Namespace) -> None:
    from benchmarks import reminders
    from benchmarks.report import Verdict

    verdict = Verdict()
    for kind in given.database.split(","):
        reminders.measure(kind, reminders.QUICK if given.quick else reminders.Load(), verdict)
    verdict.end_of_reminders()


def run_insights(given: argparse.Namespace) -> None:
    from benchmarks import insights
    from benchmarks.report import Verdict

    verdict = Verdict()
    for kind in given.database.split(","):
        insights.measure(kind, insights.QUICK if given.quick else insights.Load(), verdict)
    verdict.end_of_insights()


def run_incidents(given: argparse.Namespace) -> None:
    from benchmarks import incidents
    from benchmarks.report import Verdict

    verdict = Verdict()
    for kind in given.database.split(","):
        incidents.measure(kind, incidents.QUICK if given.quick else incidents.Load(), verdict)
    verdict.end_of_incidents()


def run_load(given: argparse.Namespace) -> None:
    from benchmarks import load

    load.measure(load.QUICK if given.quick else load.Load())


def run_dossiers(given: argparse.Namespace) -> None:
    from benchmarks import dossiers

    dossiers.run(quick=given.quick)


def run_sweep(given: argparse.Namespace) -> None:
    from benchmarks import sweep

    for kind in given.database.split(","):
        sweep.measure(kind, sweep.QUICK if given.quick else sweep.Load())


def run_slices(given: argparse.Namespace) -> None:
    from benchmarks import slices

    for kind in given.database.split(","):
        slices.measure(kind, slices.QUICK if given.quick else slices.Load())


def run_installation() -> None:
    from benchmarks import installation

    sys.exit(installation.main(sys.argv[2:]))


def run_waves(given: argparse.Namespace) -> None:
    from benchmarks import invented_years

    print("\n".join(invented_years.table(seeds=2 if given.quick else 40)))


def run_first_paint(given: argparse.Namespace) -> None:
    from benchmarks import first_paint

    missed = first_paint.run(quick=given.quick)
    print("\n".join(["missed:", *missed]) if missed else "every goal was reached")


def run_extension(given: argparse.Namespace) -> None:
    from benchmarks import extension

    missed = extension.run(quick=given.quick)
    print("\n".join(["missed:", *missed]) if missed else "every goal was reached")


main()
