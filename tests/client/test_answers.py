"""Answers without pandas: plain rows, receipts, other forms, citations, and refusals."""

import csv
import dataclasses
import datetime
import hashlib
import io
import json
import sys
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from hostagegraph.client import Changed, Graph, Incomplete, NotTold, PandasMissing, Refused
from tests.projects import BASE
from tests.service.conftest import Service

OFFICIALS = "statements-by-anonymous-officials"
RECORD: dict[str, Any] = {"claim": "example-gazette-1900/c0103-02"}


def test_rows_need_no_pandas_and_frames_say_that_they_do(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.delitem(sys.modules, "hostagegraph.client.frames", raising=False)
    answer = graph.answer(OFFICIALS, since="1900-01-01")
    row = next(row for row in answer.rows() if row["via"] == "statement")
    assert row["earliest"] == datetime.date(1900, 1, 3)
    assert row["stance"] is None
    for ask in (answer.frame, graph.queries):
        with pytest.raises(PandasMissing, match=r"hostagegraph\[client\]"):
            ask()


def test_a_receipt_is_that_of_the_very_bytes(graph: Graph) -> None:
    for name, values in [(OFFICIALS, {}), ("record-of-a-claim", RECORD)]:
        answer = graph.answer(name, **values)
        body = httpx.get(answer.url).content
        assert answer.receipt["sha256"] == answer.sha256 == hashlib.sha256(body).hexdigest()
        assert answer.receipt["rows"] == len(answer)
        assert answer.receipt["truncated"] is False


def test_there_is_a_receipt_for_nothing_found(graph: Graph) -> None:
    answer = graph.answer("statements-of-a-speaker", speaker="agent/example-gazette")
    assert answer.rows() == []
    assert answer.receipt["rows"] == 0


def test_what_belongs_to_other_data_is_not_mixed_in(graph: Graph) -> None:
    older = dataclasses.replace(graph.answer(OFFICIALS), data_version="0" * 16, sha256="0" * 64)
    for ask in (lambda: older.receipt, older.sources, older.cite, lambda: older.text("csv")):
        with pytest.raises(Changed, match="ask it again"):
            ask()


def test_the_same_answer_comes_in_other_forms(graph: Graph) -> None:
    answer = graph.answer(OFFICIALS)
    rows = list(csv.DictReader(io.StringIO(answer.text("csv"))))
    assert [row["item"] for row in rows] == [row["item"] for row in answer.rows()]
    record = graph.answer("record-of-a-claim", **RECORD)
    triples = list(ox.parse(record.text("ttl"), format=ox.RdfFormat.TURTLE))
    assert len(triples) == len(record)
    assert record.variables == ("subject", "predicate", "object")


def test_citations_come_in_four_forms(graph: Graph) -> None:
    answer = graph.answer(OFFICIALS)
    place = next(n for n, row in enumerate(answer.rows()) if row["via"] == "chain")
    assert "not established" in answer.cite(place)
    assert answer.cite(place, "bib").lstrip().startswith("@")
    assert json.loads(answer.cite(place, "json"))
    assert list(ox.parse(answer.cite(place, "ttl"), format=ox.RdfFormat.TURTLE))
    with pytest.raises(Refused) as refused:
        answer.cite(place, "doc")
    assert refused.value.status == 404


def test_policies_and_several_values_are_passed_on(graph: Graph) -> None:
    everything = len(graph.answer(OFFICIALS))
    assert everything == 4
    on_record = graph.answer(OFFICIALS, sources=["on-record", "no-leaks"])
    assert len(on_record) < everything
    assert on_record.url.endswith("sources=on-record&sources=no-leaks")
    one = graph.answer(OFFICIALS, source="source/example-gazette-1900", until=None)
    two = graph.answer(OFFICIALS, source=["source/example-gazette-1900", "source/none"])
    assert len(one) == len(two) == everything


def test_wrong_values_are_told_all_at_once(graph: Graph) -> None:
    with pytest.raises(Refused) as refused:
        graph.answer(OFFICIALS, sinc="1900-01-01", until="soon")
    assert refused.value.status == 422
    assert set(refused.value.problems) == {"sinc", "until"}
    assert "did you mean since?" in str(refused.value)
    assert refused.value.document["type"].endswith("#parameters")


def test_refusals_carry_their_hint(graph: Graph) -> None:
    with pytest.raises(Refused, match="did you mean agents"):
        graph.answer("agent")
    with pytest.raises(Refused) as refused:
        graph.select("SELEC ?x { ?x ?y ?z }")
    assert refused.value.hint == "did you mean SELECT?"
    with pytest.raises(Refused, match="on-record"):
        graph.answer(OFFICIALS, sources="onrecord")


def test_a_query_with_pages_is_still_given_whole(graph: Graph) -> None:
    agents = len(graph.select(f"SELECT ?a {{ ?a a <{BASE}ns#Agent> }}"))
    assert agents > 2
    whole = graph.answer("paged")
    assert len(whole) == agents
    assert not whole.more
    assert whole.receipt["sha256"] == whole.sha256


def test_a_page_that_is_asked_for_says_that_more_follows(graph: Graph) -> None:
    page = graph.answer("paged", page=1)
    assert len(page) == 2
    assert page.more
    assert page.receipt["truncated"] is True
    assert graph.answer("agents", per_page=3).more


def test_a_stream_that_the_service_breaks_off_is_no_answer(graph: Graph) -> None:
    everything = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    with pytest.raises(Incomplete, match="ended early"):
        graph.select(everything)


def test_every_kind_of_query_has_rows(graph: Graph) -> None:
    assert graph.select("ASK { ?s ?p ?o }").rows() == [{"boolean": True}]
    (row,) = graph.select("CONSTRUCT { <a:b> <a:c> 1 } {}").rows()
    assert row == {"subject": "a:b", "predicate": "a:c", "object": 1}
    (row,) = graph.select("SELECT ?x { BIND (BNODE() AS ?x) }").rows()
    assert str(row["x"]).startswith("_:")


def test_a_thing_is_described_by_either_form_of_its_iri(graph: Graph, gazette: Service) -> None:
    short = graph.turtle("agent/example-gazette")
    assert short == graph.turtle(f"{BASE}id/agent/example-gazette")
    assert "Example Gazette" in short
    assert "owl:Class" in graph.turtle("hg:Claim")
    with pytest.raises(NotTold, match=BASE):
        graph.turtle("https://example.org/elsewhere")
    with pytest.raises(Refused) as refused:
        graph.turtle("agent/nobody")
    assert refused.value.status == 404
    assert graph.url == gazette.url
