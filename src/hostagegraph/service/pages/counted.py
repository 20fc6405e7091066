"""Counts in, words that agree with them out."""

from collections.abc import Mapping, Sequence
from typing import Final

_ONE: Final[Mapping[str, str]] = {"entries": "entry", "queries": "query"}
# What a manifest counts, in the order and the words of the pages: nothing disputed is a fact there.
_HELD: Final[Mapping[str, str]] = {
    "sources": "source works",
    "claims": "claims",
    "statements": "reported statements",
    "leaks": "alleged disclosures",
    "mandates": "reported mandates",
    "drafts": "drafts",
}


def counted(number: int, several: str) -> str:
    """Say how many there are.

    >>> counted(1, "entries"), counted(1, "mandates"), counted(0, "claims")
    ('1 entry', '1 mandate', '0 claims')
    """
    return f"{number} {agreeing(several, number)}"


def agreeing(several: str, number: int) -> str:
    """Give a word in the number in which it stands beside a count."""
    return _ONE.get(several, several.removesuffix("s")) if abs(number) == 1 else several


def holdings(counts: Mapping[str, int]) -> Sequence[tuple[int, str]]:
    """Put the counts of a manifest in order, each with its words.

    >>> holdings({"claims": 2, "leaks": 1})
    [(2, 'claims'), (1, 'alleged disclosure')]
    """
    names = [*(name for name in _HELD if name in counts), *(counts.keys() - _HELD.keys())]
    return [(counts[name], agreeing(_HELD.get(name, name), counts[name])) for name in names]
