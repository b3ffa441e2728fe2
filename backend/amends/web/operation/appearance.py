"""Account menu: theme of this browser, and language of the member."""

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.response import Redirect

from amends.rules.vocabulary import Language
from amends.services.team import members
from amends.web import themes
from amends.web.page_kit import Here, answered_once
from amends.web.security import Policy
from amends.web.themes import Theme


class ThemeForm(msgspec.Struct):
    """Light, dark, or as the system has it."""

    theme: Theme


class LanguageForm(msgspec.Struct):
    """The language of pages and messages."""

    language: Language


@post("/settings/theme", opt={"policy": Policy.ACCOUNT})
async def choose_theme(here: NamedDependency[Here]) -> Redirect:
    """Colours this browser, and goes back to the page that the menu stood on."""
    form = await here.form(ThemeForm)
    answer = Redirect(here.visit.form_page or "/", status_code=303)
    answer.cookies.append(themes.cookie(form.theme, is_secure=here.settings.is_secure))
    return answer


@post("/settings/language", opt={"policy": Policy.ACCOUNT})
@answered_once
async def choose_language(here: NamedDependency[Here]) -> Redirect:
    """Pages and messages speak it to this member from now on."""
    form = await here.form(LanguageForm)
    await members.change_language(here.act, form.language)
    return Redirect(here.visit.form_page or "/", status_code=303)


routes = (choose_theme, choose_language)
