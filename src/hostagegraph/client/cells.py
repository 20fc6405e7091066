"""A term of an answer in, a value of Python out; what has no plain type stays the text it is.

A date that is only a year or a month, or vague, is such a text: no day is guessed.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

Term = Mapping[str, Any]  # as SPARQL JSON has it
Value = str | int | float | bool | Decimal | date | datetime | None

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TIME: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})?",
    re.ASCII,
)


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError
    return date.fromisoformat(text)


def _time(text: str) -> datetime:
    if not _TIME.fullmatch(text):
        raise ValueError
    return datetime.fromisoformat(text)


_WHOLE: Final = (
    *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"),
    *("nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort"),
    "unsignedByte",
)
_READERS: Final[Mapping[str, Callable[[str], Value]]] = {
    **{f"{_XSD}{name}": int for name in _WHOLE},
    f"{_XSD}decimal": Decimal,
    f"{_XSD}double": float,
    f"{_XSD}float": float,
    f"{_XSD}boolean": {"true": True, "1": True, "false": False, "0": False}.__getitem__,
    f"{_XSD}date": _day,
    f"{_XSD}dateTime": _time,
}


def text(term: Term) -> str:
    """Write a term as a table does: an IRI or a literal without its marks."""
    told = str(term["value"])
    return f"_:{told}" if term["type"] == "bnode" else told


def value(term: Term | None) -> Value:
    """Give the value of a term; None where there is no term.

    >>> value({"type": "literal", "value": "2024-02-06", "datatype": f"{_XSD}date"})
    datetime.date(2024, 2, 6)
    >>> value({"type": "literal", "value": "2024-02", "datatype": f"{_XSD}gYearMonth"})
    '2024-02'
    """
    if term is None:
        return None
    read = _READERS.get(term.get("datatype", ""))
    if read is None:
        return text(term)
    try:
        return read(term["value"])
    except (ValueError, KeyError, ArithmeticError):
        return text(term)  # the text is no value of its datatype
