"""Identity of a message in mail: one thread for a case, a stable id, the team's name."""

from datetime import timedelta
from uuid import UUID

from amends.gateways.notifier import Message, Outcome, Result
from amends.services.nudge import mail_threads, nudges
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk
from tests.services.nudge.test_nudges import send_all
from tests.world import make_team

desk = nudging.desk
DAY = timedelta(days=1)


def row(number: int = 142, kind: str = "rung", nudge: int = 1) -> dict[str, object]:
    ids = {"id": UUID(int=nudge), "case_id": UUID(int=number), "target": UUID(int=7), "member": UUID(int=8)}
    return ids | {"number": number, "kind": kind, "team_name": "Bakers"}


def identified(*rows: dict[str, object], at=NOON) -> Message:
    return mail_threads.identified(Message("t", "b"), rows, base_url=BASE_URL, now=at)


def test_messages_about_one_case_are_one_thread_and_those_of_another_are_not():
    first, later, other = (
        identified(row(nudge=1)),
        identified(row(nudge=2), row(nudge=3)),
        identified(row(143)),
    )
    assert first.thread_id == later.thread_id == "case-142-00000000@amends.example.org"
    assert other.thread_id != first.thread_id
    assert first.message_id != later.message_id


def test_the_same_nudges_have_the_same_id_when_they_are_sent_again():
    both = identified(row(1, nudge=1), row(2, nudge=2))
    assert identified(row(2, nudge=2), row(1, nudge=1), at=NOON + DAY).message_id == both.message_id


def test_lists_of_several_cases_are_a_thread_of_their_day_and_target():
    of_today = identified(row(1, nudge=1), row(2, nudge=2))
    assert identified(row(3, nudge=3), row(4, nudge=4)).thread_id == of_today.thread_id
    assert identified(row(3, nudge=3), row(4, nudge=4), at=NOON + DAY).thread_id != of_today.thread_id


def test_the_digests_of_a_member_are_one_thread_and_so_are_their_notices():
    assert identified(row(kind="digest")).thread_id == f"digests-{UUID(int=8).hex}@amends.example.org"
    assert identified(row(kind="notice")).thread_id == f"notices-{UUID(int=8).hex}@amends.example.org"


async def test_what_leaves_bears_the_teams_name_and_the_thread_of_its_case(desk: Desk):
    await make_team(zone="UTC")
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    desk.receiver.answers["json://ada.example.org/"] = [Result(Outcome.unreachable, "no route")]
    await nudges.sweep(now=NOON)
    await send_all(desk, NOON)
    await send_all(desk, NOON + timedelta(minutes=5))
    (_to, first), (_again, second) = desk.receiver.received
    assert first.sender == "Bakers"
    assert first.thread_id.startswith("case-1-")
    assert (first.message_id, first.thread_id) == (second.message_id, second.thread_id)
