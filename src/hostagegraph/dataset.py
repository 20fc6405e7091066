"""Any RDF files in, a snapshot in a temporary folder out: for data that are no project's records.

The files are loaded by a process of their own, because loading takes far more memory than serving
and the engine does not let it be interrupted. The folder goes when the snapshot is let go.
"""

import argparse
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import xml.parsers.expat
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as ox

from hostagegraph import sandbox
from hostagegraph.errors import InvalidRecords, Problem, SettingsError, SnapshotError
from hostagegraph.snapshot import MANIFEST_VERSION, Manifest, Snapshot, read_snapshot

# Nobody's address: foreign data are not given names in the namespace of the project.
NO_BASE: Final = "https://data.invalid/"
FORMATS: Final = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_PACKED: Final = ".gz"
_DUMP: Final = "dataset.nq"
_BASE: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+/\Z")
_NO_SCHEME: Final = "No scheme found in an absolute IRI"
_POSITION = re.compile(r"^Parser error (?:at|between) [^:]*: ")
_DEFAULT: Final = ox.DefaultGraph()
_IN_NAMED: Final = "SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
_IN_DEFAULT: Final = "SELECT ?graph (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?graph"


@contextmanager
def served(files: Sequence[Path], base: str = NO_BASE) -> Iterator[Snapshot]:
    """Load files into a snapshot that lasts as long as the context.

    Relative IRIs in a file `people.ttl` are read as if it stood at `<base>data/people.ttl`.
    Raises InvalidRecords with the mistakes of all files, SnapshotError when there is no room,
    SettingsError when the base is none.
    """
    if not _BASE.match(base):
        raise SettingsError(f"base: an absolute IRI that ends in a slash is needed, not {base}")
    folder = Path(tempfile.mkdtemp(prefix="hostagegraph-"))
    try:
        _load_apart(files, base, folder)
        yield read_snapshot(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _load_apart(files: Sequence[Path], base: str, folder: Path) -> None:
    command = [sys.executable, "-P", "-m", "hostagegraph.dataset"]
    arguments = [str(folder), "--base", base, "--parent", str(os.getpid()), "--", *map(str, files)]
    words = [*command, *arguments]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as loader:  # noqa: S603 - our own module
        try:
            told, _ = loader.communicate()
        finally:
            loader.kill()
    if loader.returncode or not told:
        raise SnapshotError("the files were not loaded: their loader ended; was memory short?")
    outcome = json.loads(told)
    if "problems" in outcome:
        raise InvalidRecords(Problem(**problem) for problem in outcome["problems"])
    if "failure" in outcome:
        raise SnapshotError(outcome["failure"])


def main(arguments: Sequence[str]) -> int:
    """Load files as the process of their own, and tell how it went as JSON."""
    parser = argparse.ArgumentParser(prog="python -m hostagegraph.dataset", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--base", required=True)
    parser.add_argument("--parent", type=int, required=True)
    options = parser.parse_args(arguments)
    sandbox.die_with_parent(options.parent)
    outcome: dict[str, object] = {}
    try:
        load(options.files, options.base, options.folder)
    except InvalidRecords as error:
        outcome["problems"] = [asdict(problem) for problem in error.problems]
    except SnapshotError as error:
        outcome["failure"] = str(error)
    sys.stdout.write(json.dumps(outcome))
    return 0


def load(files: Sequence[Path], base: str, folder: Path) -> None:
    """Write the snapshot of some files into an empty folder.

    Raises InvalidRecords with the mistakes of all files, SnapshotError when there is no room.
    """
    try:
        store = ox.Store(str(folder / "store"))
        problems = [found for file in files if (found := _load_file(store, file, base))]
        if problems:
            raise InvalidRecords(problems)
        store.optimize()
        store.flush()
        (folder / "dumps").mkdir()
        store.dump(str(folder / "dumps" / _DUMP), format=ox.RdfFormat.N_QUADS)
        manifest = _manifest(store, [file.name for file in files], base, folder / "dumps" / _DUMP)
        (folder / "manifest.json").write_text(json.dumps(asdict(manifest)), encoding="utf-8")
    except OSError as error:
        raise SnapshotError(f"the files cannot be loaded into {folder}: {error}") from error


def _load_file(store: ox.Store, file: Path, base: str) -> Problem | None:
    """Load one file; give its first mistake, if any."""
    form = _format_of(file)
    if form is None:
        known = " ".join(FORMATS)
        return _problem(file, f"what format is this? Name the file with one of {known} (and .gz)")
    own_base = f"{base}data/{urllib.parse.quote(file.name)}"
    try:
        with _opened(file) as source:
            store.bulk_load(input=source, format=form, base_iri=own_base)
    except SyntaxError as error:
        return _syntax_problem(file, form, error)
    except UnicodeError as error:
        return _problem(file, f"not in UTF-8: {error}")
    except (gzip.BadGzipFile, EOFError) as error:
        return _problem(file, f"not whole as a gzip file: {error}")
    except OSError as error:
        if error.filename is None and not isinstance(error, FileNotFoundError):
            raise  # of the store, not of the file
        return _problem(file, error.strerror or str(error))
    return None


def _format_of(file: Path) -> ox.RdfFormat | None:
    name = file.name.lower().removesuffix(_PACKED)
    return FORMATS.get(Path(name).suffix)


def _opened(file: Path) -> IO[bytes]:
    if file.name.lower().endswith(_PACKED):
        return cast(IO[bytes], gzip.open(file))
    return file.open("rb")


def _problem(file: Path, message: str, line: int = 0, column: int = 0) -> Problem:
    return Problem(str(file), line, column, "", message)


def _syntax_problem(file: Path, form: ox.RdfFormat, error: SyntaxError) -> Problem:
    message = _POSITION.sub("", error.msg)
    if _NO_SCHEME in message and form in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS):
        message = "a relative IRI: this format has absolute IRIs only"
    if "LoadDocumentCallback" in message:
        message = "a context at another address is not fetched; write it into the file"
    line, column = error.lineno or 0, error.offset or 0
    if form == ox.RdfFormat.RDF_XML and not line:
        line, column, message = _xml_place(file, message)
    return _problem(file, message, line, column)


def _xml_place(file: Path, message: str) -> tuple[int, int, str]:
    """Find where a file stops to be XML, since the engine does not say."""
    parser = xml.parsers.expat.ParserCreate()
    try:
        with _opened(file) as source:
            parser.ParseFile(source)
    except xml.parsers.expat.ExpatError as error:
        return (
            error.lineno,
            error.offset + 1,
            f"{message} ({xml.parsers.expat.ErrorString(error.code)})",
        )
    return 0, 0, f"{message} (the file is XML, but not RDF/XML)"


def _manifest(store: ox.Store, names: Sequence[str], base: str, dump: Path) -> Manifest:
    by_graph = _counts(store)
    graphs = {graph.value: n for graph, n in by_graph.items() if isinstance(graph, ox.NamedNode)}
    with dump.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Manifest(
        version=MANIFEST_VERSION,
        digest=digest,
        base=base,
        ontology="",
        graphs=dict(sorted(graphs.items())),
        counts={"quads": sum(by_graph.values()), "graphs": len(by_graph.keys() - {_DEFAULT})},
        dumps={_DUMP: {"bytes": dump.stat().st_size, "sha256": digest}},
        validation={},
        queries={},
        files=tuple(names),
        default_graph=by_graph[_DEFAULT],
    )


def _counts(store: ox.Store) -> Counter[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
    """Count the triples of each graph: inside the engine, since Python would take minutes."""
    counts: Counter[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = Counter({_DEFAULT: 0})
    for query in (_IN_NAMED, _IN_DEFAULT):
        for row in cast(ox.QuerySolutions, store.query(query)):
            counts[row["graph"] or _DEFAULT] = int(row["n"].value)
    return counts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
