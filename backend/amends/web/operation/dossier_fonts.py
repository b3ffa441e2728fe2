"""Characters in the PDF of a dossier for which this server has no font."""

from amends.gateways import pdf_sandbox
from amends.i18n import gettext as _

NO_FONT = "<!-- characters without a font -->"
"""Where their list goes."""


async def without_boxes(html: str) -> str:
    """One volume in which characters that no font here has stand by their code, never as an empty box."""
    unknown = await pdf_sandbox.unknown_in(html)
    if not unknown:
        return html
    codes = ", ".join(code_of(one) for one in sorted(unknown))
    note = _("This server has no font for these characters, which are shown by their code: %(codes)s.")
    html = html.replace(NO_FONT, f'<p class="box">{note % {"codes": codes}}</p>')
    return html.translate({ord(one): f"[{code_of(one)}]" for one in unknown})


def code_of(character: str) -> str:
    """What Unicode calls it by number."""
    return f"U+{ord(character):04X}"
