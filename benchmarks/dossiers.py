"""`--dossiers`: what the PDF of a dossier with 200 screenshots takes of a processor and of memory."""

import asyncio
import io
import random
import resource
from hashlib import sha256

from amends.gateways import pdf_sandbox
from amends.rules.operation import dossiers as rules
from amends.rules.operation.dossiers import Sized
from amends.web import templating
from amends.web.operation import dossier_paper as paper

EXHIBITS, QUICK = 200, 6
WORDS = ("parcel", "never", "arrived", "refund", "courier", "promised", "answer", "nobody", "weeks", "order")


def picture(chance: random.Random) -> bytes:
    """A screenshot of 1280 by 900 full of type, as pages show it: WebP."""
    from PIL import Image, ImageDraw, ImageFont

    shot = Image.new("RGB", (1_280, 900), "white")
    pen, font = ImageDraw.Draw(shot), ImageFont.load_default(size=17)
    for line in range(40):
        pen.text((20, 10 + 22 * line), " ".join(chance.choices(WORDS, k=19)), "black", font)
    out = io.BytesIO()
    shot.save(out, "WEBP", quality=85, method=4)
    return out.getvalue()


def exhibit(number: int, name: str, chance: random.Random) -> paper.ExhibitOnPaper:
    """A post of some sentences with its screenshot."""
    return paper.ExhibitOnPaper(
        number=number,
        case_number=1 + number // 20,
        author=f"someone{number}",
        platform="X (Twitter)",
        address=f"https://x.com/someone{number}/status/{chance.randrange(10**18)}",
        page="",
        title="",
        text=" ".join(chance.choices(WORDS, k=60)),
        lang="en",
        rating="",
        posted="2026-05-04 08:00:00 UTC",
        captured="2026-05-04 08:00:00 UTC",
        received="2026-05-04 08:00:01 UTC",
        by="Bob",
        digest=name,
        covered=True,
        is_redacted=False,
        pictures=(paper.Picture(name=name, sha256=name),),
    )


def sheet(index: list[paper.ExhibitOnPaper], part: list[paper.ExhibitOnPaper], number: int, most: int) -> str:
    """One volume; the timelines are left out, which are a page or two."""
    known = {"title": "Dossier", "team": "Team", "by": "Bob", "made_at": "2026-05-04", "reader": "police"}
    nothing = dict.fromkeys(("cases", "heads", "anchors", "withheld", "files_left_out", "reports"), ())
    return (
        templating.environment()
        .get_template("dossiers/paper.html")
        .render(
            **known,
            **nothing,
            number=number,
            most=most,
            index=index if number == 1 else [],
            exhibits=part,
            redacted=None,
            without_notes=False,
            proves=(),
            proves_not=(),
            certified="",
            authorities=[],
        )
    )


async def measure(exhibits: int) -> list[list[str]]:
    """A row for each volume: pages of exhibits, bytes, seconds of processor time, and memory so far."""
    chance = random.Random(200)
    pictures = [picture(chance) for _ in range(exhibits)]
    names = [sha256(one).hexdigest() for one in pictures]
    shown = [exhibit(number, name, chance) for number, name in enumerate(names, start=1)]
    parts = rules.volumes([Sized(place, len(one)) for place, one in enumerate(pictures)])
    rows = []
    for number, places in enumerate(parts, start=1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        part = [shown[place] for place in places]
        given = {names[place]: pictures[place] for place in places}
        drawn = await pdf_sandbox.drawn(sheet(shown, part, number, len(parts)), paper.styles(), given)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        rows.append(
            [
                str(number),
                str(len(part)),
                f"{len(drawn) / 1e6:.1f}",
                f"{spent:.1f}",
                f"{after.ru_maxrss / 1024:.0f}",
            ]
        )
    return rows


def run(*, quick: bool) -> None:
    """Prints the table; the memory is that of the largest child so far."""
    rows = asyncio.run(measure(QUICK if quick else EXHIBITS))
    total = sum(float(row[3]) for row in rows)
    print("| volume | exhibits | MB | CPU s | most MB of memory |\n|---|---|---|---|---|")
    print("\n".join(f"| {' | '.join(row)} |" for row in rows))
    print(f"\nall: {total:.1f} s of processor time")
