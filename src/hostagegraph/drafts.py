"""One file while it is being read: its parts in, plain values and its mistakes out."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from hostagegraph.errors import Problem
from hostagegraph.head import HeadedText, Place
from hostagegraph.parameters import meant


class Draft:
    """One file while it is being read: what is known of it, and the mistakes found so far."""

    def __init__(self, file: str, headed: HeadedText, base: str, problems: list[Problem]) -> None:
        self.file, self.base, self.problems = file, base, problems
        self.head, self.text = headed.head, headed.text
        self.places = headed.places
        self.columns: tuple[str, ...] | None = None  # of the result; unknown until it is parsed
        for place in headed.twice:
            self.blame(place, "the key stands twice; keep one")

    def blame(self, place: Place, message: str) -> None:
        """Note a mistake in the head, at the nearest place that is known."""
        above = (place[:n] for n in range(len(place), 0, -1))
        line, column = next((self.places[each] for each in above if each in self.places), (1, 1))
        self.blame_text(line, message, place, column)

    def blame_text(self, line: int, message: str, place: Place = (), column: int = 1) -> None:
        """Note a mistake in the text of the query."""
        self.problems.append(Problem(self.file, line, column, _dotted(place), message))

    def check_column(self, place: Place, name: str) -> None:
        """Check that the result has a column of this name."""
        if self.columns is not None and name not in self.columns:
            self.blame(place, f"the result has no column ?{name}{meant(name, self.columns)}")


def _dotted(place: Place) -> str:
    parts = "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in place)
    return parts.removeprefix(".")


# Values of the head: each reader gets the draft, the place and what stands there

Reader = Callable[[Draft, Place, object], object]


def text(draft: Draft, place: Place, value: object) -> str:
    """Read a text of one or more lines."""
    if value is None or isinstance(value, list | dict):
        draft.blame(place, "expected a text")
        return ""
    return scalar(value).strip()


def texts(draft: Draft, place: Place, value: object) -> tuple[str, ...]:
    """Read a list of texts, or one."""
    if isinstance(value, list):
        return tuple(text(draft, (*place, n), each) for n, each in enumerate(value))
    return (text(draft, place, value),)


def flag(draft: Draft, place: Place, value: object) -> bool:
    """Read yes or no."""
    if not isinstance(value, bool):
        draft.blame(place, "expected true or false")
    return value is True


def count(draft: Draft, place: Place, value: object) -> int | None:
    """Read a number of rows."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        draft.blame(place, "expected a number of rows such as 3")
        return None
    return value


def mapping(draft: Draft, place: Place, value: object) -> dict[str, Any]:
    """Read a mapping, its keys as texts."""
    if not isinstance(value, dict):
        draft.blame(place, "expected a mapping such as {name: value}")
        return {}
    return {scalar(key): each for key, each in value.items()}


def fields(
    draft: Draft, place: Place, value: object, readers: Mapping[str, Reader]
) -> dict[str, Any]:
    """Read a mapping that has only the keys for which there are readers."""
    found = {}
    for key, each in mapping(draft, place, value).items():
        if key in readers:
            found[key] = readers[key](draft, (*place, key), each)
        else:
            draft.blame((*place, key), f"unknown key{meant(key, readers)}")
    return found


def texts_by_name(draft: Draft, place: Place, value: object) -> dict[str, tuple[str, ...]]:
    """Read a mapping from names to texts."""
    found = mapping(draft, place, value)
    return {name: texts(draft, (*place, name), each) for name, each in found.items()}


def scalar(value: object) -> str:
    """Give a plain value as the text that was written for it."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
