"""Decode YAML nodes into the model's values: every mistake and every reference, with its place.

The annotations of the model say what is accepted. A broken part gives a Problem and no value; its
neighbours are decoded all the same.
"""

import difflib
import re
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import cache
from typing import (
    Annotated,
    Any,
    ClassVar,
    Final,
    Literal,
    get_args,
    get_origin,
    get_type_hints,
)

import yaml

from hostagegraph import dates, model
from hostagegraph.documents import joined, problem_at, value_of
from hostagegraph.errors import DateError, Problem


class _Broken:
    """Stands where a value could not be read."""


BROKEN: Final = _Broken()


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as it stands in a file: its text, what it may name, and where it is."""

    text: str
    range: model.Range
    file: str
    path: str
    node: yaml.ScalarNode


@dataclass(slots=True)
class Decoder:
    """Decodes the nodes of one file; collects its problems and references."""

    file: str
    language: str = "en"
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def decode(self, node: yaml.Node, hint: Any, path: str) -> Any:
        """Give the value of a node as its hint says, or BROKEN after noting what is wrong."""
        metadata: tuple[Any, ...] = ()
        if get_origin(hint) is Annotated:
            hint, *rest = get_args(hint)
            metadata = tuple(rest)
        origin = get_origin(hint)
        if hint is str:
            return self._text(node, metadata, path)
        if hint is model.Words:
            return self._words(node, path)
        if is_dataclass(hint):
            return self._record_or_row(node, hint, path)
        if origin is Literal:
            return self._coded(node, get_args(hint), path)
        if origin is tuple:
            return self._several(node, get_args(hint)[0], path)
        return self._union_or_mapping(node, hint, path)

    def note(self, node: yaml.Node, path: str, message: str, rule: str = "") -> _Broken:
        """Note a mistake at a node, and the rule of the ontology it breaks, if any."""
        self.problems.append(problem_at(self.file, node, path, message, rule))
        return BROKEN

    # --- one function per shape of value --------------------------------------------------------

    def _text(self, node: yaml.Node, metadata: tuple[Any, ...], path: str) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            return self.note(node, path, "write a single text here, not a list or map")
        text = " ".join(node.value.split())
        if not text:
            return BROKEN  # noted as an empty value when the document was read
        for meaning in metadata:
            if isinstance(meaning, model.Range):
                self.references.append(Reference(text, meaning, self.file, path, node))
            elif isinstance(meaning, model.Form) and (wrong := misformed(text, meaning)):
                return self.note(node, path, wrong, "E14" if meaning.sort == "date" else "")
        return text

    def _words(self, node: yaml.Node, path: str) -> Any:
        if isinstance(node, yaml.ScalarNode):
            text = self._text(node, (), path)
            return BROKEN if text is BROKEN else model.Words(((self.language, text),))
        found = self._mapping(node, (model.Language, str), path)
        return BROKEN if found is BROKEN else model.Words(tuple(sorted(found.items())))

    def _coded(self, node: yaml.Node, values: tuple[str, ...], path: str) -> Any:
        text = self._text(node, (), path)
        if text is BROKEN or text in values:
            return text
        hint = did_you_mean(text, values) or f" (one of {', '.join(values)})"
        return self.note(node, path, f'unknown value "{text}"{hint}')

    def _several(self, node: yaml.Node, item: Any, path: str) -> Any:
        """Read a list; a value alone is a list of one."""
        if not isinstance(node, yaml.SequenceNode) or _is_row(node, item):
            only = self.decode(node, item, path)
            return BROKEN if only is BROKEN else (only,)
        values = [self.decode(n, item, f"{path}[{i}]") for i, n in enumerate(node.value)]
        return BROKEN if BROKEN in values or not values else tuple(values)

    def _mapping(self, node: yaml.Node, hints: tuple[Any, ...], path: str) -> Any:
        if not isinstance(node, yaml.MappingNode):
            return self.note(node, path, "write a map here: name: value")
        found: dict[Any, Any] = {}
        for key, value in node.value:
            here = joined(path, key.value)
            name = self.decode(key, hints[0], here)
            found[name] = self.decode(value, hints[1], here)
        return BROKEN if BROKEN in (*found, *found.values()) else found

    def _union_or_mapping(self, node: yaml.Node, hint: Any, path: str) -> Any:
        if is_mapping(hint):
            return self._mapping(node, get_args(hint), path)
        return self._choice(node, _members(hint), path)

    def _record_or_row(self, node: yaml.Node, kind: Any, path: str) -> Any:
        if isinstance(node, yaml.SequenceNode) and getattr(kind, "row", False):
            return self._row(node, kind, path)
        return self._record(node, kind, path)

    def _choice(self, node: yaml.Node, members: list[Any], path: str) -> Any:
        """Decode a node as the member of a union that its shape calls for."""
        member = _member_for(node, members)
        if member is not None:
            return self.decode(node, member, path)
        if isinstance(node, yaml.MappingNode) and model.ReportedEvent in members:
            names = [kind.__name__ for kind in members if isinstance(kind, type)]
            return self._unknown_type(node, names, path)
        return self.note(node, path, "write [start, end, digest] or the name of a passage")

    def _unknown_type(self, node: yaml.MappingNode, names: list[str], path: str) -> _Broken:
        given = next((value for key, value in node.value if key.value == "type"), None)
        if given is None:
            return self.note(node, path, "type: missing; it names a class such as Statement")
        self._coded(given, tuple(names), f"{path}.type")
        return BROKEN

    def _row(self, node: yaml.SequenceNode, kind: Any, path: str) -> Any:
        """Decode a list whose items are the fields of a class in their order."""
        specs = list(specs_of(kind).values())
        if len(node.value) != len(specs):
            names = ", ".join(spec.key for spec in specs)
            return self.note(node, path, f"write [{names}], as `hostagegraph anchor` prints it")
        pairs = zip(node.value, specs, strict=True)
        values = [self.decode(item, spec.hint, f"{path}.{spec.key}") for item, spec in pairs]
        return BROKEN if BROKEN in values else kind(*values)

    def _record(self, node: yaml.Node, kind: Any, path: str) -> Any:
        """Decode a map into a dataclass; unknown and missing fields are mistakes."""
        known = ("type",) if issubclass(kind, model.Situation) else ()
        short = getattr(kind, "short", None)
        specs = specs_of(kind)
        if short and isinstance(node, yaml.ScalarNode):
            only = self.decode(node, specs[short].hint, path)
            return BROKEN if only is BROKEN else kind(only)
        if not isinstance(node, yaml.MappingNode):
            return self.note(node, path, f"write a map with {', '.join(specs)}")
        rules = getattr(kind, "rules", model.Rules())
        values: dict[str, Any] = {}
        broken = False
        for key, value in node.value:
            spec = specs.get(key.value)
            if spec is not None:
                values[spec.name] = self.decode(value, spec.hint, joined(path, key.value))
            elif key.value not in known:
                hint = did_you_mean(key.value, specs) or f" (known: {', '.join(specs)})"
                self.note(key, joined(path, key.value), f"unknown field{hint}", rules.unknown)
                broken = True
        for spec in specs.values():
            if spec.required and spec.name not in values:
                message = f"missing; add {spec.key}: …"
                self.note(node, joined(path, spec.key), message, rules.missing)
                broken = True
        return BROKEN if broken or BROKEN in values.values() else kind(**values)


@dataclass(frozen=True, slots=True)
class Spec:
    """One field of a record: its name in Python, its key in YAML, its hint, whether needed."""

    name: str
    key: str
    hint: Any
    required: bool


@cache
def specs_of(kind: Any) -> Mapping[str, Spec]:
    """Give the fields of a class of the model that are written in a record, by key."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        spec.key: spec
        for spec in (
            Spec(f.name, f.name.rstrip("_"), hints[f.name], _is_required(f))
            for f in fields(kind)
            if f.metadata.get("written", True) and get_origin(hints[f.name]) is not ClassVar
        )
    }


def is_mapping(hint: Any) -> bool:
    """Tell whether a hint is a Mapping of the model."""
    return get_origin(hint) is not None and get_origin(hint) is get_origin(Mapping[str, str])


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """Suggest the nearest of the known names, or nothing.

    >>> did_you_mean("gst", ["gist", "at"])
    ' (did you mean "gist"?)'
    """
    near = difflib.get_close_matches(text, list(known), n=1, cutoff=0.6)
    return f' (did you mean "{near[0]}"?)' if near else ""


def misformed(text: str, form: model.Form) -> str:
    """Say what is wrong with a text that must have a form; nothing if it has it."""
    check = _SORTS.get(form.sort)
    if not re.fullmatch(form.pattern, text, re.ASCII if form.sort != "text" else 0):
        return f'"{text}" is not {form.says}'
    return check(text) if check else ""


def _bad_date(text: str) -> str:
    try:
        dates.bounds_of(text)
    except DateError as error:
        return str(error)
    return ""


_SORTS: Mapping[str, Callable[[str], str]] = {
    "date": _bad_date,
    "day": _bad_date,
}


def _is_required(f: Any) -> bool:
    return f.default is MISSING and f.default_factory is MISSING


def _members(hint: Any) -> list[Any]:
    """Give the members of a union that can be written; None is written by leaving out."""
    return [member for member in get_args(hint) if member is not types.NoneType]


def _member_for(node: yaml.Node, members: list[Any]) -> Any:
    """Choose the member of a union by the shape of a node; None where none fits."""
    classes = [member for member in members if isinstance(member, type) and member is not str]
    rows = [member for member in classes if getattr(member, "row", False)]
    if len(members) == 1:
        return members[0]
    if isinstance(node, yaml.ScalarNode):
        return next((m for m in members if m is str or get_origin(m) is Annotated), None)
    if isinstance(node, yaml.SequenceNode):
        return next(iter(rows), None)
    maps = {kind.__name__: kind for kind in classes if kind not in rows}
    if "Withdrawn" in maps:
        return maps["Withdrawn" if value_of(node, "review") == "withdrawn" else "Claim"]
    if len(maps) == 1:
        return next(iter(maps.values()))
    return maps.get(value_of(node, "type") or "")


def _is_row(node: yaml.SequenceNode, item: Any) -> bool:
    """Tell [start, end, digest] from a list of passages."""
    if not any(getattr(member, "row", False) for member in _members(item)):
        return False
    return bool(node.value) and all(
        isinstance(n, yaml.ScalarNode) and n.value[:1].isdigit() for n in node.value[:2]
    )
