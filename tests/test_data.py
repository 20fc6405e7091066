"""The real data: reads, conforms, keeps its word. Needs no text; what does, says so and skips."""

import os
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from hostagegraph import model, passages, verification
from hostagegraph.completion import situations_of
from hostagegraph.records import Reading, read_records
from hostagegraph.vocabulary import CLASSES, RDF_TYPE, Iris
from tests.projects import BASE, ROOT, data_quads

LONGEST_RUN = 7  # words of a published label


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_records(ROOT)


def claims(reading: Reading) -> list[tuple[model.Section, model.Claim]]:
    return [
        (section, claim)
        for section in reading.sections.values()
        for claim in section.claims
        if isinstance(claim, model.Claim)
    ]


def texts() -> tuple[Path, ...]:
    folder = os.environ.get("HOSTAGEGRAPH_TEXTS")
    if not folder:
        pytest.skip("HOSTAGEGRAPH_TEXTS names no folder with the texts of the sources")
    return tuple(sorted(Path(folder).glob("*.txt")))


def test_every_file_reads_cleanly(reading: Reading) -> None:
    assert [str(problem) for problem in reading.problems] == []
    assert len(reading.sections) >= 6


def test_a_second_reader_is_not_who_wrote_the_records(reading: Reading) -> None:
    """Curator 1 wrote and reconciled; a new claim stays a draft until another has read it."""
    for _, claim in claims(reading):
        assert (claim.review == "reviewed") == (claim.reviewed_by is not None), claim.id
        assert claim.reviewed_by != "curator/1", claim.id


def test_each_class_of_the_ontology_has_an_example_in_the_data() -> None:
    typed = {quad.object for quad in data_quads(ROOT) if quad.predicate.value == RDF_TYPE}
    iris = Iris(BASE)
    assert [name for name in CLASSES if ox.NamedNode(iris.term(name)) not in typed] == []


def test_labels_of_alleged_contents_say_that_they_are_reports(reading: Reading) -> None:
    described = {
        f"s/{situation.slug}": situation
        for _, claim in claims(reading)
        for situation in situations_of(claim)
    }
    for _, claim in claims(reading):
        if claim.against:
            content = claim.content
            situation = described[content] if isinstance(content, str) else content
            for _, label in situation.label.by_language:
                assert label.split()[0] in ("Reported", "Alleged", "Attempted"), claim.id


def test_no_name_of_an_accused_person_stands_in_an_iri_of_a_situation(reading: Reading) -> None:
    names = {part for slug in reading.shared.people for part in slug.split("-") if len(part) > 3}
    for _, claim in claims(reading):
        if claim.against:
            for situation in situations_of(claim):
                assert not names & set(situation.slug.split("-")), claim.id


def test_every_gist_names_who_says_so(reading: Reading) -> None:
    said = re.compile(
        r"\b(reports?|says?|states?|names?|dates?|according to|calls?|counts?|describes?|quotes?)\b"
    )
    for _, claim in claims(reading):
        for _, gist in claim.gist.by_language:
            assert said.search(gist), claim.id


def test_every_passage_verifies_against_the_text(reading: Reading) -> None:
    found = verification.find_texts(reading, texts())
    assert found, "no text in HOSTAGEGRAPH_TEXTS is the text of a source"
    assert [str(wrong) for wrong in verification.wrong_passages(reading, found)] == []


def test_every_sentence_is_touched_or_has_a_reason(reading: Reading) -> None:
    curation = (ROOT / "docs/curation.md").read_text(encoding="utf-8")
    reasons = {(int(a), int(b)) for a, b in re.findall(r"^\| (\d+)\u2013(\d+) \|", curation, re.M)}
    for text in verification.find_texts(reading, texts()):
        gaps, _ = verification.gaps(reading, text)
        missing = [gap for gap in gaps if (gap.start, gap.end) not in reasons]
        assert [(gap.start, gap.end) for gap in missing] == []


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['\u2019][^\W_]+)*", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    size = LONGEST_RUN + 1
    return {tuple(found[i : i + size]) for i in range(len(found) - size + 1)}


def test_no_sentence_of_a_source_stands_in_the_project() -> None:
    foreign = set().union(*(runs(passages.norm1(path.read_bytes())) for path in texts()))
    kept = (".md", ".py", ".yaml", ".ttl", ".rq", ".html", ".css", ".toml", ".txt", ".json")
    left_out = {".venv", ".tools", ".git", ".cache", "snapshots"}
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT)
        if path.suffix in kept and path.is_file() and not left_out & set(inside.parts):
            shared = runs(path.read_text(encoding="utf-8")) & foreign
            assert not shared, (str(inside), shared)
