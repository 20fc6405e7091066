"""Framed requests in, framed answers out: the process that owns a read-only store.

`python -m hostagegraph.worker STORE …` is started by the pool and runs one query at a time. It is
the wall between a hostile query and the service: it may die at any moment, and nothing else does.

A frame is one letter, four bytes of length (big-endian) and a body. To the worker: `Q` a query,
`C` a text to parse only, `S` to stop writing the answer. From it: `R` ready, `A` accepted, `B` the
answer begins, `D` data, `E` the answer is whole (with its rows or triples, where counted, and the
seconds it took), `X` an error.
"""

import argparse
import json
import math
import os
import select
import signal
import struct
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, NoReturn, cast

import pyoxigraph as ox

from hostagegraph import sandbox
from hostagegraph.errors import HostagegraphError, QueryError, QuerySyntaxError, ResultTooLarge
from hostagegraph.row_counts import rows_in
from hostagegraph.store import Kind, QueryRequest, check_syntax, open_store, run_query

CHUNK: Final = 65_536
HEADER: Final = struct.Struct(">cI")
PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_COUNTED: Final = 16 * CHUNK  # a larger answer is streamed: its head has gone before it is counted


class Pipe:
    """Frames on a pair of file descriptors."""

    def __init__(self, source: int, target: int) -> None:
        self._source, self._target = source, target
        self._held = bytearray()

    def receive(self) -> tuple[bytes, bytes] | None:
        """Take one frame, or None when the other side has closed."""
        header = self._exactly(HEADER.size)
        if header is None:
            return None
        tag, length = HEADER.unpack(header)
        body = self._exactly(length)
        return None if body is None else (tag, body)

    def send(self, tag: bytes, body: bytes | bytearray, *, more: bool = False) -> None:
        """Give one frame; where more follows soon it goes with that, and wakes its reader once."""
        self._held += HEADER.pack(tag, len(body))
        self._held += body
        if more:
            return
        frames, self._held = self._held, bytearray()
        rest = memoryview(frames)
        while rest:
            rest = rest[os.write(self._target, rest) :]

    def tell(self, tag: bytes, values: Mapping[str, object], *, more: bool = False) -> None:
        """Give one frame of JSON."""
        self.send(tag, json.dumps(values).encode(), more=more)

    def told_to_stop(self) -> bool:
        """Tell whether a frame has come while an answer is written, which can only be `S`."""
        readable, _, _ = select.select([self._source], [], [], 0)
        return bool(readable) and self.receive() is not None

    def _exactly(self, count: int) -> bytes | None:
        parts = bytearray()
        while len(parts) < count:
            part = os.read(self._source, min(count - len(parts), 1 << 20))
            if not part:
                return None
            parts += part
        return bytes(parts)


class Sink:
    """A file object that cuts a result into frames and stops it at the cap."""

    def __init__(self, pipe: Pipe, cap: int) -> None:
        self._pipe, self._cap = pipe, cap
        self._buffer = bytearray()
        self._small = bytearray()
        self._stopped = False
        self.size = 0

    def write(self, data: bytes) -> int:
        """Take a piece of the result. What it raises ends the query.

        Raises ResultTooLarge above the cap, and QueryError when nobody waits for the rest.
        """
        if self._stopped:
            raise QueryError("the query was let go")  # the engine tries once more
        self.size += len(data)
        if self.size > self._cap:
            raise ResultTooLarge(f"the result is above the cap of {self._cap} bytes")
        self._buffer += data
        if self.size <= _COUNTED:
            self._small += data
        while len(self._buffer) >= CHUNK:
            self._pipe.send(b"D", self._buffer[:CHUNK])
            del self._buffer[:CHUNK]
            self._stopped = self._stopped or self._pipe.told_to_stop()
            if self._stopped:
                raise QueryError("the query was let go")
        return len(data)

    def flush(self) -> None:
        """Do nothing: a frame is full, or it is the last."""

    @property
    def whole(self) -> bytes | None:
        """All that was written, unless it is large."""
        return bytes(self._small) if self.size <= _COUNTED else None

    def close(self) -> None:
        """Give what is left, with the frame that ends the answer."""
        if self._buffer:
            self._pipe.send(b"D", self._buffer, more=True)
            self._buffer.clear()


def encode(request: QueryRequest, deadline: float) -> bytes:
    """Write a request as the body of a frame."""
    fields = {
        "text": request.text,
        "formats": dict(request.formats),
        "default_graphs": request.default_graphs,
        "named_graphs": request.named_graphs,
        "union": request.union,
        "base": request.base,
        "deadline": deadline,
    }
    return json.dumps(fields).encode()


def decode(body: bytes) -> tuple[QueryRequest, float]:
    """Read a request and its deadline from the body of a frame."""
    fields = json.loads(body)
    deadline = float(fields.pop("deadline"))
    for name in ("default_graphs", "named_graphs"):
        fields[name] = tuple(fields[name])
    return QueryRequest(**fields), deadline


@dataclass(frozen=True, slots=True)
class Server:
    """A store and the pipe through which it is asked."""

    store: ox.Store
    pipe: Pipe
    memory: "Memory"
    cap: int
    prefixes: Mapping[str, str]

    def serve(self) -> None:
        """Answer requests one after the other until the other side closes."""
        while frame := self.pipe.receive():
            tag, body = frame
            if tag == b"S":
                continue  # the answer had ended before this came
            request, deadline = decode(body)
            # If even the service hangs, the kernel ends this process soon after the deadline.
            signal.alarm(math.ceil(deadline) + 2)
            self.pipe.send(b"A", b"")
            try:
                began = time.perf_counter()
                told = self._check(request) if tag == b"C" else self._run(request)
                took = time.perf_counter() - began
                self.pipe.tell(b"E", {**told, "seconds": took, "memory": self.memory.mapped()})
            except HostagegraphError as error:
                self.pipe.tell(b"X", _explain(error) | {"memory": self.memory.mapped()})
            except BrokenPipeError:
                raise
            except Exception as error:
                failed: dict[str, object] = {
                    "kind": "QueryError",
                    "message": "the engine gave up on this query",
                }
                failed["memory"] = self.memory.mapped()
                self.pipe.tell(b"X", failed | {"cause": repr(error)})
            finally:
                signal.alarm(0)

    def _check(self, request: QueryRequest) -> dict[str, object]:
        return {"unknown": check_syntax(request.text, request.base)}

    def _run(self, request: QueryRequest) -> dict[str, object]:
        sink = Sink(self.pipe, self.cap)
        unknown: list[str] = []
        rows: list[str] = []  # the media type of an answer in rows

        def begin(kind: Kind, media: str) -> IO[bytes]:
            head = {"kind": kind, "media_type": media, "unknown": unknown}
            self.pipe.tell(b"B", head, more=True)
            if kind == "solutions":
                rows.append(media)
            return cast(IO[bytes], sink)

        count = run_query(self.store, request, begin, self.prefixes, unknown)
        sink.close()
        if rows and sink.whole is not None:
            count = rows_in(rows[0], sink.whole)
        return {"size": sink.size, "count": count}


def _explain(error: HostagegraphError) -> dict[str, object]:
    told: dict[str, object] = {"kind": type(error).__name__, "message": str(error)}
    if isinstance(error, QuerySyntaxError):
        told |= {"line": error.line, "column": error.column}
    return told


class Memory:
    """The address space of this process; the file is opened before files are denied."""

    def __init__(self) -> None:
        try:
            self._statm = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            self._statm = -1

    def mapped(self) -> int:
        """Measure it in bytes; 0 where the system does not tell."""
        if self._statm < 0:
            return 0
        return int(os.pread(self._statm, 200, 0).split()[0]) * PAGE


def _cap_memory(limit: int, mapped: int) -> None:
    """Allow so much memory beyond what is mapped now, and no core file."""
    import resource  # noqa: PLC0415 - not on every platform

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if mapped:
        resource.setrlimit(resource.RLIMIT_AS, (mapped + limit, mapped + limit))


def _own_pipe() -> Pipe:
    """Take the two descriptors for frames; what is printed by mistake goes to the log."""
    pipe = Pipe(os.dup(0), os.dup(1))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return pipe


def main(arguments: list[str]) -> int:
    """Open the store, give up what is not needed, and serve."""
    parser = argparse.ArgumentParser(prog="python -m hostagegraph.worker", description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--memory", type=int, required=True)
    parser.add_argument("--result", type=int, required=True)
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--prefixes", type=json.loads, default={})
    options = parser.parse_args(arguments)
    pipe = _own_pipe()
    for told_to_all in (signal.SIGINT, signal.SIGTERM):  # the service decides when a worker ends
        signal.signal(told_to_all, signal.SIG_IGN)
    sandbox.die_with_parent(options.parent)
    sandbox.deny_network()
    try:
        store = open_store(options.store)
    except HostagegraphError as error:
        pipe.tell(b"X", _explain(error))
        return 1
    memory = Memory()
    mapped = memory.mapped()
    _cap_memory(options.memory, mapped)
    sandbox.deny_files(options.store)
    pipe.tell(
        b"R",
        {"network": sandbox.network_proof(), "files": sandbox.file_proof(), "memory": mapped},
    )
    Server(store, pipe, memory, options.result, options.prefixes).serve()
    return 0


def _run() -> NoReturn:
    code = 1
    try:
        code = main(sys.argv[1:])
    except BrokenPipeError:
        code = 0
    sys.stderr.flush()
    os._exit(code)  # the store is read-only: nothing is left to write, so leave at once


if __name__ == "__main__":
    _run()
