"""Can a wrong capture be undone, from the button in the page and from the popup?"""

import pytest

from tests.extension.conftest import Installed
from tests.extension.receiver import Receiver
from tests.extension.test_browser_extension import (
    inside,
    open_timeline,
    press,
    press_button,
    wait_until_shown,
)
from tests.extension.test_popup import open_popup


def test_from_the_button_the_case_is_gone_and_says_so(paired: Installed, receiver: Receiver) -> None:
    page = open_timeline(paired)
    press_button(page)
    wait_until_shown(page, "link: #142")
    press(page, "Undo the capture of case #142")
    wait_until_shown(page, "StaticText: Undone: the case is deleted.")
    assert receiver.captures == {}
    assert not any("#142" in seen for seen in inside(page))


def test_what_the_server_refuses_is_said_beside_the_case_which_is_still_there(
    paired: Installed, receiver: Receiver
) -> None:
    page = open_timeline(paired)
    press_button(page)
    wait_until_shown(page, "link: #142")
    receiver.refuse = (409, "Others have written on it.")
    press(page, "Undo the capture of case #142")
    wait_until_shown(page, "StaticText: Others have written on it.")
    assert any("link: #142" in seen for seen in inside(page))


@pytest.mark.parametrize("refused", [False, True])
def test_from_the_popup(paired: Installed, receiver: Receiver, refused: bool) -> None:
    popup = open_popup(paired)
    popup.get_by_role("button", name="Create case").click()
    popup.get_by_role("link", name="Case #142 created").wait_for()
    receiver.refuse = (409, "Others have written on it.") if refused else None
    popup.get_by_role("button", name="Undo").click()
    if refused:
        popup.get_by_text("Others have written on it.").wait_for()
        assert popup.get_by_role("link", name="Case #142 created").is_visible()
    else:
        popup.get_by_text("Undone: the case is deleted.").wait_for()
        assert receiver.captures == {}
