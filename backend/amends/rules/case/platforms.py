"""What is known of the platforms on which posts are published."""

from amends.rules.vocabulary import REVIEW_PLATFORMS, Platform


def is_review_site(platform: Platform) -> bool:
    """Whether people there expect an answer in days: its times differ from those of a social post."""
    return platform in REVIEW_PLATFORMS
