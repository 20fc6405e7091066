"""What the running command writes into its log, and what it never writes."""

import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from hostagegraph import build
from hostagegraph.service.edge.logs import Lines, form_for
from tests.projects import sample_project
from tests.service.command import Served, serve
from tests.service.test_hostile import until


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = sample_project(tmp_path_factory.mktemp("logged"))
    build.build(build.Project(folder), folder / "snapshots")
    return folder


@pytest.fixture(scope="module")
def served(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOSTAGEGRAPH_ROOT", str(root))
        log = tmp_path_factory.mktemp("log") / "log"
        with serve(log, "--adhoc-deadline", "1", "--memory", "200000000") as found:
            yield found


def entries(served: Served) -> list[dict[str, Any]]:
    return [json.loads(line) for line in served.log.read_text().splitlines()]


def entry(served: Served, holds: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    until(lambda: any(map(holds, entries(served))), 5)
    return next(filter(holds, entries(served)))


def line_of(served: Served, name: str) -> dict[str, Any]:
    return entry(served, lambda line: line["event"] == "request" and line["request"] == name)


def test_a_line_says_what_came_of_a_request(served: Served) -> None:
    text = "SELECT ?secret { ?secret a ?type } LIMIT 1"
    answer = httpx.get(f"{served.url}/sparql", params={"query": text})
    line = line_of(served, answer.headers["x-request-id"])
    assert line.pop("ms") > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("timestamp"))
    assert line == {
        "event": "request",
        "request": answer.headers["x-request-id"],
        "method": "GET",
        "route": "/sparql",
        "status": 200,
        "bytes": len(answer.content),
        "pool": "ad-hoc",
        "query": hashlib.sha256(text.encode()).hexdigest()[:16],
        "outcome": "ok",
        "data": answer.headers["x-data-version"],
    }


ENDLESS = "SELECT (COUNT(*) AS ?n) {" + "".join(
    f"VALUES ?v{n} {{ {' '.join(map(str, range(100)))} }}" for n in range(6)
)
DEEP = "SELECT * {} ORDER BY " + "(1) " * 20_000


@pytest.mark.parametrize(
    ("path", "query", "outcome"),
    [
        ("/queries/sources.csv", "", "ok"),
        ("/queries/sources.csv", "", "cached"),
        ("/sparql", "SELCT", "refused: syntax"),
        ("/nothing/here", "", "refused: not-found"),
        ("/sparql", f"{ENDLESS} }}", "deadline"),
        ("/sparql", DEEP, "died"),
        ("/sparql", "ASK { FILTER(" + "(" * 500 + ") }", "refused: query-too-complex"),
    ],
)
def test_each_outcome_has_its_word(served: Served, path: str, query: str, outcome: str) -> None:
    if query:
        answer = httpx.post(f"{served.url}{path}", data={"query": query})
    else:
        answer = httpx.get(f"{served.url}{path}")
    assert line_of(served, answer.headers["x-request-id"])["outcome"] == outcome


def test_an_answer_that_is_known_is_told_as_not_modified(served: Served) -> None:
    tag = httpx.get(f"{served.url}/queries/sources.csv").headers["etag"]
    answer = httpx.get(f"{served.url}/queries/sources.csv", headers={"If-None-Match": tag})
    line = line_of(served, answer.headers["x-request-id"])
    assert (answer.status_code, line["outcome"], line["bytes"]) == (304, "not modified", 0)


def test_a_client_that_leaves_is_told(served: Served) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{served.url}/sparql",
            data={"query": f"{ENDLESS} }}"},
            headers={"X-Request-Id": "leaver"},
            timeout=0.3,
        )
    assert line_of(served, "leaver")["outcome"] == "client gone"


@pytest.mark.parametrize(
    ("name", "taken"),
    [("trace-1.a_B", True), ("x" * 64, True), ("x" * 65, False), ("a b", False), ('a"b', False)],
)
def test_a_request_keeps_a_plain_name(served: Served, name: str, taken: bool) -> None:
    answer = httpx.get(f"{served.url}/healthz", headers={"X-Request-Id": name})
    assert (answer.headers["x-request-id"] == name) is taken
    assert line_of(served, answer.headers["x-request-id"])["route"] == "/healthz"


def test_the_log_names_no_client_and_no_query(served: Served) -> None:
    httpx.get(f"{served.url}/sparql", params={"query": "ASK { ?verysecret ?p ?o }"})
    httpx.get(f"{served.url}/id/agent/verysecret")
    answer = httpx.get(f"{served.url}/healthz")
    line_of(served, answer.headers["x-request-id"])
    requests = [line for line in entries(served) if line["event"] == "request"]
    assert "verysecret" not in json.dumps(requests)
    assert not any("address" in line or "127.0.0.1" in line.values() for line in requests)


def test_the_beginning_says_what_is_in_force(served: Served) -> None:
    line = entry(served, lambda line: line["event"].startswith("serving data"))
    version = httpx.get(f"{served.url}/version").json()
    assert version["data"] in line["event"]
    assert line["sandbox"] == version["sandbox"]
    assert line["limits"] == version["limits"]
    assert line["limits"]["ad-hoc"]["deadline_seconds"] == 1


def test_server_and_workers_use_the_same_pipe(served: Served) -> None:
    assert entry(served, lambda line: line["logger"] == "uvicorn.error")["level"] == "info"
    grown = f"'{'x' * 1000}'"
    for _ in range(3):
        grown = f"REPLACE({grown}, 'x', '{'x' * 100}')"
    bomb = f"SELECT (STRLEN({grown}) AS ?n) {{}}"
    answer = httpx.post(f"{served.url}/sparql", data={"query": bomb})
    assert line_of(served, answer.headers["x-request-id"])["outcome"] == "died"
    said = r"ad-hoc: worker \d+ says: memory allocation of \d+ bytes failed"
    assert entry(served, lambda line: re.fullmatch(said, line["event"]))["level"] == "warning"


@pytest.mark.slow
def test_text_without_lines_for_requests_but_with_addresses(root: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOSTAGEGRAPH_ROOT", str(root))
        with serve(tmp_path / "quiet", "--log-format", "text", "--access-log", "off") as quiet:
            httpx.get(f"{quiet.url}/healthz")
        with serve(tmp_path / "loud", "--log-addresses", "on") as loud:
            httpx.get(f"{loud.url}/healthz", headers={"X-Request-Id": "loud"})
            assert line_of(loud, "loud")["address"] == "127.0.0.1"
    said = quiet.log.read_text()
    assert "Application startup complete." in said
    assert "healthz" not in said
    assert "{" not in said.splitlines()[0]


def test_the_form_follows_the_terminal_unless_it_is_set() -> None:
    assert form_for("auto", terminal=True) == "text"
    assert form_for("auto", terminal=False) == "json"
    assert form_for("json", terminal=True) == "json"


def test_a_log_that_nobody_reads_holds_nobody_up_and_loses_nothing_in_silence() -> None:
    source, target = os.pipe()
    lines = Lines(target)
    began = time.monotonic()
    for _ in range(30_000):
        lines.add("x" * 99)
    assert time.monotonic() - began < 5
    taken = bytearray()
    os.set_blocking(source, False)

    def read() -> bool:
        try:
            taken.extend(os.read(source, 1 << 20))
        except BlockingIOError:
            time.sleep(0.01)
        return b"lines_lost" in taken

    try:
        until(read)
    finally:
        lines.close()
        os.close(target)
        os.close(source)
    (told,) = re.findall(r'"lines_lost": (\d+)', taken.decode())
    assert taken.count(b"x" * 99 + b"\n") + int(told) == 30_000
