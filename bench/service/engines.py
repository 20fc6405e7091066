"""The servers that are compared: how each is loaded, started and asked."""

import subprocess
import sys
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.service.data import BASE, QUERIES, Data
from bench.service.processes import Server, free_port, started
from hostagegraph.snapshot import Contents, publish

JSON = {"Accept": "application/sparql-results+json"}


@dataclass(frozen=True)
class Engine:
    """A server that can be started on the data, and the path where it takes queries."""

    name: str
    endpoint: str
    start: Callable[[], AbstractContextManager[Server]]

    def path(self, query: str) -> str:
        """Write a query as the path of a request."""
        return f"{self.endpoint}?query={urllib.parse.quote(query, safe='')}"


def ours(data: Data, folder: Path, *, log: bool) -> Engine:
    """Publish the data with their saved query, and serve them by this program."""
    (folder / "queries").mkdir(parents=True)
    for name, text in QUERIES.items():
        (folder / "queries" / f"{name}.rq").write_text(text)
    (folder / "snapshots").mkdir()
    counts = {"claims": data.claims, "sources": len(data.graphs), "drafts": 0}
    contents = Contents(
        data.quads, {}, BASE, f"{BASE}ns/0.1.0", data.graphs, counts, {"conforms": True},
        {"failed": 0},
    )  # fmt: skip
    publish(folder / "snapshots", contents)
    command = [sys.executable, "-m", "hostagegraph", "--root", str(folder), "serve"]
    command += [] if log else ["--access-log", "off"]

    @contextmanager
    def start() -> Iterator[Server]:
        port = free_port()
        with started([*command, "--port", str(port)], port, "/readyz", folder / "log") as server:
            yield server

    return Engine("hostagegraph" if log else "hostagegraph, no access log", "/sparql", start)


def oxigraph(program: str, file: Path, folder: Path) -> Engine:
    """Load the data into a store of the Oxigraph server, and serve them read-only."""
    store = str(folder / "oxigraph")
    subprocess.run([program, "load", "-l", store, "-f", str(file)], check=True, capture_output=True)
    subprocess.run([program, "optimize", "-l", store], check=True, capture_output=True)

    @contextmanager
    def start() -> Iterator[Server]:
        port = free_port()
        command = [program, "serve-read-only", "-l", store, "-b", f"127.0.0.1:{port}"]
        command.append("--union-default-graph")
        with started(command, port, "/query?query=ASK%7B%7D", folder / "oxigraph.log") as server:
            yield server

    return Engine("Oxigraph server", "/query", start)


def rdflib_endpoint(program: str, file: Path, folder: Path) -> Engine:
    """Serve the file by rdflib-endpoint, whose default graph is the union too."""

    @contextmanager
    def start() -> Iterator[Server]:
        port = free_port()
        command = [program, "serve", "--host", "127.0.0.1", "--port", str(port), str(file)]
        path = "/?query=ASK%7B%7D"
        with started(command, port, path, folder / "rdflib.log") as server:
            yield server

    return Engine("rdflib-endpoint", "/", start)
