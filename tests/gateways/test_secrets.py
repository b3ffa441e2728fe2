"""Encryption of secrets: unreadable without the key, useless in another row."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.gateways.secrets import EncryptionKeyIsMalformed, Secrets, SecretUnreadable, new_key

ROW = uuid4()
KEY = new_key()


@given(st.text())
def test_what_is_sealed_can_be_opened(plain: str):
    secrets = Secrets([KEY])
    assert secrets.open(secrets.seal(plain, of=ROW), of=ROW) == plain


def test_the_sealed_text_shows_nothing_and_is_never_twice_the_same():
    secrets = Secrets([KEY])
    sealed = secrets.seal("mailto://user:secret@example.org", of=ROW)
    assert "secret" not in sealed
    assert sealed.isascii()
    assert sealed != secrets.seal("mailto://user:secret@example.org", of=ROW)
    assert KEY not in repr(secrets)


def test_a_secret_pasted_into_another_row_is_noticed():
    secrets = Secrets([KEY])
    with pytest.raises(SecretUnreadable):
        secrets.open(secrets.seal("mine", of=ROW), of=uuid4())


@pytest.mark.parametrize("sealed", ["", "nonsense", "gAAAAA", "é", "\ud800"])
def test_what_was_never_sealed_is_unreadable(sealed: str):
    with pytest.raises(SecretUnreadable):
        Secrets([KEY]).open(sealed, of=ROW)
    with pytest.raises(SecretUnreadable):
        Secrets([KEY]).rotate(sealed)


def test_a_changed_secret_is_unreadable():
    sealed = Secrets([KEY]).seal("mine", of=ROW)
    changed = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    with pytest.raises(SecretUnreadable):
        Secrets([KEY]).open(changed, of=ROW)


def test_a_new_key_in_front_takes_over_step_by_step():
    old, new = new_key(), new_key()
    sealed = Secrets([old]).seal("mine", of=ROW)
    with pytest.raises(SecretUnreadable):
        Secrets([new]).open(sealed, of=ROW)
    both = Secrets([new, old])
    assert both.open(sealed, of=ROW) == "mine"
    assert Secrets([new]).open(both.rotate(sealed), of=ROW) == "mine"


@pytest.mark.parametrize("keys", [[], [""], ["short"], [KEY, "é"]])
def test_what_is_no_key_is_refused(keys: list[str]):
    with pytest.raises(EncryptionKeyIsMalformed):
        Secrets(keys)


def test_own_mails_are_known_by_every_key_and_tell_nothing_of_it():
    old, new = new_key(), new_key()
    marks = Secrets([new, old]).marks()
    assert marks == (*Secrets([new]).marks(), *Secrets([old]).marks())
    assert len({*marks, *Secrets([new_key()]).marks()}) == 3
    assert not any(key[:8] in mark for key in (old, new) for mark in marks)
