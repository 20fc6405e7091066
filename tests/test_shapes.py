"""Every constraint and every check fires on its fixture, on nothing else, and conforms without."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from hostagegraph.errors import ShapesError
from hostagegraph.shapes import SH, Shapes, coded_values_turtle, shacl_sparql
from hostagegraph.store import store_of
from hostagegraph.validation import Finding, check_graph, check_record, closure_of
from hostagegraph.vocabulary import CLASSES, CODED, DEFAULT_BASE, PROPERTIES, RDF_TYPE, SCHEMES

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "tests" / "shapes"
SHAPES = Shapes.load(ROOT / "shapes")
BASE_TEXT = (FIXTURES / "base.ttl").read_text("utf-8")
PROLOGUE = "\n".join(line for line in BASE_TEXT.split("\n") if line.startswith("PREFIX"))
PREFIXES = dict(re.findall(r"PREFIX (\w+): <([^>]*)>", PROLOGUE))
BASE = frozenset(ox.parse(input=BASE_TEXT, format=ox.RdfFormat.TURTLE))
INVALID = sorted(FIXTURES.glob("*/invalid-*.ru"))
VALID = sorted(FIXTURES.glob("*/valid-*.ru"))
HG, HGS = f"{DEFAULT_BASE}ns#", f"{DEFAULT_BASE}shapes#"

Row = tuple[str, str, str]


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def edit_of(path: Path) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """Read what an edit deletes and what it inserts."""
    text = path.read_text("utf-8")
    blocks = re.findall(r"(DELETE|INSERT) DATA \{(.*?)\}(?= ;\n|\n\Z)", text, re.DOTALL)
    parts: dict[str, set[ox.Quad]] = {"DELETE": set(), "INSERT": set()}
    for kind, body in blocks:
        parts[kind] |= set(ox.parse(input=f"{PROLOGUE}\n{body} .", format=ox.RdfFormat.TURTLE))
    return parts["DELETE"], parts["INSERT"]


def edited(*paths: Path) -> frozenset[ox.Quad]:
    quads = set(BASE)
    for path in paths:
        deleted, inserted = edit_of(path)
        assert deleted <= quads, f"{name_of(path)} deletes what is not there"
        quads = (quads - deleted) | inserted
    return frozenset(quads)


def reach_of(quads: frozenset[ox.Quad]) -> set[object]:
    """Find the nodes on which an edit of the base can bear.

    A shape looks at the links of its focus node, both ways, and at the types of what they join.
    """
    changed = quads ^ BASE
    near: set[object] = {node for quad in changed for node in (quad.subject, quad.object)}
    typed = {quad.subject for quad in changed if quad.predicate.value == RDF_TYPE}
    links = quads | BASE
    before = {quad.subject for quad in links if quad.object in typed}
    after = {quad.object for quad in links if quad.subject in typed}
    return near | before | after


def found_in(quads: frozenset[ox.Quad]) -> set[Finding]:
    reach = reach_of(quads)
    own = {quad for quad in quads if quad.subject in reach}
    closure = closure_of(SHAPES, own, ox.Dataset(quads))
    return {*check_record(SHAPES, own, closure), *check_graph(SHAPES, store_of(quads))}


@cache
def findings(path: Path) -> frozenset[Finding]:
    return frozenset(found_in(edited(path)))


def expanded(text: str) -> str:
    """Write a name of a fixture's head in full."""
    if text in ("", "_:"):
        return text
    prefix, _, local = text.lstrip("^").partition(":")
    backwards = "^" if text.startswith("^") else ""
    return f"{backwards}{PREFIXES[prefix]}{local}"


def expected(path: Path) -> set[Row]:
    heads = re.findall(r"^#! (.*)$", path.read_text("utf-8"), re.MULTILINE)
    rows = ([expanded(cell.strip()) for cell in head.split("|")] for head in heads)
    return {(focus, at, component) for focus, at, component in rows}


def rows_of(found: Iterable[Finding]) -> set[Row]:
    return {("_:" if f.focus.startswith("_:") else f.focus, f.path, f.component) for f in found}


# --- fixtures -----------------------------------------------------------------------------------


def test_the_base_graph_conforms_and_shows_every_class() -> None:
    found = (*check_record(SHAPES, BASE, ()), *check_graph(SHAPES, store_of(BASE)))
    assert found == ()
    types = {str(quad.object) for quad in BASE if quad.predicate.value == RDF_TYPE}
    assert {f"<{HG}{name}>" for name in CLASSES} <= types


@pytest.mark.parametrize("path", INVALID, ids=name_of)
def test_an_invalid_fixture_gives_exactly_the_results_in_its_head(path: Path) -> None:
    assert expected(path), "the head is missing"
    assert rows_of(findings(path)) == expected(path)


@pytest.mark.parametrize("path", VALID, ids=name_of)
def test_a_valid_fixture_conforms(path: Path) -> None:
    assert findings(path) == frozenset()


def test_the_reach_of_an_edit_loses_no_result() -> None:
    for path in INVALID[::25]:
        quads = edited(path)
        whole = {*check_record(SHAPES, quads, ()), *check_graph(SHAPES, store_of(quads))}
        assert rows_of(whole) == expected(path), name_of(path)


def test_each_fixture_stands_in_the_folder_of_a_shape_file_or_a_check() -> None:
    names = {path.stem for path in (ROOT / "shapes").glob("**/*.*")}
    assert {path.parent.name for path in (*INVALID, *VALID)} <= names


# --- coverage -----------------------------------------------------------------------------------

_NO_COMPONENT = {"flags", "ignoredProperties", "qualifiedValueShape"}
_STRUCTURE = re.compile(r"property|path|message|severity|target.*|inversePath|alternativePath")
TRIPLES = list(ox.parse(input=SHAPES.triples, format=ox.RdfFormat.N_TRIPLES))
GRAPH = rdflib.Graph().parse(data=SHAPES.triples, format="nt")


def constraints() -> set[tuple[str, str]]:
    """List each shape that has an IRI with each of its constraint components."""
    pairs = set()
    for quad in TRIPLES:
        name = quad.predicate.value.removeprefix(SH)
        if not isinstance(quad.subject, ox.NamedNode) or name == quad.predicate.value:
            continue
        if name not in _NO_COMPONENT and not _STRUCTURE.fullmatch(name):
            component = f"{SH}{name[0].upper()}{name[1:]}ConstraintComponent"
            pairs.add((quad.subject.value, component))
    return pairs


def test_each_constraint_and_each_check_has_a_fixture() -> None:
    fired = {(f.shape, f.component) for path in INVALID for f in findings(path)}
    wanted = constraints() | {(check.iri, check.iri) for check in SHAPES.checks}
    assert wanted - fired == set()
    assert fired <= wanted


def test_each_message_begins_with_a_rule_and_every_rule_has_one() -> None:
    rules = {f.rule for path in INVALID for f in findings(path)}
    assert rules == {*(f"E{number}" for number in range(1, 18)), "S1", "S2", "S3"}


# --- the table of the ontology ------------------------------------------------------------------

# Property, class, least, most (n: any number, lang: one per language), range; `coded` is a value
# of the property's schemes, `any` a thing of any class. What is dated at all has one date and one
# basis. That the outermost link has a passage is a check.
TABLE = """
content Claim 1 1 ReportedSituation
inSource Claim 1 1 SourceWork
polarity Claim 1 1 coded
claimKind Claim 1 1 coded
gist Claim 1 lang langString
about Claim 0 n any
allegation Claim 0 n Allegation
against Allegation 1 1 Agent
replyStatus Allegation 1 1 coded
allegationAgainst Claim 0 n Agent
attribution Claim 1 n Attribution
ofClaim Attribution 1 1 Claim
conveys Statement 0 n Claim
reviewStatus Claim 1 1 coded
reviewedBy Claim 0 1 any
assertor Attribution 1 1 Agent
stance Attribution 1 1 coded
relays Attribution 0 1 Attribution
form Attribution 1 1 coded
certainty Attribution 0 1 coded
madeIn Attribution 0 1 Statement
reportedIn Attribution 0 n Passage
fromClaim ClaimRelation 1 1 Claim
toClaim ClaimRelation 1 1 Claim
relationType ClaimRelation 1 1 coded
judgedBy ClaimRelation 1 1 any
descriptor UnnamedSource 1 lang langString
pseudonym PseudonymousSource 1 1 string
describedAffiliation UnnamedSource 0 n any
plurality UnnamedSource 1 1 coded
presentedIn UnnamedSource 1 1 SourceWork
publishedSpeaker Statement 0 n Agent
attributionMode Statement 1 1 coded
publishedVia Statement 0 n Agent
originatedStatement Origination 1 1 Statement
originator Origination 1 n Agent
originationMode Origination 0 1 coded
accountOf ReportedSituation 0 1 EventCluster
participant ReportedEvent 0 n Agent
actor ReportedEvent 0 n Agent
recipient ReportedEvent 0 n Agent
place ReportedEvent 0 n Place
happensAfter ReportedEvent 0 n ReportedEvent
subtype ReportedEvent 0 1 coded
memberCount ReportedEvent 0 1 nonNegativeInteger
completion ReportedEvent 1 1 coded
concerns ReportedSituation 0 n any
discloser Leak 0 n Agent
information Leak 1 n InformationItem
accuracy Leak 0 1 coded
onwardOf Leak 0 1 Leak
classification InformationItem 0 1 coded
outcome Decision 1 1 coded
reverses ReportedEvent 0 n ReportedEvent
ofMandate ReportedSituation 0 n Mandate
ofMandate MandateState 1 1 Mandate
ofMandate MandateEvent 1 1 Mandate
changeType MandateEvent 1 1 coded
resultsIn MandateEvent 0 1 MandateState
issuer MandateState 1 n Agent
holder MandateState 1 n Agent
permits ReportedSituation 0 n coded
forbids ReportedSituation 0 n coded
mandateStatus MandateState 1 1 coded
precededBy MandateState 0 1 MandateState
ofProposal ReportedSituation 0 n Proposal
respondsTo ReportedEvent 0 n any
measures Quantity 1 lang langString
value Quantity 0 1 decimal
valueMin Quantity 0 1 decimal
valueMax Quantity 0 1 decimal
unit Quantity 1 1 string
cause CausalLink 1 n ReportedSituation
effect CausalLink 1 n ReportedSituation
causalRole CausalLink 1 1 coded
ascribedTo MotiveAscription 1 n Agent
motiveFor MotiveAscription 0 n ReportedSituation
characterises Characterisation 1 n any
valence Characterisation 1 1 coded
person Tenure 1 1 Person
office Tenure 0 1 Office
memberOf Tenure 0 1 Agent
when any 1 1 EDTF
whenText any 0 1 langString
dateBasis any 1 1 coded
startMin any 0 1 date
startMax any 0 1 date
endMin any 0 1 date
endMax any 0 1 date
textOf SourceText 1 1 SourceWork
copyOf SourceCopy 1 1 SourceText
digest SourceText 1 1 string
digest DigestSelector 1 1 string
normalisation SourceText 1 1 coded
passageOf Passage 1 1 SourceWork
locator Passage 0 1 string
"""
CELLS = [tuple(line.split()) for line in TABLE.strip().split("\n")]


LOCAL = {
    quad.subject.value.removeprefix(HGS)
    for quad in TRIPLES
    if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(HGS)
}


@cache
def values(subject: str, name: str) -> set[str]:
    """Give the values of one SHACL property of a shape, without their namespaces."""
    return {
        re.sub(r".*[#/]", "", getattr(quad.object, "value", ""))
        for quad in TRIPLES
        if quad.predicate.value == f"{SH}{name}"
        and getattr(quad.subject, "value", "") == HGS + subject
    }


def shapes_of(prop: str, cls: str) -> set[str]:
    """Find the property shapes that hold for a property on instances of a class."""
    targets = {cls, *CLASSES.get(cls, ())}
    owners = {prop, "when"} if cls == "any" else {prop}
    nodes = {
        name
        for name in LOCAL
        if values(name, "targetClass") & targets or values(name, "targetSubjectsOf") & owners
    }
    used = nodes.union(*(values(name, "property") for name in nodes))
    path = rdflib.URIRef(HG + prop)
    return {n for n in used if (rdflib.URIRef(HGS + n), rdflib.URIRef(f"{SH}path"), path) in GRAPH}


def limit(shapes: set[str], *names: str) -> set[str]:
    return set().union(*(values(shape, name) for shape in shapes for name in names))


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell[1]}-{cell[0]}")
def test_each_cell_of_the_ontology_has_a_shape(cell: tuple[str, ...]) -> None:
    prop, cls, least, most, kind = cell
    shapes = shapes_of(prop, cls)
    assert shapes, "no shape"
    if least == "1":
        assert limit(shapes, "minCount", "qualifiedMinCount") == {"1"}
    else:
        assert limit(shapes, "minCount", "qualifiedMinCount") == set()
    if most == "1":
        assert limit(shapes, "maxCount") == {"1"}
    else:
        assert limit(shapes, "maxCount") == set()
        assert ("true" in limit(shapes, "uniqueLang")) == (most == "lang")
    ranges = limit(shapes, "class", "datatype", "nodeKind")
    if kind == "coded":
        assert f"Value-{prop}" in shapes
    elif kind == "langString":
        assert kind in ranges or limit(shapes, "languageIn")
    elif kind == "any":
        assert "IRI" in ranges or ranges == {"Agent"} or limit(shapes, "or")
    elif kind == "nonNegativeInteger":
        assert limit(shapes, "or"), "the engine writes these as xsd:integer, so both are taken"
    else:
        assert kind in ranges


def test_the_table_has_every_property_of_the_vocabulary() -> None:
    assert {cell[0] for cell in CELLS} == PROPERTIES
    assert {cell[0] for cell in CELLS if cell[4] == "coded"} == set(CODED)


def test_coded_values_are_generated_from_the_schemes() -> None:
    assert (ROOT / "shapes" / "coded-values.ttl").read_text("utf-8") == coded_values_turtle()


@pytest.mark.parametrize("name", ["Statement", "Meeting"])
def test_the_subtypes_of_a_class_are_those_of_its_scheme(name: str) -> None:
    items = GRAPH.value(rdflib.URIRef(f"{HGS}{name}-subtype"), rdflib.URIRef(f"{SH}in"))
    assert items is not None
    found = [str(item).removeprefix(HG) for item in GRAPH.items(items)]
    assert tuple(found) == SCHEMES[f"{name}TypeScheme"]


# --- record by record, and SHACL-SPARQL ----------------------------------------------------------


def test_records_with_their_closures_give_what_the_whole_graph_gives() -> None:
    """Many violations at once; records cut across the graph, one subject even into two."""
    inserting = [path for path in INVALID if not edit_of(path)[0]]
    quads = edited(*inserting)
    whole = check_record(SHAPES, quads, ())
    everything = ox.Dataset(quads)
    subjects = sorted({str(quad.subject) for quad in quads})
    records: list[set[ox.Quad]] = [set() for _ in range(6)]
    for quad in quads:
        conveyed = quad.predicate.value == f"{HG}conveys"
        records[5 if conveyed else subjects.index(str(quad.subject)) % 5].add(quad)
    apart = {
        finding
        for record in records
        for finding in check_record(SHAPES, record, closure_of(SHAPES, record, everything))
    }
    assert len(whole) > 100
    assert apart == set(whole)


@pytest.mark.slow
def test_the_generated_constraints_find_what_the_checks_find() -> None:
    """Every check fires in one small graph: edits are added while all fire that fired before."""
    quads, firing = BASE, set[str]()
    for check in SHAPES.checks:
        for path in sorted((FIXTURES / check.name).glob("invalid-*.ru")):
            deleted, inserted = edit_of(path)
            trial = (quads - deleted) | inserted
            fired = {finding.shape for finding in check_graph(SHAPES, store_of(trial))}
            if deleted <= quads and fired >= firing | {check.iri}:
                quads, firing = trial, fired
                break
    found = {(f.focus, f.shape) for f in check_graph(SHAPES, store_of(quads))}
    lines = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
    _, report, text = pyshacl.validate(
        rdflib.Graph().parse(data=lines, format="nt"),
        shacl_graph=rdflib.Graph().parse(data=shacl_sparql(SHAPES), format="turtle"),
        inplace=True,
    )
    assert isinstance(report, rdflib.Graph), text
    sh = rdflib.Namespace(SH)
    results = {
        (str(report.value(result, sh.focusNode)), str(report.value(result, sh.sourceShape)))
        for result in report.objects(None, sh.result)
    }
    assert results == found
    assert {shape for _, shape in found} == {check.iri for check in SHAPES.checks}


# --- broken shapes ------------------------------------------------------------------------------

TTL = f"@prefix sh: <{SH}> .\n@prefix hg: <{HG}> .\n@prefix hgs: <{HGS}> .\n"
SHAPE = TTL + "hgs:A a sh:NodeShape ; sh:targetClass hg:Claim ; sh:property hgs:A-gist .\n"
HEAD = '#+ severity: Warning\n#+ rule: E4\n#+ message: "do it"\n#+ target: {class: hg:Claim}\n'
QUERY = HEAD + f"PREFIX hg: <{HG}>\n"
BROKEN = {
    "a syntax error": ("a.ttl", TTL + "hgs:A a sh:NodeShape ;;; sh:x [ .", "a.ttl:4: "),
    "a misspelt parameter": (
        "a.ttl",
        SHAPE + 'hgs:A-gist sh:path hg:gist ; sh:minCout 1 ; sh:message "E2: write one" .',
        "a.ttl:5: http://www.w3.org/ns/shacl#minCout is no term",
    ),
    "a misspelt property": (
        "a.ttl",
        SHAPE + 'hgs:A-gist sh:path hg:gits ; sh:minCount 1 ; sh:message "E2: write one" .',
        f"a.ttl:5: {HG}gits is no term",
    ),
    "no message": (
        "a.ttl",
        SHAPE + "\nhgs:A-gist sh:path hg:gist ; sh:minCount 1 .",
        f"a.ttl:6: give {HGS}A-gist an sh:message",
    ),
    "a message without a rule": (
        "a.ttl",
        SHAPE + 'hgs:A-gist sh:path hg:gist ; sh:minCount 1 ; sh:message "write one" .',
        "a.ttl:5: give",
    ),
    "an undefined property shape": ("a.ttl", SHAPE, f"a.ttl:4: {HGS}A-gist has no sh:path"),
    "a typed string": (
        "a.ttl",
        SHAPE + 'hgs:A-gist sh:path hg:gist ; sh:hasValue "x"^^xsd:string ; sh:message "E2: x" .',
        "a.ttl:5: ",
    ),
    "an embedded query": (
        "a.ttl",
        TTL + 'hgs:A a sh:NodeShape ; sh:sparql [] ; sh:message "E2: x" .',
        "a.ttl:4: http://www.w3.org/ns/shacl#sparql is no term",
    ),
    "a head that is no mapping": ("a.rq", "#+ - x\nSELECT * {}", "a.rq:1: "),
    "a head without a rule": (
        "a.rq",
        QUERY.replace("#+ rule: E4\n", "") + "SELECT $this { $this a hg:Claim }",
        "a.rq:1: the head needs `#+ rule: …`",
    ),
    "an unknown key": (
        "a.rq",
        "#+ levle: x\n" + QUERY + "SELECT $this { $this a hg:Claim }",
        "a.rq:1: levle: no key of a check",
    ),
    "an unknown severity": (
        "a.rq",
        QUERY.replace("Warning", "Info") + "SELECT $this { $this a hg:Claim }",
        "a.rq:1: severity: expected Violation or Warning",
    ),
    "an unknown rule": (
        "a.rq",
        QUERY.replace("E4", "E18") + "SELECT $this { $this a hg:Claim }",
        "a.rq:2: rule: expected E1 to E17",
    ),
    "a target without a prefix": (
        "a.rq",
        QUERY.replace("hg:Claim}", "foaf:Agent}") + "SELECT $this { $this a hg:Claim }",
        "a.rq:4: target: expected",
    ),
    "a target that is a text": (
        "a.rq",
        QUERY.replace("{class: hg:Claim}", "hg:Claim") + "SELECT $this { $this a hg:Claim }",
        "a.rq:4: target: expected",
    ),
    "a query that does not parse": ("a.rq", QUERY + "SELECT $this {\n $this a }", "a.rq:7: "),
    "a query that asks": (
        "a.rq",
        QUERY + "ASK { $this a hg:Claim }",
        "a.rq:1: a check is a SELECT",
    ),
    "a query without $this": (
        "a.rq",
        QUERY + "SELECT ?value { $this hg:gist ?value }",
        "a.rq:1: a check is a SELECT that gives $this",
    ),
    "values": (
        "a.rq",
        QUERY + "SELECT $this {\n VALUES ?x { hg:draft } $this hg:reviewStatus ?x }",
        "a.rq:7: VALUES is not allowed here",
    ),
    "minus": (
        "a.rq",
        QUERY + "SELECT $this { $this a hg:Claim\n minus { $this hg:gist ?x } }",
        "a.rq:7: minus is not allowed here",
    ),
    "a branch that does not bind $this": (
        "a.rq",
        QUERY + "SELECT $this {\n { $this a hg:Claim }\n UNION\n"
        " { ?x hg:content ?y FILTER NOT EXISTS { ?x hg:about $this } BIND(?x AS $this) } }",
        "a.rq:9: this branch has to bind $this",
    ),
    "a query that binds $this in an option": (
        "a.rq",
        QUERY + "SELECT $this { OPTIONAL { $this a hg:Claim } }",
        "a.rq:6: this branch has to bind $this",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_shape_or_check_is_refused_with_file_and_line(what: str) -> None:
    name, text, said = BROKEN[what]
    with pytest.raises(ShapesError) as caught:
        Shapes.of_texts({name: text})
    assert any(line.startswith(said) for line in str(caught.value).split("\n")), caught.value


def test_forbidden_words_inside_texts_and_iris_are_no_mistake() -> None:
    query = QUERY + 'SELECT $this { $this hg:gist ?x FILTER(?x = "VALUES MINUS") } # SERVICE'
    assert Shapes.of_texts({"a.rq": query}).checks[0].name == "a"


def test_all_mistakes_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "shapes"
    (folder / "checks").mkdir(parents=True)
    (folder / "a.ttl").write_text(SHAPE, "utf-8")
    (folder / "checks" / "b.rq").write_text("SELECT * {}", "utf-8")
    with pytest.raises(ShapesError, match=r"shapes/a\.ttl:4: (.|\n)*shapes/checks/b\.rq:1: "):
        Shapes.load(folder)


def test_the_digest_follows_the_texts_and_the_base() -> None:
    query = QUERY + "SELECT $this { $this a hg:Claim }"
    one = Shapes.of_texts({"a.rq": query})
    assert one.digest == Shapes.of_texts({"a.rq": query}).digest
    assert one.digest != Shapes.of_texts({"a.rq": query + "\n"}).digest
    assert one.digest != Shapes.of_texts({"a.rq": query}, "https://example.org/").digest


def test_the_fixtures_name_invented_people_only() -> None:
    texts = chain([BASE_TEXT], (path.read_text("utf-8") for path in (*INVALID, *VALID)))
    assert not [text for text in texts if re.search(r"hostage[^g]|Haaretz|20\d\d-", text)]
