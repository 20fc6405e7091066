"""A language code in, what readers call the language out."""

from typing import Final

_CALLED: Final = {"ar": "Arabic", "en": "English", "fr": "French", "he": "Hebrew"}


def called(code: str) -> str:
    """Name a language; one that is not known here by its code.

    >>> called("he"), called("en-GB"), called("tlh")
    ('Hebrew', 'English', 'tlh')
    """
    return _CALLED.get(code.partition("-")[0].lower(), code)
