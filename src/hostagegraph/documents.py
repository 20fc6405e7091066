"""Read one YAML document as nodes that keep their places: bytes in, a tree of strings out."""

from collections.abc import Iterator

import yaml

from hostagegraph.errors import Problem

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_document(file: str, data: bytes) -> tuple[yaml.MappingNode | None, list[Problem]]:
    """Read a document whose every scalar stays a string.

    Gives its top mapping, or None where there is no sound one, and all mistakes of YAML itself:
    broken syntax, a second document, duplicate keys, anchors, aliases, merge keys, tags, empty
    values.
    """
    try:
        text = data.decode("utf-8")
        events = list(yaml.parse(text, Loader=_LOADER))
        node = yaml.compose(text, Loader=_LOADER)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [Problem(file, line, 1, "", "not UTF-8; save the file as UTF-8")]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = " ".join(part for part in (error.context, error.problem) if part)
        return None, [Problem(file, line, column, "", f"broken YAML: {what}")]
    except yaml.reader.ReaderError as error:
        return None, [Problem(file, 1, 1, "", f"broken YAML: {error.reason}")]
    problems = [*_refused_events(file, events)]
    if not isinstance(node, yaml.MappingNode):
        return None, [*problems, Problem(file, 1, 1, "", "write a mapping (key: value) here")]
    if not any(isinstance(event, yaml.AliasEvent) for event in events):
        problems += _refused_nodes(file, node, "")
    return node, problems


def problem_at(file: str, node: yaml.Node, path: str, message: str, rule: str = "") -> Problem:
    """Say what is wrong at a node."""
    mark = node.start_mark
    return Problem(file, mark.line + 1, mark.column + 1, path, message, rule)


def _refused_events(file: str, events: list[yaml.Event]) -> Iterator[Problem]:
    for event in events:
        what = ""
        if isinstance(event, yaml.AliasEvent):
            what = f"alias *{event.anchor}; write the value out"
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            what = f"anchor &{event.anchor}; remove it and write values out"
        elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag:
            what = f"tag {event.tag}; remove it, each field knows its type"
        mark = event.start_mark
        if what and mark:
            yield Problem(file, mark.line + 1, mark.column + 1, "", what)


def _refused_nodes(file: str, node: yaml.Node, path: str) -> Iterator[Problem]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                yield problem_at(file, key, path, "a key must be a single word")
                continue
            here = f"{path}.{key.value}" if path else key.value
            if key.value == "<<":
                yield problem_at(file, key, here, "merge key; write the fields out")
            elif key.value in seen:
                yield problem_at(file, key, here, "the key stands twice; keep one")
            seen.add(key.value)
            yield from _refused_nodes(file, value, here)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _refused_nodes(file, item, f"{path}[{index}]")
    if not node.value:
        yield problem_at(file, node, path, "empty value; leave the field out instead")


def joined(path: str, key: str) -> str:
    """Append a key to a path."""
    return f"{path}.{key}" if path else key


def value_of(node: yaml.Node, key: str) -> str | None:
    """Give the text under a key of a mapping node, None where there is none."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key and isinstance(value, yaml.ScalarNode):
                return str(value.value)
    return None


def entries(node: yaml.Node, key: str) -> Iterator[tuple[yaml.ScalarNode, yaml.Node, str]]:
    """Give the entries of the map under a key."""
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if name.value == key and isinstance(value, yaml.MappingNode):
            yield from ((k, v, f"{key}.{k.value}") for k, v in value.value)


def items(node: yaml.Node, key: str, path: str = "") -> Iterator[tuple[int, yaml.Node, str]]:
    """Give the items of the list under a key; a value alone is a list of one."""
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if name.value != key:
            continue
        where = joined(path, key)
        if isinstance(value, yaml.SequenceNode):
            yield from ((i, item, f"{where}[{i}]") for i, item in enumerate(value.value))
        else:
            yield 0, value, where
