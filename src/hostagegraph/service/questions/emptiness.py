"""A question without an answer in, why it has none out."""

import asyncio
import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pyoxigraph as ox
from fastapi import APIRouter, Request, Response

from hostagegraph.errors import QueryTimeout
from hostagegraph.parameters import Parameter, short
from hostagegraph.service import rows
from hostagegraph.service.answers import collect, data_headers, entity_tag, json_response, run
from hostagegraph.service.asked import fields_of
from hostagegraph.service.asking import Row, ask
from hostagegraph.service.negotiation import JSON
from hostagegraph.service.questions.question import Question, read_question
from hostagegraph.service.questions.results import whole
from hostagegraph.service.serving import reading, serving
from hostagegraph.service.text.elements import cut
from hostagegraph.store import QueryRequest

router = APIRouter()

_SECONDS: Final = 5.0  # for all that is tried
_NEAREST: Final = 3
_ALIKE: Final = 0.5
_LONGEST: Final = 400  # of a part that is shown
_MOST_CLAIMS: Final = 5
_POLICY: Final = "Source policy"
_KNOWN: Final = """SELECT ?thing WHERE {
  VALUES ?thing { $THINGS }
  FILTER (EXISTS { ?thing ?property ?value } || EXISTS { ?other ?way ?thing })
}"""
_LIKE_IT: Final = """SELECT ?thing ?label WHERE {
  ?thing rdfs:label|skos:prefLabel|hg:descriptor ?label .
  FILTER (STRSTARTS(STR(?thing), "$FOLDER"))
} ORDER BY ?thing ?label"""
_LABELS: Final = """SELECT ?thing ?label WHERE {
  VALUES ?thing { $THINGS }
  ?thing rdfs:label|skos:prefLabel|hg:descriptor|hg:gist ?words .
  FILTER (LANG(?words) = "en")
  BIND (IF(EXISTS { ?thing a hg:UnnamedSource }, CONCAT("“", STR(?words), "”"), STR(?words))
    AS ?label)
} ORDER BY ?thing DESC(?label)"""
# Claims that mention a thing: `told` where it stands in what is claimed, else as a voice or source.
_SAID: Final = """SELECT DISTINCT ?thing ?claim ?gist ?told ?negated ?denied WHERE {
  VALUES ?thing { $THINGS }
  {
    { ?claim hg:content ?thing } UNION { ?claim hg:content ?said . ?said ?role ?thing }
    UNION { ?claim hg:about ?thing } UNION { ?claim hg:allegation/hg:against ?thing }
    BIND (true AS ?told)
  } UNION {
    { ?claim hg:attribution/hg:assertor ?thing } UNION { ?claim hg:inSource ?thing }
    BIND (false AS ?told)
  }
  ?claim hg:gist ?gist .
  FILTER (LANG(?gist) = "en")
  BIND (EXISTS { ?claim hg:polarity hg:negated } AS ?negated)
  BIND (EXISTS { ?link hg:ofClaim ?claim ; hg:stance hg:denies } AS ?denied)
} ORDER BY ?thing ?claim"""


@reading(router, "/queries/{name}/why", (JSON,), summary="Tell why a saved query finds nothing")
async def why(request: Request, name: str) -> Response:
    """Tell which part of a question leaves nothing, and what was probably meant."""
    here = serving(request)
    question = read_question(here.catalogue.get(name), fields_of(request))
    told = await reasons(request, question)
    return json_response(told, {**data_headers(here), "Cache-Control": "no-cache"})


async def reasons(request: Request, question: Question) -> Mapping[str, Any]:
    """Try the question in parts, for a few seconds; what was found out is kept.

    A graph or a yes or no is empty, too, when it has no triples or is no.
    """
    here = serving(request)
    question = question.without("page", "explain", "receipt")
    tag = entity_tag(here, JSON, f"why\0{question.key}")
    if (body := here.kept.get(tag)) is not None:
        known: Mapping[str, Any] = json.loads(body)
        return known
    told: dict[str, Any] = {"empty": not await _found(request, question), "complete": True}
    if not told["empty"]:
        return told
    try:
        async with asyncio.timeout(_SECONDS):
            await _tell(request, question, told)
    except (TimeoutError, QueryTimeout):
        told["complete"] = False
    told["summary"] = list(_summary(told))
    if told["complete"]:
        here.kept.put(tag, json.dumps(told).encode())
    return told


async def _tell(request: Request, question: Question, told: dict[str, Any]) -> None:
    """Find out one thing after the other, the cheapest first."""
    told["values"] = await _values(request, question)
    told["without"] = await _without(request, question)
    told["stops_at"] = await _stops_at(request, question)
    told["said"] = await _said(request, question)


async def _found(request: Request, question: Question) -> int:
    """Count what a question finds: rows, triples, or one for yes."""
    kind = question.query.kind
    media = "application/n-triples" if kind == "graph" else rows.JSON
    found = await whole(request, question, media)
    if kind == "boolean":
        return int(bool(json.loads(found.body)["boolean"]))
    return found.count or 0


# Without one of its values


async def _without(request: Request, question: Question) -> list[dict[str, Any]]:
    """Leave out each value in turn, and the source policy; tell what is found then."""
    found = []
    for param in question.query.params:
        if param.name in question.values:
            rows_left = await _found(request, _freed(question, param))
            values = list(question.values[param.name])
            found.append(
                {
                    "parameter": param.name,
                    "label": param.label or param.name,
                    "values": values,
                    "rows": rows_left,
                }
            )
    if question.policies:
        free = question.without("policies")
        free = replace(free, plain=free.query.fill(free.values))
        rows_left = await _found(request, free)
        values = [str(policy) for policy in question.policies]
        found.append(
            {"parameter": "sources", "label": _POLICY, "values": values, "rows": rows_left}
        )
    return found


def _freed(question: Question, param: Parameter) -> Question:
    """Ask the same for any value of a parameter, one that is needed included."""
    free = replace(param, required=False, default=())
    params = tuple(free if each.name == param.name else each for each in question.query.params)
    query = replace(question.query, params=params)
    values = {name: given for name, given in question.values.items() if name != param.name}
    plain = query.fill(values, () if question.policies else None)
    return replace(question, query=query, values=values, plain=plain)


# Which part leaves nothing


async def _stops_at(request: Request, question: Question) -> dict[str, Any] | None:
    """Find the first part of the text at which nothing is left, by halving."""
    here = serving(request)
    claims = here.published.passing(question.policies) if question.policies else None
    text = question.text(claims)
    parts = cut(text)
    low, high = 0, len(parts.parts)
    if not high or await _finds(request, parts.first(high)):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if await _finds(request, parts.first(middle)):
            low = middle
        else:
            high = middle
    part = parts.parts[high - 1]
    shown = part.text if len(part.text) <= _LONGEST else part.text[:_LONGEST] + " …"
    return {"line": part.line, "pattern": shown.lstrip(";, \n"), "test": part.tests}


async def _finds(request: Request, text: str) -> bool:
    here = serving(request)
    answer = await run(request, here.saved, QueryRequest(text, {"boolean": rows.JSON}))
    body = await collect(answer, _LONGEST)
    return bool(json.loads(body or b"{}").get("boolean"))


# What was probably meant


async def _values(request: Request, question: Question) -> list[dict[str, Any]]:
    """Name the values that the data do not know, with those that are nearest."""
    here = serving(request)
    given = [
        (param, text, term)
        for param in question.query.params
        if param.type == "iri" and not param.enum
        for text in question.values.get(param.name, ())
        for term in param.terms((text,), here.base)
        if isinstance(term, ox.NamedNode)
    ]
    if not given:
        return []
    things = _iris(term for _, _, term in given)
    known = {row["thing"] for row in await ask(request, _KNOWN, things)}
    found = []
    for param, text, term in given:
        if term.value not in known:
            listed = here.published.lists.get(param.enum_query) or await _listed(request, term)
            nearest = [{"value": v, "label": label} for v, label in nearest_to(text, listed)]
            label = param.label or param.name
            found.append(
                {"parameter": param.name, "label": label, "value": text, "nearest": nearest}
            )
    return found


async def _listed(request: Request, term: ox.NamedNode) -> Sequence[tuple[str, str]]:
    """List the things that are called as this one is, but for the last part of the IRI."""
    base = serving(request).base
    folder = term.value.rpartition("/")[0] + "/"
    if not folder.startswith(f"{base}id/"):
        folder = f"{base}id/agent/"
    found = await ask(request, _LIKE_IT.replace("$FOLDER", folder))
    return [(short(ox.NamedNode(row["thing"]), base), row["label"]) for row in found]


def nearest_to(text: str, listed: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Find the values whose name or label is most like a text.

    >>> nearest_to("agent/otilie-quil", [("agent/ottilie-quill", "Ottilie Quill"), ("b", "B")])
    [('agent/ottilie-quill', 'Ottilie Quill')]
    """
    wanted = text.rpartition("/")[2].lower()
    words = wanted.replace("-", " ")
    scored: dict[str, tuple[float, str]] = {}
    for value, label in listed:
        names = (value.rpartition("/")[2].lower(), wanted), (label.lower(), words)
        score = max(difflib.SequenceMatcher(None, *pair).ratio() for pair in names)
        scored[value] = max(scored.get(value, (0.0, "")), (score, label))
    ranked = sorted(scored.items(), key=lambda entry: (-entry[1][0], entry[0]))
    return [(value, label) for value, (score, label) in ranked[:_NEAREST] if score >= _ALIKE]


# Not said, or said not to be so


async def _said(request: Request, question: Question) -> list[dict[str, Any]]:
    """Tell apart things of which nothing is claimed here, and those of which something is denied.

    `nobody`: no claim here mentions the thing. `denied`: claims that mention it are put forward as
    not so, or somebody denies them. `otherwise`: claims mention it, and none fits the question.
    """
    base = serving(request).base
    things = [
        term
        for param in question.query.params
        for term in param.terms(question.values.get(param.name, ()) or param.default, base)
        if isinstance(term, ox.NamedNode) and term.value.startswith(f"{base}id/")
    ]
    if not things:
        return []
    claims = await ask(request, _SAID, _iris(things))
    labels = {row["thing"]: row["label"] for row in await ask(request, _LABELS, _iris(things))}
    return [
        {
            **_verdict(thing, base, [r for r in claims if r["thing"] == thing.value]),
            "label": labels.get(thing.value) or short(thing, base),
        }
        for thing in things
    ]


def _verdict(thing: ox.NamedNode, base: str, claims: Sequence[Row]) -> dict[str, Any]:
    denied = [
        row for row in claims if row["told"] == "true" and "true" in (row["negated"], row["denied"])
    ]
    verdict = "denied" if denied else "otherwise" if claims else "nobody"
    return {
        "thing": thing.value,
        "name": short(thing, base),
        "verdict": verdict,
        "claims": len({row["claim"] for row in claims}),
        "denials": [
            {
                "claim": row["claim"],
                "gist": row["gist"],
                "as": "said not to be so" if row["negated"] == "true" else "denied by somebody",
            }
            for row in denied[:_MOST_CLAIMS]
        ],
        "more_denials": max(0, len(denied) - _MOST_CLAIMS),
    }


def _iris(terms: Iterable[ox.NamedNode]) -> list[str]:
    return list(dict.fromkeys(term.value for term in terms))


# In words


def _summary(told: Mapping[str, Any]) -> Iterable[str]:
    """Say in sentences what was found out."""
    for value in told.get("values", ()):
        names = " or ".join(f"{each['value']} ({each['label']})" for each in value["nearest"])
        meant = f"; did you mean {names}?" if names else "."
        yield f"The data know nothing called {value['value']} (“{value['label']}”){meant}"
    freed = next((each for each in told.get("without", ()) if each["rows"]), None)
    if freed:
        left = "is 1 row" if freed["rows"] == 1 else f"are {freed['rows']} rows"
        yield f"Without “{freed['label']}” there {left}."
    if stop := told.get("stops_at"):
        yield f"Nothing is left from line {stop['line']} of the query on."
    for said in told.get("said", ()):
        yield f"{said['label']}: {_VERDICTS[said['verdict']]}"
    if not told["complete"]:
        yield "Not everything was found out in the time there is."


_VERDICTS: Final = {
    "nobody": "no claim here mentions it; that is silence, and not a denial.",
    "denied": "claims here say of it that something is not so, or are denied.",
    "otherwise": "claims here mention it, but none that fits the question.",
}
