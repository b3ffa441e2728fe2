"""Playbooks in the settings: the list, and one with its steps."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.follow_up.playbooks import MOST_STEPS
from amends.rules.vocabulary import PlaybookSubject, StepKind
from amends.services.desk import themes
from amends.services.follow_up import outside_contacts, playbooks
from amends.services.follow_up.playbooks import Given, Step
from amends.web.desk import playbooks_view as view
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/settings/playbooks"
ONE = f"{PAGE}/{{playbook_id:uuid}}"


class VersionForm(msgspec.Struct):
    """The version of the playbook that was seen."""

    version: int = 0


async def _list(here: Here) -> Response[bytes]:
    names = themes.paths(await themes.everything())
    rows = [view.line(one, names) for one in await playbooks.everything()]
    return await here.render("settings/playbooks.html", rows=rows)


@get(PAGE, opt={"policy": Policy.LEAD})
async def index(here: NamedDependency[Here]) -> Response[bytes]:
    """The playbooks."""
    return await _list(here)


async def _one(
    here: Here, *, typed: Typed = NOTHING_TYPED, playbook_id: UUID | None = None
) -> Response[bytes]:
    row = await playbooks.find(playbook_id) if playbook_id else None
    steps = await playbooks.steps_of(playbook_id) if playbook_id else []
    return await here.render(
        "settings/playbook.html",
        status=typed.status,
        page=view.page(
            row, steps, await themes.everything(), await outside_contacts.everyone(), typed, now=here.now
        ),
        problem=typed.problem,
    )


@get(f"{PAGE}/new", opt={"policy": Policy.LEAD})
async def ask_new(here: NamedDependency[Here]) -> Response[bytes]:
    """The form for one more playbook."""
    return await _one(here)


@get(ONE, opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here], playbook_id: FromPath[UUID]) -> Response[bytes]:
    """One playbook."""
    return await _one(here, playbook_id=playbook_id)


@post(PAGE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_one, "playbook")
async def make(here: NamedDependency[Here]) -> Response[Any]:
    """One more playbook."""
    await playbooks.make(here.act, given_in(await here.typed()))
    return saved(PAGE)


@post(ONE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_one, "playbook")
async def change(here: NamedDependency[Here], playbook_id: FromPath[UUID]) -> Response[Any]:
    """Another name, other steps."""
    given, form = given_in(await here.typed()), await here.form(VersionForm)
    await playbooks.change(here.act, playbook_id, given, version=form.version)
    return saved(PAGE)


@post(f"{ONE}/retire", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_one)
async def retire(here: NamedDependency[Here], playbook_id: FromPath[UUID]) -> Response[Any]:
    """It is offered no more."""
    await playbooks.retire(here.act, playbook_id)
    return saved(PAGE)


@post(f"{ONE}/restore", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_one)
async def restore(here: NamedDependency[Here], playbook_id: FromPath[UUID]) -> Response[Any]:
    """It is offered again."""
    await playbooks.restore(playbook_id)
    return saved(PAGE)


def given_in(typed: Mapping[str, str]) -> Given:
    """The playbook in the fields of its form: one row a step, in the order of their places.

    A subject that is none, or a number that is none, is left for the command to refuse.
    """
    subject, _colon, about = typed.get("about", "").partition(":")
    known = subject in set(PlaybookSubject)
    every = range(1, MOST_STEPS + view.BLANK_ROWS + 1)
    rows = [row for row in every if typed.get(f"words-{row}", "").strip()]
    rows.sort(key=lambda row: _order(row, _number(typed.get(f"place-{row}", "")) or row))
    return Given(
        name=typed.get("name", ""),
        subject=PlaybookSubject(subject) if known else PlaybookSubject.THEME,
        about=about if known else "",
        steps=tuple(_step(row, typed) for row in rows),
    )


def _order(row: int, place: int) -> tuple[int, int, int]:
    """What moves up stands before whatever was at its new place, what moves down after it."""
    return place, (place > row) - (place < row), row


def _step(row: int, typed: Mapping[str, str]) -> Step:
    kind, hours = typed.get(f"kind-{row}", ""), typed.get(f"hours-{row}", "").strip()
    return Step(
        row=row,
        words=typed[f"words-{row}"],
        kind=StepKind(kind) if kind in set(StepKind) else StepKind.DO,
        variable=typed.get(f"variable-{row}", ""),
        contact=_id(typed.get(f"contact-{row}", "")),
        within_hours=_number(hours) or 0 if hours else None,
    )


def _number(text: str) -> int | None:
    """What was typed as a number; None for anything else."""
    clean = text.strip()
    return int(clean) if clean.isascii() and clean.isdecimal() and len(clean) <= 4 else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


routes = (
    index,
    ask_new,
    show,
    make,
    change,
    retire,
    restore,
)
