"""Does the report on personal data say of every table that may hold some what it is, and why?"""

import csv
import io

from amends.i18n import use_language
from amends.rules.operation.privacy import INVENTORY, About
from amends.rules.vocabulary import Language
from amends.web.operation import privacy_report
from tests.web.site import Site

HELD = [held for held in INVENTORY if held.about is not About.NOBODY]


def test_every_table_that_may_hold_somebodys_data_is_in_it_once() -> None:
    shown = privacy_report.shown()
    assert [one.table for one in shown] == [held.table for held in HELD]
    assert all((one.title, one.whose, one.purpose, one.erasing) for one in shown)


def test_it_is_a_table_with_room_for_the_legal_basis_in_either_language() -> None:
    heads = {Language.ENGLISH: ("Table", "Legal basis"), Language.FRENCH: ("Tableau", "Base légale")}
    for spoken, (first, last) in heads.items():
        with use_language(spoken):
            rows = list(csv.reader(io.StringIO(privacy_report.as_csv().decode("utf-8-sig"))))
        assert (rows[0][0], rows[0][-1]) == (first, last)
        assert len(rows) == len(HELD) + 1


async def test_admins_see_it_and_take_it_with_them_and_nobody_else_does(site: Site) -> None:
    admin, lead = await site.signed_in("admin"), await site.signed_in("lead")
    assert "Posts as they were seen" in (await admin.get("/settings/privacy")).text
    assert "Posts as they were seen" in (await admin.get("/settings/privacy/report.csv")).text
    assert (await lead.get("/settings/privacy/report.csv")).status_code == 403
