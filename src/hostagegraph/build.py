"""Records and shapes in, one checked and published dataset out."""

import hashlib
import itertools
import json
import textwrap
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from hostagegraph import (
    balance,
    exchange,
    expectations,
    model,
    pick_lists,
    rdf,
    snapshot,
    validation,
    verification,
    voices,
)
from hostagegraph import vocabulary as v
from hostagegraph.errors import InvalidRecords, Problem, SettingsError, SnapshotError
from hostagegraph.queries import Catalogue
from hostagegraph.records import Reading, read_records
from hostagegraph.shapes import Shapes
from hostagegraph.store import canonical, digest_of, read_quads, store_of
from hostagegraph.validation import Finding

Progress = Callable[[str, int, int], None]

COUNTED: Final[Mapping[str, str]] = {
    "Claim": "claims",
    "Statement": "statements",
    "Leak": "leaks",
    "Mandate": "mandates",
    "SourceWork": "sources",
}
LEFT_OUT: Final = "graph-wide checks that need every file are left out until all read cleanly"

# The property of a finding and the key of the record it stands under, where they differ.
_KEYS: Final[Mapping[str, str]] = {
    "claimKind": "kind",
    "reviewStatus": "review",
    "reviewedBy": "reviewed_by",
    "attribution": "says",
    "assertor": "who",
    "allegation": "against",
    "allegationAgainst": "against",
    "against": "who",
    "replyStatus": "reply",
    "reportedIn": "at",
    "madeIn": "in",
    "describedAffiliation": "affiliation",
    "fromClaim": "from",
    "toClaim": "to",
    "relationType": "type",
    "judgedBy": "judge",
}


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder and how to build it: base IRI, texts at hand, drafts refused or not.

    `data` is a folder that holds other records to check against this project's shapes; without it
    the records are the project's own.
    """

    root: Path
    base: str = v.DEFAULT_BASE
    texts: tuple[Path, ...] = ()
    release: bool = False
    data: Path | None = None

    @property
    def records(self) -> Path:
        """The folder whose `data` is read."""
        return self.data or self.root

    def shapes(self) -> Shapes:
        """Read the project's shapes; without them nothing would be wrong.

        Raises SettingsError when the folder is no project, ShapesError when the shapes are broken.
        """
        needed = [self.root / name for name in ("ontology", "queries", "shapes")]
        needed.append(self.records / "data")
        if missing := ", ".join(path.name for path in needed if not path.is_dir()):
            raise SettingsError(
                f"{self.root} is no project folder: it has no {missing}; use --root"
            )
        return Shapes.load(self.root / "shapes", self.base)

    @property
    def cache(self) -> Path:
        """The folder that keeps results of validation between builds."""
        return self.root / ".cache" / "validation"


@dataclass(frozen=True, slots=True)
class Checked:
    """A data folder that was read, said in RDF and checked.

    `graph_wide` tells whether the checks on the whole graph were run; they need every file.
    """

    reading: Reading
    quads: tuple[ox.Quad, ...]
    catalogue: Catalogue | None
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    graph_wide: bool

    @property
    def violations(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(problem for problem in self.problems if problem.level == "Violation")


@dataclass(frozen=True, slots=True)
class Built:
    """A published snapshot, whether it is new, the warnings and how long it took, in seconds."""

    snapshot: snapshot.Snapshot
    fresh: bool
    warnings: tuple[Problem, ...] = ()
    seconds: float = 0.0


def _silent(_what: str, _done: int, _of: int) -> None:
    """Show no progress."""


def check(project: Project, progress: Progress = _silent) -> Checked:
    """Read, say and check a project; publish nothing. Mistakes in data are values here.

    Raises SettingsError when the folder is no project, ShapesError when the shapes or checks
    themselves are broken, PassageError when a file among the texts is no text.
    """
    shapes = project.shapes()
    reading = read_records(project.records)
    catalogue, query_problems = _catalogue(project)
    own = _own_quads(reading, project.base)
    whole = (*dict.fromkeys(itertools.chain(*own.values())), *_framework(project, catalogue))
    findings = _findings(project, shapes, reading, own, whole, progress)
    problems = {*reading.problems, *query_problems, *_against_texts(project, reading)}
    if not reading.problems:
        problems |= set(_against_expectations(project, reading, own))
    if project.release:
        problems |= set(_drafts(reading))
    problems |= {_problem(reading, finding, project.base) for finding in findings}
    return Checked(
        reading, whole, catalogue, findings, tuple(sorted(problems)), not reading.problems
    )


def build(
    project: Project,
    snapshots: Path,
    keep: int = 5,
    progress: Progress = _silent,
    step: Callable[[str], None] = lambda _: None,
) -> Built:
    """Build a project and publish it, unless nothing has changed since the last time.

    Whatever fails, the published snapshot stays as it is. Raises InvalidRecords with all mistakes,
    ShapesError, SnapshotError.
    """
    begun = time.monotonic()
    inputs = _inputs(project)
    if (standing := _standing(snapshots, inputs)) is not None:
        return Built(standing, fresh=False)
    checked = check(project, progress)
    if checked.violations or checked.catalogue is None:
        raise InvalidRecords(checked.problems)
    progress("test queries", 0, 1)
    store = store_of(checked.quads)
    failures = checked.catalogue.run_tests(store)
    if failures:
        raise InvalidRecords(_failed(failure) for failure in failures)
    progress("publish", 0, 1)
    tests = Counter(query.name for query, _ in checked.catalogue.tests_on(store))
    contents = _contents(project, checked, store, tests)
    published = snapshot.publish(snapshots, contents, keep, step)
    _remember(snapshots, inputs, published.name)
    return Built(published, True, checked.problems, time.monotonic() - begun)


# --- what goes in -------------------------------------------------------------------------------


def _own_quads(reading: Reading, base: str) -> dict[str, tuple[ox.Quad, ...]]:
    """Say every record: what is shared, each source, each section."""
    sources = {source.source: source for source in reading.sources}
    own = {"shared": tuple(rdf.shared_quads(reading.shared, base))}
    for name, source in sources.items():
        own[f"source {name}"] = tuple(rdf.source_quads(source, base))
    for file, section in reading.sections.items():
        own[file] = tuple(rdf.section_quads(section, sources[section.source], base))
    return own


def _framework(project: Project, catalogue: Catalogue | None) -> Iterator[ox.Quad]:
    """Give what travels with the data: the ontology with its schemes, and the saved queries."""
    folder = project.root / "ontology"
    for path in [folder / "hostagegraph.ttl", *sorted((folder / "schemes").glob("*.ttl"))]:
        yield from rdf.ontology_quads(read_quads(path), project.base)
    if catalogue is not None:
        yield from catalogue.quads(project.base)


def _catalogue(project: Project) -> tuple[Catalogue | None, tuple[Problem, ...]]:
    try:
        return Catalogue.load(project.root / "queries", project.base), ()
    except InvalidRecords as error:
        return None, error.problems


# --- what is wrong ------------------------------------------------------------------------------


def _findings(  # noqa: PLR0913, PLR0917  what is checked, against what, and who watches
    project: Project,
    shapes: Shapes,
    reading: Reading,
    own: Mapping[str, tuple[ox.Quad, ...]],
    whole: Iterable[ox.Quad],
    progress: Progress,
) -> tuple[Finding, ...]:
    """Check record by record against the shapes, then the graph against the checks."""
    # What a broken file defines is known by name and class alone, so that no reference dangles.
    known = [*reading.classes.items(), *reading.assumed] if reading.problems else []
    stubs = tuple(rdf.stub_quads(known, project.base))
    everything = ox.Dataset([*itertools.chain(*own.values()), *stubs])
    found: set[Finding] = set()
    for done, record in enumerate(own.values(), start=1):
        closure = validation.closure_of(shapes, record, everything)
        found |= set(validation.cached_check(project.cache, shapes, record, closure))
        progress("check", done, len(own))
    store = store_of([*whole, *stubs])
    complete = not reading.problems
    found |= set(validation.check_graph(shapes, store, release=project.release, whole=complete))
    subjects = {getattr(quad.subject, "value", "") for quad in itertools.chain(*own.values())}
    return tuple(sorted(finding for finding in found if finding.focus in subjects))


def _against_texts(project: Project, reading: Reading) -> Iterator[Problem]:
    texts = verification.find_texts(reading, project.texts)
    return verification.wrong_passages(reading, texts)


def _against_expectations(
    project: Project, reading: Reading, own: Mapping[str, Iterable[ox.Quad]]
) -> list[Problem]:
    """Hold the counts of each section, and of all records together, against what is expected."""
    counts = {"all": expectations.counts_of(itertools.chain(*own.values()), project.base)}
    for file, section in reading.sections.items():
        found = expectations.counts_of(own[file], project.base)
        counts[section.section] = counts.get(section.section, Counter()) + found
    return expectations.unmet(project.records, counts)


def _failed(failure: str) -> Problem:
    """Place a failed test of a saved query, which names file and line itself."""
    file, line, what = failure.split(":", 2)
    return Problem(file, int(line), 1, "", f"query test failed: {what.strip()}")


def _problem(reading: Reading, finding: Finding, base: str) -> Problem:
    """Say a finding at the line of the record it concerns."""
    thing = finding.focus.removeprefix(f"{base}id/")
    term = finding.path.rpartition("#")[2].rpartition("/")[2]
    place = reading.place_of(thing, _KEYS.get(term, term))
    if place is None:
        return foreign_problem("data", finding, base)
    message, rule, level = _message(finding, base), finding.rule, finding.severity
    return Problem(place.file, place.line, place.column, place.path, message, rule, level)


def foreign_problem(file: str, finding: Finding, base: str) -> Problem:
    """Say a finding about a partner's file, which keeps no lines: focus node and path instead."""
    where = f"{_short(finding.focus, base)} {_short(finding.path, base)}".strip()
    return Problem(file, 0, 0, where, _message(finding, base), finding.rule, finding.severity)


def _message(finding: Finding, base: str) -> str:
    """Say what to do, and about which value where the message does not say that itself."""
    message, value = _short(finding.message, base), _short(finding.value, base)
    named = not value or value.strip('"').partition('"')[0] in message
    return message if named else f"{message} ({textwrap.shorten(value, 80, placeholder=' …')})"


def _short(text: str, base: str) -> str:
    return text.replace(f"{base}id/", "").replace(f"{v.Iris(base).ontology}#", "hg:")


def _drafts(reading: Reading) -> Iterator[Problem]:
    """Name every draft: a release holds none."""
    for section in reading.sections.values():
        for claim in section.claims:
            if isinstance(claim, model.Claim) and claim.review == "draft":
                place = reading.place_of(f"{section.source}/c{claim.id}")
                message = "a draft cannot be released; it needs a second reading"
                if place is not None:
                    yield Problem(place.file, place.line, place.column, place.path, message, "E6")


# --- what comes out -----------------------------------------------------------------------------


def _contents(
    project: Project, checked: Checked, store: ox.Store, tests: Counter[str]
) -> snapshot.Contents:
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in checked.quads:
        graphs[getattr(quad.graph_name, "value", "")].append(quad)
    if len({quad.triple for quad in checked.quads}) != len(set(checked.quads)):
        raise SnapshotError("a triple stands in two graphs; the graph must follow from the subject")
    warnings = [problem for problem in checked.problems if problem.level == "Warning"]
    dataset = canonical(checked.quads)
    weighed = balance.balance_of(store, project.base, snapshot.name_of(dataset))
    reports = {"balance.md": weighed.as_markdown(), "balance.json": weighed.as_json()}
    said = {voices.FILE: voices.written(voices.claims_in(store, project.base))}
    if checked.catalogue is not None:
        lists = pick_lists.pick_lists_in(store, checked.catalogue.queries)
        said[pick_lists.FILE] = pick_lists.written(lists)
    texts = _turtle(project, checked, graphs) | reports | said
    return snapshot.Contents(
        dataset=dataset,
        dumps={name: text.encode() for name, text in texts.items()},
        base=project.base,
        ontology=rdf.ONTOLOGY_VERSION,
        graphs={name: len(set(quads)) for name, quads in sorted(graphs.items())},
        counts=_counts(checked.quads, project.base),
        validation={"conforms": True, "warnings": len(warnings)},
        queries={
            "tests": tests.total(),
            "failures": 0,
            "by_query": dict(sorted(tests.items())),
            "rows": checked.catalogue.rows_on(store) if checked.catalogue else {},
        },
    )


def _turtle(
    project: Project, checked: Checked, graphs: Mapping[str, list[ox.Quad]]
) -> dict[str, str]:
    """Write each graph as readable Turtle, and the data of all as one document."""
    sources = [source.source for source in checked.reading.sources]
    prefixes = exchange.prefixes_for(project.base, sources)
    texts = {
        name.rpartition("/")[2]: exchange.readable_turtle(quads, prefixes)
        for name, quads in graphs.items()
    }
    data = [text for name, text in sorted(texts.items()) if name not in ("ontology", "queries")]
    return {
        **{f"{name}.ttl": text for name, text in sorted(texts.items())},
        "dataset.ttl": "\n".join(data),
    }


def _counts(quads: Iterable[ox.Quad], base: str) -> dict[str, int]:
    """Count what a summary shows: claims, statements, leaks, mandates, sources, drafts."""
    iris = v.Iris(base)
    typed: Counter[str] = Counter()
    drafts = 0
    for quad in set(quads):
        if quad.predicate.value == v.RDF_TYPE:
            typed[getattr(quad.object, "value", "")] += 1
        elif quad.object == ox.NamedNode(iris.term("draft")):
            drafts += quad.predicate == ox.NamedNode(iris.term("reviewStatus"))
    return {name: typed[iris.term(kind)] for kind, name in COUNTED.items()} | {"drafts": drafts}


# --- whether anything changed ---------------------------------------------------------------------


def _inputs(project: Project) -> str:
    """Name all that a build depends on: the project's files, this program, the settings."""
    state = hashlib.sha256()
    state.update(json.dumps([project.base, project.release]).encode())
    folders = [project.root / name for name in ("data", "ontology", "shapes", "queries")]
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    code = Path(str(files("hostagegraph"))).rglob("*.py")
    for path in [*sorted([*found, *project.texts]), *sorted(code)]:
        state.update(f"{path}\0".encode())
        state.update(hashlib.sha256(path.read_bytes()).digest())
    return state.hexdigest()


def _standing(snapshots: Path, inputs: str) -> snapshot.Snapshot | None:
    """Give the published snapshot if it was made from the same inputs and still stands."""
    try:
        note = json.loads((snapshots / "built.json").read_text(encoding="utf-8"))
        published = snapshot.current(snapshots)
    except (OSError, ValueError, SnapshotError):
        return None
    same = note == {"inputs": inputs, "name": published.name}
    whole = same and digest_of((published.dumps / "dataset.nq").read_bytes()) == (
        published.manifest.digest
    )
    return published if whole else None


def _remember(snapshots: Path, inputs: str, name: str) -> None:
    note = snapshots / ".built.json.new"
    note.write_text(json.dumps({"inputs": inputs, "name": name}), encoding="utf-8")
    note.replace(snapshots / "built.json")
