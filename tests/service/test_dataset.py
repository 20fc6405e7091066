"""`hostagegraph serve --data FILE`: RDF of anybody behind the same endpoint."""

import gzip
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from tests.service.command import Served, serve

pytestmark = pytest.mark.slow

GAZETTE = "https://example.org/gazette/"
FILES = {
    "people.ttl": f"""
@prefix : <{GAZETTE}> .
:minister :name "The minister of Freedonia" ; :knows [ :name "an envoy" ] .
<#me> :see <other.ttl> .
""",
    "claims.trig": f"""
@prefix : <{GAZETTE}> .
:issue-1 {{ :claim-1 :by :minister . :claim-2 :by _:somebody }}
:issue-2 {{ :claim-1 :by :minister }}
_:unnamed {{ :claim-3 :by :minister }}
""",
    "more.nq": f"<{GAZETTE}claim-4> <{GAZETTE}by> <{GAZETTE}envoy> <{GAZETTE}issue-3> .\n",
    "places.rdf": f"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{GAZETTE}">
  <rdf:Description rdf:about="{GAZETTE}sylvania"><name>Sylvania</name></rdf:Description>
</rdf:RDF>
""",
    "papers.jsonld": f'{{"@context": {{"@vocab": "{GAZETTE}"}}, "@id": "gazette", "name": "G"}}',
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("any")
    for name, text in FILES.items():
        (made / name).write_text(text)
    packed = f'<{GAZETTE}freedonia> <{GAZETTE}name> "Freedonia" .\n'
    (made / "packed.nt.gz").write_bytes(gzip.compress(packed.encode()))
    return made


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    files = [folder / name for name in (*FILES, "packed.nt.gz")]
    with serve(folder / "log", "--data", *files, "--base", "https://example.org/kg/") as running:
        yield running


def ask(served: Served, query: str, accept: str = "text/csv") -> str:
    found = httpx.get(f"{served.url}/sparql", params={"query": query}, headers={"Accept": accept})
    assert found.status_code == 200, found.text
    return found.text


def test_files_of_every_format_are_served_together(served: Served) -> None:
    names = ask(served, f"SELECT ?name {{ ?s <{GAZETTE}name> ?name }} ORDER BY ?name")
    assert names.split("\r\n")[1:-1] == [
        "Freedonia",
        "G",
        "Sylvania",
        "The minister of Freedonia",
        "an envoy",
    ]


def test_the_default_graph_is_the_data_s_own(served: Served) -> None:
    assert "false" in ask(served, f"ASK {{ ?s <{GAZETTE}by> ?o }}")
    graphs = ask(served, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    assert [line for line in graphs.split("\r\n") if line.startswith("http")] == [
        f"{GAZETTE}issue-{number}" for number in (1, 2, 3)
    ]


def test_a_union_of_all_graphs_is_had_by_asking(folder: Path) -> None:
    with serve(folder / "u", "--data", folder / "claims.trig", "--default-graph", "union") as here:
        assert "true" in ask(here, f"ASK {{ ?s <{GAZETTE}by> ?o }}")


def test_relative_iris_never_name_a_file_of_the_machine(served: Served) -> None:
    base = "https://example.org/kg/data"
    found = ask(served, f"SELECT ?s ?o {{ ?s <{GAZETTE}see> ?o }}")
    assert found.split("\r\n")[1] == f"{base}/people.ttl#me,{base}/other.ttl"
    assert f"{base}/gazette" in ask(served, f'SELECT ?s {{ ?s <{GAZETTE}name> "G" }}')


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        *((path, 200) for path in ("/", "/sparql", "/data", "/data/dataset.nq", "/queries")),
        *((path, 200) for path in ("/version", "/readyz", "/healthz", "/openapi.json")),
        *((path, 404) for path in ("/ns", "/id/agent/nobody", "/queries/no", "/queries/no.csv")),
    ],
)
def test_every_address_makes_sense(served: Served, path: str, status: int, accept: str) -> None:
    found = httpx.get(f"{served.url}{path}", headers={"Accept": accept})
    assert found.status_code == status


def test_the_first_page_says_what_is_served(served: Served) -> None:
    page = httpx.get(served.url, headers={"Accept": "text/html"}).text
    assert "people.ttl, claims.trig" in page
    assert "default graph alone" in page
    assert "negotiation" not in page


def test_the_dump_holds_all_of_it_and_its_digest_is_the_version(served: Served) -> None:
    told = httpx.get(f"{served.url}/version").json()
    dump = httpx.get(f"{served.url}/data/dataset.nq")
    quads = set(ox.parse(dump.content, format=ox.RdfFormat.N_QUADS))
    assert told["counts"] == {"quads": 12, "graphs": 4}
    assert len(quads) == told["counts"]["quads"]
    assert dump.headers["X-Data-Version"] == told["digest"][:16]


def test_workers_of_such_data_are_denied_as_much(served: Served) -> None:
    sandbox = httpx.get(f"{served.url}/version").json()["sandbox"]
    assert sandbox["tcp"] == "denied"


MISTAKES = {
    "open.nt": ('<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> "x .\n', ":2:17: "),
    "dot.ttl": ("@prefix : <urn:x:> .\n:a :b .", ":2:7: "),
    "relative.nq": ("<here> <urn:b> <urn:c> .", ":1:1: a relative IRI"),
    "xml.rdf": ("<a>\n<b></a>", ":2:6: "),
    "far.jsonld": ('{"@context": "http://127.0.0.1/x", "@id": "a"}', ": a context at another"),
    "cut.nt.gz": ("no gzip", ": not whole as a gzip file"),
    "table.xlsx": ("", ": what format is this?"),
    "absent.nt": (None, ": No such file"),
}


def test_every_file_with_a_mistake_is_named_with_its_place(tmp_path: Path) -> None:
    for name, (text, _) in MISTAKES.items():
        if text is not None:
            (tmp_path / name).write_text(text)
    command = [sys.executable, "-m", "hostagegraph", "serve", "--data", *MISTAKES]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    for name, (_, said) in MISTAKES.items():
        assert f"{name}{said}" in done.stdout


def test_a_base_has_to_be_one(folder: Path) -> None:
    command = [sys.executable, "-m", "hostagegraph", "serve", "--base", "kg", "--data", "more.nq"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "base: an absolute IRI" in done.stderr


def snapshots_in(folder: Path) -> list[Path]:
    return list(folder.glob("hostagegraph-*"))


def test_nothing_is_left_behind(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hostagegraph", "serve", "--port", "0"]
    files = [folder / "claims.trig"]
    fifo = tmp_path / "endless.nt"
    os.mkfifo(fifo)
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    process = subprocess.Popen([*command, "--data", *files, fifo], env=environment)
    try:
        with fifo.open("w"):  # opens as soon as the loader reads it
            assert snapshots_in(tmp_path)
            process.terminate()
            process.wait(15)
        assert not snapshots_in(tmp_path)
    finally:
        process.kill()
        process.wait()


def test_the_snapshot_goes_when_the_service_is_told_to_end(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serve(tmp_path / "log", "--data", folder / "more.nq") as running:
        assert snapshots_in(tmp_path)
        told = time.monotonic()
        running.process.terminate()
        running.process.wait(15)
        assert time.monotonic() - told < 10
    assert not snapshots_in(tmp_path)
