"""A client as it should not be: from an address of its own, a few bad requests at a time."""

import contextlib
import random
import socket
import threading
import urllib.parse
from collections import Counter
from collections.abc import Callable

ADDRESS = "127.0.0.2"
_CHAIN = 12
_MOST_BYTES = 8_000_000


class Attacker(threading.Thread):
    """One thread of the hostile client."""

    def __init__(self, port: int, seed: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.tally: Counter[str] = Counter()
        self._port, self._random, self._stop_now = port, random.Random(seed), stop

    def run(self) -> None:
        """Attack until told to stop; what comes of it is of no interest."""
        while not self._stop_now.is_set():
            kind = self._random.choice(list(ATTACKS))
            with contextlib.suppress(OSError):
                ATTACKS[kind](self)
            self.tally[kind] += 1
            self._stop_now.wait(self._random.uniform(0.05, 0.5))

    def connect(self, receive: int = 0) -> socket.socket:
        """Open a connection; `receive` makes the window small."""
        opened = socket.socket()
        if receive:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        opened.settimeout(20)
        opened.bind((ADDRESS, 0))
        opened.connect(("127.0.0.1", self._port))
        return opened

    def ask(self, query: str, receive: int = 0) -> socket.socket:
        """Send a query and leave the answer alone."""
        body = urllib.parse.urlencode({"query": query}).encode()
        opened = self.connect(receive)
        head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\n"
        opened.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        return opened

    def read(self, opened: socket.socket) -> None:
        """Take an answer to its end, or to more than enough of it."""
        taken = 0
        with opened:
            while taken < _MOST_BYTES and (part := opened.recv(1 << 16)):
                taken += len(part)

    def pause(self, seconds: float) -> None:
        """Do nothing for a while."""
        self._stop_now.wait(seconds)


def _product(factors: int, values: int) -> str:
    inner = " ".join(
        f"VALUES ?v{factor} {{ {' '.join(map(str, range(values)))} }}" for factor in range(factors)
    )
    return f"SELECT * WHERE {{ {inner} }}"


def _nested(client: Attacker) -> None:
    deep = 10_000
    client.read(client.ask(f"ASK {{ FILTER({'(' * deep}1{')' * deep}) }}"))


def _nested_below_the_ceiling(client: Attacker) -> None:
    deep = 96
    client.read(client.ask(f"ASK {{ ?s ?p {'(' * deep}1{')' * deep} }}"))


def _runaway(client: Attacker) -> None:
    client.read(client.ask(_product(6, 100).replace("*", "(COUNT(*) AS ?n)")))


def _join(client: Attacker) -> None:
    parts = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(5))
    client.read(client.ask(f"SELECT (COUNT(*) AS ?n) {{ {parts} FILTER(?c0 = CONCAT(?c1, ?c2)) }}"))


def _sort(client: Attacker) -> None:
    client.read(client.ask(f"{_product(4, 60)} ORDER BY DESC(?v0) ?v1"))


def _string(client: Attacker) -> None:
    binds = "".join(
        f"BIND(CONCAT(?s{n}, ?s{n}, ?s{n}, ?s{n}) AS ?s{n + 1}) " for n in range(_CHAIN)
    )
    client.read(
        client.ask(f'SELECT (STRLEN(?s{_CHAIN}) AS ?n) {{ BIND("0123456789" AS ?s0) {binds} }}')
    )


def _stalled(client: Attacker) -> None:
    with client.ask(_product(4, 60), receive=8192) as opened:
        opened.recv(1024)
        client.pause(5)


def _gone(client: Attacker) -> None:
    with client.ask(_product(5, 100)) as opened:
        opened.recv(1024)


def _slow_body(client: Attacker) -> None:
    with client.connect() as opened:
        opened.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
            b"Content-Type: application/sparql-query\r\n\r\nASK"
        )
        client.pause(5)


def _garbage(client: Attacker) -> None:
    with client.connect() as opened:
        opened.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"a" * 200)
        client.read(opened)


ATTACKS: dict[str, Callable[[Attacker], None]] = {
    "nested too deep": _nested,
    "nested as deep as allowed": _nested_below_the_ceiling,
    "runaway product": _runaway,
    "runaway join": _join,
    "sorted product": _sort,
    "string bomb": _string,
    "stalled reader": _stalled,
    "gone at once": _gone,
    "slow body": _slow_body,
    "no HTTP": _garbage,
}
