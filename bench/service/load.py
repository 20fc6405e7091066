"""Requests in; how fast they were answered and what they cost the server out."""

import http.client
import re
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.service.processes import Peak, Server

_SCRIPT = """
local paths, at = {}, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
request = function() at = at %% #paths + 1; return wrk.format("GET", paths[at]) end
"""
_LATENCY = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)\b", re.MULTILINE)
_UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3}
_PATIENCE = "120s"


@dataclass(frozen=True)
class Ask:
    """What is asked, by how many clients at once; several paths are asked in turn."""

    paths: Sequence[str]
    headers: Mapping[str, str]
    clients: int = 16


@dataclass(frozen=True)
class Speed:
    """Requests a second, milliseconds to an answer, processor microseconds each, megabytes."""

    per_second: float
    p50: float
    p99: float
    cpu: float
    memory: float
    failed: int


@dataclass(frozen=True)
class Export:
    """One large answer: milliseconds to its first byte and to its last, bytes, megabytes added."""

    first: float
    total: float
    size: int
    added: float


def pressed(wrk: str, server: Server, ask: Ask, seconds: int) -> Speed:
    """Let wrk ask for some seconds; what wrk itself takes of the machine is not counted."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        paths, script = Path(name, "paths"), Path(name, "ask.lua")
        paths.write_text("\n".join(ask.paths))
        script.write_text(_SCRIPT % paths)
        command = [wrk, "-t1", f"-c{ask.clients}", f"-d{seconds}s", "--latency", "-T", _PATIENCE]
        for header, value in ask.headers.items():
            command += ["-H", f"{header}: {value}"]
        command += ["-s", str(script), f"http://127.0.0.1:{server.port}"]
        before = server.cpu()
        with Peak(server) as peak:
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        spent = server.cpu() - before
    count = int(_found(r"(\d+) requests in", told))
    failed = int(_found(r"Non-2xx or 3xx responses: (\d+)", told))
    quantiles = {each[1]: float(each[2]) * _UNITS[each[3]] for each in _LATENCY.finditer(told)}
    return Speed(
        float(_found(r"Requests/sec:\s+([\d.]+)", told)),
        quantiles.get("50", 0.0),
        quantiles.get("99", 0.0),
        spent / count * 1e6 if count else 0.0,
        peak.megabytes,
        failed,
    )


def exported(server: Server, path: str, headers: Mapping[str, str]) -> Export:
    """Take one large answer as fast as it comes."""
    before = server.memory()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
    with Peak(server) as peak:
        began = time.perf_counter()
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        size = len(answer.read(1))
        first = time.perf_counter() - began
        while part := answer.read(65_536):
            size += len(part)
        total = time.perf_counter() - began
    connection.close()
    if answer.status != http.client.OK:
        raise RuntimeError(f"the export was answered {answer.status}")
    return Export(first * 1e3, total * 1e3, size, peak.megabytes - before)


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1] if found else "0"
