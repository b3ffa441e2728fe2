"""Mapping of the columns of a table to the fields of a complaint, with presets for known exports."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.capture.sheets import folded_name as folded_name

JOINED = {"text": "\n\n", "note": "\n", "author": " "}
"""Fields into which several columns may go, and what stands between them."""
MEANT_BY = {
    "url": "url link permalink address adresse lien post_url review_url ticket_url lien_de_l'avis",
    "text": "text texte content contenu message comment commentaire review avis body description words",
    "title": "title titre subject sujet objet headline",
    "author": "author auteur name nom user customer client reviewer full_name requester demandeur",
    "handle": "handle account compte username screen_name pseudo",
    "platform": "platform plateforme network réseau reseau channel",
    "posted_at": "posted_at date created created_at created_time create_date published posted publié_le "
    "date_de_publication créé_le date_de_création",
    "captured_at": "captured_at seen_at seen vu_le",
    "severity": "severity gravité gravite",
    "location": "location shop store branch brand établissement magasin boutique enseigne marque",
    "rating": "rating stars score note_sur_5 star_rating étoiles etoiles",
    "note": "note notes remarque remarques internal_note",
}
"""Names of columns by which a field is meant where no preset fits."""


class WrongMapping(Invalid):
    "These columns are not enough for a case."


@dataclass(frozen=True, slots=True)
class Preset:
    """A tool, the columns of its export that are read, and the platform of its posts where it has one only.

    `fields` names for each field the columns of which the first that is there counts.
    """

    label: str
    fields: Mapping[str, str]
    platform: str = ""


PRESETS = {
    "trustpilot": Preset(
        "Trustpilot",
        {
            "url": "review_url",
            "title": "review_title",
            "text": "review_content",
            "author": "reviewer_name consumer_name",
            "posted_at": "review_created_(utc) review_created created_at",
            "rating": "review_stars stars",
        },
        platform="trustpilot",
    ),
    "google": Preset(
        "Google Business Profile",
        {
            "url": "review_url review_link",
            "text": "comment review_comment review_text",
            "author": "reviewer reviewer_name reviewer_display_name reviewer.displayname display_name",
            "posted_at": "create_time createtime review_date created_time",
            "rating": "star_rating starrating",
        },
        platform="google",
    ),
    "zendesk": Preset(
        "Zendesk",
        {
            "url": "ticket_url url",
            "title": "subject ticket_subject",
            "text": "description ticket_description",
            "author": "requester requester_name",
            "posted_at": "created_at requested ticket_created_-_date ticket_created",
        },
    ),
    "freshdesk": Preset(
        "Freshdesk",
        {
            "url": "ticket_url",
            "title": "subject",
            "text": "description",
            "author": "full_name requester contact_name requester_name",
            "posted_at": "created_time",
        },
    ),
    "hubspot": Preset(
        "HubSpot",
        {
            "url": "ticket_url record_url",
            "title": "ticket_name",
            "text": "ticket_description",
            "author": "associated_contact contact_name",
            "posted_at": "create_date",
        },
    ),
    "agorapulse": Preset(
        "Agorapulse",
        {
            "url": "networklink network_link permalink item_link",
            "text": "text message content",
            "author": "creator author author_name user_name",
            "platform": "network social_network",
            "posted_at": "creationdate creation_date published_date",
        },
    ),
}
ENOUGH = 3
"""So many columns of a preset tell its tool."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """For each column of a table the field into which it goes, "" for none.

    `platform` is that of every line whose own column does not name one; `month_first` is how dates of two
    numbers are read.
    """

    fields: tuple[str, ...]
    platform: str = ""
    month_first: bool = False


def signature(header: Iterable[str]) -> str:
    """By what a table with these columns is known again."""
    names = json.dumps([folded_name(name) for name in header], ensure_ascii=False)
    return hashlib.sha256(names.encode("utf-8", "replace")).hexdigest()


def recognised(header: Sequence[str]) -> str:
    """The preset of which most columns are there; "" when none has enough of them."""
    names = {folded_name(name) for name in header}
    hits = {
        key: sum(bool(names & set(columns.split())) for columns in preset.fields.values())
        for key, preset in PRESETS.items()
    }
    best = max(hits, key=lambda key: (hits[key], bool(PRESETS[key].platform)))
    return best if hits[best] >= ENOUGH else ""


def suggested(header: Sequence[str], preset: str = "", own: Mapping[str, str] | None = None) -> ColumnMapping:
    """The mapping of a preset, or what the names of the columns say where it is none of ours.

    `own` are fields of the team's own by the names of columns that mean them. Without words a title becomes
    them: a complaint needs its address or its words.
    """
    chosen = PRESETS.get(preset)
    names = [folded_name(name) for name in header]
    fields = [""] * len(names)
    for field, columns in (chosen.fields if chosen else MEANT_BY).items():
        place = next((names.index(column) for column in columns.split() if column in names), None)
        if place is not None and not fields[place]:
            fields[place] = field
    for place, name in enumerate(names):
        meant = (own or {}).get(name, "")
        if not fields[place] and meant not in fields:
            fields[place] = meant
    if "text" not in fields and "url" not in fields and "title" in fields:
        fields[fields.index("title")] = "text"
    return ColumnMapping(tuple(fields), platform=chosen.platform if chosen else "")


def checked(mapping: ColumnMapping, header: Sequence[str], known: Sequence[str]) -> ColumnMapping:
    """The mapping itself where it fits the table. Raises WrongMapping with a sentence for a column."""
    if len(mapping.fields) != len(header) or any(field and field not in known for field in mapping.fields):
        raise WrongMapping(_("Choose a field for each column, or skip it."))
    if not {"url", "text"} & set(mapping.fields):
        raise WrongMapping(_("Choose the column with the text of the post, or the one with its address."))
    for place, field in enumerate(mapping.fields):
        if field and field not in JOINED and field in mapping.fields[:place]:
            sentence = _("This field already has a column. Choose another one, or skip this column.")
            raise WrongMapping(sentence, fields={f"column_{place}": sentence})
    return mapping


def by_field(mapping: ColumnMapping, cells: Sequence[str]) -> dict[str, str]:
    """The cells of a line under the fields into which they go; empty ones are left out."""
    parts: dict[str, list[str]] = {}
    for field, cell in zip(mapping.fields, cells, strict=False):
        if field and cell.strip():
            parts.setdefault(field, []).append(cell.strip())
    return {field: JOINED.get(field, "").join(values) for field, values in parts.items()}


def in_utc(header: Sequence[str], mapping: ColumnMapping, field: str) -> bool:
    """Whether the name of a field's column says that its times are those of UTC."""
    return any(
        chosen == field and folded_name(name).endswith("(utc)")
        for name, chosen in zip(header, mapping.fields, strict=False)
    )
