"""Ten thousand hostile values over every parameter: no injection in the text, no 5xx over HTTP."""

import itertools
import random
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from hostagegraph.ceilings import tokens
from hostagegraph.errors import ParameterError
from hostagegraph.parameters import TYPES, Parameter
from hostagegraph.queries import SavedQuery
from tests.service.conftest import Service
from tests.test_hostile_values import SEEDS, mutations
from tests.test_queries_folder import ASKED, CATALOGUE

pytestmark = pytest.mark.slow

HOW_MANY = 10_000
SENT = 1_000
OWN = ("page", "per_page", "explain", "sources", "receipt", "nonsense", "query", "claim")
PLACES = [(query, param) for query in CATALOGUE.queries for param in query.params]


def hostile() -> Iterator[tuple[SavedQuery, Parameter, str]]:
    """Spread the texts over all parameters; half begin as a value that is accepted."""
    chance = random.Random(1900)  # noqa: S311 - a test, the same each time
    texts = mutations(HOW_MANY)
    for (query, param), text in zip(itertools.cycle(PLACES), texts, strict=False):
        yield query, param, text if chance.random() < 0.5 else param.example[0] + text


def words(line: str) -> list[str]:
    return [token.text for token in tokens(line)]


def outside(query: SavedQuery, text: str, left_out: set[int]) -> list[list[str]]:
    """Give the tokens of every line but those of VALUES; a dropped line shifts the others."""
    lines = text.split("\n")
    kept = [n for n in range(1, len(query.text.split("\n")) + 1) if n not in left_out]
    assert len(lines) == len(kept), "no value adds or takes a line"
    own = {param.line for param in query.params}
    return [words(line) for n, line in zip(kept, lines, strict=True) if n not in own]


def test_no_value_changes_a_token_outside_its_line() -> None:
    filled = 0
    seen: set[tuple[str, str]] = set()
    refused: set[bool] = set()
    for query, param, text in hostile():
        seen.add((query.name, param.name))
        values = {name: [value] for name, value in ASKED.get(query.name, {}).items()}
        values[param.name] = [text]
        try:
            made = query.fill(values)
        except ParameterError as error:
            refused.add(frozenset(error.problems) == {param.name})
            continue
        filled += 1
        given = {name for name, texts in values.items() if any(texts)}
        left_out = {p.line for p in query.params if p.droppable and p.name not in given}
        left_out |= set(query.policy.values())
        expected = outside(
            query,
            "\n".join(
                line for n, line in enumerate(query.text.split("\n"), 1) if n not in left_out
            ),
            left_out,
        )
        assert outside(query, made, left_out) == expected
        ox.Store().query(made)
    assert len(seen) == len(PLACES)
    assert filled > 50, "some are values after all"
    assert refused == {True}, "the parameter that is wrong is named, and it alone"


def test_texts_of_free_form_change_nothing_either() -> None:
    """The queries of the project take IRIs, days and choices: strings are tried on each line."""
    for (query, param), text in zip(
        itertools.cycle(PLACES), mutations(HOW_MANY // 4), strict=False
    ):
        for kind in ("string", "langString"):
            try:
                (term,) = (TYPES[kind](text if kind == "string" else f"{text}@en", query.base),)
            except ValueError:
                continue
            line = f"  VALUES ?{param.name} {{ {term} }}"
            assert len(words(line)) == {"string": 5, "langString": 6}[kind]
            assert "\n" not in line


def test_over_http_nothing_hostile_breaks_the_service(site: Service) -> None:
    chance = random.Random(1948)  # noqa: S311 - a test, the same each time
    statuses: set[int] = set()
    for query, param, text in itertools.islice(hostile(), 0, HOW_MANY, HOW_MANY // SENT):
        values = dict(ASKED.get(query.name, {}))
        values[param.name] = text
        if chance.random() < 0.3:
            values[chance.choice(OWN)] = chance.choice([text, *SEEDS, "1", "-1", "999999999"])
        ending = chance.choice([".csv", ".json", ".ttl", ".atom", "/why", "/cite.bib", ""])
        accept = {"Accept": chance.choice(["text/html", "*/*", "text/turtle"])}
        answer = site.client.get(f"/queries/{query.name}{ending}", params=values, headers=accept)
        assert answer.status_code < 500, f"{answer.request.url}: {answer.text}"
        statuses.add(answer.status_code)
    assert {200, 422} <= statuses


@pytest.mark.parametrize("text", [*SEEDS, "%00", "%ff", "é" * 3000])
def test_hostile_names_are_told_not_obeyed(site: Service, text: str) -> None:
    answer = site.client.get("/queries/agents.csv", params={text: text})
    assert 400 <= answer.status_code < 500
    assert site.client.get(f"/queries/{text.replace('/', '')[:50]}.csv").status_code in (400, 404)
