"""A person who occurs in more than twelve places, so that tests can look whether each is found."""

import json
from uuid import UUID, uuid4

from amends import tables
from amends.database import add, run
from amends.gateways.evidence_files import EvidenceFiles
from amends.rules.person.matching import Reason, Sign
from amends.services.capture import captures, evidence
from amends.services.follow_up import follow_ups
from amends.services.person import author_pairs, people
from amends.services.person.people import Known
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from amends.tables import capture as capture_tables
from amends.tables.insight import stories
from tests.services.capture.test_evidence import picture
from tests.world import DAY, MONDAY, make_case, post

NAME, HANDLE = "Dana Quillfeather", "@quillfeather"
PHONE, MAIL = "0698765432", "dana.quill@example.org"
SAID = "The wedding cake of the Quillfeather family arrived squashed and nobody answers the telephone."
TRACES = ("quillfeather", PHONE, MAIL, "wedding cake of", "squashed")
"""What no file may hold once the person is erased, in any case of letters."""
AUTHOR = {"name": NAME, "handle": HANDLE, "url": "https://x.com/quillfeather"}


async def dana_everywhere(lead: Member, agent: Member, files: EvidenceFiles, *, first: int = 1) -> UUID:
    """One of her accounts; her cases are the first two, the third is somebody else's that names her."""
    act = Act(lead, MONDAY)
    capture = uuid4()
    await captures.receive(Act(agent, MONDAY), capture, post(author=AUTHOR, text=SAID))
    await evidence.keep_screenshot(Act(agent, MONDAY), capture, picture() + NAME.encode(), files=files)
    other = {"name": NAME, "handle": "quillfeather", "url": "https://bsky.app/profile/quillfeather"}
    await make_case(
        agent,
        platform="bluesky",
        author=other,
        text="Squashed again!",
        id="b1",
        url="https://bsky.app/profile/quillfeather/post/b1",
    )
    third = await make_case(
        agent, author={"name": "Emil", "handle": "@emil", "url": "https://x.com/emil"}, text="Bread was fine."
    )
    mine = await account(HANDLE)
    await author_pairs.join(
        act, mine, await account("quillfeather"), reasons=(Reason(Sign.SAME_HANDLE, HANDLE),)
    )
    await people.write(act, mine, Known(contact=f"{PHONE}, {MAIL}", notes="Quillfeather rings on Mondays"))
    await case_commands.note(act, first, text=f"{NAME} rang from {PHONE}.")
    await case_commands.note(act, third, text=f"The same as {NAME}, see the first.")
    await follow_ups.remind(act, first, words=f"Ring {PHONE}", due_at=MONDAY + DAY, owner=agent.id)
    await follow_ups.promise(act, first, words="A new Quillfeather cake", due_at=MONDAY + DAY)
    await typed_everywhere(first)
    return mine


async def account(handle: str) -> UUID:
    """The id of the account with this handle."""
    rows = await run("SELECT id FROM author WHERE handle = :handle", handle=handle)
    return rows[0]["id"]


async def typed_everywhere(first: int) -> None:
    """Rows as other commands write them, in tables that are tedious to reach."""
    rows = await run("SELECT id FROM case_file WHERE number = :first", first=first)
    case = rows[0]["id"]
    member = (await run("SELECT id FROM member LIMIT 1"))[0]["id"]
    await run(
        "UPDATE case_file SET draft = :draft, next_step = :step WHERE number = :first",
        first=first,
        draft=f"Dear {NAME}",
        step=f"ring {PHONE}",
    )
    await add(
        tables.Remedy,
        id=uuid4(),
        case=case,
        kind="refund",
        words=f"Refund to {MAIL}",
        currency="EUR",
        state="offered",
        offered_at=MONDAY,
    )
    await add(
        stories.CaseStory,
        id=uuid4(),
        case=case,
        title="A cake",
        said="x",
        did="y",
        ended="z",
        named={"title": f"{NAME} and the cake"},
        agreed_how=f"by mail from {MAIL}",
        kept_at=MONDAY,
    )
    await add(
        tables.CustomerLink,
        id=uuid4(),
        case=case,
        purpose="contact",
        code="QUILL234",
        language="en",
        made_at=MONDAY,
        expires_at=MONDAY + DAY,
    )
    checklist = uuid4()
    await add(tables.Checklist, id=checklist, case=case, name="Cakes", version=1, started_at=MONDAY)
    await add(
        tables.ChecklistStep,
        id=uuid4(),
        checklist=checklist,
        position=1,
        kind="ask",
        words="Who?",
        answer=NAME,
        state="done",
    )
    await add(
        tables.Undo,
        id=uuid4(),
        case=case,
        member=member,
        version=1,
        move="answer",
        before=json.dumps({"title": SAID}),
        expires_at=MONDAY,
    )
    await add(
        tables.Batch,
        id=uuid4(),
        member=member,
        deed="assign",
        lines=[{"number": first, "title": SAID}],
        made_at=MONDAY,
    )
    await add(
        tables.View,
        id=uuid4(),
        member=member,
        name="Dana",
        filters={"words": "Quillfeather", "q": NAME},
        made_at=MONDAY,
    )
    problem = uuid4()
    await add(tables.Problem, id=problem, number=1, title="Couriers", cause=f"see {NAME}", opened_at=MONDAY)
    await add(
        tables.ProblemEvent,
        id=uuid4(),
        problem=problem,
        position=1,
        kind="linked",
        at=MONDAY,
        told={"title": f"{NAME}: late"},
    )
    await add(tables.ProblemCase, id=uuid4(), problem=problem, case=case, linked_at=MONDAY)
    await add(
        capture_tables.FeedItem,
        id=uuid4(),
        feed=await a_feed(),
        key="k",
        state="waiting",
        title=f"{NAME} writes",
        words=SAID,
        author=NAME,
        found_at=MONDAY,
    )
    upload = uuid4()
    await add(
        tables.Upload, id=upload, member=member, name="old.csv", content=b"", state="done", kept_at=MONDAY
    )
    await add(
        tables.ImportLine,
        id=uuid4(),
        upload=upload,
        number=1,
        state="made",
        cells={"author": NAME},
        author=NAME,
        case_number=first,
    )
    await add(
        tables.RemovedCase, id=uuid4(), number=999, reason=f"a copy of what {NAME} wrote", removed_at=MONDAY
    )


async def a_feed() -> UUID:
    """A feed that is fetched some day."""
    feed = uuid4()
    await add(
        capture_tables.Feed,
        id=feed,
        name="News",
        address="https://news.example.org/rss",
        next_at=MONDAY,
        made_at=MONDAY,
    )
    return feed
