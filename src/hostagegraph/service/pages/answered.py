"""A saved query of the catalogue in, its rows out: pages rest on the queries that readers ask."""

import json
from typing import Final

from fastapi import Request

from hostagegraph.service.asking import Row
from hostagegraph.service.questions.question import read_question
from hostagegraph.service.questions.results import whole
from hostagegraph.service.serving import serving

_MEDIA: Final = "application/sparql-results+json"
_MOST_BYTES: Final = 8_000_000


async def rows_of(request: Request, name: str, **values: str) -> list[Row]:
    """Ask a saved query; a variable that is not bound is an empty text.

    Raises UnknownQuery, ParameterError when a value is wrong, ResultTooLarge.
    """
    query = serving(request).catalogue.get(name)
    question = read_question(query, {key: [value] for key, value in values.items()})
    found = await whole(request, question, _MEDIA, _MOST_BYTES)
    told = json.loads(found.body)
    return [
        {key: row[key]["value"] if key in row else "" for key in query.variables}
        for row in told["results"]["bindings"]
    ]
