"""The saved queries in, their description in OpenAPI out: one operation each, with its types."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from hostagegraph.parameters import Parameter
from hostagegraph.policies import POLICIES
from hostagegraph.queries import Catalogue
from hostagegraph.saved_query import SavedQuery
from hostagegraph.service.negotiation import HTML, JSON, PROBLEM, offered
from hostagegraph.service.questions.metadata import suffixes
from hostagegraph.service.questions.said import COLUMNS
from hostagegraph.service.text.paging import LARGEST, why_no_pages

_STRING: Final = {"type": "string"}
_BOUND: Final = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": _STRING,
        "value": {},
        "xml:lang": _STRING,
        "datatype": _STRING,
    },
}
SCHEMAS: Final[Mapping[str, Any]] = {
    "Term": _BOUND,
    "Solutions": {
        "type": "object",
        "title": "Solutions",
        "description": "Rows, as SPARQL 1.1 Query Results JSON has them",
        "required": ["head", "results"],
        "properties": {
            "head": {
                "type": "object",
                "title": "Head",
                "required": ["vars"],
                "properties": {"vars": {"type": "array", "items": _STRING}},
            },
            "results": {
                "type": "object",
                "title": "Results",
                "required": ["bindings"],
                "properties": {
                    "bindings": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "title": "Row",
                            "additionalProperties": {"$ref": "#/components/schemas/Term"},
                        },
                    }
                },
            },
        },
    },
    "Truth": {
        "type": "object",
        "title": "Truth",
        "required": ["head", "boolean"],
        "properties": {"head": {"type": "object"}, "boolean": {"type": "boolean"}},
    },
    "Problem": {
        "type": "object",
        "title": "Problem",
        "description": "A failure, in the shape of RFC 9457",
        "required": ["type", "title", "status"],
        "properties": {
            **dict.fromkeys(("type", "title", "detail", "hint"), _STRING),
            "status": {"type": "integer"},
            "problems": {"type": "object", "additionalProperties": _STRING},
        },
    },
}
_FAILURES: Final[Mapping[str, str]] = {
    "400": "A source policy is unknown or cannot be obeyed, or rows cannot be explained",
    "404": "No saved query has this name any more",
    "406": "No format you accept is offered",
    "422": "Some values are wrong; `problems` names each",
    "429": "Too many requests; Retry-After says when to come again",
    "4XX": "The request is wrong, or asks for what is not there",
    "500": "The service failed",
    "503": "No worker is free; Retry-After says when to come again",
    "504": "The query ran into its deadline",
}
_SCHEMA_OF: Final = {"solutions": "Solutions", "boolean": "Truth"}
_TYPES: Final[Mapping[str, Mapping[str, Any]]] = {
    "iri": {"type": "string"},  # short forms such as agent/example-gazette too
    "string": _STRING,
    "xsd:string": _STRING,
    "langString": {"type": "string", "pattern": "@[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
    "xsd:boolean": {"type": "boolean"},
    "xsd:date": {"type": "string", "format": "date"},
    "xsd:dateTime": {"type": "string", "format": "date-time"},
    "xsd:decimal": {"type": "number"},
    "xsd:gYear": {"type": "string", "pattern": "^[0-9]{4}$"},
    "xsd:gYearMonth": {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"},
    "xsd:integer": {"type": "integer"},
}


def described(interface: dict[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """Add an operation for each saved query to the description of the service."""
    paths = {f"/queries/{query.name}": {"get": _operation(query)} for query in catalogue.queries}
    components = dict(interface.get("components", {}))
    components["schemas"] = {**components.get("schemas", {}), **SCHEMAS}
    return {**interface, "paths": {**interface["paths"], **paths}, "components": components}


def operation_id(query: SavedQuery) -> str:
    """Name the operation of a query, as generated clients name their functions."""
    return query.name.replace("-", "_")


def _operation(query: SavedQuery) -> dict[str, Any]:
    endings = ", ".join(f"`.{suffix}`" for suffix in suffixes(query))
    summary = "" if query.summary == query.title else f"{query.summary}. "
    address = f"By Accept, or at this address with an ending: {endings}."
    text = f"{summary}{query.description}\n\n{address}"
    return {
        "operationId": operation_id(query),
        "summary": query.title,
        "description": text.strip(),
        "tags": ["saved queries"],
        "parameters": [
            *(_parameter(param) for param in query.params),
            *_own(query),
        ],
        "responses": {
            "200": {"description": _columns(query), "content": _contents(query)},
            **{status: _failure(says) for status, says in _FAILURES.items()},
        },
    }


def _columns(query: SavedQuery) -> str:
    labels = (
        f"{name} ({query.columns[name].label})" if name in query.columns else name
        for name in query.variables
    )
    return f"The answer: {', '.join(labels)}"


def _contents(query: SavedQuery) -> dict[str, Any]:
    found: dict[str, Any] = {media: {} for media in offered(query.kind)}
    if query.kind in _SCHEMA_OF:
        reference = {"$ref": f"#/components/schemas/{_SCHEMA_OF[query.kind]}"}
        found[offered(query.kind)[0]] = {"schema": reference}
    else:
        found[offered(query.kind)[0]] = {"schema": _STRING}
    return {**found, "application/ld+json": {}, JSON: {}, HTML: {}}


def _failure(says: str) -> dict[str, Any]:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {"description": says, "content": {PROBLEM: problem, HTML: {}}}


def _parameter(param: Parameter) -> dict[str, Any]:
    value = _schema(param)
    found: dict[str, Any] = {
        "name": param.name,
        "in": "query",
        "required": param.required and not param.default,
        "description": f"{param.label}. {param.description}".strip(),
    }
    if param.multiple:
        found |= {"schema": {"type": "array", "items": value}, "style": "form", "explode": True}
        if param.default:
            found["schema"]["default"] = _typed(param, param.default)
        if param.example:
            found["example"] = _typed(param, param.example)
        return found
    if param.default:
        value = {**value, "default": _typed(param, param.default)[0]}
    if param.example:
        found["example"] = _typed(param, param.example)[0]
    return {**found, "schema": value}


def _schema(param: Parameter) -> dict[str, Any]:
    if param.enum:
        return {"type": "string", "enum": list(param.enum)}
    found = dict(_TYPES[param.type])
    if param.pattern:
        found["pattern"] = f"^(?:{param.pattern})$"
    return found


def _typed(param: Parameter, texts: tuple[str, ...]) -> list[Any]:
    """Give values as JSON has them."""
    kind = "string" if param.enum else _TYPES[param.type]["type"]
    make: Mapping[str, Any] = {
        "boolean": lambda text: text == "true",
        "integer": int,
        "number": float,
        "string": str,
    }
    return [make[str(kind)](text) for text in texts]


def _own(query: SavedQuery) -> Iterator[dict[str, Any]]:
    """Describe what may be asked of every saved query, as far as this one has it."""
    if not why_no_pages(query):
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST}
        if query.per_page:
            size["default"] = query.per_page
        yield _setting("per_page", size, "Rows of a page; `all` for every row")
        number = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
        yield _setting("page", number, "Which page, from 1; Link leads to the next")
    flag = {"type": "boolean", "default": False}
    if query.claim:
        yield _setting("explain", flag, f"Adds who says so: {', '.join(COLUMNS)}")
    if query.obeys_policies:
        known = "; ".join(f"`{name}`: {says}" for name, says in POLICIES.items())
        yield _setting("sources", _STRING, f"Source policies, parted by commas. {known}")
    yield _setting("receipt", flag, "Answers with a receipt (JSON-LD) for the answer")


def _setting(name: str, schema: Mapping[str, Any], says: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": says,
        "schema": dict(schema),
    }
