"""Is a day that a page declares a day, and a time without a zone about right at most?"""

import json
from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[[str, bytes], list[dict[str, Any]]]


def declared(date: str, shown: str = "") -> bytes:
    said = {
        "@type": "Comment",
        "text": "My parcel is lost.",
        "author": {"name": "Ines"},
        "datePublished": date,
    }
    data = json.dumps(said)
    return f"""<!doctype html><html lang="en"><script type="application/ld+json">{data}</script>
    <main><p>My parcel is lost.</p>{shown}</main>""".encode()


@pytest.mark.parametrize(
    ("date", "shown", "expected"),
    [
        ("2026-11-21", "", (None, None, "2026-11-21")),
        ("2026-11", "", (None, None, "2026-11")),
        ("2026-11-21T10:00:00+01:00", "", ("2026-11-21T09:00:00.000Z", None, None)),
        ("2026-11-21T10:00:00Z", "", ("2026-11-21T10:00:00.000Z", None, None)),
        ("2026-11-21T10:00:00", "", ("2026-11-21T10:00:00.000Z", True, None)),
        ("2026-11-21 10:00", "", ("2026-11-21T10:00:00.000Z", True, None)),
        (
            "2026-11-21T10:00:00",
            '<time datetime="2026-11-21T10:00:00+0100">21 Nov</time>',
            ("2026-11-21T09:00:00.000Z", None, None),
        ),
        ("soon", "", (None, None, None)),
    ],
)
def test_a_declared_date_is_as_exact_as_it_is_written(
    date: str, shown: str, expected: tuple[Any, ...], read: Read
) -> None:
    [capture] = read("https://forum.example/1", declared(date, shown))
    assert tuple(capture.get(name) for name in ("postedAt", "postedApprox", "dateText")) == expected
