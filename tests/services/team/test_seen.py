"""Optimistic concurrency: who saves second is told what stands there, and overwrites nothing unseen."""

import pytest

from amends.services.team.seen import ChangedMeanwhile, fingerprint, must_be_as_seen

BEFORE = {"name": "Delivery", "notes": ""}
NOW = {"name": "Shipping", "notes": ""}


def test_the_values_that_were_seen_may_be_changed():
    must_be_as_seen(fingerprint(BEFORE), BEFORE, {"name": "Shipping", "notes": "x"})


def test_values_that_somebody_else_has_changed_are_named_where_others_are_wanted():
    with pytest.raises(ChangedMeanwhile) as refusal:
        must_be_as_seen(fingerprint(BEFORE), NOW, {"name": "Parcels", "notes": ""})
    assert refusal.value.standing == {"name": "Shipping"}


def test_nobody_is_asked_who_wants_what_stands_there_already_or_saw_nothing():
    must_be_as_seen(fingerprint(BEFORE), NOW, NOW)
    must_be_as_seen("", NOW, {"name": "Parcels", "notes": ""})


def test_the_order_of_the_values_is_no_change():
    assert fingerprint({"a": 1, "b": None}) == fingerprint({"b": None, "a": 1}) != fingerprint({"a": 1})
