"""One worker in this process: frames in, frames out."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pyoxigraph as ox
import pytest

from hostagegraph.errors import ResultTooLarge
from hostagegraph.store import Kind, QueryRequest
from hostagegraph.worker import CHUNK, HEADER, Memory, Pipe, Server, Sink, decode, encode

FORMATS: dict[Kind, str | None] = {
    "solutions": "text/csv",
    "boolean": "text/csv",
    "graph": "text/turtle",
}
ROOM = 1 << 20
Frame = tuple[bytes, bytes]


@contextmanager
def pipes(*descriptors: int) -> Iterator[None]:
    try:
        yield
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def frames(data: bytes) -> list[Frame]:
    found = []
    while data:
        tag, length = HEADER.unpack(data[: HEADER.size])
        found.append((tag, data[HEADER.size : HEADER.size + length]))
        data = data[HEADER.size + length :]
    return found


def ask(*asked: Frame, cap: int = 10_000) -> list[Frame]:
    """Let a server answer some frames and then find its input closed."""
    store = ox.Store()
    name = ox.NamedNode("http://example.org/name")
    store.add(ox.Quad(name, name, ox.Literal("An envoy"), name))
    source, give = os.pipe()
    take, target = os.pipe()
    fcntl.fcntl(target, fcntl.F_SETPIPE_SZ, ROOM)
    with pipes(take):
        for tag, body in asked:
            os.write(give, HEADER.pack(tag, len(body)) + body)
        os.close(give)
        with pipes(source, target):
            prefixes = {"ex": "http://example.org/"}
            Server(store, Pipe(source, target), Memory(), cap, prefixes).serve()
        return frames(os.read(take, ROOM))


def query(text: str) -> Frame:
    return b"Q", encode(QueryRequest(text, FORMATS), 5)


def test_a_request_comes_back_unchanged_from_its_frame() -> None:
    request = QueryRequest("ASK {}", {"boolean": None}, ("urn:a",), ("urn:b",), False, "urn:base")
    assert decode(encode(request, 2.5)) == (request, 2.5)


def test_an_answer_is_accepted_begun_given_and_ended() -> None:
    tags = [tag for tag, _ in ask(query("SELECT ?o { ?s ?p ?o }"))]
    assert tags == [b"A", b"B", b"D", b"E"]


def test_turtle_is_written_with_the_prefixes_of_the_worker() -> None:
    told = ask(query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"))
    assert b"ex:name ex:name" in dict(told)[b"D"]


def test_a_check_runs_nothing() -> None:
    body = encode(QueryRequest("SELECT * { ?s ?p ?o }", {}), 5)
    assert [tag for tag, _ in ask((b"C", body))] == [b"A", b"E"]


def test_mistakes_are_told_and_the_next_query_is_answered() -> None:
    told = ask(query("ASK {"), query("ASK {}"))
    assert [tag for tag, _ in told] == [b"A", b"X", b"A", b"B", b"D", b"E"]
    mistake = json.loads(told[1][1])
    assert (mistake["kind"], mistake["line"]) == ("QuerySyntaxError", 1)


def test_whatever_the_engine_raises_is_told() -> None:
    service = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    mistake = json.loads(dict(ask(query(service)))[b"X"])
    assert mistake["kind"] == "QueryError"
    assert "127.0.0.1" not in mistake["message"]


def test_a_result_above_the_cap_ends_the_query() -> None:
    told = ask(query("SELECT ?o { ?s ?p ?o }"), cap=5)
    assert json.loads(told[-1][1])["kind"] == "ResultTooLarge"


def test_an_answer_stops_when_that_is_told_and_not_when_it_has_ended() -> None:
    numbers = " ".join(map(str, range(400)))
    long = f"SELECT * {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} }}"
    told = ask(query(long), (b"S", b""), query("ASK {}"), (b"S", b""), query("ASK {}"), cap=ROOM)
    tags = [tag for tag, _ in told]
    assert tags == [b"A", b"B", b"D", b"X", *[b"A", b"B", b"D", b"E"] * 2]
    assert len(told[2][1]) == CHUNK
    assert json.loads(told[3][1])["message"] == "the query was let go"


def test_half_a_frame_is_the_end() -> None:
    source, give = os.pipe()
    os.write(give, HEADER.pack(b"Q", 10) + b"half")
    os.close(give)
    with pipes(source):
        assert Pipe(source, source).receive() is None


def test_a_sink_cuts_frames_of_one_size() -> None:
    take, target = os.pipe()
    with pipes(take, target):
        pipe = Pipe(-1, target)
        sink = Sink(pipe, 10 * CHUNK)
        assert sink.write(b"x" * 1000) == 1000
        sink.flush()
        sink.close()
        pipe.send(b"E", b"")
        assert frames(os.read(take, CHUNK)) == [(b"D", b"x" * 1000), (b"E", b"")]
        with pytest.raises(ResultTooLarge, match="cap of 655360 bytes"):
            sink.write(b"x" * 10 * CHUNK)
