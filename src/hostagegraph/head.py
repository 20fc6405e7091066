"""Read the `#+` head of a query or check file: text in, head and body out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from hostagegraph.errors import HeadError


@dataclass(frozen=True, slots=True)
class HeadedText:
    """A SPARQL file: its head as plain values, the line of each top-level key, the whole text."""

    head: Mapping[str, Any]
    lines: Mapping[str, int]
    text: str

    @property
    def body(self) -> str:
        """The text without its head."""
        return "\n".join(line for line in self.text.split("\n") if not line.startswith("#+"))


def read_head(text: str) -> HeadedText:
    r"""Read the head at the top of a file.

    Raises HeadError, with the line, when the head is not a YAML mapping or names a key twice.

    >>> read_head("#+ summary: All claims\nSELECT * {}").head
    {'summary': 'All claims'}
    """
    # A U+2028 inside a description is no line end: split on the newline alone.
    lines = text.split("\n")
    top = next((n for n, line in enumerate(lines) if not line.startswith("#+")), len(lines))
    source = "\n".join(line[2:].removeprefix(" ") for line in lines[:top])
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
        head = yaml.safe_load(source)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise HeadError(f"{error.problem}", mark.line + 1 if mark else 1) from error
    if node is None:
        return HeadedText({}, {}, text)
    if not isinstance(node, yaml.MappingNode):
        raise HeadError("the head must be a YAML mapping such as `#+ summary: …`")
    places: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if key.value in places:
            raise HeadError(f"{key.value}: the key stands twice; keep one", line)
        places[key.value] = line
    return HeadedText(head, places, text)
