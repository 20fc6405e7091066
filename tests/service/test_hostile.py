"""Hostile queries and clients over HTTP: each costs at most its own worker."""

import os
import socket
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import pytest

from tests.service.conftest import Service

NUMBERS = " ".join(map(str, range(100)))
BLOCK = [f"VALUES ?v{n} {{ {NUMBERS} }}" for n in range(6)]
BLOCKS = " ".join(BLOCK)
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {BLOCKS} FILTER(?v0 + ?v1 + ?v2 + ?v3 + ?v4 + ?v5 < 0) }}"
LONG = f"SELECT * {{ {BLOCKS} }}"
DIRECT = {"Content-Type": "application/sparql-query"}


def post(service: Service, query: str) -> httpx.Response:
    return service.client.post("/sparql", content=query.encode(), headers=DIRECT)


def until(holds: Callable[[], object], seconds: float = 15) -> None:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds
        time.sleep(0.02)


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


CHAINS = {
    "brackets": "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    "!": "ASK { FILTER(" + "!" * 20_000 + "true) }",
    "+1": "ASK { FILTER(1" + "+1" * 30_000 + ") }",
    "||": "ASK { FILTER(" + "||".join(["false"] * 12_000) + ") }",
    "/": "ASK { ?s " + "/".join(["<urn:p>"] * 3000) + " ?o }",
    "UNION": "ASK { " + " UNION ".join(["{}"] * 12_000) + " }",
}


@pytest.mark.parametrize("name", CHAINS)
def test_a_chain_is_refused_and_nothing_dies(service: Service, name: str) -> None:
    before = service.pids
    response = post(service, CHAINS[name])
    assert response.status_code == 400
    assert response.json()["type"].endswith("#query-too-complex")
    assert "ceiling" in response.json()["detail"]
    assert service.pids == before


def test_what_passes_the_ceilings_kills_its_worker_only(service: Service) -> None:
    before = service.pids
    response = post(service, "SELECT * {} ORDER BY " + "(1) " * 20_000)
    assert response.status_code == 400
    assert response.json()["type"].endswith("#query-too-complex")
    assert service.serving.saved.pids <= before
    assert service.sparql("ASK {}").status_code == 200


def test_a_query_that_never_ends_is_504_and_disturbs_nobody(service: Service) -> None:
    found: list[httpx.Response] = []
    slow = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(BLOCK[:3])} }}"
    began = time.monotonic()
    earlier = threading.Thread(target=lambda: found.append(post(service, slow)))
    endless = threading.Thread(target=lambda: found.append(post(service, ENDLESS)))
    earlier.start()
    endless.start()
    time.sleep(0.5)
    before = service.serving.adhoc.pids  # the endless query's worker is one of them by now
    asked = time.monotonic()
    assert service.sparql("ASK {}").status_code == 200
    assert time.monotonic() - asked < 2
    earlier.join(30)
    endless.join(30)
    assert time.monotonic() - began < 2 + 3
    assert sorted(response.status_code for response in found) == [200, 504]
    timeout = next(response for response in found if response.status_code == 504)
    assert timeout.json()["type"].endswith("#timeout")
    until(lambda: any(not lives(pid) for pid in before))
    until(lambda: len(service.serving.adhoc.pids) >= 2)


def test_another_service_is_never_asked(service: Service) -> None:
    with socket.socket() as canary:
        canary.bind(("127.0.0.1", 0))
        canary.listen()
        canary.setblocking(False)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/"
        for silent in ("", "SILENT"):
            query = f"SELECT * {{ SERVICE {silent} <{address}> {{ ?s ?p ?o }} }}"
            response = post(service, query)
            assert response.status_code == 400
            assert response.json()["type"].endswith("#refused")
        assert post(service, f"ASK FROM <{address}> {{ ?s ?p ?o }}").status_code == 200
        with pytest.raises(BlockingIOError):
            canary.accept()


def test_an_answer_that_is_cut_cannot_be_read_as_whole(service: Service) -> None:
    with service.client.stream("POST", "/sparql", content=LONG, headers=DIRECT) as response:
        assert response.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            response.read()


def raw(service: Service, request: bytes) -> socket.socket:
    place = urlsplit(service.url)
    assert place.hostname
    assert place.port
    connection = socket.create_connection((place.hostname, place.port), 10)
    connection.sendall(request)
    return connection


def direct(query: str) -> bytes:
    return (
        f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        f"Content-Length: {len(query)}\r\n\r\n{query}"
    ).encode()


@pytest.mark.parametrize("query", [ENDLESS, LONG], ids=["before the answer", "in its midst"])
def test_a_client_that_leaves_ends_its_query(small: Service, query: str) -> None:
    until(lambda: small.serving.adhoc.ready == 1)
    (pid,) = small.serving.adhoc.pids
    connection = raw(small, direct(query))
    if query == LONG:
        assert connection.recv(1000)
    else:
        until(lambda: small.serving.adhoc.ready == 0)
    connection.close()
    # A worker whose answer waits is told to stop; another is killed.
    until(lambda: small.serving.adhoc.ready == 1 or not lives(pid), 2.5)
    until(lambda: small.serving.adhoc.ready == 1)


def test_a_client_that_does_not_read_is_let_go(small: Service) -> None:
    until(lambda: small.serving.adhoc.ready == 1)
    (pid,) = small.serving.adhoc.pids
    with raw(small, direct(LONG)) as connection:
        assert connection.recv(1000)
        until(lambda: small.serving.adhoc.ready == 1, 6)
        assert small.sparql("ASK {}").status_code == 200
    assert small.serving.adhoc.pids == {pid}  # it was told to stop, and had not to be killed


def test_when_all_is_full_the_answer_is_503_with_a_time(small: Service) -> None:
    until(lambda: small.serving.adhoc.ready == 1)
    with raw(small, direct(ENDLESS)):
        until(lambda: small.serving.adhoc.ready == 0)
        with raw(small, direct("ASK {}")):
            until(lambda: small.serving.adhoc.crowded)
            response = small.sparql("ASK {}")
            assert response.status_code == 503
            assert response.json()["type"].endswith("#busy")
            assert int(response.headers["retry-after"]) >= 1
            # Saved queries have workers of their own.
            assert small.client.get("/queries/any-claim.csv").status_code == 200
    until(lambda: small.serving.adhoc.ready == 1)


def test_the_service_is_not_ready_without_workers(small: Service) -> None:
    until(lambda: small.serving.adhoc.ready == 1)
    for pid in small.serving.adhoc.pids:
        os.kill(pid, 9)
    until(lambda: small.client.get("/readyz").status_code == 503 or small.serving.adhoc.ready)
    until(lambda: small.client.get("/readyz").status_code == 200)
    assert small.sparql("ASK {}").status_code == 200
