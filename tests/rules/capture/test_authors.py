"""An account is the same one by its handle or address, and a bare name is nobody else's."""

from amends.rules.capture.authors import NewAuthor, key_of


def test_an_account_is_known_by_platform_and_handle_however_it_is_written():
    known = key_of(NewAuthor(name="Dana", handle="@dana"), "x", "x:1")
    assert key_of(NewAuthor(name="Dana D.", handle="@DANA"), "x", "x:2") == known
    assert key_of(NewAuthor(handle="@dana"), "reddit", "reddit:1") != known


def test_a_bare_name_is_of_one_post_only_and_nobody_has_no_key():
    ana = NewAuthor(name="Ana")
    assert key_of(ana, "web", "url:1") != key_of(ana, "web", "url:2")
    assert key_of(NewAuthor(), "web", "url:x") is None
