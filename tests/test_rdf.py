"""From the model to quads: who says so travels with every claim."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from hostagegraph import rdf, store
from hostagegraph import vocabulary as v
from hostagegraph.records import Reading, read_records
from tests.projects import BASE, THIRD, append, sample_project

HG = f"{BASE}ns#"
HERE = f"{BASE}id/example-gazette-1900/"


def quads_of(reading: Reading, base: str = BASE) -> list[ox.Quad]:
    sources = {source.source: source for source in reading.sources}
    found = [*rdf.shared_quads(reading.shared, base)]
    for source in sources.values():
        found += rdf.source_quads(source, base)
    for section in reading.sections.values():
        found += rdf.section_quads(section, sources[section.source], base)
    return found


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return read_records(sample_project(tmp_path_factory.mktemp("sample")))


@pytest.fixture(scope="module")
def quads(reading: Reading) -> list[ox.Quad]:
    return quads_of(reading)


def said(quads: Iterable[ox.Quad], subject: str, predicate: str) -> set[str]:
    return {
        getattr(q.object, "value", "").removeprefix(HERE).removeprefix(HG)
        for q in quads
        if q.subject == ox.NamedNode(HERE + subject) and q.predicate.value == HG + predicate
    }


def test_a_chain_runs_from_the_outlet_to_the_first_voice(quads: list[ox.Quad]) -> None:
    assert said(quads, "c0103-05", "attribution") == {"c0103-05-a1", "c0103-05-a2"}
    assert said(quads, "c0103-05-a1", "relays") == {"c0103-05-a2"}
    assert said(quads, "c0103-05-a2", "relays") == set()
    assert said(quads, "c0103-05-a1", "assertor") == {f"{BASE}id/agent/example-gazette"}
    assert said(quads, "c0103-05-a2", "assertor") == {f"{BASE}id/agent/example-courier"}
    types = said_types(quads, "c0103-05-a2")
    assert types == {"OriginAttribution", "Attribution"}
    assert said_types(quads, "c0103-05-a1") == {"Attribution"}


def said_types(quads: Iterable[ox.Quad], subject: str) -> set[str]:
    return {
        getattr(q.object, "value", "").removeprefix(HG)
        for q in quads
        if q.subject == ox.NamedNode(HERE + subject) and q.predicate.value == v.RDF_TYPE
    }


def test_only_the_outermost_link_is_anchored(quads: list[ox.Quad]) -> None:
    assert said(quads, "c0103-05-a1", "reportedIn") == {"p-830-945"}
    assert said(quads, "c0103-05-a2", "reportedIn") == set()


def test_a_denial_is_a_second_chain_on_the_same_claim(quads: list[ox.Quad]) -> None:
    assert said(quads, "c0103-06-b2", "stance") == {"denies"}
    assert said(quads, "c0103-06-b2", "ofClaim") == {"c0103-06"}
    assert said(quads, "c0103-06-b1", "reportedIn") == {"p-1081-1098"}


def test_an_allegation_is_a_node_with_its_reply_and_a_shortcut(quads: list[ox.Quad]) -> None:
    thrumm = f"{BASE}id/agent/basil-thrumm"
    assert said(quads, "c0103-06", "allegation") == {"c0103-06-g1"}
    assert said(quads, "c0103-06-g1", "against") == {thrumm}
    assert said(quads, "c0103-06-g1", "replyStatus") == {"denied"}
    assert said(quads, "c0103-06", "allegationAgainst") == {thrumm}


def test_the_alleged_originator_is_never_put_on_the_statement(quads: list[ox.Quad]) -> None:
    speakers = said(quads, "s-stmt-official-0103", "publishedSpeaker")
    assert speakers == {"u-senior-harbour-official-0103"}
    assert said(quads, "s-orig-official-0103", "originator") == {f"{BASE}id/agent/basil-thrumm"}


def test_a_voice_in_a_statement_is_tied_to_it_both_ways(quads: list[ox.Quad]) -> None:
    assert said(quads, "c0105-09-a2", "madeIn") == {"s-speech-0106"}
    assert said(quads, "s-speech-0106", "conveys") == {"c0105-09"}


def test_superclasses_are_written_so_that_nobody_has_to_reason(quads: list[ox.Quad]) -> None:
    assert said_types(quads, "s-brief-0103") == {"Leak", "ReportedEvent", "ReportedSituation"}


def test_dates_carry_their_bounds(quads: list[ox.Quad]) -> None:
    assert said(quads, "s-instruction-0103", "when") == {"[1899-12-31..1900-01-06]"}
    assert said(quads, "s-instruction-0103", "startMin") == {"1899-12-31"}
    assert said(quads, "s-instruction-0103", "endMax") == {"1900-01-06"}
    assert said(quads, "s-mandate-0105", "endMax") == set()


def test_no_word_of_the_text_is_stored(quads: list[ox.Quad]) -> None:
    predicates = {q.predicate.value for q in quads}
    assert "http://www.w3.org/ns/oa#exact" not in predicates


def test_there_are_no_blank_nodes_and_each_subject_stands_in_one_graph(
    quads: list[ox.Quad],
) -> None:
    graphs: dict[str, set[str]] = {}
    for quad in quads:
        assert isinstance(quad.subject, ox.NamedNode)
        assert not isinstance(quad.object, ox.BlankNode)
        assert isinstance(quad.graph_name, ox.NamedNode)
        graphs.setdefault(quad.subject.value, set()).add(quad.graph_name.value)
    assert {len(found) for found in graphs.values()} == {1}
    assert {graph for found in graphs.values() for graph in found} == {
        f"{BASE}graph/shared",
        f"{BASE}graph/example-gazette-1900",
    }


def test_no_person_touches_another_agent_directly(quads: list[ox.Quad]) -> None:
    people = {
        q.subject
        for q in quads
        if q.predicate.value == v.RDF_TYPE and getattr(q.object, "value", "") == f"{HG}Person"
    }
    assert people
    for quad in quads:
        if quad.subject in people:
            assert quad.predicate.value in (v.RDF_TYPE, v.RDFS_LABEL)


def test_the_same_records_give_the_same_bytes(reading: Reading, quads: list[ox.Quad]) -> None:
    again = quads_of(reading)
    assert store.canonical(reversed(again)) == store.canonical(quads)


def test_another_base_moves_every_own_iri(reading: Reading) -> None:
    text = store.canonical(quads_of(reading, "https://example.org/kg/")).decode()
    assert BASE not in text
    assert "https://example.org/kg/ns#Claim" in text


def test_a_withdrawn_claim_leaves_a_tombstone(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    tomb = "  - {id: 0105-10, review: withdrawn, withdrawn: 1900-02-01, note: Misread}\n"
    append(root, THIRD, tomb)
    found = [
        q for q in quads_of(read_records(root)) if q.subject == ox.NamedNode(f"{HERE}c0105-10")
    ]
    assert {q.predicate.value.rpartition("#")[2] for q in found} == {
        "type",
        "reviewStatus",
        "invalidatedAtTime",
        "changeNote",
    }


def test_a_locator_is_a_passage_without_offsets(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    path = root / THIRD
    text = path.read_text(encoding="utf-8")
    text = text.replace("  delay: [", '  page: {locator: "page 3"}\n  delay: [')
    text = text.replace(
        "at: delay\n    gist: The Example Gazette reports",
        "at: page\n    gist: The Example Gazette reports",
    )
    path.write_text(text, encoding="utf-8")
    found = quads_of(read_records(root))
    assert said(found, "p-page", "locator") == {"page 3"}
    assert said(found, "c0105-05-a1", "reportedIn") == {"p-page"}


def test_stubs_say_no_more_than_classes() -> None:
    found = list(rdf.stub_quads([("agent/a", "Person"), ("curator/1", "Curator")]))
    assert {q.predicate.value for q in found} == {v.RDF_TYPE}
    assert {q.subject for q in found} == {ox.NamedNode(f"{BASE}id/agent/a")}
