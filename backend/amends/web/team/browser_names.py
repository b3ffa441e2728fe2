"""Browser and system from a User-Agent header."""

from amends.i18n import gettext as _

BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""What each puts into its line, the ones first that also name another."""

SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def named(program: str) -> str:
    """The browser and its system in a few words; a line that names neither, as it is."""
    browser = next((name for sign, name in BROWSERS if sign in program), "")
    system = next((name for sign, name in SYSTEMS if sign in program), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or program or _("Unnamed program")
