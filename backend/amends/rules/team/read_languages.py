"""Languages that members can say they read, and whether one of them is that of a post."""

from collections.abc import Collection, Iterable

READ = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr",
    "hu", "id", "it", "ja", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv",
    "th", "tr", "uk", "ur", "vi", "zh"
)  # fmt: skip
"""Their tags (BCP 47, the language alone), in the order of the alphabet."""
SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "hbs": "sr"}
"""Other tags of the same languages."""


def ordered(tags: Iterable[str]) -> tuple[str, ...]:
    """Those of these tags that can be chosen, each once."""
    chosen = set(tags)
    return tuple(tag for tag in READ if tag in chosen)


def reads(languages: Collection[str], tag: str) -> bool:
    """Whether whoever reads these languages reads a post with this tag; nobody knows it of one without."""
    primary = tag.split("-")[0].lower()
    return bool(primary) and SAME.get(primary, primary) in languages
