"""Check a dataset against shapes and graph-wide checks: quads in, findings out."""

import hashlib
import json
import logging
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError
from rdflib.namespace import SH as SHACL

from hostagegraph import dates
from hostagegraph import vocabulary as v
from hostagegraph.errors import DateError, RdfError, ShapesError
from hostagegraph.shapes import SH, Check, Shapes, coded_values_turtle, shacl_sparql
from hostagegraph.store import canonical, select, store_of

__all__ = [
    "Finding",
    "Shapes",
    "cached_check",
    "check_graph",
    "check_record",
    "check_turtle",
    "closure_of",
    "coded_values_turtle",
    "report_json",
    "report_turtle",
    "shacl_sparql",
]

# An ill-typed literal is a finding here, and no line on standard error.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_BOUNDS = ("startMin", "startMax", "endMin", "endMax")
_NS = "ns#"
_COMPARISONS = (SHACL.lessThan, SHACL.lessThanOrEquals)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One result: which node breaks which rule, and what to do.

    `path` is the IRI of the property, `^` before it where a shape follows it backwards, or empty.
    `value` is an IRI, a literal as N-Triples writes it, or empty. `component` is the constraint
    component of SHACL, for a graph-wide check the IRI of the check.
    """

    focus: str
    path: str
    value: str
    component: str
    shape: str
    rule: str
    severity: str
    message: str


def check_record(
    shapes: Shapes, own: Iterable[ox.Quad], closure: Iterable[ox.Quad]
) -> tuple[Finding, ...]:
    """Check the subjects of a record against the shapes; its closure is seen and not judged.

    Raises ShapesError when the shapes cannot be run.
    """
    own = tuple(own)
    subjects = {_text(quad.subject) for quad in own}
    found = _conformance(shapes, chain(own, closure))
    return tuple(finding for finding in found if finding.focus in subjects)


def check_graph(
    shapes: Shapes, store: ox.Store, *, release: bool = False, whole: bool = True
) -> tuple[Finding, ...]:
    """Run the checks over the union of all graphs; a release is judged harder.

    Where a part of the graph is missing (`whole` is False), rules that need all of it are left out.
    """
    return _sorted(
        _row_finding(check, row, check.release if release else check.severity)
        for check in shapes.checks
        if whole or not check.whole
        for row in select(store, check.query)
    )


def closure_of(
    shapes: Shapes, own: Iterable[ox.Quad], everything: ox.Dataset
) -> tuple[ox.Quad, ...]:
    """Give what the shapes must see beside a record, and no more.

    That is all that is said elsewhere of the record's own subjects, the description of each thing
    they refer to, and the links to them that a shape follows backwards, with the types of the
    things those come from. A dataset keeps literals as they were written; a store would turn
    "5"^^xsd:nonNegativeInteger into an xsd:integer.
    """
    own = set(own)
    subjects = {quad.subject for quad in own}
    described = own.union(*(everything.quads_for_subject(s) for s in subjects))
    objects = {quad.object for quad in described if isinstance(quad.object, ox.NamedNode)}
    seen = described.union(*(everything.quads_for_subject(thing) for thing in objects - subjects))
    for subject in subjects:
        to_subject = everything.quads_for_object(subject)
        links = {quad for quad in to_subject if quad.predicate.value in shapes.inverse}
        seen |= links.union(*(_types(everything, link.subject) for link in links))
    return tuple(sorted(seen - own, key=str))


def cached_check(
    folder: Path, shapes: Shapes, own: Iterable[ox.Quad], closure: Iterable[ox.Quad]
) -> tuple[Finding, ...]:
    """Do as `check_record` does, and remember the result under the digest of all that it read."""
    own, closure = tuple(own), tuple(closure)
    parts = (shapes.digest.encode(), canonical(own), canonical(closure))
    key = hashlib.sha256(b"\0".join(parts)).hexdigest()
    file = folder / f"{key}.json"
    found = _remembered(file)
    if found is None:
        found = check_record(shapes, own, closure)
        _remember(file, found)
    return found


def check_turtle(
    shapes: Shapes, source: Path | str, known: Iterable[ox.Quad] = ()
) -> tuple[Finding, ...]:
    """Check a partner's Turtle, a file or a text, against shapes and checks.

    The file may leave superclasses out, and may refer to what `known` describes, which is not
    judged. Raises RdfError, with line and column, when the file does not parse.
    """
    dataset = ox.Dataset(_parsed(source))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)  # the same file, the same names
    own = {*dataset, *_superclasses(shapes.base, dataset)}
    everything = ox.Dataset(chain(known, own))
    closure = closure_of(shapes, own, everything)
    found = chain(
        _conformance(shapes, chain(own, closure)),
        check_graph(shapes, store_of(everything)),
        _unknown_terms(shapes.base, own),
        _wrong_bounds(shapes.base, own),
    )
    subjects = {_text(quad.subject) for quad in own}
    return _sorted(
        _pointed_out(finding, everything) for finding in found if finding.focus in subjects
    )


def report_json(findings: Iterable[Finding]) -> str:
    """Write findings as one JSON object."""
    rows = [asdict(finding) for finding in _sorted(findings)]
    report = {"conforms": not rows, "findings": rows}
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def report_turtle(findings: Iterable[Finding]) -> str:
    """Write findings as a standard validation report: the same findings, the same text."""
    found = _sorted(findings)
    report = ox.BlankNode("report")
    triples = [
        ox.Triple(report, ox.NamedNode(v.RDF_TYPE), _sh("ValidationReport")),
        ox.Triple(report, _sh("conforms"), ox.Literal(not found)),
    ]
    for number, finding in enumerate(found, start=1):
        result = ox.BlankNode(f"result{number}")
        triples.append(ox.Triple(report, _sh("result"), result))
        triples += (ox.Triple(result, name, value) for name, value in _result(number, finding))
        if finding.path.startswith("^"):
            inverse = ox.NamedNode(finding.path[1:])
            triples.append(ox.Triple(ox.BlankNode(f"path{number}"), _sh("inversePath"), inverse))
    written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes={"sh": SH})
    return (written or b"").decode()


# --- shapes over a graph ------------------------------------------------------------------------


def _conformance(shapes: Shapes, quads: Iterable[ox.Quad]) -> tuple[Finding, ...]:
    """Run pySHACL over rdflib in memory: over another store it reports plain strings wrongly.

    It gets no `focus_nodes`: those would silence the shapes inside sh:or, sh:not and
    sh:qualifiedValueShape for all values that are not focus nodes themselves.
    """
    data = _rdflib_graph(quad.triple for quad in quads)
    try:
        _, report, text = pyshacl.validate(
            data,
            shacl_graph=_shapes_graph(shapes, _comparable(shapes, data)),
            inplace=True,
            inference="none",
            advanced=False,
        )
    except ReportableRuntimeError as error:
        raise ShapesError(f"the shapes cannot be run: {error.message}") from error
    if not isinstance(report, rdflib.Graph):
        raise ShapesError(f"the shapes cannot be run: {text}")
    results = report.objects(None, SHACL.result)
    return _sorted(_result_finding(report, result) for result in results)


def _comparable(shapes: Shapes, data: rdflib.Graph) -> bool:
    """Tell whether rdflib can order the values that the shapes compare.

    It cannot order a day that no calendar has; the shapes then report its datatype alone.
    """
    return all(
        isinstance(value, rdflib.Literal) and not value.ill_typed
        for path in _compared(shapes)
        for value in data.objects(None, path)
    )


@lru_cache(maxsize=4)
def _compared(shapes: Shapes) -> frozenset[rdflib.term.Node]:
    graph = _shapes_graph(shapes, comparing=True)
    pairs = chain(*(graph.subject_objects(name) for name in _COMPARISONS))
    return frozenset(
        path for shape, other in pairs for path in (*graph.objects(shape, SHACL.path), other)
    )


def _result_finding(report: rdflib.Graph, result: rdflib.term.Node) -> Finding:
    def value(name: rdflib.URIRef) -> str:
        return _plain(report.value(result, name))

    rule, _, message = str(report.value(result, SHACL.resultMessage)).partition(": ")
    path = report.value(result, SHACL.resultPath)
    if isinstance(path, rdflib.BNode):
        inverse = report.value(path, SHACL.inversePath)
        path_text = f"^{inverse}" if inverse else ""
    else:
        path_text = _plain(path)
    return Finding(
        focus=value(SHACL.focusNode),
        path=path_text,
        value=value(SHACL.value),
        component=value(SHACL.sourceConstraintComponent),
        shape=value(SHACL.sourceShape),
        rule=rule,
        severity=value(SHACL.resultSeverity).removeprefix(SH),
        message=message,
    )


@lru_cache(maxsize=4)
def _shapes_graph(shapes: Shapes, comparing: bool) -> rdflib.Graph:
    graph = rdflib.Graph().parse(data=shapes.triples, format="nt")
    for name in () if comparing else _COMPARISONS:
        graph.remove((None, name, None))
    return graph


def _rdflib_graph(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """Cross into rdflib as N-Triples text, and keep the names of blank nodes."""
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    names = {name: rdflib.BNode(name) for name in re.findall(r"_:(\w+)", lines.decode())}
    graph = rdflib.Graph(bind_namespaces="none")
    return graph.parse(data=lines, format="nt", bnode_context=names)


def _plain(node: rdflib.term.Node | None) -> str:
    """Write a term: an IRI bare, a blank node with its sign, a literal as N-Triples does."""
    if node is None:
        return ""
    if isinstance(node, rdflib.BNode):
        return f"_:{node}"
    if isinstance(node, rdflib.Literal):
        datatype = ox.NamedNode(str(node.datatype)) if node.datatype else None
        if node.language:
            return str(ox.Literal(str(node), language=node.language))
        return str(ox.Literal(str(node), datatype=datatype))
    return str(node)


# --- checks -------------------------------------------------------------------------------------


def _row_finding(check: Check, row: dict[str, Node | None], severity: str) -> Finding:
    value = row.get("value")

    def filled(found: re.Match[str]) -> str:
        term = row.get(found[1])
        return "" if term is None else str(getattr(term, "value", term))

    return Finding(
        focus=_text(row["this"]),
        path="",
        value=_text(value),
        component=check.iri,
        shape=check.iri,
        rule=check.rule,
        severity=severity,
        message=re.sub(r"\{\?(\w+)\}", filled, check.message),
    )


def _text(term: Node | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


# --- a partner's Turtle -------------------------------------------------------------------------


def _parsed(source: Path | str) -> list[ox.Quad]:
    name = source.name if isinstance(source, Path) else "text"
    try:
        text = source.read_text("utf-8") if isinstance(source, Path) else source
        return list(ox.parse(input=text, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        place = f"{name}:{error.lineno or 0}:{error.offset or 0}"
        raise RdfError(f"{place}: {error.msg}") from error
    except (OSError, ValueError) as error:
        raise RdfError(f"{name}: {error}") from error


def _superclasses(base: str, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Write all superclasses of each type: the ontology's hierarchy is not in the file."""
    for quad in quads:
        name = _text(quad.object).removeprefix(base + _NS)
        if quad.predicate.value == v.RDF_TYPE:
            for parent in v.CLASSES.get(name, ()):
                yield ox.Quad(quad.subject, quad.predicate, ox.NamedNode(base + _NS + parent))


def _unknown_terms(base: str, quads: Iterable[ox.Quad]) -> Iterator[Finding]:
    """Find misspelt terms: a node of an unknown class would escape every shape."""
    for quad in quads:
        typed = quad.predicate.value == v.RDF_TYPE
        term = _text(quad.object) if typed else quad.predicate.value
        known = sorted(v.CLASSES if typed else v.PROPERTIES)
        name = term.removeprefix(base + _NS)
        if not term.startswith(base + _NS) or name in known:
            continue
        near = get_close_matches(name, known, n=1)
        hint = f"; did you mean hg:{near[0]}?" if near else ""
        what = "class" if typed else "property"
        message = f"hg:{name} is no {what} of the ontology{hint}"
        yield _own_finding(base, "s03-known-terms", quad.subject, ("S3", term, "", message))


def _wrong_bounds(base: str, quads: Iterable[ox.Quad]) -> Iterator[Finding]:
    """Find dates that no calendar has, and bounds that differ from the computed ones."""
    store = store_of(quads)
    for dated in store.quads_for_pattern(None, ox.NamedNode(f"{base}{_NS}when"), None):
        written = getattr(dated.object, "value", "")
        try:
            bounds = dates.bounds_of(written)
        except DateError as error:
            said = ("E14", f"{base}{_NS}when", _text(dated.object), str(error))
            yield _own_finding(base, "e14-bounds", dated.subject, said)
            continue
        days = (bounds.start_min, bounds.start_max, bounds.end_min, bounds.end_max)
        for name, day in zip(_BOUNDS, days, strict=True):
            path = ox.NamedNode(f"{base}{_NS}{name}")
            for quad in store.quads_for_pattern(dated.subject, path, None):
                if getattr(quad.object, "value", "") != (day.isoformat() if day else ""):
                    hint = f"write {day} here" if day else "leave this bound out"
                    message = f"{hint}: that follows from the date {written}"
                    said = ("E14", path.value, _text(quad.object), message)
                    yield _own_finding(base, "e14-bounds", dated.subject, said)


def _own_finding(base: str, check: str, focus: Node, said: tuple[str, str, str, str]) -> Finding:
    rule, path, value, message = said
    iri = f"{base}shapes#check-{check}"
    return Finding(_text(focus), path, value, iri, iri, rule, "Violation", message)


def _pointed_out(finding: Finding, everything: ox.Dataset) -> Finding:
    """Say it when a value is wrong only because nothing known describes it."""
    if not finding.component.startswith(SH) or not _IRI.fullmatch(finding.value):
        return finding
    value = ox.NamedNode(finding.value)
    if next(iter(everything.quads_for_subject(value)), None) is not None:
        return finding
    reason = f"{finding.message} (nothing here describes <{finding.value}>)"
    return replace(finding, message=reason)


_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")


# --- cache --------------------------------------------------------------------------------------


def _remembered(file: Path) -> tuple[Finding, ...] | None:
    try:
        return tuple(Finding(**row) for row in json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None  # absent or broken: the check runs again and writes it anew


def _remember(file: Path, findings: tuple[Finding, ...]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = json.dumps([asdict(finding) for finding in findings], ensure_ascii=False)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, suffix=".part", delete=False
    ) as part:
        part.write(rows)
    Path(part.name).replace(file)


# --- reports ------------------------------------------------------------------------------------


def _result(number: int, finding: Finding) -> Iterator[tuple[ox.NamedNode, Node]]:
    checked = not finding.component.startswith(SH)
    component = f"{SH}SPARQLConstraintComponent" if checked else finding.component
    yield ox.NamedNode(v.RDF_TYPE), _sh("ValidationResult")
    yield _sh("focusNode"), _term(finding.focus)
    if finding.path:
        inverse = finding.path.startswith("^")
        path = ox.BlankNode(f"path{number}") if inverse else ox.NamedNode(finding.path)
        yield _sh("resultPath"), path
    if finding.value:
        yield _sh("value"), _term(finding.value)
    yield _sh("sourceConstraintComponent"), ox.NamedNode(component)
    if checked:
        yield _sh("sourceConstraint"), ox.NamedNode(finding.component)
    yield _sh("sourceShape"), ox.NamedNode(finding.shape)
    yield _sh("resultSeverity"), _sh(finding.severity)
    yield _sh("resultMessage"), ox.Literal(f"{finding.rule}: {finding.message}")


def _term(text: str) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Read a term back from the text of a finding."""
    if text.startswith('"'):
        line = f"<a:b> <a:b> {text} ."
        literal = next(ox.parse(input=line, format=ox.RdfFormat.N_TRIPLES)).object
        assert isinstance(literal, ox.Literal)  # noqa: S101  findings write literals so
        return literal
    return ox.BlankNode(text[2:]) if text.startswith("_:") else ox.NamedNode(text)


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SH + name)


def _types(everything: ox.Dataset, thing: Node) -> set[ox.Quad]:
    assert isinstance(thing, ox.NamedNode | ox.BlankNode)  # noqa: S101  it is a subject
    return {q for q in everything.quads_for_subject(thing) if q.predicate.value == v.RDF_TYPE}


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(set(findings)))
