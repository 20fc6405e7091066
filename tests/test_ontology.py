"""The ontology's files say what the vocabulary says, and describe every term."""

import re
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, RdfFormat, Triple, parse

from hostagegraph import vocabulary as v
from hostagegraph.vocabulary import CLASSES, CODED, DEFAULT_BASE, PROPERTIES, SCHEMES, Iris

FOLDER = Path(__file__).parents[1] / "ontology"
TERMS = FOLDER / "hostagegraph.ttl"
ALIGNMENTS = FOLDER / "alignments.ttl"
SCHEME_FILES = sorted((FOLDER / "schemes").glob("*.ttl"))
FILES = [TERMS, ALIGNMENTS, *SCHEME_FILES]

IRIS = Iris(DEFAULT_BASE)
NAMESPACE = IRIS.ontology + "#"
VALUES = {value: scheme for scheme, values in SCHEMES.items() for value in values}

PARENTS = """
    Agent prov:Agent foaf:Agent
    Person prov:Person foaf:Person
    Institution org:FormalOrganization prov:Organization
    Group foaf:Group
    Office org:Post
    Place schema:Place
    ReportedSituation prov:Entity
    ReportedEvent sem:Event
    Tenure org:Membership
    EventCluster prov:Entity
    Mandate prov:Entity
    Proposal prov:Entity
    InformationItem prov:Entity
    Claim prov:Entity
    Allegation prov:Entity
    Attribution prov:Attribution
    ClaimRelation prov:Entity
    SourceWork prov:Entity schema:CreativeWork
    SourceText prov:Entity
    SourceCopy prov:Entity
    Passage oa:SpecificResource prov:Entity
    DigestSelector oa:Selector
    inSource prov:hadPrimarySource
    about dcterms:subject
    attribution prov:qualifiedAttribution
    assertor prov:agent
    participant sem:hasActor
    place sem:hasPlace
    person org:member
    startMin sem:hasEarliestBeginTimeStamp
    startMax sem:hasLatestBeginTimeStamp
    endMin sem:hasEarliestEndTimeStamp
    endMax sem:hasLatestEndTimeStamp
"""
OWN_SUPERPROPERTIES = {
    "actor": ["participant"],
    "allegationAgainst": ["about"],
    "discloser": ["actor"],
    "publishedSpeaker": ["participant"],
    "publishedVia": ["participant"],
    "recipient": ["participant"],
}
DATATYPES = {
    v.EDTF,
    v.XSD_DATE,
    v.XSD_DECIMAL,
    v.XSD_NON_NEGATIVE_INTEGER,
    v.XSD_STRING,
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
}
CARDINALITY = re.compile(
    r"Cardinality: (0\.\.1|0\.\.n|1|1\.\.n|1 per language|1 if hg:when|1 on SourceText"
    r"|1 on mandate states and events|1\.\.n on the outermost link)\."
)


def triples(*files: Path) -> list[Triple]:
    return [quad.triple for file in files for quad in parse(path=file, format=RdfFormat.TURTLE)]


OWN = triples(TERMS, *SCHEME_FILES)


def name(iri: str) -> str:
    return iri.removeprefix(NAMESPACE)


def subjects(of_type: str) -> list[str]:
    return [name(s.value) for s, p, o in OWN if p.value == v.RDF_TYPE and o.value == of_type]


def values(subject: str, predicate: str, among: list[Triple] = OWN) -> list[str]:
    about = NAMESPACE + subject
    return [name(o.value) for s, p, o in among if s.value == about and p.value == predicate]


def ancestors(subject: str) -> tuple[str, ...]:
    parents = values(subject, v.RDFS_SUB_CLASS_OF)
    return (*parents, *(up for parent in parents for up in ancestors(parent)))


def texts(subject: str, predicate: str) -> list[str]:
    about = NAMESPACE + subject
    found = [o for s, p, o in OWN if s.value == about and p.value == predicate]
    assert all(isinstance(text, Literal) and text.language == "en" for text in found)
    return [text.value for text in found]


def test_there_are_46_classes_93_properties_and_24_schemes() -> None:
    assert len(subjects(v.OWL_CLASS)) == 46
    assert len(subjects(v.OWL_OBJECT_PROPERTY) + subjects(v.OWL_DATATYPE_PROPERTY)) == 93
    assert len(subjects(v.SKOS_CONCEPT_SCHEME)) == len(SCHEME_FILES) == 24


def test_the_vocabulary_and_the_ontology_have_the_same_classes_and_superclasses() -> None:
    assert {term: ancestors(term) for term in subjects(v.OWL_CLASS)} == CLASSES


def test_the_vocabulary_and_the_ontology_have_the_same_properties() -> None:
    written = subjects(v.OWL_OBJECT_PROPERTY) + subjects(v.OWL_DATATYPE_PROPERTY)
    assert sorted(written) == sorted(PROPERTIES)


def test_the_vocabulary_and_the_ontology_have_the_same_schemes_and_values() -> None:
    written = {
        scheme: tuple(values(scheme, v.SKOS_HAS_TOP_CONCEPT))
        for scheme in subjects(v.SKOS_CONCEPT_SCHEME)
    }
    assert written == SCHEMES
    assert sorted(subjects(v.SKOS_CONCEPT)) == sorted(VALUES)


def test_the_vocabulary_and_the_ontology_code_the_same_properties() -> None:
    written = {term: tuple(values(term, v.RDFS_SEE_ALSO)) for term in PROPERTIES}
    assert {term: schemes for term, schemes in written.items() if schemes} == CODED


def test_a_property_is_coded_if_and_only_if_its_range_is_a_concept() -> None:
    with_concepts = {p for p in PROPERTIES if values(p, v.RDFS_RANGE) == [v.SKOS_CONCEPT]}
    assert with_concepts == set(CODED)


def test_no_name_is_used_twice() -> None:
    assert len({*CLASSES, *PROPERTIES, *SCHEMES, *VALUES}) == 46 + 93 + 24 + 115


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_has_no_blank_nodes_and_imports_nothing(file: Path) -> None:
    for subject, predicate, value in triples(file):
        assert not isinstance(subject, BlankNode)
        assert not isinstance(value, BlankNode)
        assert predicate.value != v.OWL_IMPORTS


def test_every_subject_lies_in_the_graph_of_the_ontology() -> None:
    graphs = {IRIS.graph_of(subject.value) for subject, _, _ in OWN}
    assert graphs == {IRIS.graph("ontology")}


@pytest.mark.parametrize("term", [*CLASSES, *sorted(PROPERTIES), *VALUES])
def test_a_term_has_label_definition_example_and_home(term: str) -> None:
    for predicate in (v.RDFS_LABEL, v.SKOS_DEFINITION, v.SKOS_EXAMPLE):
        (text,) = texts(term, predicate)
        assert text == text.strip() != ""
    assert values(term, v.RDFS_IS_DEFINED_BY) == [IRIS.ontology]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_has_label_definition_and_home(scheme: str) -> None:
    assert len(texts(scheme, v.SKOS_DEFINITION)) == 1
    assert texts(scheme, v.SKOS_PREF_LABEL) == texts(scheme, v.RDFS_LABEL) != []
    assert values(scheme, v.RDFS_IS_DEFINED_BY) == [IRIS.ontology]


@pytest.mark.parametrize(("value", "scheme"), VALUES.items())
def test_a_value_stands_in_its_scheme_under_one_label(value: str, scheme: str) -> None:
    assert values(value, v.SKOS_IN_SCHEME) == values(value, v.SKOS_TOP_CONCEPT_OF) == [scheme]
    assert texts(value, v.SKOS_PREF_LABEL) == texts(value, v.RDFS_LABEL)


@pytest.mark.parametrize("file", SCHEME_FILES, ids=lambda file: file.stem)
def test_a_scheme_file_holds_the_scheme_of_its_name(file: Path) -> None:
    scheme = "".join(word.capitalize() for word in file.stem.split("-")) + "Scheme"
    written = {name(subject.value) for subject, _, _ in triples(file)}
    assert written == {scheme, *SCHEMES[scheme]}


@pytest.mark.parametrize("term", sorted(PROPERTIES))
def test_a_property_has_a_cardinality_and_known_ends(term: str) -> None:
    (note,) = texts(term, v.SKOS_SCOPE_NOTE)
    assert CARDINALITY.fullmatch(note)
    assert set(values(term, v.RDFS_DOMAIN)) <= set(CLASSES)
    assert set(values(term, v.RDFS_RANGE)) <= {*CLASSES, *DATATYPES, v.SKOS_CONCEPT}


def test_a_property_has_literals_if_and_only_if_its_range_is_a_datatype() -> None:
    with_literals = {p for p in PROPERTIES if DATATYPES & set(values(p, v.RDFS_RANGE))}
    assert with_literals == set(subjects(v.OWL_DATATYPE_PROPERTY))


def test_the_label_of_a_situation_says_that_it_is_reported() -> None:
    kinds = [c for c, parents in CLASSES.items() if "ReportedSituation" in (c, *parents)]
    assert all(texts(kind, v.RDFS_LABEL)[0].endswith("(as reported)") for kind in kinds)


def test_parents_in_other_vocabularies_stand_in_the_alignments_alone() -> None:
    parent = {v.RDFS_SUB_CLASS_OF, v.RDFS_SUB_PROPERTY_OF}
    own = [o.value for _, p, o in OWN if p.value in parent]
    foreign = [o.value for _, p, o in triples(ALIGNMENTS) if p.value in parent]
    assert all(iri.startswith(NAMESPACE) for iri in own)
    assert not any(iri.startswith(NAMESPACE) for iri in foreign)


def test_own_superproperties_are_as_decided() -> None:
    written = {term: values(term, v.RDFS_SUB_PROPERTY_OF) for term in PROPERTIES}
    assert {term: parents for term, parents in written.items() if parents} == OWN_SUPERPROPERTIES


def test_parents_in_other_vocabularies_are_as_decided() -> None:
    file = parse(path=ALIGNMENTS, format=RdfFormat.TURTLE)
    among = [quad.triple for quad in file]
    decided = {words[0]: words[1:] for words in map(str.split, PARENTS.strip().splitlines())}
    written = {
        term: values(term, v.RDFS_SUB_CLASS_OF, among) + values(term, v.RDFS_SUB_PROPERTY_OF, among)
        for term in [*CLASSES, *PROPERTIES]
    }
    assert {term: parents for term, parents in written.items() if parents} == {
        term: [expanded(parent, file.prefixes) for parent in parents]
        for term, parents in decided.items()
    }


def expanded(curie: str, prefixes: dict[str, str]) -> str:
    prefix, _, local = curie.partition(":")
    return prefixes[prefix] + local


def test_the_alignments_match_known_terms_with_terms_of_others() -> None:
    matches = [t for t in triples(ALIGNMENTS) if "Match" in t.predicate.value]
    assert {name(subject.value) for subject, _, _ in matches} <= {*CLASSES, *PROPERTIES, *VALUES}
    assert not any(target.value.startswith(NAMESPACE) for _, _, target in matches)
    assert {p.value for _, p, _ in matches} == {v.SKOS_CLOSE_MATCH, v.SKOS_RELATED_MATCH}


def test_no_unnamed_source_is_matched_with_anything() -> None:
    aligned = {name(subject.value) for subject, _, _ in triples(ALIGNMENTS)}
    assert not {c for c in CLASSES if "UnnamedSource" in (c, *CLASSES[c])} & aligned


def test_the_ontology_says_what_it_is() -> None:
    about = {p.value: o.value for s, p, o in OWN if s.value == IRIS.ontology}
    assert about[v.RDF_TYPE] == v.OWL_ONTOLOGY
    assert about[v.OWL_VERSION_IRI] == f"{IRIS.ontology}/{about[v.OWL_VERSION_INFO]}"
    assert about[v.OWL_VERSION_INFO] == "0.1.0"
    assert about[v.DCTERMS_LICENSE] == "https://creativecommons.org/licenses/by/4.0/"
    assert {v.DCTERMS_TITLE, v.DCTERMS_DESCRIPTION} <= set(about)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_can_be_moved_to_another_base(file: Path) -> None:
    moved = v.rebased(file.read_text(encoding="utf-8"), "https://example.org/graph/")
    there = [q.triple for q in parse(moved, format=RdfFormat.TURTLE)]
    assert DEFAULT_BASE not in moved
    assert v.rebased(str(there), DEFAULT_BASE) == str(there)
    assert len(there) == len(triples(file))
