"""`hostagegraph serve` as people start it: a process, a port, and an end."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from hostagegraph import build
from tests.projects import sample_project


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
