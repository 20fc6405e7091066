"""The way to a service: waiting when told to, and never taking a part for the whole."""

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.utils import formatdate

import pytest

from hostagegraph.client import Graph, Incomplete, Refused, Unreachable

ROW = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}'
TABLE = b"Content-Type: application/sparql-results+json\r\n"
BUSY = b"HTTP/1.1 503 Busy\r\nRetry-After: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
WORD = "word"
WHOLE = b"HTTP/1.1 200 OK\r\n" + TABLE + b"Content-Length: %d\r\n\r\n" % len(ROW) + ROW


@contextmanager
def answering(*answers: bytes) -> Iterator[str]:
    """Answer each connection with the next bytes, then close it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)
        thread = threading.Thread(target=_answer, args=(server, answers))
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join(20)


def _answer(server: socket.socket, answers: Sequence[bytes]) -> None:
    for answer in answers:
        connection, _ = server.accept()
        with connection:
            while b"query=" not in connection.recv(65536):
                pass
            connection.sendall(answer)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass


def test_a_whole_answer_is_read() -> None:
    with answering(WHOLE) as url, Graph(url) as graph:
        assert graph.select("SELECT ?x {}").rows() == [{"x": "1"}]


@pytest.mark.parametrize("after", [b"0", b"1", formatdate(0, usegmt=True).encode()])
def test_a_busy_service_is_asked_again(after: bytes) -> None:
    with answering(BUSY % after, BUSY % after, WHOLE) as url, Graph(url) as graph:
        assert len(graph.select("SELECT ?x {}")) == 1


@pytest.mark.parametrize("after", [b"3600", b"soon", b""])
def test_nobody_waits_longer_than_their_patience(after: bytes) -> None:
    began = time.monotonic()
    with answering(BUSY % after) as url, Graph(url) as graph, pytest.raises(Refused) as refused:
        graph.select("SELECT ?x {}")
    assert refused.value.status == 503
    assert time.monotonic() - began < 10


def test_all_waiting_together_is_bounded() -> None:
    busy = [BUSY % b"1"] * 3
    with answering(*busy) as url, Graph(url, patience=2) as graph, pytest.raises(Refused):
        graph.select("SELECT ?x {}")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (WHOLE[:-10], "ended early"),
        (b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"hea\r\n', "ended early"),
        (b"HTTP/1.0 200 OK\r\n" + TABLE + b"\r\n" + ROW, "where it ends"),
        (b"HTTP/1.1 200 OK\r\n" + TABLE + b"Content-Length: 9\r\n\r\n" + ROW[:9], "cannot be read"),
        (WHOLE.replace(TABLE, TABLE + b"X-Row-Count: 2\r\n"), "2 rows were announced, 1 came"),
    ],
    ids=["length", "chunks", "no length", "json", "count"],
)
def test_a_part_is_no_answer(answer: bytes, why: str) -> None:
    with answering(answer) as url, Graph(url) as graph, pytest.raises(Incomplete, match=why):
        graph.select("SELECT ?x {}")


def test_a_page_of_a_proxy_is_no_answer() -> None:
    page = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>"
    refused = pytest.raises(Refused, match=r"Bad Gateway \(502\)")
    with answering(page) as url, Graph(url) as graph, refused:
        graph.select("SELECT ?x {}")


def test_a_service_that_is_not_there_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    with Graph(url) as graph, pytest.raises(Unreachable, match=url):
        graph.select("ASK {}")


def test_a_service_that_is_silent_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        with Graph(url, timeout=0.5) as graph, pytest.raises(Unreachable, match=r"0\.5 seconds"):
            graph.select("ASK {}")


def test_a_token_is_sent_along() -> None:
    seen = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                seen.append(connection.recv(65536))
                connection.sendall(WHOLE)

        thread = threading.Thread(target=answer)
        thread.start()
        with Graph(f"http://127.0.0.1:{server.getsockname()[1]}", token=WORD) as graph:
            graph.select("ASK {}")
        thread.join(10)
    assert b"authorization: bearer word" in seen[0].lower()
