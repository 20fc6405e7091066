"""By which names the service may be called, who may read it from a page; no Host is believed."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from hostagegraph.service.app import create_app
from hostagegraph.service.layers import Edge
from tests.service.conftest import Service, running
from tests.service.world import BASE, catalogue_in, snapshot_in


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("named")
    edge = Edge(hosts=("graph.example.org",), cors=("https://page.example.org",))
    app = create_app(snapshot_in(folder / "snapshots"), catalogue_in(folder / "queries"), edge=edge)
    yield from running(app)


OWN = (
    *("localhost", "localhost:8000", "127.0.0.1", "127.0.0.1:1", "10.1.2.3", "[::1]", "[::1]:80"),
    *("graph.example.org", "GRAPH.example.ORG:443", "graph.example.org.", "box", "x"),
)
FOREIGN = (
    "evil.example",
    "evil.example:8000",
    "127.0.0.1.evil.example",
    "graph.example.org.evil.example",
)


@pytest.mark.parametrize("host", OWN)
def test_own_names_and_addresses_are_accepted(named: Service, host: str) -> None:
    assert named.client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", FOREIGN)
@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_a_name_that_was_bent_to_this_address_is_refused(
    named: Service, host: str, accept: str
) -> None:
    headers = {"Host": host, "Accept": accept, "Origin": "https://evil.example"}
    answer = named.client.get("/queries/agents.csv", headers=headers)
    assert answer.status_code == 421
    assert "Freedonia" not in answer.text
    assert "evil" not in answer.text + str(answer.headers)
    if accept == "*/*":
        assert answer.json()["type"] == f"{BASE}errors#misdirected"


def test_a_star_lets_every_name_pass(tmp_path: Path) -> None:
    app = create_app(
        snapshot_in(tmp_path / "snapshots"),
        catalogue_in(tmp_path / "queries"),
        edge=Edge(hosts=("*",)),
    )
    for service in running(app):
        answer = service.client.get("/healthz", headers={"Host": "any.example"})
        assert answer.status_code == 200


PATHS = (
    *(
        "/",
        "/sparql",
        "/queries",
        "/queries/",
        "/queries/agents",
        "/data",
        "/ns",
        "/ns/",
        "/version",
    ),
    *(
        "/id/agent/example-gazette",
        "/id/agent/example-gazette/",
        "/openapi.json",
        "/nothing",
        "//x/",
    ),
    "/.well-known/void",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_no_answer_repeats_the_host(service: Service, path: str, accept: str) -> None:
    headers = {"Host": "strangername", "X-Forwarded-Host": "strangername", "Accept": accept}
    answer = service.client.get(path, headers=headers)
    assert "strangername" not in answer.text + str(answer.headers)


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/queries/", "/queries"),
        ("/queries/agents.csv/?x=1", "/queries/agents.csv?x=1"),
        ("/sparql//", "/sparql"),
    ],
)
def test_a_slash_too_many_leads_to_the_address_without(
    service: Service, path: str, leads: str
) -> None:
    answer = service.client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (308, leads)


@pytest.mark.parametrize("path", ["//evil.example/", "/nothing/", "/%2f%2fevil.example/", "//"])
def test_nobody_is_led_elsewhere(service: Service, path: str) -> None:
    answer = httpx.get(service.url + path)
    assert "location" not in answer.headers


def test_only_the_listed_origins_may_read(named: Service, service: Service) -> None:
    def allowed(where: Service, origin: str) -> object:
        answer = where.client.get("/queries", headers={"Origin": origin})
        assert "access-control-allow-credentials" not in answer.headers
        return answer.headers.get("access-control-allow-origin")

    assert allowed(named, "https://page.example.org") == "https://page.example.org"
    assert allowed(named, "https://evil.example") is None
    assert allowed(service, "https://evil.example") == "*"


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_an_answer_says_once_that_all_may_read_it(service: Service, method: str) -> None:
    for headers in ({}, {"Origin": "https://a.example"}):
        answer = service.client.request(method, "/queries/agents.csv", headers=headers)
        assert answer.headers.get_list("access-control-allow-origin") == ["*"]
        assert "X-Request-Id" in answer.headers["access-control-expose-headers"]
        assert "Origin" not in answer.headers.get("vary", "")


def test_a_browser_that_asks_beforehand_is_answered(service: Service) -> None:
    headers = {
        "Origin": "https://a.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,x-request-id",
    }
    answer = service.client.options("/sparql", headers=headers)
    assert answer.status_code == 200
    assert answer.headers.get_list("access-control-allow-origin") == ["*"]
    headers["Access-Control-Request-Headers"] = "cookie"
    assert service.client.options("/sparql", headers=headers).status_code == 400


def test_faults_carry_the_headers_of_all_answers(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(service.serving.catalogue.__class__, "get", break_down)
    answer = httpx.get(f"{service.url}/queries/agents", headers={"Origin": "https://a.example"})
    assert answer.status_code == 500
    for name in ("content-security-policy", "x-content-type-options", "x-request-id"):
        assert name in answer.headers
    assert answer.headers["access-control-allow-origin"] == "*"
