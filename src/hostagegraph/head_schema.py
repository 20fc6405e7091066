"""Publish the head of a saved query as a JSON Schema: the reader's names in, the schema out.

The reader knows more (columns of the result, the VALUES lines, values that fit their type), so a
head that the schema accepts can still be wrong.
"""

from collections.abc import Mapping
from typing import Any, Final

from hostagegraph import grlc
from hostagegraph.parameters import TYPES
from hostagegraph.query_files import (
    COLUMN_TYPES,
    PARAMETER_NAME,
    RESERVED,
    TITLE_LENGTH,
    VIEWS,
    YEAR,
)
from hostagegraph.schema import DIALECT

_Schema = dict[str, Any]

# YAML makes numbers, dates and truth values of words without quotes.
_TEXT: Final[_Schema] = {"type": ["string", "number", "boolean"]}
_VALUE: Final = _TEXT
_FLAG: Final[_Schema] = {"type": "boolean"}
_COUNT: Final[_Schema] = {"type": "integer", "minimum": 0}
_VARIABLE: Final[_Schema] = {"type": "string", "pattern": r"^\??\w+$"}


def _some(item: _Schema) -> _Schema:
    return {"anyOf": [item, {"type": "array", "items": item}]}


def _object(properties: Mapping[str, _Schema], **more: object) -> _Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
        **more,
    }


def _by_name(value: _Schema) -> _Schema:
    return {"type": "object", "additionalProperties": value}


def _told(says: str, schema: _Schema) -> _Schema:
    return {**schema, "description": says}


_PARAMETER: Final = _object(
    {
        "type": _told("What a value is.", {"enum": list(TYPES)}),
        "label": _told("Its name in a form.", _TEXT),
        "description": _told("What it does, and how to give it.", _TEXT),
        "default": _told("Used where none is given.", _some(_VALUE)),
        "required": _told("Whether a value is needed; true unless said.", _FLAG),
        "multiple": _told("Whether several may be given; false unless said.", _FLAG),
        "enum": _told(
            "The values allowed, or a mapping from each to its label.",
            {"anyOf": [{"type": "array", "items": _VALUE}, _by_name(_TEXT)]},
        ),
        "enum_query": _told("The saved query that lists values and labels to pick from.", _TEXT),
        "pattern": _told("A regular expression that a whole value must fit.", _TEXT),
        "example": _told("A value to show; else that of the VALUES line.", _some(_VALUE)),
        "values": _told(
            "The terms for which each allowed value stands, where they differ from it.",
            _by_name(_some(_VALUE)),
        ),
    },
    required=["type"],
)
_COLUMN: Final = _object(
    {
        "label": _told("Its heading.", _TEXT),
        "type": _told("What its cells hold.", {"enum": list(COLUMN_TYPES)}),
        "link": _told("The column to whose IRI a cell links.", _TEXT),
        "empty": _told("What a cell without a value says; if absent, `not said`.", _TEXT),
    }
)
_ROWS: Final[_Schema] = {
    "type": "array",
    "items": {
        "anyOf": [
            _by_name({"type": [*_VALUE["type"], "null"]}),
            {"type": "array", "items": {"type": [*_VALUE["type"], "null"]}},
        ]
    },
}
_TEST: Final = _object(
    {
        "params": _told("The values given.", _by_name(_some(_VALUE))),
        "rows": _told("All rows, in any order; cells left out are free.", _ROWS),
        "contains": _told("Some of the rows.", _ROWS),
        "row_count": _told("The number of rows.", _COUNT),
        "min_rows": _told("The least number of rows.", _COUNT),
        "sources": _told("The works without which the test says nothing.", _some(_TEXT)),
        "reason": _told("Why this is right; needed where nothing is expected.", _TEXT),
    },
    anyOf=[{"required": [key]} for key in ("rows", "contains", "row_count", "min_rows")],
    allOf=[
        {
            "if": {"required": [key], "properties": {key: nothing}},
            "then": {"required": ["reason"]},
        }
        for key, nothing in (("row_count", {"const": 0}), ("rows", {"maxItems": 0}))
    ],
)
_KEYS: Final[Mapping[str, _Schema]] = {
    "title": _told(
        "Its name in lists, short; the summary where there is none.",
        {**_TEXT, "minLength": 1, "maxLength": TITLE_LENGTH},
    ),
    "summary": _told("What the query finds, in one line.", _TEXT),
    "description": _told("What a row is, what is left out, how not to read it.", _TEXT),
    "tags": _told("Themes under which the query is listed.", _some(_TEXT)),
    "params": _told(
        "The parameters, in the order of a form; each has one line VALUES ?name { … }.",
        {
            "type": "object",
            "propertyNames": {"pattern": f"^(?:{PARAMETER_NAME})$", "not": {"enum": [*RESERVED]}},
            "additionalProperties": {"anyOf": [{"enum": list(TYPES)}, _PARAMETER]},
        },
    ),
    "columns": _told("The columns of the result.", _by_name({"anyOf": [_TEXT, _COLUMN]})),
    "claim": _told("The column whose claim explains the row.", _VARIABLE),
    "policy": _told(
        "The variables that stand for claims on which the answer rests; each has one line"
        " VALUES ?name { UNDEF }. Left out, it is the variable of `claim` if that has the line.",
        _some(_VARIABLE),
    ),
    "view": _told("How the result is shown first.", {"enum": list(VIEWS)}),
    "cache": _told(
        "For how many seconds an answer may be used again without asking; else it is asked for"
        " each time, and may be unchanged.",
        _object(
            {"max_age": {"type": "integer", "minimum": 0, "maximum": YEAR}}, required=["max_age"]
        ),
    ),
    "tests": _told("What the query must answer.", {"type": "array", "items": _TEST}),
    "pagination": _told("The number of rows of a page.", {"type": "integer", "minimum": 1}),
    "method": _told(
        "The HTTP method of the operation.",
        {"enum": [*grlc.METHODS, *map(str.lower, grlc.METHODS)]},
    ),
    "defaults": _told(
        "Default values, as in `- name: value`.",
        {"type": "array", "items": _by_name(_some(_VALUE))},
    ),
    "enumerate": _told(
        "Values to choose from, as in `- name: [value, …]`; a name alone needs an enum_query.",
        {"type": "array", "items": {"anyOf": [{"type": "string"}, _by_name(_some(_VALUE))]}},
    ),
    "endpoint_in_url": _told("Never; false says so to grlc.", {"const": False}),
    "endpoint-method": _told(
        "How grlc asks its endpoint; of no effect here.",
        {"enum": [*grlc.METHODS, *map(str.lower, grlc.METHODS)]},
    ),
}


def schema() -> _Schema:
    """Give the schema of the head of a saved query."""
    title = "The head of a saved query: queries/<name>.rq, lines that begin with #+"
    return {"$schema": DIALECT, "title": title, **_object(_KEYS, required=["summary"])}
