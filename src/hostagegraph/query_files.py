"""One `.rq` file in, a saved query or all its mistakes out."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from hostagegraph import drafts, grlc
from hostagegraph.drafts import Draft, Reader
from hostagegraph.errors import HeadError, InvalidRecords, ParameterError, Problem, QuerySyntaxError
from hostagegraph.head import Place, read_head
from hostagegraph.parameters import TYPES, Parameter, meant, plain
from hostagegraph.query_lints import binds_nothing, is_mentioned, is_whole_line, lints, values_lines
from hostagegraph.saved_query import Column, QueryTest, SavedQuery
from hostagegraph.store import Kind, select, syntax_error
from hostagegraph.vocabulary import DEFAULT_BASE, rebased

TITLE_LENGTH: Final = 60  # characters: one line of a list
VIEWS: Final = ("table", "timeline", "network", "chart", "ledger")
COLUMN_TYPES: Final = (*TYPES, "edtf")
# Arguments of the service and of the command line.
RESERVED: Final = (
    *("format", "page", "per_page", "sources", "explain", "receipt", "view"),
    *("help", "root", "snapshots"),
)

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
PARAMETER_NAME: Final = "[a-z][a-z0-9]*(?:_[a-z0-9]+)*"


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
    draft = Draft(file, headed, base, problems)
    query = _query(draft, path.stem)
    _check_text(draft, query)
    _check_tests(draft, query)
    _check_pick_lists(draft, query, names)
    if problems:
        raise InvalidRecords(problems)
    return query


def _query(draft: Draft, name: str) -> SavedQuery:
    """Read all parts of a file; what is wrong is blamed and left out."""
    kind = _parse(draft)
    for key in grlc.REFUSED.keys() & draft.head.keys():
        draft.blame((key,), grlc.REFUSED[key])
    if "summary" not in draft.head:
        draft.blame((), "the head has no summary; say in one line what the query finds")
    own = {key: value for key, value in draft.head.items() if key not in grlc.REFUSED}
    fields = drafts.fields(draft, (), own, _HEAD)
    given = {_FIELDS.get(key, key): value for key, value in fields.items() if key not in _UNREAD}
    given = {key: value for key, value in given.items() if value is not None}
    given["policy"] = _policy_lines(draft, given)
    given.setdefault("title", given.get("summary", ""))
    return SavedQuery(name, draft.text, kind, draft.columns or (), draft.base, **given)


def _parse(draft: Draft) -> Kind:
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


# Parameters


def _params(draft: Draft, place: Place, value: object) -> tuple[Parameter, ...]:
    entries = drafts.mapping(draft, place, value).items()
    found = [_parameter(draft, (*place, name), name, entry) for name, entry in entries]
    return tuple(param for param in found if param)


def _parameter(draft: Draft, place: Place, name: str, entry: object) -> Parameter | None:
    if not re.fullmatch(PARAMETER_NAME, name) or name in RESERVED:
        draft.blame(place, "not a name for a parameter; use another, written like_this")
    if isinstance(entry, str):
        entry = {"type": entry}
    if isinstance(entry, dict):
        entry = grlc.with_defaults(draft, name, entry)
    fields = drafts.fields(draft, place, entry, _PARAMETER_FIELDS)
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


def _enum(draft: Draft, place: Place, value: object) -> dict[str, str]:
    if isinstance(value, list):
        return {text: text for text in drafts.texts(draft, place, value)}
    found = drafts.mapping(draft, place, value)
    return {key: drafts.text(draft, (*place, key), label) for key, label in found.items()}


def _values_line(draft: Draft, place: Place, name: str) -> int:
    """Find the one line that holds the working example; 0 where it is missing or wrong."""
    lines = values_lines(draft.text, name)
    if len(lines) != 1:
        message = f"{len(lines)} lines `VALUES ?{name} {{ … }}`; exactly one is needed"
        draft.blame(place, message)
        return 0
    if not is_whole_line(draft.text, lines[0], name):
        draft.blame_text(lines[0], f"write `VALUES ?{name} {{ … }}` on one line of its own", place)
        return 0
    return lines[0]


def _working_example(draft: Draft, name: str, line: int) -> tuple[str, ...]:
    """Read the terms of the working example back from the engine."""
    prologue = re.findall(r"(?im)^\s*(?:BASE\s*<[^>]*>|PREFIX\s*[\w-]*:\s*<[^>]*>)", draft.text)
    text = "\n".join([*prologue, "SELECT * {", draft.text.split("\n")[line - 1], "}"])
    try:
        rows = select(ox.Store(), text)
    except SyntaxError:
        return ()  # the query as a whole does not parse either, and says so
    return tuple(plain(row[name], draft.base) for row in rows)


def _check_values(draft: Draft, place: Place, param: Parameter) -> None:
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


# Title, columns, claim and view


def _title(draft: Draft, place: Place, value: object) -> str:
    title = drafts.text(draft, place, value)
    if not 0 < len(title) <= TITLE_LENGTH:
        draft.blame(place, f"{len(title)} characters; a title has 1 to {TITLE_LENGTH}")
    return title


def _columns(draft: Draft, place: Place, value: object) -> dict[str, Column]:
    found = drafts.mapping(draft, place, value)
    return {name: _column(draft, (*place, name), name, each) for name, each in found.items()}


def _column(draft: Draft, place: Place, name: str, entry: object) -> Column:
    if isinstance(entry, str):
        entry = {"label": entry}
    column = Column(**drafts.fields(draft, place, entry, _COLUMN_FIELDS))
    draft.check_column(place, name)
    if column.type and column.type not in COLUMN_TYPES:
        known = ", ".join(COLUMN_TYPES)
        draft.blame((*place, "type"), f"unknown type; expected one of {known}")
    if column.link:
        draft.check_column(place, column.link)
    return column


def _claim(draft: Draft, place: Place, value: object) -> str:
    name = drafts.text(draft, place, value).removeprefix("?")
    if name:
        draft.check_column(place, name)
    return name


def _view(draft: Draft, place: Place, value: object) -> str:
    view = drafts.text(draft, place, value)
    if view not in VIEWS:
        draft.blame(place, f"unknown view; expected one of {', '.join(VIEWS)}")
    return view


def _cache(draft: Draft, place: Place, value: object) -> int:
    """Read for how many seconds an answer may be kept unasked; 0 where nothing is said."""
    seconds = drafts.fields(draft, place, value, {"max_age": _seconds}).get("max_age")
    if seconds is None:
        draft.blame(place, "say for how many seconds, such as {max_age: 3600}")
    return seconds or 0


def _seconds(draft: Draft, place: Place, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= YEAR:
        draft.blame(place, f"expected a number of seconds from 0 to {YEAR}")
        return 0
    return value


# Source policy


def _policy(draft: Draft, place: Place, value: object) -> tuple[str, ...]:
    names = tuple(name.removeprefix("?") for name in drafts.texts(draft, place, value))
    if len(set(names)) < len(names):
        draft.blame(place, "a variable stands twice; keep one")
    return tuple(name for name in dict.fromkeys(names) if name)


def _policy_lines(draft: Draft, given: Mapping[str, Any]) -> dict[str, int]:
    """Find the line of each variable that a source policy binds; none where none can be obeyed."""
    claim, named = given.get("claim", ""), given.get("policy", ())
    params = {param.name for param in given.get("params", ())}
    if not named and claim and claim not in params and values_lines(draft.text, claim):
        named = (claim,)
    place = ("policy",) if "policy" in draft.head else ("claim",)
    if named and claim and claim not in {*named, *params}:
        draft.blame(place, f"?{claim} explains the rows; name it here too")
    for name in params.intersection(named):
        draft.blame(place, f"?{name} is a parameter; a policy needs a variable of its own")
    lines = {name: _values_line(draft, place, name) for name in named if name not in params}
    for name, line in lines.items():
        if line and not binds_nothing(draft.text, line):
            message = f"write `VALUES ?{name} {{ UNDEF }}`: any claim, until a policy says which"
            draft.blame_text(line, message, place)
        elif line and not is_mentioned(draft.text, name):
            message = f"nothing else mentions ?{name}: each claim that passes would repeat the rows"
            draft.blame_text(line, message, place)
    return {name: line for name, line in lines.items() if line}


# Tests


def _tests(draft: Draft, place: Place, value: object) -> tuple[QueryTest, ...]:
    if not isinstance(value, list):
        draft.blame(place, "expected a list of tests such as [{min_rows: 1}]")
        return ()
    return tuple(_test(draft, (*place, n), entry) for n, entry in enumerate(value))


def _test(draft: Draft, place: Place, entry: object) -> QueryTest:
    fields = drafts.fields(draft, place, entry, _TEST_FIELDS)
    if not {"rows", "row_count", "min_rows", "contains"}.intersection(fields):
        draft.blame(place, "the test expects nothing; give rows, row_count, min_rows or contains")
    if (fields.get("row_count") == 0 or fields.get("rows") == ()) and "reason" not in fields:
        draft.blame(place, "say under `reason` why nothing is the right answer")
    return QueryTest(**fields, line=draft.places.get(place, (1, 1))[0])


def _rows(draft: Draft, place: Place, value: object) -> tuple[Mapping[str, str], ...] | None:
    if not isinstance(value, list):
        draft.blame(place, "expected a list of rows such as [{claim: example/c01-01}]")
        return None
    return tuple(_row(draft, (*place, n), row) for n, row in enumerate(value))


def _row(draft: Draft, place: Place, row: object) -> dict[str, str]:
    if isinstance(row, list):
        columns = draft.columns or ()
        if draft.columns is not None and len(row) > len(columns):
            draft.blame(place, f"{len(row)} cells; the result has {len(columns)} columns")
        row = dict(zip(columns, row, strict=False))
    found = drafts.mapping(draft, place, row)
    for name in found:
        draft.check_column((*place, name), name)
    return {name: "" if value is None else drafts.scalar(value) for name, value in found.items()}


# What may stand in a head, and who reads it

YEAR: Final = 365 * 24 * 60 * 60
# What is read elsewhere, or is right as it is.
_UNREAD: Final = ("defaults", "enumerate", "endpoint_in_url", "endpoint-method")
_FIELDS: Final[Mapping[str, str]] = {"pagination": "per_page", "cache": "max_age"}
_HEAD: Final[Mapping[str, Reader]] = {
    "title": _title,
    "summary": drafts.text,
    "description": drafts.text,
    "tags": drafts.texts,
    "params": _params,
    "columns": _columns,
    "claim": _claim,
    "policy": _policy,
    "view": _view,
    "cache": _cache,
    "tests": _tests,
    **grlc.READERS,
}
HEAD_KEYS: Final = tuple(_HEAD)
_PARAMETER_FIELDS: Final[Mapping[str, Reader]] = {
    **dict.fromkeys(("type", "label", "description", "enum_query", "pattern"), drafts.text),
    **dict.fromkeys(("default", "example"), drafts.texts),
    **dict.fromkeys(("required", "multiple"), drafts.flag),
    "enum": _enum,
    "values": drafts.texts_by_name,
}
_COLUMN_FIELDS: Final = dict.fromkeys(("label", "type", "link", "empty"), drafts.text)
_TEST_FIELDS: Final[Mapping[str, Reader]] = {
    "params": drafts.texts_by_name,
    "rows": _rows,
    "contains": _rows,
    "row_count": drafts.count,
    "min_rows": drafts.count,
    "sources": drafts.texts,
    "reason": drafts.text,
}


# Checks of the whole


def _check_text(draft: Draft, query: SavedQuery) -> None:
    """Check the habits of the text."""
    droppable = [param.name for param in query.params if param.droppable]
    bound = {param.name: param.line for param in query.params if param.line}
    bound.update(query.policy)
    for lint in lints(draft.text, droppable, bound if draft.columns is not None else {}):
        place: Place = ("policy",) if lint.param in query.policy else ("params", lint.param)
        draft.blame_text(lint.line, lint.message, place if lint.param else (), lint.column)


def _check_tests(draft: Draft, query: SavedQuery) -> None:
    """Check the parameters of the tests, once all else is right."""
    if draft.problems:
        return
    for n, test in enumerate(query.tests):
        try:
            query.fill(test.params)
        except ParameterError as error:
            draft.blame(("tests", n, "params"), str(error))


def _check_pick_lists(draft: Draft, query: SavedQuery, names: Collection[str]) -> None:
    """Check that queries named as pick lists are there."""
    for param in query.params:
        if param.enum_query and param.enum_query not in names:
            place = ("params", param.name, "enum_query")
            draft.blame(place, f"no saved query has this name{meant(param.enum_query, names)}")
