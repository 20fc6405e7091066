"""What is counted, as Prometheus reads it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from hostagegraph.service.app import create_app
from hostagegraph.service.edge.swap import Publication
from hostagegraph.workers import Limits
from tests.service.conftest import Service, running
from tests.service.test_hostile import DIRECT, ENDLESS, until
from tests.service.world import catalogue_in, snapshot_in


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[Service]:
    app = create_app(
        snapshot_in(tmp_path / "snapshots"),
        catalogue_in(tmp_path / "queries"),
        adhoc=Limits(workers=2, most=3, deadline=1),
        saved=Limits(workers=1, most=1, deadline=5),
        publication=Publication(tmp_path / "snapshots", tmp_path / "queries", 0.1),
    )
    yield from running(app)


def samples(service: Service) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    answer = service.client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def value(service: Service, name: str, **labels: str) -> float:
    return samples(service).get((f"hostagegraph_{name}", frozenset(labels.items())), 0)


def test_requests_are_counted_by_route_and_status(counted: Service) -> None:
    for _ in range(3):
        counted.client.get("/queries/agents.csv")
    counted.client.get("/queries/none")
    route = "/queries/{name}.{suffix}"
    assert value(counted, "requests_total", route=route, status="200") == 3
    assert value(counted, "requests_total", route="/queries/{name}", status="404") == 1
    assert value(counted, "request_seconds_count", route=route, pool="saved") == 1
    assert value(counted, "request_seconds_count", route=route, pool="none") == 2
    assert value(counted, "request_seconds_bucket", route=route, pool="none", le="+Inf") == 2
    assert 0 < value(counted, "request_seconds_sum", route=route, pool="none") < 20
    assert value(counted, "kept_looks_total", found="yes") == 2
    assert value(counted, "kept_looks_total", found="no") == 1
    assert value(counted, "kept_answers") == 1
    assert value(counted, "kept_bytes") == len(counted.client.get("/queries/agents.csv").content)


def test_no_client_can_make_labels(counted: Service) -> None:
    before = len(samples(counted))
    for number in range(50):
        counted.client.get(f"/nothing/{number}")
        counted.client.request(f"METHOD{number}", f"/else/{number}")
    after = samples(counted)
    assert after["hostagegraph_requests_total", frozenset({("route", "other"), ("status", "404")})]
    assert len(after) - before < 40


def test_the_end_of_a_worker_is_counted_by_its_reason(counted: Service) -> None:
    deep = "SELECT * {} ORDER BY " + "(1) " * 20_000
    assert counted.client.post("/sparql", content=ENDLESS, headers=DIRECT).status_code == 504
    assert counted.client.post("/sparql", content=deep, headers=DIRECT).status_code == 400
    assert value(counted, "workers_ended_total", pool="ad-hoc", reason="deadline") == 1
    assert value(counted, "workers_ended_total", pool="ad-hoc", reason="died") == 1
    until(lambda: value(counted, "workers", pool="ad-hoc", state="free") == 2)
    assert value(counted, "workers", pool="saved", state="alive") == 1
    assert value(counted, "waiting", pool="ad-hoc") == 0


def test_counts_go_on_when_a_new_snapshot_follows(counted: Service, tmp_path: Path) -> None:
    old = counted.serving.snapshot.name
    counted.client.get("/queries/agents.csv")
    counted.client.post("/sparql", content=ENDLESS, headers=DIRECT)
    new = snapshot_in(tmp_path / "snapshots", "A newcomer").name
    until(lambda: counted.serving.snapshot.name == new)
    assert value(counted, "swaps_total", outcome="done") == 1
    assert value(counted, "kept_looks_total", found="no") == 1
    assert value(counted, "workers_ended_total", pool="ad-hoc", reason="deadline") == 1
    about = [
        dict(labels) for name, labels in samples(counted) if name == "hostagegraph_snapshot_info"
    ]
    assert [found["data"] for found in about] == [new]
    assert old != new
