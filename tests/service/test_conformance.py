"""The W3C suites and the suite of faults, over HTTP against `hostagegraph serve --data FILE`."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.service import conformance
from tests.service.command import serve

pytestmark = [pytest.mark.slow, conformance.needed]

ACCEPTED = Path(__file__).parents[2] / "docs" / "w3c-accepted.txt"
BY_LOADER = {"sparql10/i18n#normalization-2", "sparql10/i18n#normalization-3"}
DEADLINE = "5"
# Whatever costs no more than seconds; the group "load" takes minutes.
QUICK = "^(hostile query|network access|update refused|http|web|life cycle) "
# The page that shows what the data say in markup and with javascript: in IRIs.
HOSTILE_LABELS = "/sparql?query=DESCRIBE%20%3Chttp%3A%2F%2Fexample.org%2Fxss%3E&ignored={x}"
# What the service does not offer at all, so that it cannot be judged.
NOT_OFFERED = {"LOAD through the update endpoint"}


def accepted() -> dict[str, str]:
    """Read the accepted failures: id and reason."""
    lines = ACCEPTED.read_text(encoding="utf-8").splitlines()
    pairs = [line.partition(": ") for line in lines if line and not line.startswith("# ")]
    assert all(reason for _, _, reason in pairs)
    found = {name: reason for name, _, reason in pairs}
    assert len(found) == len(pairs)
    return found


def failing(outcome: Any) -> set[str]:
    return {case["id"] for case in outcome["tests"] if case["status"] in ("fail", "error")}


@pytest.fixture(scope="module")
def over_http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("w3c")
    data = conformance.FOLDER / "data" / "preload.nq"
    with serve(folder / "log", "--data", data, "--default-graph", "own") as served:
        address = ("--query-url", f"{served.url}/sparql")
        told = ("http", *address, "--readonly", "--loader", "preload")
        yield conformance.run(folder / "http.json", "sparql_suite.py", *told)


@pytest.fixture(scope="module")
def in_process(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    result = tmp_path_factory.mktemp("engine") / "engine.json"
    return failing(conformance.run(result, "sparql_suite.py", "engine", "pyoxigraph"))


def test_every_protocol_case_passes(over_http: Any) -> None:
    protocol = [
        case
        for case in over_http["tests"]
        if re.match("protocol|service-description", case["group"])
    ]
    assert Counter(case["status"] for case in protocol)["pass"] >= 80
    assert [case for case in protocol if case["status"] != "pass"] == []


def test_every_w3c_case_passes_but_the_accepted_ones(over_http: Any) -> None:
    assert sum(case["status"] == "pass" for case in over_http["tests"]) > 1000
    assert sorted(failing(over_http) - accepted().keys()) == []


def test_the_list_of_accepted_failures_only_shrinks(over_http: Any) -> None:
    assert sorted(accepted().keys() - failing(over_http)) == []


def test_each_accepted_failure_is_the_engine_s_or_the_loader_s(in_process: set[str]) -> None:
    assert sorted(accepted().keys() - in_process) == sorted(BY_LOADER)
    for name in BY_LOADER:
        assert accepted()[name].startswith("loader preload: ")


def test_the_quick_faults_do_no_harm(tmp_path: Path) -> None:
    data = conformance.FOLDER / "data" / "fault-seed.nt"
    with serve(tmp_path / "log", "--data", data, "--adhoc-deadline", DEADLINE) as served:
        outcome = conformance.run(
            tmp_path / "faults.json",
            "fault_harness.py",
            *("--base", served.url, "--query-path", "/sparql", "--readonly"),
            *("--deadline", DEADLINE, "--pid", str(served.process.pid), "--only", QUICK),
            *("--ui", "/", "--ui", "/queries", "--static", "/static/"),
            *("--xss", "/sparql?query={x}", "--xss", HOSTILE_LABELS),
            *("--saved", "/queries/{name}"),
        )
    verdicts = {case["case"]: case["verdict"] for case in outcome["results"]}
    assert len(verdicts) >= 40
    assert {name for name, verdict in verdicts.items() if verdict == "N/A"} == NOT_OFFERED
    wrong = [case for case in outcome["results"] if case["verdict"] not in ("PASS", "N/A")]
    assert wrong == []
