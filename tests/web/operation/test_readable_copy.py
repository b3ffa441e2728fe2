"""The page of a copy says everything in words, in both languages, and nothing twice."""

import io
import re
import zipfile

import pytest

from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.rules.operation.privacy import CUSTOMER_TABLES, Purpose
from amends.rules.vocabulary import Language
from amends.services.operation import demo
from amends.services.team import members
from amends.web.operation.privacy_labels import COLUMNS, HIDDEN
from tests.offenders import expect_none
from tests.web.site import Site

NAME = re.compile(r'<th scope="row"[^>]*>(.*?)</th>')
RAW = re.compile(r"<bdi>(?:[a-z]+_[a-z_]+|[0-9a-f]{64})</bdi>")


def test_every_column_that_a_copy_may_hold_has_a_name_or_is_left_to_the_data():
    wrong = [
        f"{held.table}.{name}"
        for held in CUSTOMER_TABLES
        if held.purpose not in (Purpose.RUNNING, Purpose.FIGURES)
        for name in (*held.words, *held.plain)
        if (name in COLUMNS) is (name in HIDDEN)
    ]
    expect_none(
        wrong, "Name the column in COLUMNS, or put it into HIDDEN, of web/operation/privacy_labels.py"
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["en", "fr"])
async def test_no_raw_name_or_value_stands_in_the_copy_of_anybody(fresh_site: Site, language: str) -> None:
    files = FolderEvidenceFiles(fresh_site.settings.evidence_dir)
    await demo.make(now=fresh_site.clock(), files=files, language=Language.ENGLISH)
    desk = await fresh_site.visit_as(await members.by_email("astrid@demo.invalid"))
    people = set(re.findall(r'href="(/people/[0-9a-f-]{36})"', (await desk.get("/people")).text))
    wrong = []
    for person in sorted(people):
        answer = await desk.send_form(f"{person}/copy", language=language)
        with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
            page = pack.read("index.html").decode()
        names = set(NAME.findall(page))
        wrong += [f"{person}: {name}" for name in names if re.fullmatch("[a-z0-9 ]+", name)]
        wrong += [f"{person}: {value}" for value in RAW.findall(page)]
    assert len(people) > 5
    expect_none(wrong, "Give the name or the value its words in web/operation/privacy_labels.py")
