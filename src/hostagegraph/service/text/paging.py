"""A page asked for in, the text that gives it out: so many rows and one more, to see what follows.

A LIMIT cannot come from a line of `VALUES`, so it is written behind the text. A query that limits
its rows itself, or ends in data, has no room for it.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hostagegraph.saved_query import SavedQuery
from hostagegraph.service.text.patterns import lexemes

LARGEST: Final = 10_000  # rows of a page
_REMEMBERED: Final = 1024
_CLOSING: Final = frozenset({"LIMIT", "OFFSET", "VALUES"})


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the rows: its number, from 1, and how many rows it holds."""

    number: int
    size: int

    def of(self, text: str) -> str:
        """Ask for the rows of this page and one more, which tells whether another follows."""
        return f"{text}\nLIMIT {self.size + 1} OFFSET {(self.number - 1) * self.size}"


def why_no_pages(query: SavedQuery) -> str:
    """Say why the answer of a query has no pages; nothing where it has."""
    if query.kind != "solutions":
        return "the answer is no table, and comes whole"
    if _limits_itself(query.text):
        return "the query limits its rows itself, and its answer comes whole"
    return ""


@lru_cache(_REMEMBERED)  # a millisecond for a text that does not change
def _limits_itself(text: str) -> bool:
    depth = 0
    for token in lexemes(text):
        depth += (token.kind == "open") - (token.kind == "close")
        if not depth and token.kind == "word" and token.text.upper() in _CLOSING:
            return True
    return False
