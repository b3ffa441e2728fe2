"""Help: what each page is for, and a search through all texts."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from amends.i18n import language
from amends.web import help_topics
from amends.web.operation import shortcuts
from amends.web.page_kit import Here
from amends.web.security import Policy

LONGEST_QUESTION = 200
"""Letters of a search that count."""


@get("/help", opt={"policy": Policy.SIGNED_IN})
async def index(here: NamedDependency[Here]) -> Response[bytes]:
    """Every text, or those in which some words stand."""
    words = here.query.get("words", "")[:LONGEST_QUESTION]
    texts = help_topics.found(words, language())
    return await here.render("help/index.html", texts=texts, words=words)


@get("/help/{topic:str}", opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], topic: FromPath[str]) -> Response[bytes]:
    """One text, with the keys beneath; inside a dialog when a script asks for it. Nothing there is a 404."""
    if topic not in help_topics.TOPICS:
        raise NotFoundException
    text = help_topics.help_on(topic, language())
    if here.wants_fragment:
        return await here.render("help/_dialog.html", frame=None, text=text, shown=shortcuts.keys())
    return await here.render("help/topic.html", text=text, shown=shortcuts.keys())


routes = (index, show)
