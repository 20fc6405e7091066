"""A command in; its running server, and what it and its children take of the machine, out."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_START = 900.0
_EVERY = 0.05


@dataclass(frozen=True)
class Server:
    """A server on a loopback port."""

    pid: int
    port: int

    def cpu(self) -> float:
        """Processor seconds so far, of this process, of its children and of those that ended."""
        return sum(map(_cpu, self._family()))

    def memory(self) -> float:
        """Megabytes now, of this process and its children; what they share counts once."""
        return sum(map(_share, self._family()))

    def _family(self) -> Iterator[int]:
        pids = [self.pid]
        for pid in pids:
            yield pid
            with contextlib.suppress(OSError):
                for task in Path(f"/proc/{pid}/task").iterdir():
                    pids += map(int, (task / "children").read_text().split())


@dataclass
class Peak:
    """The most memory that a server had while somebody looked."""

    server: Server
    megabytes: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Peak":
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while True:
            self.megabytes = max(self.megabytes, self.server.memory())
            if self._stop.wait(_EVERY):
                return


@contextmanager
def started(command: Sequence[str], port: int, path: str, log: Path) -> Iterator[Server]:
    """Start a server, wait until it answers at a path, and end it."""
    with log.open("ab") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        began = time.monotonic()
        while not _answers(port, path):
            if process.poll() is not None or time.monotonic() - began > _START:
                sys.exit(f"{command[0]} did not start:\n{log.read_text()[-2000:]}")
            time.sleep(0.1)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500  # noqa: PLR2004 - it speaks, and will not say more than that
    except OSError:
        return False


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICK  # user and system, own and of ended children


def _share(pid: int) -> float:
    """Read the proportional set size: a page that n processes share is an n-th of each."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1e3
