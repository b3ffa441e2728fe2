"""Does everything that is sealed still open after the keys were replaced, with the first key alone?"""

from uuid import uuid4

import pyotp
import pytest
from piccolo.columns import Column

from amends import tables
from amends.gateways.secrets import Secrets, SecretUnreadable, new_key
from amends.rules.vocabulary import Role
from amends.services.nudge import push_targets
from amends.services.operation import sealing
from amends.services.operation.sealing import KINDS, Sealed
from amends.services.team import providers, second_factors
from amends.services.team.members import Act, Member
from amends.services.team.providers import ProviderFields
from tests import nudging
from tests.nudging import Desk
from tests.world import MONDAY, make_member

desk = nudging.desk
OLD, NEW = nudging.KEY, new_key()
BOTH, FIRST = Secrets([NEW, OLD]), Secrets([NEW])


async def full(desk: Desk) -> tuple[Member, pyotp.TOTP, str]:
    """One secret of each kind: the member and their phone, and the public half of the key of web push."""
    await desk.target("room")
    eve = await make_member("with-a-phone")
    begun = await second_factors.begin(Act(eve, MONDAY), desk.secrets)
    phone = pyotp.TOTP(begun.secret)
    await second_factors.confirm(Act(eve, MONDAY), phone.at(MONDAY - second_factors.STEP), desk.secrets)
    boss = await make_member("boss", role="admin")
    fields = ProviderFields(
        name="Staff",
        issuer="https://login.example.org",
        client_id="amends",
        secret="a secret",
        domains="",
        role=Role.AGENT,
        is_on=True,
    )
    hook = tables.Webhook(id=uuid4(), name="shop", url="https://shop.example/", made_at=MONDAY)
    hook.sealed = desk.secrets.seal("whsec_x", of=hook.id)
    await tables.Webhook.insert(hook)
    mailbox = tables.Mailbox(id=uuid4(), host="imap.example.org", next_at=MONDAY, made_at=MONDAY)
    mailbox.sealed = desk.secrets.seal("a password", of=mailbox.id)
    await tables.Mailbox.insert(mailbox)
    account = tables.MailAccount(
        id=uuid4(), host="smtp.example.org", sender="help@example.org", made_at=MONDAY
    )
    account.sealed = desk.secrets.seal("a password", of=account.id)
    await tables.MailAccount.insert(account)
    await providers.add(Act(boss, MONDAY), fields, desk.secrets, private=())
    return eve, phone, await push_targets.ensure_key(desk.secrets, now=MONDAY)


async def sealed() -> dict[str, list[str]]:
    return {
        kind.name: [row["sealed"] for row in await kind.table.select(kind.sealed.as_alias("sealed"))]
        for kind in KINDS
    }


def test_every_table_with_a_sealed_column_is_among_the_kinds() -> None:
    holding = {
        table._meta.tablename
        for table in tables.TABLES
        if any(isinstance(one, Column) and "sealed" in one._meta.name for one in table._meta.columns)
    }
    assert {kind.table._meta.tablename for kind in KINDS} == holding, "keys that are replaced would lose it"


async def test_after_rotating_the_first_key_alone_opens_everything(desk: Desk) -> None:
    eve, phone, push_key = await full(desk)
    before = await sealed()
    assert all(len(one) == 1 for one in before.values())
    assert await sealing.rotate(BOTH) == [Sealed(kind=one.name, opened=1, unreadable=0) for one in KINDS]
    after = await sealed()
    for kind in KINDS:
        assert not set(before[kind.name]) & set(after[kind.name])
        [row] = await kind.table.select(kind.owner.as_alias("owner"), kind.sealed.as_alias("sealed"))
        assert FIRST.open(row["sealed"], of=row["owner"])
        with pytest.raises(SecretUnreadable):
            Secrets([OLD]).open(row["sealed"], of=row["owner"])
    await second_factors.check(eve.id, phone.at(MONDAY), FIRST, now=MONDAY)
    assert await push_targets.ensure_key(FIRST, now=MONDAY) == push_key, "browsers stay subscribed"


async def test_what_no_key_opens_is_counted_by_rotating_and_left_as_it_is(desk: Desk) -> None:
    await full(desk)
    before = await sealed()
    lost = await sealing.rotate(Secrets([new_key()]))
    assert lost == [Sealed(kind=one.name, opened=0, unreadable=1) for one in KINDS]
    assert await sealed() == before


async def test_rotating_twice_changes_nothing_that_anybody_sees(desk: Desk) -> None:
    eve, phone, _key = await full(desk)
    await sealing.rotate(BOTH)
    await sealing.rotate(FIRST)
    await second_factors.check(eve.id, phone.at(MONDAY), FIRST, now=MONDAY)


async def test_it_is_seen_what_each_key_seals_before_and_after_a_rotation(desk: Desk):
    await full(desk)
    before = await sealing.look(BOTH)
    assert before.uses[0] == sealing.KeyUse(counts={}, oldest=None)
    assert before.uses[1].counts == {kind.name: 1 for kind in KINDS}
    assert before.uses[1].oldest
    await sealing.rotate(BOTH)
    after = await sealing.look(BOTH)
    assert after.uses[1].counts == {}
    assert after.uses[0].oldest == before.uses[1].oldest, "a rotation makes no secret younger"
    assert (await sealing.look(Secrets([new_key()]))).unreadable == {kind.name: 1 for kind in KINDS}
