"""Does the inventory of personal data name every table and column there is, and does what it says hold?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends import tables
from amends.i18n import gettext
from amends.rules.operation.privacy import (
    BY_TABLE,
    CUSTOMER_TABLES,
    INVENTORY,
    PURPOSES,
    About,
    Erased,
    Purpose,
    around,
    is_named,
    search_words,
    without,
)
from tests.offenders import expect_none

SCHEMA = {
    table._meta.tablename: {column._meta.db_column_name for column in table._meta.columns}
    for table in tables.TABLES
}
POINTS_AT = {
    table._meta.tablename: {
        column._foreign_key_meta.resolved_references._meta.tablename
        for column in table._meta.columns
        if type(column).__name__ == "ForeignKey"
    }
    for table in tables.TABLES
}
OF_PERSONS = {held.table for held in CUSTOMER_TABLES}
HOLDING = {held.table for held in CUSTOMER_TABLES if held.table != "nudge"}
"""Notices and letters point at nudges of their own, which no follow-up leads to."""
LED_BY_HAND = {"incident_task": "its case is reached by its words", "problem": "its words are searched"}
"""Tables that point at a follow-up which stands on some case, and are not that case's."""


def test_every_table_stands_in_the_inventory_once():
    names = [held.table for held in INVENTORY]
    assert sorted(names) == sorted(set(names))
    remedy = "Say in rules/operation/privacy what the table holds of a person, why, and how it is erased"
    expect_none(sorted(SCHEMA.keys() - set(names)), remedy)
    expect_none(sorted(set(names) - SCHEMA.keys()), "Take the table out of rules/operation/privacy")


def test_every_column_stands_in_the_inventory_once():
    wrong = [
        f"{held.table}.{column}" for held in INVENTORY for column in {*SCHEMA[held.table]} ^ {*held.columns}
    ]
    expect_none(sorted(wrong), "Say in rules/operation/privacy whether the column may name a person")
    twice = [held.table for held in INVENTORY if len(held.columns) != len(set(held.columns))]
    expect_none(twice, "Name each column once")


def test_whatever_points_at_a_persons_rows_is_found_with_them():
    missed = [
        table
        for table, pointed in POINTS_AT.items()
        if pointed & HOLDING and table not in OF_PERSONS and table not in LED_BY_HAND
    ]
    expect_none(missed, "Give the table a link in rules/operation/privacy/customer_tables.py")


def test_every_link_leads_somewhere():
    wrong = [
        f"{held.table}: {link}"
        for held in CUSTOMER_TABLES
        for link in held.links
        if link.column not in held.columns
        or link.to not in BY_TABLE
        or link.key not in BY_TABLE[link.to].columns
    ]
    expect_none(wrong, "Correct the link")


def test_what_may_name_a_person_is_erased():
    kept = [held.table for held in CUSTOMER_TABLES if held.words and held.erased is Erased.STAYS]
    expect_none(kept, "Words that may name a person do not stay")
    assert all(held.about is About.PERSON for held in CUSTOMER_TABLES)
    assert not [held.table for held in INVENTORY if held.about is About.NOBODY and held.words]


def test_every_purpose_has_its_words():
    assert set(PURPOSES) == set(Purpose)
    assert all(gettext(held.title) for held in INVENTORY)


def test_short_words_and_signs_before_a_handle_are_not_looked_for():
    assert search_words(["@dana_k", "Al", "", "dana@example.org, 0612345678"]) == (
        "dana@example.org",
        "0612345678",
        "dana_k",
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Dana rang", True),
        ("DANA", True),
        ("@dana!", True),
        ("bandana", False),
        ("Danaé", False),
        (r'{"text":"one\nDana"}', True),
        (r'{"text":"\u202fDana"}', True),
        ("", False),
    ],
)
def test_a_person_is_named_by_a_whole_word(text: str, named: bool):
    assert is_named(text, ("Dana",)) is named


def test_the_longest_word_goes_first_and_json_stays_json():
    words = search_words(["Élodie Martin", "Martin"])
    assert without(r'{"by":"\u00c9lodie Martin","to":"Martin"}', words) == '{"by":"[…]","to":"[…]"}'


@given(st.text(max_size=80), st.lists(st.text(min_size=4, max_size=12), max_size=4))
def test_what_was_left_out_names_nobody_any_more(text: str, names: list[str]):
    words = search_words(names)
    assert not is_named(without(text, words), words) or "[…]" in words


def test_the_piece_around_a_name_is_cut_on_both_sides():
    piece = around(f"{'a ' * 200}Dana Quill{' b' * 200}", ("Dana Quill",))
    assert "a Dana Quill b" in piece
    assert (piece[0], piece[-1]) == ("…", "…")
    assert len(piece) < 200
    assert around("short", ("Dana Quill",)) == "short"
