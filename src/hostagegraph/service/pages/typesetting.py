"""A text as recorded in, the same as it is set out: curly apostrophes, days that stay whole."""

import re
from typing import Final

_APOSTROPHE: Final = re.compile(r"(?<=[^\W\d_])'")
_MONTHS: Final = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DAY: Final = re.compile(rf"(\d) (?=(?:{_MONTHS})[a-z]*\b)")
_YEAR: Final = re.compile(rf"\b((?:{_MONTHS})[a-z]*) (?=\d{{4}}\b)")
_TO: Final = re.compile(r" (?=– )")


def typeset(text: str, language: str = "") -> str:
    """Set a text for the page; what is not English keeps its own marks.

    >>> typeset("the officials' label, 10 July 2024").split()
    ['the', 'officials’', 'label,', '10', 'July', '2024']
    >>> typeset("10 July") == "10\u00a0July"
    True
    """
    if language not in {"", "en"}:
        return text
    bound = _DAY.sub("\\1\u00a0", _APOSTROPHE.sub("’", text))
    return _TO.sub("\u00a0", _YEAR.sub("\\1\u00a0", bound))
