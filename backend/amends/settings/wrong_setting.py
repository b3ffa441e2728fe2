"""The error of a setting that is missing or has the wrong shape."""


class WrongSetting(Exception):
    """A setting is missing or has the wrong shape; the message says which, and what is expected."""
