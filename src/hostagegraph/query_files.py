"""One `.rq` file in, a saved query or all its mistakes out."""

import datetime
import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import yaml

from hostagegraph.errors import HeadError, InvalidRecords, ParameterError, Problem, QuerySyntaxError
from hostagegraph.head import HeadedText, read_head
from hostagegraph.parameters import TYPES, Parameter, meant, short
from hostagegraph.query_lints import is_whole_line, lints, values_lines
from hostagegraph.saved_query import Column, QueryTest, SavedQuery
from hostagegraph.store import Kind, select, syntax_error
from hostagegraph.vocabulary import DEFAULT_BASE, rebased

VIEWS: Final = ("table", "timeline", "network")
RESERVED: Final = ("format", "page", "per_page", "sources")  # arguments of the service itself
GRLC_KEYS: Final = ("query", "type", "parameters", "variables", "original_query")

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PARAMETER = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")

_Place = tuple[str | int, ...]


def read_query(path: Path, names: Collection[str], base: str = DEFAULT_BASE) -> SavedQuery:
    """Read a file, rebased; `names` are those of the saved queries that can be pick lists.

    Raises InvalidRecords with all mistakes of the file.
    """
    file = f"{path.parent.name}/{path.name}"
    problems: list[Problem] = []
    if not _NAME.fullmatch(path.stem):
        message = "the file name is the name of the query: write it like-this.rq"
        problems.append(Problem(file, 1, 1, "", message))
    try:
        headed = read_head(rebased(path.read_text(encoding="utf-8"), base))
    except HeadError as error:
        problems.append(Problem(file, error.line, 1, "", f"the head cannot be read: {error}"))
        raise InvalidRecords(problems) from error
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(file, 1, 1, "", f"the file cannot be read as UTF-8: {error}"))
        raise InvalidRecords(problems) from error
    draft = _Draft(file, headed, base, problems)
    query = _query(draft, path.stem)
    _check_text(draft, query)
    _check_tests(draft, query)
    _check_pick_lists(draft, query, names)
    if problems:
        raise InvalidRecords(problems)
    return query


class _Draft:
    """One file while it is being read: what is known of it, and the mistakes found so far."""

    def __init__(self, file: str, headed: HeadedText, base: str, problems: list[Problem]) -> None:
        self.file, self.base, self.problems = file, base, problems
        self.head, self.text = headed.head, headed.text
        self.places: dict[_Place, tuple[int, int]] = {}
        self.columns: tuple[str, ...] | None = None  # of the result; unknown until it is parsed

    def blame(self, place: _Place, message: str) -> None:
        """Note a mistake in the head, at the nearest place that is known."""
        above = (place[:n] for n in range(len(place), 0, -1))
        line, column = next((self.places[each] for each in above if each in self.places), (1, 1))
        self.blame_text(line, message, place, column)

    def blame_text(self, line: int, message: str, place: _Place = (), column: int = 1) -> None:
        """Note a mistake in the text of the query."""
        self.problems.append(Problem(self.file, line, column, _dotted(place), message))

    def check_column(self, place: _Place, name: str) -> None:
        """Check that the result has a column of this name."""
        if self.columns is not None and name not in self.columns:
            self.blame(place, f"the result has no column ?{name}{meant(name, self.columns)}")


def _dotted(place: _Place) -> str:
    parts = "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in place)
    return parts.removeprefix(".")


def _query(draft: _Draft, name: str) -> SavedQuery:
    """Read all parts of a file; what is wrong is blamed and left out."""
    _find_places(draft)
    kind = _parse(draft)
    for key in GRLC_KEYS:
        if key in draft.head:
            hint = " (parameters stand under `params`)" if key == "parameters" else ""
            draft.blame((key,), f"grlc overwrites this key; use another{hint}")
    if "summary" not in draft.head:
        draft.blame((), "the head has no summary; say in one line what the query finds")
    own = {key: value for key, value in draft.head.items() if key not in GRLC_KEYS}
    fields = _fields(draft, (), own, _HEAD)
    known = {key: value for key, value in fields.items() if key not in _FOR_OTHERS}
    return SavedQuery(name, draft.text, kind, draft.columns or (), draft.base, **known)


def _find_places(draft: _Draft) -> None:
    """Find line and column of every key of the head, and the keys that stand twice."""
    lines = {n: each for n, each in enumerate(draft.text.split("\n"), 1) if each.startswith("#+")}
    source = "\n".join(line[2:].removeprefix(" ") for line in lines.values())
    numbers = list(lines)
    try:
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:  # below the first gap: above it, all was read
        line = error.problem_mark.line if error.problem_mark else 0
        message = f"the head cannot be read: {error.problem}"
        draft.blame_text(numbers[min(line, len(numbers) - 1)], message)
        return
    shift = 3 if draft.text.startswith("#+ ") else 2

    def mark(place: _Place, node: yaml.Node) -> None:
        draft.places[place] = numbers[node.start_mark.line], node.start_mark.column + 1 + shift

    def visit(node: yaml.Node | None, place: _Place) -> None:
        if isinstance(node, yaml.SequenceNode):
            for n, each in enumerate(node.value):
                mark((*place, n), each)
                visit(each, (*place, n))
        if isinstance(node, yaml.MappingNode):
            for key, each in node.value:
                inner = (*place, str(key.value))
                twice = inner in draft.places
                mark(inner, key)
                if twice:
                    draft.blame(inner, "the key stands twice; keep one")
                visit(each, inner)

    visit(root, ())


def _parse(draft: _Draft) -> Kind:
    """Parse the query on an empty store, without iterating, and look at its variables."""
    try:
        results = ox.Store().query(draft.text)
    except (SyntaxError, RuntimeError) as error:
        problem = (
            syntax_error(error.msg)
            if isinstance(error, SyntaxError)
            else QuerySyntaxError(str(error))
        )
        message = f"the query does not parse: {problem}"
        draft.blame_text(max(problem.line, 1), message, column=max(problem.column, 1))
        return "solutions"
    if isinstance(results, ox.QuerySolutions):
        draft.columns = tuple(variable.value for variable in results.variables)
        return "solutions"
    if isinstance(results, ox.QueryBoolean):
        draft.columns = ("boolean",)
        return "boolean"
    draft.columns = ("subject", "predicate", "object")
    return "graph"


# Values of the head: each reader gets the draft, the place and what stands there

_Reader = Callable[[_Draft, _Place, object], object]


def _anything(_draft: _Draft, _place: _Place, value: object) -> object:
    return value


def _text(draft: _Draft, place: _Place, value: object) -> str:
    if value is None or isinstance(value, list | dict):
        draft.blame(place, "expected a text")
        return ""
    return _scalar(value).strip()


def _texts(draft: _Draft, place: _Place, value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(_text(draft, (*place, n), each) for n, each in enumerate(value))
    return (_text(draft, place, value),)


def _flag(draft: _Draft, place: _Place, value: object) -> bool:
    if not isinstance(value, bool):
        draft.blame(place, "expected true or false")
    return value is True


def _count(draft: _Draft, place: _Place, value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        draft.blame(place, "expected a number of rows such as 3")
        return None
    return value


def _mapping(draft: _Draft, place: _Place, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        draft.blame(place, "expected a mapping such as {name: value}")
        return {}
    return {_scalar(key): each for key, each in value.items()}


def _fields(
    draft: _Draft, place: _Place, value: object, readers: Mapping[str, _Reader]
) -> dict[str, Any]:
    """Read a mapping that has only the keys for which there are readers."""
    fields = {}
    for key, each in _mapping(draft, place, value).items():
        if key in readers:
            fields[key] = readers[key](draft, (*place, key), each)
        else:
            draft.blame((*place, key), f"unknown key{meant(key, readers)}")
    return fields


def _texts_by_name(draft: _Draft, place: _Place, value: object) -> dict[str, tuple[str, ...]]:
    found = _mapping(draft, place, value)
    return {name: _texts(draft, (*place, name), each) for name, each in found.items()}


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


# Parameters


def _params(draft: _Draft, place: _Place, value: object) -> tuple[Parameter, ...]:
    entries = _mapping(draft, place, value).items()
    found = [_parameter(draft, (*place, name), name, entry) for name, entry in entries]
    return tuple(param for param in found if param)


def _parameter(draft: _Draft, place: _Place, name: str, entry: object) -> Parameter | None:
    if not _PARAMETER.fullmatch(name) or name in RESERVED:
        draft.blame(place, "not a name for a parameter; use another, written like_this")
    if isinstance(entry, str):
        entry = {"type": entry}
    fields = _fields(draft, place, entry, _PARAMETER_FIELDS)
    if fields.get("type") not in TYPES:
        draft.blame((*place, "type"), f"unknown type; expected one of {', '.join(TYPES)}")
        return None
    fields.setdefault("label", name.replace("_", " ").capitalize())
    values = fields.get("values", {})
    fields.setdefault("enum", {value: value for value in values})
    line = _values_line(draft, place, name)
    if line and "example" not in fields:
        terms = _working_example(draft, name, line)
        named = tuple(value for value in values if values[value] == terms)
        fields["example"] = named or terms
    param = Parameter(name=name, line=line, **fields)
    if line:
        _check_values(draft, place, param)
    return param


def _enum(draft: _Draft, place: _Place, value: object) -> dict[str, str]:
    if isinstance(value, list):
        return {text: text for text in _texts(draft, place, value)}
    found = _mapping(draft, place, value)
    return {key: _text(draft, (*place, key), label) for key, label in found.items()}


def _values_line(draft: _Draft, place: _Place, name: str) -> int:
    """Find the one line that holds the working example; 0 where it is missing or wrong."""
    lines = values_lines(draft.text, name)
    if len(lines) != 1:
        message = f"{len(lines)} lines `VALUES ?{name} {{ … }}`; each parameter has exactly one"
        draft.blame(place, message)
        return 0
    if not is_whole_line(draft.text, lines[0], name):
        draft.blame_text(lines[0], f"write `VALUES ?{name} {{ … }}` on one line of its own", place)
        return 0
    return lines[0]


def _working_example(draft: _Draft, name: str, line: int) -> tuple[str, ...]:
    """Read the terms of the working example back from the engine."""
    prologue = re.findall(r"(?im)^\s*(?:BASE\s*<[^>]*>|PREFIX\s*[\w-]*:\s*<[^>]*>)", draft.text)
    text = "\n".join([*prologue, "SELECT * {", draft.text.split("\n")[line - 1], "}"])
    try:
        rows = select(ox.Store(), text)
    except SyntaxError:
        return ()  # the query as a whole does not parse either, and says so
    return tuple(_example(row[name], draft.base) for row in rows)


def _example(term: object, base: str) -> str:
    if isinstance(term, ox.Literal) and term.language:
        return f"{term.value}@{term.language}"
    return short(term, base).strip("<>") if isinstance(term, ox.NamedNode) else short(term, base)


def _check_values(draft: _Draft, place: _Place, param: Parameter) -> None:
    """Check that default, enum and example are values that the parameter accepts."""
    for value in set(param.values) - set(param.enum):
        draft.blame((*place, "values", value), "not among the values of enum")
    try:
        re.compile(param.pattern)
    except re.error as error:
        draft.blame((*place, "pattern"), f"not a regular expression: {error}")
        return
    given = [("default", param.default), ("example", param.example)]
    for key, texts in [*given, *(("enum", (value,)) for value in param.enum)]:
        try:
            _ = param.terms(texts, draft.base) if texts else ()
        except ValueError as error:
            draft.blame((*place, key), str(error))


# Columns, claim and view


def _columns(draft: _Draft, place: _Place, value: object) -> dict[str, Column]:
    found = _mapping(draft, place, value)
    return {name: _column(draft, (*place, name), name, each) for name, each in found.items()}


def _column(draft: _Draft, place: _Place, name: str, entry: object) -> Column:
    if isinstance(entry, str):
        entry = {"label": entry}
    column = Column(**_fields(draft, place, entry, {"label": _text, "link": _text}))
    draft.check_column(place, name)
    if column.link:
        draft.check_column(place, column.link)
    return column


def _claim(draft: _Draft, place: _Place, value: object) -> str:
    name = _text(draft, place, value).removeprefix("?")
    if name:
        draft.check_column(place, name)
    return name


def _view(draft: _Draft, place: _Place, value: object) -> str:
    view = _text(draft, place, value)
    if view not in VIEWS:
        draft.blame(place, f"unknown view; expected one of {', '.join(VIEWS)}")
    return view


# Tests


def _tests(draft: _Draft, place: _Place, value: object) -> tuple[QueryTest, ...]:
    if not isinstance(value, list):
        draft.blame(place, "expected a list of tests such as [{min_rows: 1}]")
        return ()
    return tuple(_test(draft, (*place, n), entry) for n, entry in enumerate(value))


def _test(draft: _Draft, place: _Place, entry: object) -> QueryTest:
    fields = _fields(draft, place, entry, _TEST_FIELDS)
    if not {"rows", "row_count", "min_rows", "contains"}.intersection(fields):
        draft.blame(place, "the test expects nothing; give rows, row_count, min_rows or contains")
    if (fields.get("row_count") == 0 or fields.get("rows") == ()) and "reason" not in fields:
        draft.blame(place, "say under `reason` why nothing is the right answer")
    return QueryTest(**fields, line=draft.places.get(place, (1, 1))[0])


def _rows(draft: _Draft, place: _Place, value: object) -> tuple[Mapping[str, str], ...] | None:
    if not isinstance(value, list):
        draft.blame(place, "expected a list of rows such as [{claim: example/c01-01}]")
        return None
    return tuple(_row(draft, (*place, n), row) for n, row in enumerate(value))


def _row(draft: _Draft, place: _Place, row: object) -> dict[str, str]:
    if isinstance(row, list):
        columns = draft.columns or ()
        if draft.columns is not None and len(row) > len(columns):
            draft.blame(place, f"{len(row)} cells; the result has {len(columns)} columns")
        row = dict(zip(columns, row, strict=False))
    found = _mapping(draft, place, row)
    for name in found:
        draft.check_column((*place, name), name)
    return {name: "" if value is None else _scalar(value) for name, value in found.items()}


# What may stand in a head, and who reads it

# Other programs read these.
_FOR_OTHERS: Final = ("defaults", "enumerate", "pagination", "method", "cache")
_HEAD: Final[Mapping[str, _Reader]] = {
    "summary": _text,
    "description": _text,
    "tags": _texts,
    "params": _params,
    "columns": _columns,
    "claim": _claim,
    "view": _view,
    "tests": _tests,
    **dict.fromkeys(_FOR_OTHERS, _anything),
}
HEAD_KEYS: Final = tuple(_HEAD)
_PARAMETER_FIELDS: Final[Mapping[str, _Reader]] = {
    **dict.fromkeys(("type", "label", "description", "enum_query", "pattern"), _text),
    **dict.fromkeys(("default", "example"), _texts),
    **dict.fromkeys(("required", "multiple"), _flag),
    "enum": _enum,
    "values": _texts_by_name,
}
_TEST_FIELDS: Final[Mapping[str, _Reader]] = {
    "params": _texts_by_name,
    "rows": _rows,
    "contains": _rows,
    "row_count": _count,
    "min_rows": _count,
    "sources": _texts,
    "reason": _text,
}


# Checks of the whole


def _check_text(draft: _Draft, query: SavedQuery) -> None:
    """Check the habits of the text."""
    droppable = [param.name for param in query.params if param.droppable]
    for lint in lints(draft.text, droppable):
        place = ("params", lint.param) if lint.param else ()
        draft.blame_text(lint.line, lint.message, place, lint.column)


def _check_tests(draft: _Draft, query: SavedQuery) -> None:
    """Check the parameters of the tests, once all else is right."""
    if draft.problems:
        return
    for n, test in enumerate(query.tests):
        try:
            query.fill(test.params)
        except ParameterError as error:
            draft.blame(("tests", n, "params"), str(error))


def _check_pick_lists(draft: _Draft, query: SavedQuery, names: Collection[str]) -> None:
    """Check that queries named as pick lists are there."""
    for param in query.params:
        if param.enum_query and param.enum_query not in names:
            place = ("params", param.name, "enum_query")
            draft.blame(place, f"no saved query has this name{meant(param.enum_query, names)}")
