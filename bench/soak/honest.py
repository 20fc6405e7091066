"""Clients as they should be: each request in turn, every answer read and judged."""

import http.client
import random
import threading
import time
import urllib.parse
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

JSON = "application/sparql-results+json"
PATIENCE = 60.0
TRIES = 5
FULL = 503


@dataclass
class Tally:
    """What honest clients saw: seconds by kind of request, failures, and how often to wait."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: list[str] = field(default_factory=list)
    waits: int = 0
    versions: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Ask:
    """One kind of request, and how its answer is judged."""

    kind: str
    path: str
    accept: str
    holds: Callable[[bytes], bool] = bool
    conditional: bool = False


def asks(queries: list[str], things: list[str]) -> list[Ask]:
    """List what honest clients ask: saved, ad-hoc, conditional, exports and pages."""
    select = "SELECT ?s ?o WHERE { ?s a ?o } ORDER BY ?s LIMIT 20"
    count = "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) LIMIT 5"
    whole = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    return [
        *(Ask("saved", f"/queries/{name}.json", JSON, _is_result) for name in queries),
        *(
            Ask("saved, 304", f"/queries/{name}.csv", "text/csv", conditional=True)
            for name in queries
        ),
        *(Ask("page of a thing", path, "text/html", _is_page) for path in things),
        *(Ask("thing as Turtle", path, "text/turtle") for path in things),
        *[Ask("ad-hoc lookup", _sparql(select), JSON, _is_result)] * 8,
        *[Ask("ad-hoc count", _sparql(count), JSON, _is_result)] * 4,
        *[Ask("export", _sparql(whole), "application/n-triples", _is_lines)] * 2,
        Ask("dump", "/data/dataset.nq", "*/*", _is_lines),
        Ask("first page", "/", "text/html", _is_page),
    ]


def _sparql(query: str) -> str:
    return f"/sparql?query={urllib.parse.quote(query)}"


def _is_result(body: bytes) -> bool:
    return body.lstrip().startswith(b"{") and body.rstrip().endswith(b"}")


def _is_page(body: bytes) -> bool:
    return body.rstrip().endswith(b"</html>")


def _is_lines(body: bytes) -> bool:
    return body.endswith(b" .\n")


class Client(threading.Thread):
    """One honest client: asks, reads, waits a little, until told to stop."""

    def __init__(self, port: int, wanted: list[Ask], seed: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.tally = Tally()
        self._port, self._wanted, self._stop_now = port, wanted, stop
        self._random = random.Random(seed)
        self._tags: dict[str, str] = {}
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def run(self) -> None:
        """Ask until told to stop."""
        while not self._stop_now.is_set():
            self._ask(self._random.choice(self._wanted))
            self._stop_now.wait(self._random.uniform(0.0, 0.2))

    def _ask(self, ask: Ask) -> None:
        headers = {"Accept": ask.accept}
        if ask.conditional and ask.path in self._tags:
            headers["If-None-Match"] = self._tags[ask.path]
        for _ in range(TRIES):
            began = time.monotonic()
            try:
                status, told, body = self._send(ask.path, headers)
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()
                self.tally.failures.append(f"{ask.kind} {ask.path[:60]}: {error!r}")
                return
            if status != FULL:
                self.tally.seconds[ask.kind].append(time.monotonic() - began)
                self._judge(ask, status, told, body)
                return
            self.tally.waits += 1
            self._stop_now.wait(float(told.get("Retry-After", "1")))
        self.tally.failures.append(f"{ask.kind} {ask.path[:60]}: still full after {TRIES} tries")

    def _send(self, path: str, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        self._connection.request("GET", path, headers=dict(headers))
        response = self._connection.getresponse()
        body = response.read()  # raises IncompleteRead when the answer breaks off
        return response.status, response.headers, body

    def _judge(self, ask: Ask, status: int, told: Mapping[str, str], body: bytes) -> None:
        version = told.get("X-Data-Version")
        if version and version not in self.tally.versions:
            self.tally.versions.append(version)
        if ask.conditional and told.get("ETag"):
            self._tags[ask.path] = told["ETag"]
        unchanged = ask.conditional and status == http.HTTPStatus.NOT_MODIFIED
        if not unchanged and (status != http.HTTPStatus.OK or not ask.holds(body)):
            self.tally.failures.append(f"{ask.kind} {ask.path[:60]}: {status} {body[-120:]!r}")
