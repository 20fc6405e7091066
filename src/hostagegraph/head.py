"""Read the `#+` head of a query or check file: text in, head and body out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from hostagegraph.errors import HeadError

Place = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class HeadedText:
    """A SPARQL file: its head as plain values, the line of each top-level key, the whole text.

    `places` gives line and column, from 1, of every key and item by its path, and `twice` the
    paths of keys below the top level that stand twice.
    """

    head: Mapping[str, Any]
    lines: Mapping[str, int]
    text: str
    places: Mapping[Place, tuple[int, int]] = field(default_factory=dict)
    twice: tuple[Place, ...] = ()

    @property
    def body(self) -> str:
        """The text without its head."""
        return "\n".join(line for line in self.text.split("\n") if not line.startswith("#+"))


def read_head(text: str) -> HeadedText:
    r"""Read the head at the top of a file.

    Raises HeadError, with the line, when the head is not a YAML mapping, names a key twice or has
    a line that stands apart from the others.

    >>> read_head("#+ summary: All claims\nSELECT * {}").head
    {'summary': 'All claims'}
    """
    # A U+2028 inside a description is no line end: split on the newline alone.
    lines = text.split("\n")
    top = next((n for n, line in enumerate(lines) if not line.startswith("#+")), len(lines))
    for n, line in enumerate(lines[top:], top + 1):
        if line.startswith("#+"):
            message = "this line of the head stands apart; move it to the top, without a gap"
            raise HeadError(message, n)
    source = "\n".join(line[2:].removeprefix(" ") for line in lines[:top])
    try:
        loader = _LOADER(source)
        node = loader.get_single_node()
        head = loader.construct_document(node) if node else {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise HeadError(f"{error.problem}", mark.line + 1 if mark else 1) from error
    except yaml.YAMLError as error:  # a control character, which YAML has no place for
        raise HeadError("a character that a head cannot hold") from error
    except ValueError as error:  # a date such as 1900-02-30
        raise HeadError(f"a value is none: {error}") from error
    if node is None:
        return HeadedText({}, {}, text)
    if not isinstance(node, yaml.MappingNode):
        raise HeadError("the head must be a YAML mapping such as `#+ summary: …`")
    return _placed(head, node, text)


def _placed(head: Mapping[str, Any], root: yaml.MappingNode, text: str) -> HeadedText:
    shift = 3 if text.startswith("#+ ") else 2
    places: dict[Place, tuple[int, int]] = {}
    twice: list[Place] = []
    for place, node in _nodes(root, ()):
        line = node.start_mark.line + 1
        if place in places and len(place) == 1:
            raise HeadError(f"{place[0]}: the key stands twice; keep one", line)
        if place in places:
            twice.append(place)
        places[place] = line, node.start_mark.column + 1 + shift
    lines = {str(place[0]): line for place, (line, _) in places.items() if len(place) == 1}
    return HeadedText(head, lines, text, places, tuple(twice))


def _nodes(node: yaml.Node | None, place: Place) -> Iterator[tuple[Place, yaml.Node]]:
    """Give every key and item with its path, in the order of the text."""
    if isinstance(node, yaml.SequenceNode):
        for n, each in enumerate(node.value):
            yield (*place, n), each
            yield from _nodes(each, (*place, n))
    if isinstance(node, yaml.MappingNode):
        for key, each in node.value:
            inner = (*place, str(key.value))
            yield inner, key
            yield from _nodes(each, inner)
