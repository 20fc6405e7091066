"""What was answered before is answered again: the same bytes, of the same data, never a failure."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostagegraph.service.app import create_app
from hostagegraph.service.edge.swap import Publication
from hostagegraph.service.repeatable import Repeatable, Sent
from hostagegraph.workers import Limits
from tests.service.conftest import Service, running
from tests.service.test_hostile import until
from tests.service.world import BASE, catalogue_in, snapshot_in

OWN = {"date", "x-request-id"}  # of each answer alone
SOURCE = f"{BASE}id/source/example-gazette-1900"
PATHS = (
    "/queries/agents.csv",
    "/queries/agents.json",
    "/queries/agents",
    "/queries/any-claim.xml",
    "/queries/claim-graph.ttl",
    f"/queries/claims-by-source.tsv?source={SOURCE}",
    f"/queries/claims-by-source.tsv?source={SOURCE}&status=x",
    "/queries/claims-by-source.tsv",
    "/queries/agents.png",
    "/queries/nothing.csv",
    "/queries",
    "/id/agent/example-gazette",
    "/id/agent/nobody",
    "/data?default",
    "/ns",
    "/sparql?query=ASK%7B%7D",
    "/healthz",
)
ACCEPTS = ("", "text/csv", "text/html", "text/turtle", "application/json", "image/png", "*/*;q=0.1")


@pytest.fixture(scope="module")
def forgetful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve the same data without ever repeating an answer as it was sent."""
    folder = tmp_path_factory.mktemp("forgetful")
    app = create_app(
        snapshot_in(folder / "snapshots"),
        catalogue_in(folder / "queries"),
        adhoc=Limits(deadline=5),
        saved=Limits(workers=1, most=1),
    )
    app.state.in_service.serving.repeatable.most = 0
    yield from running(app)


def ask(service: Service, method: str, path: str, headers: dict[str, str]) -> httpx.Response:
    return service.client.request(method, path, headers={"Host": "localhost", **headers})


def told(answer: httpx.Response) -> tuple[int, list[tuple[str, str]], bytes]:
    """Give all of an answer but what is of this one alone, such as the nonce of a page."""
    headers = [(name, value) for name, value in answer.headers.multi_items() if name not in OWN]
    if "nonce" in answer.headers.get("content-security-policy", ""):
        return answer.status_code, [], b""
    return (
        answer.status_code,
        [each for each in headers if each[0] != "server-timing"],
        answer.content,
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    method=st.sampled_from(["GET", "HEAD"]),
    path=st.sampled_from(PATHS),
    accept=st.sampled_from(ACCEPTS),
    known=st.sampled_from(["", "*", '"other"', "its own", 'W/"a", its own']),
    origin=st.sampled_from(["", "https://example.org"]),
)
def test_the_third_answer_is_that_of_a_service_that_repeats_nothing(
    service: Service,
    forgetful: Service,
    method: str,
    path: str,
    accept: str,
    known: str,
    origin: str,
) -> None:
    headers = {"Accept": accept} if accept else {}
    headers |= {"Origin": origin} if origin else {}
    tag = ask(forgetful, "GET", path, headers).headers.get("etag", '"none"')
    headers |= {"If-None-Match": known.replace("its own", tag)} if known else {}
    if path.startswith("/healthz"):
        headers.pop("If-None-Match", None)
    again = [ask(service, method, path, headers) for _ in range(3)][-1]
    slow = [ask(forgetful, method, path, headers) for _ in range(3)][-1]
    assert told(again) == told(slow)
    assert forgetful.serving.repeatable.answers == {}


@pytest.mark.parametrize(("method", "known"), list(product(("GET", "HEAD"), ("", "its own"))))
def test_what_is_asked_again_is_answered_as_it_was_sent(
    service: Service, method: str, known: str
) -> None:
    path = "/queries/agents.csv"
    tag = ask(service, "GET", path, {}).headers["etag"]
    headers = {"If-None-Match": tag} if known else {}
    headers["Accept"] = f"text/csv;q=0.{len(method)}{len(known)}"  # asked nowhere else
    before = len(service.serving.repeatable.answers)
    first = ask(service, method, path, headers)
    assert len(service.serving.repeatable.answers) == before + 1
    second = ask(service, method, path, headers)
    assert len(service.serving.repeatable.answers) == before + 1
    assert told(second) == told(first)
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    assert second.status_code == (304 if known else 200)
    assert bool(second.content) == (method == "GET" and not known)


@pytest.mark.parametrize(
    "path", ["/queries/agents.png", "/queries/nothing.csv", "/queries/claims-by-source.csv"]
)
def test_a_failure_is_never_kept(service: Service, path: str) -> None:
    before = len(service.serving.repeatable.answers)
    for _ in range(3):
        assert ask(service, "GET", path, {}).status_code >= 400
    assert len(service.serving.repeatable.answers) == before


def test_another_host_is_refused_though_the_answer_is_at_hand(service: Service) -> None:
    for _ in range(3):
        assert ask(service, "GET", "/queries/agents.csv", {}).status_code == 200
    foreign = ask(service, "GET", "/queries/agents.csv", {"Host": "evil.example"})
    assert foreign.status_code == 421


def follows(app: FastAPI, name: str) -> None:
    until(lambda: app.state.in_service.serving.snapshot.name == name)


def test_a_new_snapshot_answers_with_nothing_of_the_old_one(tmp_path: Path) -> None:
    app = create_app(
        snapshot_in(tmp_path / "snapshots"),
        catalogue_in(tmp_path / "queries"),
        adhoc=Limits(workers=1, most=1),
        saved=Limits(workers=1, most=1),
        publication=Publication(tmp_path / "snapshots", tmp_path / "queries", 0.1),
    )
    for service in running(app):
        old = [ask(service, "GET", "/queries/agents.csv", {}) for _ in range(3)][-1]
        new = snapshot_in(tmp_path / "snapshots", "A newcomer").name
        follows(app, new)
        headers = {"If-None-Match": old.headers["etag"]}
        for _ in range(3):
            answer = ask(service, "GET", "/queries/agents.csv", headers)
            assert answer.status_code == 200
            assert answer.headers["x-data-version"] == new
            assert "A newcomer" in answer.text


def sent(size: int) -> Sent:
    return Sent(200, (), b"x" * size, None)


def test_the_least_used_is_forgotten_when_room_or_number_end() -> None:
    kept = Repeatable(room=100_000, most=3)
    for name in ("a", "b", "c"):
        kept.put(("GET", name, ""), sent(1))
    assert kept.get(("GET", "a", "")) is not None
    kept.put(("GET", "d", ""), sent(1))
    assert [key[1] for key in kept.answers] == ["c", "a", "d"]
    kept.put(("GET", "e", ""), sent(93_000))
    assert [key[1] for key in kept.answers][-1] == "e"
    assert kept.size <= 100_000
    kept.put(("GET", "f", ""), sent(100_000))
    assert ("GET", "f", "") not in kept.answers
