"""Findings: how records, graphs and a partner's Turtle are checked, remembered and reported."""

import json
import logging
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from hostagegraph.errors import RdfError, ShapesError
from hostagegraph.shapes import SH, Shapes
from hostagegraph.store import store_of
from hostagegraph.validation import (
    Finding,
    cached_check,
    check_graph,
    check_record,
    check_turtle,
    closure_of,
    report_json,
    report_turtle,
)
from hostagegraph.vocabulary import CLASSES, DEFAULT_BASE, rebased

ROOT = Path(__file__).parent.parent
SHAPES = Shapes.load(ROOT / "shapes")
TEXT = (ROOT / "tests" / "shapes" / "base.ttl").read_text("utf-8")
PROLOGUE = "".join(line + "\n" for line in TEXT.split("\n") if line.startswith("PREFIX"))
HG, ID = f"{DEFAULT_BASE}ns#", f"{DEFAULT_BASE}id/"
GAZETTE = f"{ID}example-gazette-1900/"


def quads_of(text: str) -> set[ox.Quad]:
    return set(ox.parse(input=PROLOGUE + text, format=ox.RdfFormat.TURTLE))


BASE = quads_of(TEXT)
CLAIM = {quad for quad in BASE if str(quad.subject) == f"<{GAZETTE}c0101-01>"}
BROKEN_CLAIM = {quad for quad in CLAIM if quad.predicate.value != f"{HG}inSource"}


def messages(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.message for finding in findings]


# --- records and closures -----------------------------------------------------------------------


def test_a_claim_without_a_source_breaks_the_shape() -> None:
    closure = closure_of(SHAPES, BROKEN_CLAIM, ox.Dataset(BASE - CLAIM))
    assert check_record(SHAPES, BROKEN_CLAIM, closure) == (
        Finding(
            focus=f"{GAZETTE}c0101-01",
            path=f"{HG}inSource",
            value="",
            component=f"{SH}MinCountConstraintComponent",
            shape=f"{DEFAULT_BASE}shapes#Claim-inSource",
            rule="E2",
            severity="Violation",
            message="name the one source work that carries this claim",
        ),
    )


def test_a_record_without_quads_has_no_findings() -> None:
    assert check_record(SHAPES, (), BASE) == ()


def test_what_stands_in_the_closure_is_not_judged() -> None:
    stray = quads_of('agent:harbour-ministry rdfs:comment "Not allowed." .')
    assert check_record(SHAPES, CLAIM, BASE | stray) == ()
    assert len(check_record(SHAPES, CLAIM | stray, BASE)) == 1


def test_the_closure_holds_what_is_referred_to_and_no_more() -> None:
    subjects = {str(quad.subject) for quad in closure_of(SHAPES, CLAIM, ox.Dataset(BASE))}
    expected = (
        *("c0101-01-a1", "s-speech"),
        *("source/example-gazette-1900",),
    )
    assert subjects == {
        f"<{ID}{name}>" if "/" in name else f"<{GAZETTE}{name}>" for name in expected
    }


def test_the_closure_follows_the_shapes_backwards_with_types_only() -> None:
    event = {quad for quad in BASE if str(quad.subject) == f"<{GAZETTE}s-treaty>"}
    closure = closure_of(SHAPES, event, ox.Dataset(BASE))
    assert {quad.predicate.value.rpartition("#")[2] for quad in closure} == {"effect", "type"}
    assert check_record(SHAPES, event, closure) == ()
    assert messages(check_record(SHAPES, event, ())) != []


def test_the_closure_holds_what_other_files_say_of_the_same_subject() -> None:
    conveyed = quads_of("g:s-speech hg:conveys g:c0101-02 .")
    closure = closure_of(SHAPES, conveyed, ox.Dataset(BASE))
    assert check_record(SHAPES, conveyed, closure) == ()


def test_numbers_keep_their_datatype_on_the_way_through_a_closure() -> None:
    position = {quad for quad in BASE if str(quad.subject) == f"<{GAZETTE}p-10-40-pos>"}
    assert len(position) == 3
    assert closure_of(SHAPES, position, ox.Dataset(BASE)) == tuple(
        quad
        for quad in closure_of(SHAPES, position, ox.Dataset(BASE))
        if quad.subject != next(iter(position)).subject
    )


def test_a_day_that_no_calendar_has_is_a_finding_and_no_log_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    wrong = quads_of(
        'g:s-journey hg:when "1900"^^edtf:EDTF ; hg:dateBasis hg:stated ;'
        ' hg:startMin "1900-02-31"^^xsd:date ; hg:endMax "1900-12-31"^^xsd:date .'
    )
    with caplog.at_level(logging.WARNING):
        found = check_record(SHAPES, wrong, BASE)
    components = [finding.component.rpartition("#")[2] for finding in found]
    assert components == ["DatatypeConstraintComponent"]
    assert caplog.records == []


def test_shapes_that_cannot_be_run_say_nothing_of_the_data() -> None:
    text = f"""@prefix sh: <{SH}> . @prefix hg: <{HG}> . @prefix hgs: <{DEFAULT_BASE}shapes#> .
    hgs:A a sh:NodeShape ; sh:targetClass hg:Claim ; sh:property hgs:A-gist .
    hgs:A-gist sh:path hg:gist ; sh:minCount "one" ; sh:message "E2: write one" ."""
    with pytest.raises(ShapesError, match="cannot be run"):
        check_record(Shapes.of_texts({"a.ttl": text}), CLAIM, ())


def test_shapes_under_another_base_judge_data_of_that_base() -> None:
    base = "https://example.org/graph/"
    shapes = Shapes.load(ROOT / "shapes", base)
    moved = set(ox.parse(input=rebased(TEXT, base), format=ox.RdfFormat.TURTLE))
    assert check_record(shapes, moved, ()) == ()
    assert check_graph(shapes, store_of(moved)) == ()
    broken = {quad for quad in moved if quad.predicate.value != f"{base}ns#reportedIn"}
    assert {finding.component for finding in check_graph(shapes, store_of(broken))} == {
        f"{base}shapes#check-e04-chain-anchored"
    }


# --- checks -------------------------------------------------------------------------------------


def test_a_check_reads_the_union_of_all_graphs() -> None:
    graphs = [ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/b")]
    split = [
        ox.Quad(quad.subject, quad.predicate, quad.object, graphs[number % 2])
        for number, quad in enumerate(sorted(BASE, key=str))
    ]
    assert check_graph(SHAPES, store_of(split)) == ()


def test_an_unread_allegation_is_a_warning_and_stops_a_release() -> None:
    reviewed = quads_of("g:c0103-04 hg:reviewStatus hg:reviewed .")
    drafted = (BASE - reviewed) | quads_of("g:c0103-04 hg:reviewStatus hg:draft .")
    store = store_of(drafted)
    assert [f.severity for f in check_graph(SHAPES, store)] == ["Warning"]
    assert [(f.rule, f.severity) for f in check_graph(SHAPES, store, release=True)] == [
        ("E6", "Violation")
    ]


def test_the_message_of_a_check_names_the_value() -> None:
    stray = quads_of("g:c0104-04 hg:about agent:nobody .")
    (finding,) = check_graph(SHAPES, store_of(BASE | stray))
    assert finding.value == f"{ID}agent/nobody"
    assert finding.message == f"describe {ID}agent/nobody, or take the reference to it out"


# --- cache --------------------------------------------------------------------------------------


def test_a_result_is_remembered_until_anything_it_read_changes(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    closure = closure_of(SHAPES, BROKEN_CLAIM, ox.Dataset(BASE - CLAIM))
    first = cached_check(folder, SHAPES, BROKEN_CLAIM, closure)
    (file,) = folder.iterdir()
    file.write_text(file.read_text("utf-8").replace("name the one", "remembered: name the one"))
    again = cached_check(folder, SHAPES, sorted(BROKEN_CLAIM, key=str, reverse=True), closure)
    assert messages(again) == [f"remembered: {message}" for message in messages(first)]
    assert cached_check(folder, SHAPES, BROKEN_CLAIM, closure[1:]) != again
    assert cached_check(folder, SHAPES, CLAIM, BASE) == ()
    assert len(list(folder.iterdir())) == 3


@pytest.mark.parametrize("damage", ["", "{", "[1]", '[{"focus": "x"}]', '{"a": 1}'])
def test_a_broken_cache_file_is_written_anew(tmp_path: Path, damage: str) -> None:
    first = cached_check(tmp_path, SHAPES, BROKEN_CLAIM, BASE)
    (file,) = tmp_path.iterdir()
    whole = file.read_text("utf-8")
    file.write_text(damage)
    assert cached_check(tmp_path, SHAPES, BROKEN_CLAIM, BASE) == first
    assert file.read_text("utf-8") == whole


# --- reports ------------------------------------------------------------------------------------

ODD = (
    Finding(
        "https://a.example/x", "", "", f"{SH}OrConstraintComponent", "s:a", "E1", "Violation", "m"
    ),
    Finding(
        "_:c14n0",
        f"^{HG}relays",
        '"line\\nwith \\"quotes\\""@en',
        f"{SH}MaxCountConstraintComponent",
        "s:b",
        "E4",
        "Violation",
        'say "so"\nnow',
    ),
    Finding(
        "https://a.example/y",
        f"{HG}value",
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        f"{SH}DatatypeConstraintComponent",
        "s:c",
        "S3",
        "Violation",
        "m",
    ),
    Finding("https://a.example/z", "", "_:c14n1", "c:check-x", "c:check-x", "E12", "Warning", "m"),
)


def test_the_turtle_report_holds_the_same_findings() -> None:
    text = report_turtle(ODD)
    report = rdflib.Graph().parse(data=text, format="turtle")
    sh = rdflib.Namespace(SH)
    (root,) = report.subjects(rdflib.RDF.type, sh.ValidationReport)
    assert report.value(root, sh.conforms) == rdflib.Literal(False)
    rows = set()
    for result in report.objects(root, sh.result):
        path = report.value(result, sh.resultPath)
        inverse = report.value(path, sh.inversePath) if path else None
        check = report.value(result, sh.sourceConstraint)
        severity = str(report.value(result, sh.resultSeverity)).removeprefix(SH)
        rule, _, message = str(report.value(result, sh.resultMessage)).partition(": ")
        at = f"^{inverse}" if inverse else str(path or "")
        component = str(check or report.value(result, sh.sourceConstraintComponent))
        shape = str(report.value(result, sh.sourceShape))
        rows.add((at, component, shape, rule, severity, message))
    assert rows == {(f.path, f.component, f.shape, f.rule, f.severity, f.message) for f in ODD}
    values = {str(value) for value in report.objects(None, sh.value)}
    assert {'line\nwith "quotes"', "1"} <= values


def test_the_reports_do_not_depend_on_the_order_of_the_findings() -> None:
    assert report_turtle(ODD) == report_turtle(reversed(ODD))
    assert report_json(ODD) == report_json(reversed(ODD))


def test_the_json_report_holds_the_same_findings() -> None:
    report = json.loads(report_json(ODD))
    assert report["conforms"] is False
    assert {Finding(**row) for row in report["findings"]} == set(ODD)


def test_a_report_without_findings_conforms() -> None:
    assert json.loads(report_json(())) == {"conforms": True, "findings": []}
    assert "sh:conforms true" in report_turtle(())


def test_the_findings_of_pyshacl_come_through_a_report_unchanged() -> None:
    found = check_record(SHAPES, BROKEN_CLAIM | quads_of("g:c0101-01 hg:about 7 ."), BASE - CLAIM)
    assert {finding.value for finding in found} == {
        "",
        '"7"^^<http://www.w3.org/2001/XMLSchema#integer>',
    }
    assert report_turtle(found).count("sh:ValidationResult") == 2


# --- a partner's Turtle -------------------------------------------------------------------------

MINIMAL = PROLOGUE + "\n".join(
    line for line in TEXT.split("\n") if not line.startswith(("#", "PREFIX"))
)


def without_superclasses(text: str) -> str:
    for name, parents in CLASSES.items():
        for parent in parents:
            text = text.replace(f"a hg:{name} , hg:{parent}", f"a hg:{name}")
    return text


def test_a_file_may_leave_superclasses_out() -> None:
    bare = without_superclasses(MINIMAL)
    assert "hg:ReportedSituation" not in bare.replace("hg:ReportedEvent , hg:ReportedSituation", "")
    assert check_turtle(SHAPES, bare) == ()


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "partner.ttl"
    path.write_text(
        TEXT.replace(
            "hg:inSource source:example-gazette-1900 ; hg:content g:s-reply", "hg:content g:s-reply"
        ),
        "utf-8",
    )
    assert messages(check_turtle(SHAPES, path)) == [
        "name the one source work that carries this claim"
    ]


def test_a_file_that_does_not_parse_names_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "partner.ttl"
    path.write_text("PREFIX hg: <x:y>\nhg:a hg:b\n  hg:c ;; ] .", "utf-8")
    with pytest.raises(RdfError, match=r"^partner\.ttl:3:\d+: "):
        check_turtle(SHAPES, path)
    with pytest.raises(RdfError, match=r"^text:1:"):
        check_turtle(SHAPES, "@prefix")
    with pytest.raises(RdfError, match=r"^none\.ttl: "):
        check_turtle(SHAPES, tmp_path / "none.ttl")


def test_a_misspelt_term_is_pointed_out() -> None:
    text = PROLOGUE + "ex:a a hg:Claims ; hg:gits 'x' ; hg:qqqqq 'x' ."
    assert messages(check_turtle(SHAPES, text)) == [
        "hg:Claims is no class of the ontology; did you mean hg:Claim?",
        "hg:gits is no property of the ontology; did you mean hg:gist?",
        "hg:qqqqq is no property of the ontology",
    ]


RELATION = (
    PROLOGUE
    + """ex:r1 a hg:ClaimRelation ; hg:fromClaim g:c0101-01 ; hg:toClaim h:c0105-01 ;
    hg:relationType hg:rSupports ; hg:judgedBy agent:example-gazette ."""
)


def test_a_reference_out_of_the_file_is_named_as_such() -> None:
    found = check_turtle(SHAPES, RELATION)
    assert {finding.rule for finding in found} == {"E15", "S3"}
    assert (
        "name the one claim towards which the relation holds"
        f" (nothing here describes <{ID}sylvania-herald-1900/c0105-01>)"
    ) in messages(found)


def test_a_file_may_refer_to_what_is_known() -> None:
    assert check_turtle(SHAPES, RELATION, known=BASE) == ()


def test_what_is_known_is_not_judged() -> None:
    broken = BASE - quads_of("g:c0101-01-a1 hg:reportedIn g:p-10-40 .")
    assert check_turtle(SHAPES, RELATION, known=broken) == ()


def test_a_file_that_adds_to_what_is_known_is_judged_together_with_it() -> None:
    text = PROLOGUE + "agent:casimir-voss rdfs:label 'C. Voss'@en ."
    assert [finding.rule for finding in check_turtle(SHAPES, text, known=BASE)] == ["S3"]


def test_blank_nodes_are_reported_under_names_that_stay() -> None:
    node = "[ a hg:DigestSelector ; hg:digest 'x' ]"
    text = PROLOGUE + f"ex:p oa:hasSelector {node} ."
    found = check_turtle(SHAPES, text)
    assert {finding.focus for finding in found} == {"_:c14n0"}
    assert report_turtle(found) == report_turtle(check_turtle(SHAPES, text))
    assert "give this node an IRI of its own in place of a blank node" in messages(found)


@pytest.mark.parametrize(
    ("date", "bounds", "said"),
    [
        ("1900-01", 'hg:startMin "1900-01-01"^^xsd:date', []),
        ("1900-01", 'hg:startMin "1900-01-02"^^xsd:date', ["write 1900-01-01 here"]),
        ("1900-01~", 'hg:startMax "1900-01-31"^^xsd:date', ["leave this bound out"]),
        ("1900-02-30", 'hg:startMin "1900-02-01"^^xsd:date', ["'1900-02-30': 1900-02-30 is not"]),
    ],
)
def test_bounds_equal_the_computed_ones(date: str, bounds: str, said: list[str]) -> None:
    text = PROLOGUE + f'ex:a hg:when "{date}"^^edtf:EDTF ; hg:dateBasis hg:stated ; {bounds} .'
    found = messages(check_turtle(SHAPES, text))
    assert len(found) == len(said)
    assert all(message.startswith(begin) for message, begin in zip(found, said, strict=True))


def test_what_cannot_be_compared_breaks_no_run() -> None:
    text = PROLOGUE + "g:p-1-2-pos a oa:TextPositionSelector ; oa:start [] ; oa:end 'x' ."
    rules = {finding.rule for finding in check_turtle(SHAPES, text)}
    assert rules == {"E13"}


def test_a_rule_on_what_stands_nowhere_waits_for_the_whole_graph() -> None:
    part = BASE - quads_of("g:s-tenure hg:person agent:ottilie-quill .")
    store = store_of(part)
    assert [finding.rule for finding in check_graph(SHAPES, store)] == ["E10"]
    assert check_graph(SHAPES, store, whole=False) == ()
