"""Answers as they went out, kept with the snapshot they were made from."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

_ROOM: Final = 32 << 20
_MOST: Final = 4096
_ENTRY: Final = 2048  # bytes that an answer takes besides its key and its body

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer as it went out, and the route that made it."""

    status: int
    headers: Sequence[tuple[bytes, bytes]]
    body: bytes
    route: Any


@dataclass(slots=True)
class Repeatable:
    """The answers of one snapshot by what was asked, the least used forgotten first."""

    room: int = _ROOM
    most: int = _MOST
    size: int = 0
    answers: OrderedDict[Key, Sent] = field(default_factory=OrderedDict)

    def get(self, key: Key) -> Sent | None:
        """Find an answer."""
        found = self.answers.get(key)
        if found is not None:
            self.answers.move_to_end(key)
        return found

    def put(self, key: Key, sent: Sent) -> None:
        """Keep an answer, unless it takes all the room."""
        weight = _weight(key, sent)
        if weight > self.room or key in self.answers:
            return
        self.answers[key] = sent
        self.size += weight
        while self.size > self.room or len(self.answers) > self.most:
            self.size -= _weight(*self.answers.popitem(last=False))


def _weight(key: Key, sent: Sent) -> int:
    return (
        len(sent.body)
        + sum(len(part) for part in key[:3])
        + sum(len(name) + len(value) for name, value in key[3:])
        + _ENTRY
    )
