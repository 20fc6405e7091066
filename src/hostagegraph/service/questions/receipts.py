"""A question and its answer in, a receipt out: which query on which data gave these very bytes.

The receipt is JSON-LD with its context inside, in the terms of PROV-O, Dublin Core, DCAT, SPDX and
schema.org. It is made anew each time it is asked for, and says when.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from fastapi import Request, Response

from hostagegraph import __version__
from hostagegraph.service.answers import content_type, data_headers
from hostagegraph.service.questions.question import Question
from hostagegraph.service.questions.results import Whole, whole
from hostagegraph.service.serving import Serving, serving

MEDIA: Final = "application/ld+json"

# The plain names of the receipt, and what they mean.
_TERMS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "spdx": "http://spdx.org/rdf/terms#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "mediaType": "dcterms:format",
    "bytes": "dcat:byteSize",
    "sha256": "spdx:checksumValue",
    "name": "schema:name",
    "value": "schema:value",
    "version": "schema:version",
    "rows": "schema:numberOfItems",
    "generatedAt": {"@id": "prov:generatedAtTime", "@type": "xsd:dateTime"},
    "generatedBy": {"@id": "prov:wasGeneratedBy"},
    "used": {"@id": "prov:used"},
    "agent": {"@id": "prov:wasAssociatedWith"},
    "file": "schema:identifier",
    "parameters": {"@id": "schema:additionalProperty", "@container": "@set"},
}


async def receipt(request: Request, question: Question, media: str, ending: str) -> Response:
    """Give the receipt for the answer that the same address gives without `receipt`."""
    here = serving(request)
    found = await whole(request, question, media)
    told = written(here, question, ending, media, found, datetime.now(UTC))
    body = json.dumps(told, ensure_ascii=False, indent=1)
    headers = {**data_headers(here), "Cache-Control": "no-store", "Content-Type": MEDIA}
    return Response(body, headers=headers)


def written(  # noqa: PLR0913, PLR0917 - what was asked, of what, and what came of it
    here: Serving, question: Question, ending: str, media: str, found: Whole, now: datetime
) -> dict[str, Any]:
    """Say what was asked of which data, and what came of it."""
    query, manifest = question.query, here.snapshot.manifest
    text = question.text(here.published.passing(question.policies) if question.policies else None)
    context = {
        **_TERMS,
        "truncated": f"{here.base}receipt#truncated",
        "filled": f"{here.base}receipt#filled",
        "sourcePolicy": f"{here.base}receipt#sourcePolicy",
    }
    return {
        "@context": context,
        "@id": here.public_address + question.address(ending),
        "@type": ["prov:Entity", "dcat:Distribution"],
        "mediaType": content_type(media),
        "bytes": len(found.body),
        "sha256": hashlib.sha256(found.body).hexdigest(),
        "rows": 1 if query.kind == "boolean" else found.count,
        "truncated": found.more or bool(question.page and question.page.number > 1),
        "generatedAt": now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "generatedBy": {
            "@type": "prov:Activity",
            "used": [
                {
                    "@id": f"{here.base}id/query/{query.name}",
                    "@type": ["prov:Entity", "prov:Plan"],
                    "name": query.name,
                    "file": f"queries/{query.name}.rq",
                    "sha256": query.digest,
                    "filled": {"sha256": hashlib.sha256(text.encode()).hexdigest()},
                    "parameters": [
                        {"@type": "schema:PropertyValue", "name": name, "value": value}
                        for name, value in question.fields()
                    ],
                    "sourcePolicy": [str(policy) for policy in question.policies],
                },
                {
                    "@id": f"urn:sha256:{manifest.digest}",
                    "@type": ["prov:Entity", "dcat:Dataset"],
                    "name": manifest.base,
                    "version": here.snapshot.name,
                    "sha256": manifest.digest,
                },
            ],
            "agent": {
                "@type": ["prov:SoftwareAgent", "schema:SoftwareApplication"],
                "name": "hostagegraph",
                "version": __version__,
            },
        },
    }
