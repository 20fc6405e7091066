"""Requests as bytes: malformed, slow, doubled and half-closed ones, and what comes back."""

import gzip
import socket
import time
from urllib.parse import urlsplit

import pytest

from tests.service.conftest import Service

ASK = b"/sparql?query=ASK%20%7B%7D"
TYPE = b"Content-Type: application/sparql-query\r\n"


def connect(service: Service) -> socket.socket:
    place = urlsplit(service.url)
    assert place.hostname
    assert place.port
    return socket.create_connection((place.hostname, place.port), 20)


def sent(service: Service, *pieces: bytes, half_close: bool = False) -> bytes:
    """Send pieces with a pause between them, and read until the server closes."""
    with connect(service) as connection:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(0.05 if len(pieces) > 1 else 0)
        if half_close:
            connection.shutdown(socket.SHUT_WR)
        parts = []
        try:
            while part := connection.recv(65_536):
                parts.append(part)
        except ConnectionResetError:
            pass  # refused while the rest was still on its way
    return b"".join(parts)


def get(address: bytes, *lines: bytes) -> bytes:
    head = [b"GET " + address + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *lines]
    return b"\r\n".join([*head, b"", b""])


def post(body: bytes, *lines: bytes) -> bytes:
    head = [b"POST /sparql HTTP/1.1", b"Host: localhost", b"Connection: close", *lines]
    return b"\r\n".join([*head, b"", b""]) + body


def status(answer: bytes) -> int:
    """Read the status; a connection that was broken off counts as 400."""
    final = answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    return int(final.split(b" ", 2)[1]) if final else 400


@pytest.fixture(autouse=True)
def _well_afterwards(service: Service) -> object:
    yield
    began = time.monotonic()
    assert service.sparql("ASK {}").status_code == 200
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (b"/sparql?query=ASK%20%7B%7D%zz", {400}),
        (b"/sparql?query=%", {400}),
        (b"/sparql?query=ASK%20%7B%7D%", {400}),
        (b"/sparql?query=%ED%A0%80", {400}),
        (b"/sparql?query=%C0%AF", {400}),
        (b"/sparql?query=%00", {400}),
        (b"/sparql?query=ASK%20%7B%7D&%ff=1", {400}),
        (b"/sparql?query=ASK%20%7B%7D&default-graph-uri=%00", {400}),
        (b"/sparql?" + b"&".join(b"a%d=1" % n for n in range(4000)), {400}),
        (b"/sparql?query=ASK%20%7B%7D&" + b"&" * 5000, {400}),
        (b"/sparql?query=ASK%20%7B%7D;update=CLEAR%20ALL", {400}),
        (b"/sparql?query=ASK+%7B%7D#fragment", {200, 400}),
        (b"/sparql?query=" + b"a" * 200_000, {400, 414, 431}),
        (b"/%2e%2e/%2e%2e/etc/passwd", {404}),
        (b"/data/..%2f..%2fmanifest.json", {404}),
        (b"/queries/%00.csv", {404}),
        (b"//evil.example/%2e%2e", {404}),
        (b"http://evil.example/sparql?query=ASK%7B%7D", {200, 400, 404, 421}),
    ],
)
def test_malformed_addresses(service: Service, address: bytes, expected: set[int]) -> None:
    answer = sent(service, get(address))
    assert status(answer) in expected
    assert b"Traceback" not in answer
    assert b"location: http" not in answer.lower()


def test_a_head_that_never_ends_is_refused_while_it_arrives(service: Service) -> None:
    answer = sent(service, b"GET / HTTP/1.1\r\nX-Endless: ", *[b"x" * 20_000] * 4)
    assert status(answer) == 400
    assert b"65536 bytes" in answer


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((b"Accept: text/csv", b"Accept: text/csv;q=0"), {200}),
        ((b"Accept: application/xml;q=0.1", b"Accept: text/csv"), {200}),
        ((b"Accept: " + b"a/b," * 10_000,), {400, 406, 431}),
        ((b"Accept: \xff\xfe",), {200, 400, 406}),
        ((b'Accept: text/csv;x="a,b;q=0"',), {200}),
        ((b"X-Much: " + b"x" * 200_000,), {400, 431}),
        (tuple(b"X-%d: y" % n for n in range(2000)), {200, 400, 431}),
        ((b"If-None-Match: " + b'"x",' * 3000,), {200, 400}),
        ((b"Content-Length: 5", b"Content-Length: 7"), {400}),
        ((b"Range: bytes=0-1",), {200}),
        ((b"Expect: 100-continue",), {200}),
        ((b"Upgrade: websocket", b"Connection: upgrade"), {200, 400}),
    ],
)
def test_odd_headers(service: Service, lines: tuple[bytes, ...], expected: set[int]) -> None:
    assert status(sent(service, get(ASK, *lines))) in expected


def test_accept_in_two_lines_is_one_wish(service: Service) -> None:
    wish = (b"Accept: application/sparql-results+xml;q=0.1", b"Accept: text/csv")
    assert b"content-type: text/csv" in sent(service, get(ASK, *wish))


def test_a_body_in_chunks_is_read(service: Service) -> None:
    head = post(b"", TYPE[:-2], b"Transfer-Encoding: chunked")
    assert status(sent(service, head, b"3\r\nASK\r\n", b"3\r\n {}\r\n", b"0\r\n\r\n")) == 200


def test_chunks_above_the_ceiling_are_413(service: Service) -> None:
    head = post(b"", TYPE[:-2], b"Transfer-Encoding: chunked")
    chunk = b"%x\r\n%b\r\n" % (200_000, b"#" * 200_000)
    assert status(sent(service, head, chunk, chunk)) == 413


def test_broken_chunks_are_refused(service: Service) -> None:
    head = post(b"", TYPE[:-2], b"Transfer-Encoding: chunked")
    answer = sent(service, head, b"zz\r\nASK {}\r\n0\r\n\r\n", half_close=True)
    assert status(answer) == 400


def test_a_packed_body_is_415(service: Service) -> None:
    body = gzip.compress(b"ASK {}")
    length = b"Content-Length: %d" % len(body)
    assert status(sent(service, post(body, TYPE[:-2], b"Content-Encoding: gzip", length))) == 415


def test_a_body_begins_after_100_continue(service: Service) -> None:
    head = post(b"", TYPE[:-2], b"Content-Length: 6", b"Expect: 100-continue")
    answer = sent(service, head, b"ASK {}")
    assert answer.startswith(b"HTTP/1.1 100")
    assert b"HTTP/1.1 200" in answer


def test_an_old_client_is_answered(service: Service) -> None:
    assert status(sent(service, b"GET " + ASK + b" HTTP/1.0\r\n\r\n")) == 200


def test_requests_in_one_go_are_answered_in_order(service: Service) -> None:
    first = (
        b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n"
    )
    second = get(b"/sparql?query=ASK%20%7B", b"Accept: text/csv")
    answer = sent(service, first + second)
    assert answer.index(b" 200 ") < answer.index(b" 400 ")


def test_a_half_closed_client_ends_without_harm(service: Service) -> None:
    answer = sent(service, get(ASK), half_close=True)
    assert answer == b"" or status(answer) == 200


def test_half_a_body_is_no_query(service: Service) -> None:
    head = post(b"ASK", TYPE[:-2], b"Content-Length: 6")
    answer = sent(service, head, half_close=True)
    assert b" 200 " not in answer


@pytest.mark.parametrize(
    "garbage",
    [b"\x16\x03\x01\x02\x00\x01", b"GET /\r\n\r\n", b"\x00" * 500, b"A B C\r\n\r\n"],
)
def test_what_is_not_http_is_refused(service: Service, garbage: bytes) -> None:
    answer = sent(service, garbage, half_close=True)
    assert status(answer) == 400


def test_a_header_cannot_be_split(service: Service) -> None:
    address = b"/sparql?query=ASK%20%7B%7D%0d%0aX-Evil:%201&x=%0d%0aX-Evil:%201"
    assert b"\nx-evil" not in sent(service, get(address, b"X-Request-Id: a%0d%0ab")).lower()


def old(service: Service, query: str) -> tuple[bytes, bytes]:
    body = query.encode()
    head = b"POST /sparql HTTP/1.0\r\nAccept: text/csv\r\n" + TYPE
    answer = sent(service, head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    top, _, rest = answer.partition(b"\r\n\r\n")
    return top, rest


def numbers(count: int, times: int) -> str:
    values = " ".join(map(str, range(count)))
    return "SELECT * { " + " ".join(f"VALUES ?v{n} {{ {values} }}" for n in range(times)) + " }"


def test_an_old_client_gets_a_large_answer_with_its_length(service: Service) -> None:
    top, rest = old(service, numbers(300, 2))
    assert b"content-length: %d" % len(rest) in top.lower()
    assert rest.count(b"\r\n") == 90_001


def test_an_old_client_is_never_given_a_cut_answer(service: Service) -> None:
    """Without pieces or a length, the end of a connection looks like the end of the rows."""
    top, rest = old(service, numbers(100, 5))
    assert b" 400 " in top
    assert b"result-too-large" in rest


@pytest.mark.slow
def test_a_body_that_comes_too_slowly_is_408(service: Service) -> None:
    with connect(service) as connection:
        connection.sendall(post(b"A", TYPE[:-2], b"Content-Length: 6"))
        began = time.monotonic()
        assert status(connection.recv(65_536)) == 408
        assert time.monotonic() - began < 10 + 5
