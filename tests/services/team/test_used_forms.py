"""Idempotency keys: a command runs once for each form, in the transaction that remembers the form."""

from datetime import timedelta

import pytest

from amends import tables
from amends.services.team import used_forms
from amends.services.team.used_forms import SentForm
from tests import nudging
from tests.nudging import NOON, Desk

desk = nudging.desk

LINK = SentForm(key="k", sender="secret-of-a-link", action="/contribute", content="c", member=None)


async def nowhere() -> str | None:
    return None


async def page() -> str | None:
    return "/cases/7"


async def fails() -> str | None:
    await tables.Counter.insert(tables.Counter(name="written", value=1))
    raise RuntimeError


async def test_the_second_time_the_command_does_not_run(desk: Desk):
    assert await used_forms.once(LINK, page, now=NOON) == "/cases/7"
    assert await used_forms.once(LINK, fails, now=NOON) == "/cases/7"


async def test_a_command_that_fails_leaves_nothing_behind_and_may_be_tried_again(desk: Desk):
    with pytest.raises(RuntimeError):
        await used_forms.once(LINK, fails, now=NOON)
    assert not await tables.Counter.exists().where(tables.Counter.name == "written")
    assert await used_forms.once(LINK, page, now=NOON) == "/cases/7"


async def test_a_command_that_leads_nowhere_is_not_remembered(desk: Desk):
    assert await used_forms.once(LINK, nowhere, now=NOON) is None
    assert not await tables.UsedForm.exists()


async def test_no_secret_of_a_link_is_kept(desk: Desk):
    await used_forms.once(LINK, page, now=NOON)
    [row] = await tables.UsedForm.select()
    assert "secret" not in str(row)


async def test_forms_go_with_their_member_and_after_some_days(desk: Desk):
    ada = await desk.member("ada")
    for number, age in enumerate((timedelta(days=4), timedelta(days=1))):
        form = SentForm(key=str(number), sender=str(ada.id), action="/", content="", member=ada.id)
        await used_forms.once(form, page, now=NOON - age)
    await used_forms.forget_old(now=NOON)
    assert [row["used_at"] for row in await tables.UsedForm.select()] == [NOON - timedelta(days=1)]
    await tables.Member.delete().where(tables.Member.id == ada.id)
    assert not await tables.UsedForm.exists()
