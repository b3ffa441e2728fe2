"""Does a legal hold forbid every way in which something of a case is removed, until it is lifted?"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.database import run, transaction
from amends.gateways.erased_list import ErasedList
from amends.gateways.secrets import Secrets, new_key
from amends.services.capture import captures, splits
from amends.services.case import attachments, legal_hold_checks, offered_files
from amends.services.case.legal_hold_checks import UnderLegalHold
from amends.services.operation.privacy import case_erasures, erasures
from amends.services.person import legal_holds
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, removals
from tests.fakes import MemoryEvidenceFiles
from tests.services.case.test_attachments import photo
from tests.world import DAY, MONDAY, case_row, make_case, make_member, move, post

REVIEW = (MONDAY + 30 * DAY).date()
Way = Callable[[Act, int, Path], Awaitable[object]]


@pytest.fixture
async def admin(database: str) -> Member:
    return await make_member("ada", role="admin")


async def case_with_a_file(admin: Member, **words: str) -> int:
    number = await make_case(admin, **words)
    attached = await offered_files.offer(
        await attachments.check([photo()]), MemoryEvidenceFiles(), now=MONDAY
    )
    await attachments.add(Act(admin, MONDAY), number, attached)
    return number


async def remove_case(act: Act, number: int, folder: Path) -> None:
    await removals.remove(act, number, reason="Wrong")


async def take_back(act: Act, number: int, folder: Path) -> None:
    await removals.take_back(act, number)


async def remove_file(act: Act, number: int, folder: Path) -> None:
    rows = await tables.Attachment.select().where(tables.Attachment.removed_at.is_null())
    await attachments.remove(act, number, rows[0]["id"], reason="Wrong")


async def erase_person(act: Act, number: int, folder: Path) -> None:
    [author] = await run("SELECT author.id, name FROM author JOIN case_file AS c ON c.author = author.id")
    await erasures.erase(
        act,
        author["id"],
        name=author["name"],
        secrets=Secrets([new_key()]),
        erased_list=ErasedList(folder),
    )


async def erase_case(act: Act, number: int, folder: Path) -> None:
    case = (await case_row(number))["id"]
    async with transaction():
        await case_erasures.erase(case, now=act.now)


WAYS = (remove_case, take_back, remove_file, erase_person, erase_case)


async def hold_case(act: Act, number: int) -> None:
    await legal_holds.place(act, number=number, reason="Hearing", review_on=REVIEW)


async def hold_person(act: Act, number: int) -> None:
    author = (await case_row(number))["author"]
    await legal_holds.place(act, author=author, reason="Hearing", review_on=REVIEW)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("hold", [hold_case, hold_person], ids=lambda hold: hold.__name__)
async def test_nothing_of_a_held_case_is_removed_until_the_hold_is_lifted(
    way: Way, hold: Callable[[Act, int], Awaitable[None]], admin: Member, tmp_path: Path
):
    act, number = Act(admin, MONDAY), await case_with_a_file(admin)
    await hold(act, number)
    with pytest.raises(UnderLegalHold, match="Hearing"):
        await way(act, number, tmp_path)
    assert await tables.Attachment.exists().where(tables.Attachment.removed_at.is_null())
    [placed] = await legal_hold_checks.of_case((await case_row(number))["id"])
    await legal_holds.lift(act, placed.id, reason="Over")
    if way is not take_back:  # placing and lifting a hold are work on the case, which ends the way back
        await way(act, number, tmp_path)


async def test_a_hold_goes_with_a_case_that_is_merged(admin: Member, tmp_path: Path):
    act = Act(admin, MONDAY)
    kept, other = await make_case(admin), await case_with_a_file(admin, url="https://x.com/other/status/2")
    await hold_case(act, other)
    await move(other, "join", by=admin, duplicate_of=kept)
    [hold] = await legal_hold_checks.of_case((await case_row(kept))["id"])
    assert hold.number == other


async def test_a_hold_goes_with_a_post_that_is_split_off(admin: Member):
    act, first = Act(admin, MONDAY), uuid4()
    number = (await captures.receive(act, first, post())).case.number
    await captures.receive(act, uuid4(), post(text="And again", sameCaseAs=str(first)))
    await hold_case(act, number)
    posts = await tables.Post.select(tables.Post.id)
    made = await splits.split(act, number, posts[1]["id"])
    with pytest.raises(UnderLegalHold, match=f"case #{made}"):
        await removals.remove(act, made, reason="Wrong")


async def author_named(name: str) -> UUID:
    rows = await tables.Author.select(tables.Author.id).where(tables.Author.name == name)
    return UUID(str(rows[0]["id"]))


async def test_who_wrote_on_a_held_case_of_somebody_else_is_not_erased(admin: Member, tmp_path: Path):
    act, first = Act(admin, MONDAY), uuid4()
    number = (await captures.receive(act, first, post())).case.number
    author = {"name": "Zelda Fitz", "handle": "@zelda", "url": "https://x.com/zelda"}
    await captures.receive(act, uuid4(), post(text="Same here", author=author, sameCaseAs=str(first)))
    await hold_case(act, number)
    given = {"name": "Zelda Fitz", "secrets": Secrets([new_key()]), "erased_list": ErasedList(tmp_path)}
    with pytest.raises(UnderLegalHold, match=f"case #{number}"):
        await erasures.erase(act, await author_named("Zelda Fitz"), **given)


async def test_words_about_a_person_in_a_held_case_of_somebody_else_stay_too(admin: Member, tmp_path: Path):
    act = Act(admin, MONDAY)
    author = {"name": "Zelda Fitz", "handle": "@zelda", "url": "https://x.com/zelda"}
    await make_case(admin, author=author, url="https://x.com/zelda/status/5")
    held = await make_case(admin)
    await case_commands.note(act, held, text="Zelda Fitz saw it happen.")
    await hold_case(act, held)
    given = {"name": "Zelda Fitz", "secrets": Secrets([new_key()]), "erased_list": ErasedList(tmp_path)}
    with pytest.raises(UnderLegalHold, match=f"case #{held}"):
        await erasures.erase(act, await author_named("Zelda Fitz"), **given)
