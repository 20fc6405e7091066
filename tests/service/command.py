"""`hostagegraph serve`, started as people start it."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

_START = 60.0


@dataclass(frozen=True)
class Served:
    """A running command: its process, its address and what it said."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path


@contextmanager
def serve(log: Path, *arguments: str | Path) -> Iterator[Served]:
    """Start the command on a free port, wait until it is ready, and end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "hostagegraph", "serve", "--port", str(port)]
    with log.open("wb") as said:
        process = subprocess.Popen([*command, *map(str, arguments)], stdout=said, stderr=said)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(process, url, log)
        yield Served(process, url, log)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    began = time.monotonic()
    while time.monotonic() - began < _START:
        assert process.poll() is None, log.read_text()
        try:
            if httpx.get(f"{url}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"the service was not ready in time: {log.read_text()}")
