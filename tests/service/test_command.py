"""`hostagegraph serve` as people start it: a process, a port, and an end."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from hostagegraph import build
from tests.projects import FIRST, edit, sample_project
from tests.service.test_hostile import BLOCKS, ENDLESS, lives, until


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = sample_project(tmp_path_factory.mktemp("served"))
    build.build(build.Project(folder), folder / "snapshots")
    return folder


@pytest.fixture
def process(root: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the command on a free port and wait for its address."""
    command = [sys.executable, "-m", "hostagegraph", "--root", str(root), "serve", "--port", "0"]
    started = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert started.stderr is not None
    for line in started.stderr:
        if found := re.search(r"running on (http://127\.0\.0\.1:\d+)", line):
            yield started, found[1]
            break
    started.kill()
    started.wait()
    started.stderr.close()


def test_it_answers_the_two_first_questions(process: tuple[subprocess.Popen[str], str]) -> None:
    _, url = process
    found = httpx.get(f"{url}/queries/statements-by-anonymous-officials.csv").text
    assert found.count("/u-") == 4
    assert "s-stmt-official-0103" in found
    found = httpx.get(f"{url}/queries/unnamed-statements-with-alleged-originator.csv").text
    header, only = found.strip().splitlines()
    assert "according" in header
    assert "agent/basil-thrumm" in only
    assert "agent/example-gazette" in only


def test_it_ends_soon_when_told_to(process: tuple[subprocess.Popen[str], str]) -> None:
    started, url = process
    assert httpx.get(f"{url}/readyz").status_code == 200
    told = time.monotonic()
    started.send_signal(signal.SIGTERM)
    started.wait(10)
    assert time.monotonic() - told < 10
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/healthz")


def test_it_listens_on_loopback_unless_told_otherwise(
    process: tuple[subprocess.Popen[str], str],
) -> None:
    assert process[1].startswith("http://127.0.0.1:")


def pids(of: int) -> set[int]:
    """List the children of a process."""
    return {int(pid) for pid in Path(f"/proc/{of}/task/{of}/children").read_text().split()}


@pytest.mark.slow
def test_it_ends_soon_whatever_its_clients_do(process: tuple[subprocess.Popen[str], str]) -> None:
    started, url = process
    host, port = "127.0.0.1", int(url.rpartition(":")[2])
    endless = f"SELECT * {{ {BLOCKS} }}".encode()
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    with (
        socket.create_connection((host, port)) as unfinished,
        socket.create_connection((host, port)) as stalled,
        socket.create_connection((host, port)) as slow,
    ):
        unfinished.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ")
        stalled.sendall(head + b"Content-Length: %d\r\n\r\n%s" % (len(endless), endless))
        slow.sendall(head + b"Content-Length: 100\r\n\r\nASK")
        assert stalled.recv(10)
        runaway = threading.Thread(target=give_up, args=(url, ENDLESS))
        runaway.start()
        time.sleep(0.5)
        workers = pids(started.pid)
        assert len(workers) >= 4
        told = time.monotonic()
        started.send_signal(signal.SIGTERM)
        assert started.wait(10) == 0
        assert time.monotonic() - told < 10
        until(lambda: not any(map(lives, workers)))
        runaway.join(10)


def give_up(url: str, query: str) -> None:
    with contextlib.suppress(httpx.TransportError):
        httpx.post(f"{url}/sparql", data={"query": query}, timeout=30)


def taken(url: str) -> bool:
    """Tell whether an ad-hoc query has a worker."""
    workers = httpx.get(f"{url}/readyz").json()["workers"]["ad-hoc"]
    return bool(workers["free"] < workers["alive"])


def test_what_runs_is_finished_when_it_is_short(
    process: tuple[subprocess.Popen[str], str],
) -> None:
    started, url = process
    numbers = " ".join(map(str, range(230)))
    some = " ".join(f"VALUES ?v{n} {{ {numbers} }}" for n in range(3))
    query = f"SELECT (COUNT(*) AS ?n) {{ {some} }}"
    found: list[httpx.Response] = []
    asking = threading.Thread(
        target=lambda: found.append(
            httpx.post(f"{url}/sparql", data={"query": query}, headers={"Accept": "text/csv"})
        )
    )
    asking.start()
    until(lambda: taken(url))
    assert not found
    for pid in (*pids(started.pid), started.pid):  # as some supervisors do: all at once
        os.kill(pid, signal.SIGTERM)
    asking.join(15)
    assert found[0].text.split() == ["n", str(230**3)]
    assert started.wait(10) == 0


def test_kill_leaves_no_worker_behind(process: tuple[subprocess.Popen[str], str]) -> None:
    started, _ = process
    workers = pids(started.pid)
    started.kill()
    started.wait()
    until(lambda: not any(map(lives, workers)))


def test_a_new_build_is_served_without_a_restart(
    process: tuple[subprocess.Popen[str], str], root: Path
) -> None:
    started, url = process
    old = httpx.get(f"{url}/version").json()["data"]
    edit(root, FIRST, "given by the cabinet", "given by the whole cabinet")
    new = build.build(build.Project(root), root / "snapshots").snapshot.name
    assert new != old
    os.kill(started.pid, signal.SIGHUP)
    until(lambda: httpx.get(f"{url}/version").json()["data"] == new)


def test_a_place_that_is_taken_is_a_failure(
    process: tuple[subprocess.Popen[str], str], root: Path
) -> None:
    port = process[1].rpartition(":")[2]
    command = [sys.executable, "-m", "hostagegraph", "--root", str(root), "serve", "--port", port]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode != 0
    assert "address already in use" in ended.stderr
