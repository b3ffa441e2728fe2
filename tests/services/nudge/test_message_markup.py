"""Is a message by mail words with links, in the reader's language, with nothing of a stranger's as markup?"""

from amends.i18n import use_language
from amends.services.nudge import message_markup as markup


def test_a_letter_says_its_language_and_what_is_not_ours_is_escaped():
    with use_language("fr"):
        found = markup.letter([markup.heading("<b>"), markup.paragraph("<i>", markup.link('"x"', "&"))])
    assert found.startswith('<div lang="fr" style="')
    assert found.endswith('<p>&lt;i&gt;<br><a href="&#34;x&#34;">&amp;</a></p></div>')
    assert "&lt;b&gt;</h2>" in found
