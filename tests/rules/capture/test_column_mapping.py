"""Are the columns of known exports recognised, and can every table be mapped?"""

import pytest

from amends.rules.capture.column_mapping import (
    ColumnMapping,
    WrongMapping,
    by_field,
    checked,
    in_utc,
    recognised,
    signature,
    suggested,
)

KNOWN = ("url", "text", "title", "author", "platform", "posted_at", "rating", "note")
EXPORTS = {
    "trustpilot": "Review Created (UTC),Review Title,Review Content,Review Stars,Review Url,Reviewer Name",
    "google": "Location,Reviewer Name,Star Rating,Comment,Create Time,Reply",
    "zendesk": "Id,Subject,Description,Requester,Created at,Status,Priority",
    "freshdesk": "Ticket ID,Subject,Description,Status,Priority,Source,Created time,Full name,Email",
    "hubspot": "Ticket ID,Ticket name,Ticket description,Pipeline,Ticket status,Create date",
    "agorapulse": "id,networkLink,text,creationDate,type,creator,network",
}


@pytest.mark.parametrize(("tool", "header"), EXPORTS.items())
def test_the_export_of_each_tool_is_recognised_and_gives_a_complaint(tool: str, header: str):
    names = header.split(",")
    assert recognised(names) == tool
    mapping = suggested(names, tool)
    assert checked(mapping, names, KNOWN) == mapping
    assert {"text", "posted_at"} <= set(mapping.fields)


def test_french_and_english_names_of_columns_are_understood_without_a_preset():
    mapping = suggested(["Avis", "Auteur", "Date de publication", "Note", "Lien", "N° de commande"])
    assert mapping.fields == ("text", "author", "posted_at", "note", "url", "")


def test_a_table_of_unknown_columns_belongs_to_no_tool():
    assert recognised(["Words", "Who", "Date"]) == ""
    assert suggested(["Words", "Who"]).fields == ("text", "")


def test_without_words_and_address_a_subject_becomes_the_words():
    assert suggested(["Subject", "Requester", "Created at"], "zendesk").fields == (
        "text",
        "author",
        "posted_at",
    )


def test_several_columns_of_words_become_one_text_and_empty_cells_nothing():
    mapping = ColumnMapping(("author", "author", "text", ""))
    assert by_field(mapping, [" Nell ", "Nobody", "", "x", "surplus"]) == {"author": "Nell Nobody"}


@pytest.mark.parametrize(
    "fields", [("rating", ""), ("text",), ("text", "colour"), ("text", "text", ""), ("title", "note")]
)
def test_a_mapping_that_makes_no_complaint_is_refused(fields: tuple[str, ...]):
    with pytest.raises(WrongMapping):
        checked(ColumnMapping(fields), ["A", "B"], KNOWN)


def test_a_field_that_is_chosen_twice_is_refused_beside_its_second_column():
    with pytest.raises(WrongMapping) as refused:
        checked(ColumnMapping(("text", "rating", "rating")), ["A", "B", "C"], KNOWN)
    assert set(refused.value.fields) == {"column_2"}


def test_a_column_says_in_its_name_that_its_times_are_those_of_utc():
    mapping = ColumnMapping(("text", "posted_at"))
    assert in_utc(["Text", "Created (UTC)"], mapping, "posted_at")
    assert not in_utc(["Text (UTC)", "Created"], mapping, "posted_at")


def test_a_table_is_known_again_by_the_names_of_its_columns_in_their_order():
    assert signature(["Text", " AUTHOR"]) == signature(["text", "author"])
    assert signature(["Text", "Author"]) != signature(["Author", "Text"])
