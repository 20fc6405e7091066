"""A saved query in, what is told of it out: what it asks for, how it is answered, how it tested."""

from collections.abc import Mapping
from typing import Any, Final

from hostagegraph.parameters import Parameter
from hostagegraph.policies import POLICIES
from hostagegraph.saved_query import SavedQuery
from hostagegraph.service.negotiation import SUFFIXES, offered
from hostagegraph.service.questions.said import COLUMNS
from hostagegraph.service.serving import Serving
from hostagegraph.service.text.paging import LARGEST, why_no_pages

CITED: Final = ("txt", "bib", "json", "ttl")


def metadata(query: SavedQuery, here: Serving) -> dict[str, Any]:
    """Say all that is known of a saved query."""
    at = f"/queries/{query.name}"
    return {
        "name": query.name,
        "iri": f"{here.base}id/query/{query.name}",
        "title": query.title,
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "kind": query.kind,
        "method": query.method,
        "view": query.view,
        "parameters": [_parameter(param, here) for param in query.params],
        "columns": {name: _column(query, name) for name in query.variables},
        "claim": query.claim or None,
        "explain": dict(COLUMNS) if query.claim else {},
        "sources": dict(POLICIES) if query.obeys_policies else {},
        "paging": _paging(query),
        "cache": {"max_age": query.max_age},
        "tests": tests_of(query, here),
        "rows": rows_of(query, here),
        "page": at,
        "results": [f"{at}.{suffix}" for suffix in suffixes(query)],
        "feed": f"{at}.atom",
        "why": f"{at}/why",
        "badge": f"{at}/badge.svg",
        "cite": [f"{at}/cite.{ending}" for ending in CITED],
        "sha256": query.digest,
        "query": query.text,
    }


def suffixes(query: SavedQuery) -> list[str]:
    """List the endings under which a query is answered."""
    formats = offered(query.kind)
    return [suffix for suffix, media in SUFFIXES.items() if media in formats]


def tests_of(query: SavedQuery, here: Serving) -> dict[str, Any]:
    """Say how the tests of a query went when the snapshot was published, and when that was.

    `run` counts those that say something about these data, None where the snapshot does not tell;
    `failures` are those of all queries: a snapshot with any is not published unless it is forced.
    """
    told = here.snapshot.manifest.queries
    by_query = told.get("by_query")
    return {
        "in_file": len(query.tests),
        "run": by_query.get(query.name, 0) if isinstance(by_query, Mapping) else None,
        "failures": told.get("failures", 0),
        "on": here.published.on.date().isoformat(),
        "data": here.snapshot.name,
    }


def rows_of(query: SavedQuery, here: Serving) -> int | None:
    """Say how many rows a query gave with its default values when the snapshot was published.

    None where it needs a value, gives no rows, or is not told of by the snapshot.
    """
    rows = here.snapshot.manifest.queries.get("rows")
    return rows.get(query.name) if isinstance(rows, Mapping) else None


def _paging(query: SavedQuery) -> dict[str, Any]:
    why_not = why_no_pages(query)
    if why_not:
        return {"offered": False, "why": why_not}
    return {"offered": True, "per_page": query.per_page, "most": LARGEST}


def _column(query: SavedQuery, name: str) -> dict[str, str]:
    column = query.columns.get(name)
    if column is None:
        return {"label": "", "type": "", "link": ""}
    return {"label": column.label, "type": column.type, "link": column.link}


def _parameter(param: Parameter, here: Serving) -> dict[str, Any]:
    listed = here.published.lists.get(param.enum_query, ())
    return {
        "name": param.name,
        "type": param.type,
        "label": param.label,
        "description": param.description,
        "required": param.required,
        "multiple": param.multiple,
        "default": list(param.default),
        "example": list(param.example),
        "enum": dict(param.enum),
        "enum_query": param.enum_query,
        "suggested": dict(listed),
        "pattern": param.pattern,
    }
