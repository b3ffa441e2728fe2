"""HTML mail with action links; all that is not ours is escaped."""

from collections.abc import Iterable

from markupsafe import Markup

from amends.gateways.notifier import PICTURE
from amends.i18n import gettext as _
from amends.i18n import language

STYLE = "font:16px/1.5 system-ui,sans-serif;max-width:38em"
"""Mail knows no stylesheet; colours are left to the reader's program, which may be dark."""

NAME = "text-align:left;font-weight:400;padding:.2em 1em .2em 0;vertical-align:baseline"
VALUE = "text-align:right;padding:.2em 1em .2em 0;vertical-align:baseline;white-space:nowrap"

LOGO = (
    "max-width:15em;max-height:5em;height:auto;padding:.25em .5em;border-radius:.4em;"
    "background:#fff;color:#222;font-weight:600"
)
"""On white, as above the pages of customers; where pictures are not shown, the name is read."""

BUTTON = (
    "display:inline-block;margin:0 .5em .5em 0;padding:.55em 1em;border:1px solid;border-radius:.4em;"
    "color:inherit;font-weight:600;text-decoration:none"
)


def link(address: str, words: str) -> Markup:
    """Words that lead somewhere."""
    return Markup('<a href="{}">{}</a>').format(address, words)


def button(address: str, words: str) -> Markup:
    """The same, large enough for a thumb; it has the colour of the text around it."""
    return Markup('<a href="{}" style="{}">{}</a>').format(address, BUTTON, words)


def strong(words: str) -> Markup:
    """What the eye is to find first."""
    return Markup("<b>{}</b>").format(words)


def heading(words: str) -> Markup:
    """The title of what follows."""
    return Markup('<h2 style="font-size:1.1em;margin:1.5em 0 .5em">{}</h2>').format(words)


def paragraph(*lines: str) -> Markup:
    """Lines that belong together."""
    return Markup("<p>{}</p>").format(Markup("<br>").join(lines))


def small(words: str) -> Markup:
    """What stands at the end."""
    return Markup('<p style="font-size:.85em">{}</p>').format(words)


def settings(base_url: str) -> Markup:
    """At the end of what a member gets: where they set it."""
    return small(link(f"{base_url}/settings/reminders", _("Your reminders")))


def figures(rows: Iterable[tuple[str, str, str]]) -> Markup:
    """Figures one below the other: name, value, note; names of others keep their direction to themselves."""
    row = Markup(
        '<tr><th scope="row" style="{}"><bdi>{}</bdi></th><td style="{}"><b>{}</b></td>'
        '<td style="vertical-align:baseline">{}</td></tr>'
    )
    cells = Markup("").join(row.format(NAME, name, VALUE, value, note) for name, value, note in rows)
    return Markup("<table>{}</table>").format(cells)


def logo(team: str) -> Markup:
    """The logo of the team, which the mail carries; dark letters are seen in a dark mail program, too."""
    return Markup('<p><img src="{}" alt="{}" height="60" style="{}"></p>').format(PICTURE, team, LOGO)


def letter(parts: Iterable[Markup]) -> str:
    """The whole, in the language that is spoken just now."""
    return str(Markup('<div lang="{}" style="{}">{}</div>').format(language(), STYLE, Markup("").join(parts)))
