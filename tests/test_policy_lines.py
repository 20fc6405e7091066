"""Saved queries under source policies: rows and counts were made by hand from the sample's text.

Of the thirty claims of the sample, four rest on unnamed voices: K. (0101-07), the official
(0103-02), the two diplomats (0103-06) and members of the cabinet (0105-07). Three tell of leaks:
the brief shown to the League (0103-06), the lowest number told to it (0105-03) and passed on to
reporters (0105-04). All stand in the Gazette, none in the Courier.
"""

import random
from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from hostagegraph.errors import PolicyError
from hostagegraph.policies import passing, read_policies
from hostagegraph.queries import SavedQuery
from hostagegraph.store import select
from hostagegraph.voices import claims_in
from tests.test_queries_folder import (
    ASKED,
    CATALOGUE,
    asked,
    both,
    real,
    sample,
    sample_elsewhere,
)

BASE = CATALOGUE.base
CLAIM = "example-gazette-1900/c"
OBEYING = [query for query in CATALOGUE.queries if query.obeys_policies]
REFUSED = {
    "on-record": {"0101-07", "0103-02", "0103-06", "0105-07"},
    "no-leaks": {"0103-06", "0105-03", "0105-04"},
}
# These count claims, or keep a row when its claim is gone.
BY_HAND = {
    "sources": {
        "": [("source/example-gazette-1900", "30")],
        "on-record": [("source/example-gazette-1900", "26")],
        "no-leaks": [("source/example-gazette-1900", "27")],
        "only:example-courier-1900": [("source/example-gazette-1900", "0")],
    },
    # The statement under a label (0103-01), the speech (0105-08), the reply (0107-02): the
    # Gazette tells of all three itself.
    "statements-per-month": {
        "": [("", "1"), ("hg:pressRelease", "1"), ("hg:speech", "1")],
        "on-record": [("", "1"), ("hg:pressRelease", "1"), ("hg:speech", "1")],
        "no-leaks": [("", "1"), ("hg:pressRelease", "1"), ("hg:speech", "1")],
        "only:example-courier-1900": [],
    },
    # The answer of Sylvania (0107-01); without it the proposal stands alone.
    "proposals-and-responses": {
        "": [("proposal/harbour-framework", "example-gazette-1900/c0107-01")],
        "on-record": [("proposal/harbour-framework", "example-gazette-1900/c0107-01")],
        "no-leaks": [("proposal/harbour-framework", "example-gazette-1900/c0107-01")],
        "only:example-courier-1900": [("proposal/harbour-framework", "")],
    },
}
SHOWN = {
    "sources": ("source", "claims"),
    "statements-per-month": ("subtype", "statements"),
    "proposals-and-responses": ("proposal", "claim"),
}

each_obeying = pytest.mark.parametrize("query", OBEYING, ids=lambda query: query.name)


def claims_under(words: str, store: ox.Store) -> tuple[str, ...]:
    return passing(claims_in(store, BASE), read_policies([words]))


def rows(query: SavedQuery, claims: Iterable[str] | None, store: ox.Store) -> list[dict[str, str]]:
    values = {name: [value] for name, value in ASKED.get(query.name, {}).items()}
    return query.rows(store, values, None if claims is None else tuple(claims))


def test_all_queries_obey_but_those_that_rest_on_no_claim() -> None:
    others = {query.name for query in CATALOGUE.queries} - {query.name for query in OBEYING}
    assert others == {"agents", "record-of-a-claim", "source-texts"}


@pytest.mark.parametrize("words", REFUSED)
@pytest.mark.parametrize(
    "query",
    [query for query in OBEYING if query.name not in BY_HAND],
    ids=lambda query: query.name,
)
def test_the_rows_are_those_whose_claims_pass(query: SavedQuery, words: str) -> None:
    refused = {CLAIM + number for number in REFUSED[words]}
    shown = set(query.policy).intersection(query.variables)
    assert rows(query, claims_under(words, sample()), sample()) == [
        row for row in rows(query, None, sample()) if not refused & {row[name] for name in shown}
    ]


@pytest.mark.parametrize(
    "query",
    [query for query in OBEYING if query.name not in BY_HAND],
    ids=lambda query: query.name,
)
def test_nothing_is_left_when_no_claim_passes(query: SavedQuery) -> None:
    assert claims_under("only:example-courier-1900", sample()) == ()
    assert rows(query, (), sample()) == []


@pytest.mark.parametrize(
    ("name", "words"), [(name, words) for name, counts in BY_HAND.items() for words in counts]
)
def test_counts_are_those_made_by_hand(name: str, words: str) -> None:
    claims = claims_under(words, sample())
    found = rows(CATALOGUE.get(name), claims, sample())
    shown = sorted(tuple(row[column] for column in SHOWN[name]) for row in found)
    assert shown == BY_HAND[name][words]


def test_a_count_inside_a_row_obeys_too() -> None:
    """Of two views on an answer of 6 February, one rests on an unnamed official."""
    query, thing = CATALOGUE.get("evaluations"), "haaretz-2024-07-10/s-response-hamas-0206"

    def told(claims: tuple[str, ...] | None) -> list[tuple[str, str]]:
        found = rows(query, claims, real())
        return [(row["claim"], row["others"]) for row in found if row["thing"] == thing]

    view, reply = "haaretz-2024-07-10/c0206-11", "haaretz-2024-07-10/c0206-14"
    assert told(None) == [(view, "1"), (reply, "1")]
    assert told(claims_under("on-record", real())) == [(view, "0")]


@each_obeying
def test_all_claims_are_as_good_as_no_policy(query: SavedQuery) -> None:
    every = claims_under("", both())
    assert rows(query, every, both()) == rows(query, None, both())


@each_obeying
def test_the_line_as_it_stands_restricts_nothing_in_any_engine(query: SavedQuery) -> None:
    values = {name: [value] for name, value in ASKED.get(query.name, {}).items()}
    one = f"{BASE}id/{CLAIM}0101-01"
    text = query.fill(values, [one]).replace(f"{{ <{one}> }}", "{ UNDEF }")
    assert text.count("UNDEF") == len(query.policy)
    assert select(both(), text) == select(both(), asked(query))
    assert _elsewhere(text) == _elsewhere(asked(query))


def _elsewhere(text: str) -> set[str]:
    return {str(row) for row in sample_elsewhere().query(text)}


def without(refused: set[ox.NamedNode]) -> ox.Store:
    """Give the sample as if some claims had not been made: their own triples and chains go."""
    links = {
        quad.subject
        for quad in sample()
        if quad.predicate.value.rpartition("#")[2] in {"ofClaim", "fromClaim", "toClaim"}
        and quad.object in refused
    }
    store = ox.Store()
    store.bulk_extend(quad for quad in sample() if quad.subject not in {*refused, *links})
    return store


@pytest.mark.parametrize("seed", range(3))
def test_a_policy_answers_as_if_the_other_claims_were_not_there(seed: int) -> None:
    every = claims_under("", sample())
    chance = random.Random(seed)  # noqa: S311 - a test, the same each time
    allowed = tuple(claim for claim in every if chance.random() < 0.7)
    thinned = without({ox.NamedNode(claim) for claim in set(every) - set(allowed)})
    for query in OBEYING:
        assert rows(query, allowed, sample()) == rows(query, None, thinned), query.name


def test_a_query_without_the_line_says_why_it_cannot_obey() -> None:
    with pytest.raises(PolicyError, match="agents obeys no source policy: its rows rest on no"):
        CATALOGUE.get("agents").fill({}, ())


def test_an_iri_that_is_none_never_reaches_the_text() -> None:
    with pytest.raises(ValueError, match="IRI"):
        CATALOGUE.get("sources").fill({}, ["https://example.org/> } DROP ALL #"])
