"""A text that may run right to left in, one that disturbs no other text around it out."""

from typing import Final
from unicodedata import bidirectional

_FIRST_STRONG_ISOLATE: Final = "\u2068"
_POP_ISOLATE: Final = "\u2069"


def isolated(text: str) -> str:
    """Set a text apart where no markup can do so: in titles, options and descriptions of drawings.

    >>> isolated("Cairo")
    'Cairo'
    >>> [ord(each) == 0x2068 for each in isolated("בכיר")][:2]
    [True, False]
    """
    if any(bidirectional(each) in {"R", "AL"} for each in text):
        return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
    return text
