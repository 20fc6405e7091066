"""The command line: arguments in, an exit code out.

The only place that prints, exits or reads the environment. Exit codes: 0 done, 1 the input has
mistakes, 2 the command itself is wrong or cannot be carried out.
"""

import argparse
import asyncio
import json
import math
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hostagegraph import (
    __version__,
    balance,
    build,
    dataset,
    docs,
    exchange,
    head_schema,
    passages,
    pick_lists,
    policies,
    query_options,
    records,
    skeletons,
    snapshot,
    validation,
    verification,
    voices,
)
from hostagegraph import schema as record_schema
from hostagegraph.configuration import configuration_page
from hostagegraph.errors import (
    HostagegraphError,
    InvalidRecords,
    PassageError,
    Problem,
    SnapshotError,
)
from hostagegraph.queries import Catalogue
from hostagegraph.settings import Settings, listed, read_settings
from hostagegraph.shapes import shacl_sparql
from hostagegraph.store import QueryRequest, open_store
from hostagegraph.store import run_query as run_query_on

if TYPE_CHECKING:
    import uvicorn

    from hostagegraph.service.edge.logs import Journal
    from hostagegraph.service.layers import Edge

DONE: Final = 0
MISTAKES: Final = 1
WRONG: Final = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    parser = make_parser()
    given = parser.parse_args(arguments)
    try:
        settings = read_settings(vars(given), os.environ)
        return int(given.run(settings, given))
    except InvalidRecords as error:
        _show(error.problems, getattr(given, "format", "text"))
        return MISTAKES
    except HostagegraphError as error:
        print(f"hostagegraph: {error}", file=sys.stderr)
        return WRONG
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone, which is its right
        return DONE


def make_parser() -> argparse.ArgumentParser:
    """Describe every command and flag."""
    parser = argparse.ArgumentParser(
        prog="hostagegraph",
        description="Who says so: build, check, query and serve a graph of attributed claims.",
    )
    parser.add_argument("--version", action="version", version=f"hostagegraph {__version__}")
    parser.add_argument("--root", help="the project folder (default: here)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (_add_build, _add_check, _add_serve, _add_query, _add_anchor, _add_verify):
        add(commands)
    for add in (_add_report, _add_export, _add_docs, _add_new):
        add(commands)
    return parser


# --- build and check ----------------------------------------------------------------------------


def _add_build(commands: Any) -> None:
    parser = _command(commands, "build", run_build, "build, check and publish a snapshot")
    parser.add_argument("--base", help="the base of all IRIs; ends in a slash")
    parser.add_argument("--snapshots", help="where snapshots lie")
    parser.add_argument("--texts", help="a folder with the texts of the sources")
    parser.add_argument("--release", action="store_true", help="refuse drafts")
    _add_format(parser)


def run_build(settings: Settings, given: argparse.Namespace) -> int:
    """Build and publish, unless nothing changed; print a summary."""
    project = _project(settings, release=given.release)
    built = build.build(project, settings.snapshots_folder, settings.keep, _progress())
    counts = built.snapshot.manifest.counts
    if not built.fresh:
        print(f"nothing changed; snapshot {built.snapshot.name} stands")
        return DONE
    _show_warnings(built.warnings, given.format)
    said = ", ".join(f"{counts[name]} {name}" for name in [*build.COUNTED.values(), "drafts"])
    print(f"published {built.snapshot.name}: {said}; {built.seconds:.1f} seconds")
    if counts["drafts"]:
        print(
            f"{counts['drafts']} claims are drafts and carry a visible mark until they are reviewed"
        )
    return DONE


def _add_check(commands: Any) -> None:
    parser = _command(
        commands, "check", run_check, "check the records, or a partner's Turtle; publish nothing"
    )
    parser.add_argument(
        "file", nargs="?", help="a folder with other records, or a Turtle file, to check instead"
    )
    parser.add_argument("--base", help="the base of all IRIs; ends in a slash")
    parser.add_argument("--texts", help="a folder with the texts of the sources")
    parser.add_argument("--release", action="store_true", help="refuse drafts")
    _add_format(parser, "turtle")


def run_check(settings: Settings, given: argparse.Namespace) -> int:
    """Check records or a Turtle file; print every mistake with its place."""
    project = _project(settings, release=given.release)
    if given.file and Path(given.file).is_dir():
        project = replace(project, data=_records_folder(Path(given.file)))
    elif given.file:
        return _check_turtle(settings, given)
    checked = build.check(project, _progress())
    if given.format == "turtle":
        print(validation.report_turtle(checked.findings), end="")
    else:
        _show(checked.problems, given.format)
    if not checked.graph_wide:
        print(build.LEFT_OUT, file=sys.stderr)
    if checked.violations:
        return MISTAKES
    claims = sum(len(section.claims) for section in checked.reading.sections.values())
    print(f"{claims} claims in {len(checked.reading.sections)} files: no mistakes", file=sys.stderr)
    return DONE


def _records_folder(given: Path) -> Path:
    """Give the folder that holds `data`; the name of the data folder itself will do too."""
    return given.resolve().parent if given.resolve().name == "data" else given


def _check_turtle(settings: Settings, given: argparse.Namespace) -> int:
    shapes = _project(settings, release=given.release).shapes()
    findings = validation.check_turtle(shapes, Path(given.file))
    if given.format == "turtle":
        print(validation.report_turtle(findings), end="")
    else:
        _show([build.foreign_problem(given.file, f, settings.base) for f in findings], given.format)
    wrong = [finding for finding in findings if finding.severity == "Violation"]
    print(f"{given.file}: {len(wrong) or 'no'} violations", file=sys.stderr)
    return MISTAKES if wrong else DONE


# --- serve and query ------------------------------------------------------------------------------


def _add_serve(commands: Any) -> None:
    parser = _command(commands, "serve", run_serve, "serve the published snapshot over HTTP")
    for spec in fields(Settings):
        if spec.name not in ("root", "texts", "keep", "base"):
            flag = f"--{spec.name.replace('_', '-')}"
            parser.add_argument(flag, help=f"{spec.metadata['says']} (default: {spec.default})")
    parser.add_argument(
        "--data",
        metavar="FILE",
        nargs="+",
        type=Path,
        help=f"serve RDF files instead: {' '.join(dataset.FORMATS)}, each also as .gz",
    )
    parser.add_argument(
        "--base",
        help=f"with --data: the base of relative IRIs (default: {dataset.NO_BASE})",
    )
    parser.add_argument(
        "--default-graph",
        choices=["union", "own"],
        help="what a query without a choice of graphs reads: all graphs together, or the data's own"
        " default graph (default: own with --data, else union)",
    )


def run_serve(settings: Settings, given: argparse.Namespace) -> int:
    """Serve until stopped."""
    import uvicorn  # noqa: PLC0415  the server is slow to load, and only this command needs it

    from hostagegraph.service.app import create_app  # noqa: PLC0415
    from hostagegraph.service.edge import logs  # noqa: PLC0415
    from hostagegraph.service.edge.swap import Publication  # noqa: PLC0415

    # Leave by the front door when told to end: what was opened is closed and removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(DONE))
    with _to_serve(settings, given) as (published, catalogue), logs.pipe() as lines:
        form = logs.form_for(settings.log_format, terminal=sys.stderr.isatty())
        logs.lead(lines, form)
        union = given.default_graph == "union" or not (given.default_graph or given.data)
        queries = settings.project / "queries"
        follow = Publication(settings.snapshots_folder, queries, settings.follow)
        app = create_app(
            published,
            catalogue,
            **service_limits(settings),
            union=union,
            edge=_edge(settings, logs.Journal(lines, form, addresses=settings.log_addresses)),
            publication=None if given.data else follow,
            contact=settings.contact,
        )
        server = uvicorn.Server(_server_config(settings, app))
        with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
            runner.run(server.serve())
    return DONE if server.started else WRONG


def _edge(settings: Settings, journal: "Journal") -> "Edge":
    from hostagegraph.service.layers import Edge  # noqa: PLC0415

    return Edge(
        hosts=(settings.host, *listed(settings.allowed_hosts)),
        cors=listed(settings.cors),
        forwarded_from=listed(settings.forwarded_from),
        public_address=settings.public_address,
        rate=settings.rate,
        tokens=settings.tokens_file,
        journal=journal if settings.access_log else None,
    )


def _server_config(settings: Settings, app: Any) -> "uvicorn.Config":
    import uvicorn  # noqa: PLC0415

    from hostagegraph.service import server  # noqa: PLC0415

    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop=server.LOOP,
        http=server.Protocol,
        log_config=None,  # its lines go the way of all others
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the service does this itself, if it is told to
        timeout_graceful_shutdown=math.ceil(settings.stop),
    )


@contextmanager
def _to_serve(
    settings: Settings, given: argparse.Namespace
) -> Iterator[tuple[snapshot.Snapshot, Catalogue]]:
    """Give the published snapshot and the saved queries, or files in a snapshot of their own."""
    if given.data:
        with dataset.served(given.data, given.base or dataset.NO_BASE) as loaded:
            yield loaded, Catalogue((), loaded.manifest.base)
    else:
        published = snapshot.current(settings.snapshots_folder)
        yield published, Catalogue.load(settings.project / "queries", published.manifest.base)


def service_limits(settings: Settings) -> dict[str, Any]:
    """Give the limits of the service in the words of its parts."""
    from hostagegraph.ceilings import Ceilings  # noqa: PLC0415
    from hostagegraph.workers import Limits  # noqa: PLC0415

    shared = {"memory": settings.memory, "result": settings.result}
    adhoc = Limits(
        workers=settings.adhoc_workers,
        most=settings.adhoc_most,
        deadline=settings.adhoc_deadline,
        queue=settings.adhoc_queue,
        **shared,
    )
    saved = Limits(
        workers=settings.saved_workers,
        most=settings.saved_workers,
        deadline=settings.saved_deadline,
        queue=settings.saved_queue,
        **shared,
    )
    ceilings = Ceilings(
        settings.text_bytes, settings.nesting, settings.operators, settings.patterns
    )
    return {"adhoc": adhoc, "saved": saved, "ceilings": ceilings}


def _add_query(commands: Any) -> None:
    parser = _command(
        commands,
        "query",
        run_query,
        "list the saved queries, or run one on the published snapshot",
    )
    parser.add_argument("--snapshots", help="where snapshots lie")
    parser.add_argument("name", nargs="?", help="the name of the saved query")
    parser.add_argument(
        "words",
        nargs=argparse.REMAINDER,
        metavar="...",
        help="values of parameters, as --since 2024-02-01; --format, --sources; or --help",
    )


def run_query(settings: Settings, given: argparse.Namespace) -> int:
    """Run a saved query in this process and print what it answers; without a name list all."""
    late = argparse.ArgumentParser(prog="hostagegraph query", add_help=False, allow_abbrev=False)
    late.add_argument("--snapshots", default=settings.snapshots)
    own, words = late.parse_known_args(given.words)
    published = snapshot.current(replace(settings, snapshots=own.snapshots).snapshots_folder)
    catalogue = Catalogue.load(settings.project / "queries", published.manifest.base)
    if given.name is None:
        width = max((len(query.name) for query in catalogue.queries), default=0)
        for query in catalogue.queries:
            print(f"{query.name:{width}}  {query.summary}")
        return DONE
    query = catalogue.get(given.name)
    asked = query_options.read_options(query, words)
    if asked.help:
        lists = pick_lists.read_pick_lists(published.dumps / pick_lists.FILE)
        print(query_options.help_text(query, lists))
        return DONE
    allowed = None
    if asked.sources is not None:
        claims = voices.read_claims(published.dumps / voices.FILE)
        allowed = policies.passing(claims, policies.read_policies(asked.sources))
    request = QueryRequest(query.fill(asked.values, allowed), {query.kind: asked.media})
    prefixes = exchange.prefixes_for(published.manifest.base)
    sink = sys.stdout.buffer
    run_query_on(open_store(published.store), request, lambda _kind, _media: sink, prefixes)
    return DONE


# --- texts ----------------------------------------------------------------------------------------


def _add_anchor(commands: Any) -> None:
    parser = _command(commands, "anchor", run_anchor, "print the anchor of words in a text")
    parser.add_argument("text", type=Path, help="the text of a source")
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--find", metavar="WORDS", help="the words, or the first of them")
    place.add_argument("--at", nargs=2, type=int, metavar=("START", "END"), help="known offsets")
    parser.add_argument("--to", metavar="WORDS", help="the last words")


def run_anchor(_settings: Settings, given: argparse.Namespace) -> int:
    """Print [start, end, digest] for words or offsets."""
    text = passages.norm1(_read_bytes(given.text))
    if given.at:
        print(passages.span(text, *given.at))
    else:
        print(passages.find(text, given.find, given.to))
    return DONE


def _add_verify(commands: Any) -> None:
    parser = _command(commands, "verify", run_verify, "verify every passage against the texts")
    parser.add_argument("--text", type=Path, action="append", default=[], help="a text of a source")
    parser.add_argument("--texts", help="a folder with the texts of the sources")
    parser.add_argument(
        "--coverage", action="store_true", help="list the sentences that no passage touches"
    )
    _add_format(parser)


def run_verify(settings: Settings, given: argparse.Namespace) -> int:
    """Verify passages; with --coverage also list what they leave out."""
    reading = records.read_records(settings.project)
    for file in given.text:
        _read_bytes(file)
    texts = verification.find_texts(reading, [*settings.text_files, *given.text])
    if not texts:
        raise PassageError("none of the texts given is the text of a source; see its digest")
    wrong = tuple(verification.wrong_passages(reading, texts))
    _show([*reading.problems, *wrong], given.format)
    known = {(text.source, text.language) for text in texts}
    anchors = [key for key in verification.anchors_of(reading) if key[:2] in known]
    print(f"{len(anchors) - len(wrong)} of {len(anchors)} passages verified")
    for text in texts if given.coverage else ():
        _show_gaps(reading, text)
    return MISTAKES if wrong or reading.problems else DONE


def _show_gaps(reading: records.Reading, text: verification.SourceText) -> None:
    found, after = verification.gaps(reading, text)
    print(f"{text.source} ({text.language}): {len(found)} sentences that no passage touches")
    for gap in found:
        print(f"  [{gap.start}, {gap.end}) {gap.words}")
    print(f"  after the last passage: {after} sentences not yet curated")


# --- exchange, documentation, skeletons -----------------------------------------------------------


def _add_report(commands: Any) -> None:
    parser = _command(commands, "report", run_report, "print who is accused, on whose word")
    parser.add_argument("--format", choices=["markdown", "json"], default="markdown")
    parser.add_argument("--snapshots", help="where snapshots lie")


def run_report(settings: Settings, given: argparse.Namespace) -> int:
    """Print the balance report of the published snapshot."""
    published = snapshot.current(settings.snapshots_folder)
    store = open_store(published.store)
    weighed = balance.balance_of(store, published.manifest.base, published.name)
    print(weighed.as_json() if given.format == "json" else weighed.as_markdown(), end="")
    return DONE


def _add_export(commands: Any) -> None:
    parser = _command(commands, "export", run_export, "print the published dataset")
    parser.add_argument("--format", choices=["turtle", "nquads"], default="turtle")
    parser.add_argument("--graph", help="one graph alone, as Turtle: a source, or shared, …")
    parser.add_argument("--snapshots", help="where snapshots lie")


def run_export(settings: Settings, given: argparse.Namespace) -> int:
    """Print readable Turtle, or canonical N-Quads."""
    published = snapshot.current(settings.snapshots_folder)
    name = "dataset.nq" if given.format == "nquads" else f"{given.graph or 'dataset'}.ttl"
    if name not in published.manifest.dumps:
        known = ", ".join(sorted(published.manifest.dumps))
        raise SnapshotError(f"no dump is called {name}; there are {known}")
    sys.stdout.write((published.dumps / name).read_text(encoding="utf-8"))
    return DONE


def _add_docs(commands: Any) -> None:
    parser = _command(commands, "docs", run_docs, "write the reference documentation")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of records")
    parser.add_argument(
        "--shacl-sparql", action="store_true", help="print the graph-wide checks as sh:sparql"
    )
    parser.add_argument("--into", type=Path, help="the folder to write to (default: docs)")


def run_docs(settings: Settings, given: argparse.Namespace) -> int:
    """Write the pages of the ontology and the schemas, or print one of the generated forms."""
    if given.schema:
        print(_json(record_schema.schemas()["section"]))
    elif given.shacl_sparql:
        shapes = _project(settings, release=False).shapes()
        print(shacl_sparql(shapes), end="")
    else:
        written = write_docs(settings, given.into or settings.project / "docs")
        print(f"{written} files written")
    return DONE


def write_docs(settings: Settings, into: Path) -> int:
    """Write every generated page of the reference and give their number.

    Pages of classes show how the published data use them, where there are any.
    """
    uses = {}
    if (settings.snapshots_folder / "current").exists():
        published = snapshot.current(settings.snapshots_folder)
        uses = docs.uses_in(open_store(published.store))
    found = docs.ontology_pages(settings.project / "ontology", uses)
    pages = {f"ontology/{name}": text for name, text in found.items()}
    for name, schema in record_schema.schemas().items():
        pages[f"schema/{name}.json"] = f"{_json(schema)}\n"
    pages["schema/query-head.json"] = f"{_json(head_schema.schema())}\n"
    pages["configuration.md"] = configuration_page(commands_by_flag())
    for name, text in pages.items():
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return len(pages)


def commands_by_flag() -> dict[str, list[str]]:
    """List, for each flag, the commands that know it."""
    parser = make_parser()
    (commands,) = (action for action in parser._actions if action.nargs == argparse.PARSER)
    known = {flag: ["every command"] for flag in parser._option_string_actions}
    for name, command in dict(commands.choices or {}).items():
        for flag in command._option_string_actions:
            known.setdefault(flag, []).append(f"`{name}`")
    return known


def _add_new(commands: Any) -> None:
    parser = _command(commands, "new", run_new, "write the skeleton of a record or a saved query")
    kinds = parser.add_subparsers(required=True, dest="kind", metavar="KIND")
    source = kinds.add_parser("source", help="a new source work")
    source.add_argument("source", help="its slug, such as example-gazette-1900")
    source.add_argument("--text", type=Path, help="its text, to fill in length and digest")
    query = kinds.add_parser("query", help="a new saved query")
    query.add_argument("name", help="its name, such as claims-of-a-day")
    section = kinds.add_parser("section", help="a new section of a source")
    section.add_argument("source", help="the slug of the source")
    section.add_argument("section", help="its name, such as 0504")
    section.add_argument("slug", help="a few neutral words, such as first-meeting")


def run_new(settings: Settings, given: argparse.Namespace) -> int:
    """Write a skeleton, never over an existing file."""
    if given.kind == "source":
        name, text = skeletons.new_source(given.source, given.text)
    elif given.kind == "query":
        sources = sorted((settings.project / "data" / "sources").glob("*.yaml"))
        name, text = skeletons.new_query(given.name, [path.stem for path in sources])
    else:
        name, text = skeletons.new_section(given.source, given.section, given.slug)
    path = settings.project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        print(f"hostagegraph: {name} exists already; nothing was written", file=sys.stderr)
        return WRONG
    print(name)
    return DONE


# --- what all commands share ----------------------------------------------------------------------


def _command(
    commands: Any, name: str, run: Callable[[Settings, argparse.Namespace], int], says: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=says, description=says)
    parser.set_defaults(run=run)
    return parser


def _add_format(parser: argparse.ArgumentParser, *more: str) -> None:
    parser.add_argument(
        "--format", choices=["text", "json", *more], default="text", help="how to show mistakes"
    )


def _project(settings: Settings, release: bool) -> build.Project:
    return build.Project(settings.project, settings.base, settings.text_files, release)


def _show(problems: Iterable[Problem], form: str) -> None:
    """Print problems, sorted by place, as lines or as JSON."""
    ordered = sorted(problems)
    if form == "json":
        print(_json([asdict(problem) for problem in ordered]))
        return
    for problem in ordered:
        print(problem)


def _show_warnings(warnings: Sequence[Problem], form: str) -> None:
    """Print warnings; the many drafts among them in one line."""
    if form == "json":
        _show(warnings, form)
        return
    drafts = [problem for problem in warnings if problem.rule == "E6"]
    _show([problem for problem in warnings if problem.rule != "E6"], form)
    if drafts:
        print(f"{len(drafts)} allegations wait for a second reading [E6]; see: hostagegraph check")


def _progress() -> build.Progress:
    """Show progress on a terminal; elsewhere keep still."""
    if not sys.stderr.isatty():
        return lambda _what, _done, _of: None

    def show(what: str, done: int, of: int) -> None:
        count = f" {done}/{of}" if of > 1 else ""
        print(f"\r\033[K{what}{count}", end="\r" if done < of else "\r\033[K", file=sys.stderr)

    return show


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PassageError(f"{path}: {error.strerror}") from error
