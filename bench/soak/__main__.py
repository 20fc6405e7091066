"""`python -m bench.soak`: serve the sample for minutes, load it, and report.

The exit code is 1 when an honest request failed, or the memory of the service grew.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter, defaultdict
from pathlib import Path

from bench.soak.honest import Client, asks
from bench.soak.hostile import Attacker
from bench.soak.watch import Sample, Watch

ROOT = Path(__file__).parents[2]
HONEST = 6
HOSTILE = 4
GROWTH = 1.15  # of the service's own memory, from the second quarter to the last
SLACK = 16.0  # megabytes that may come and go at any time


def main() -> int:
    """Run it all and print the report."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--json", type=Path, help="write all figures there too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        project = _project(Path(name))
        _build(project)
        return _soak(project, options.minutes * 60, options.json)


def _project(folder: Path) -> Path:
    """Copy the invented sample beside the ontology, the shapes and the queries."""
    for part in ("ontology", "shapes", "queries"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copytree(ROOT / "tests" / "sample" / "data", folder / "data")
    return folder


def _build(project: Path) -> None:
    command = [sys.executable, "-m", "hostagegraph", "--root", str(project), "build"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"the sample was not published:\n{done.stdout}{done.stderr}")


def _publish_another(project: Path) -> None:
    """Change the summary of one query, which is part of the data, and publish."""
    path = sorted((project / "queries").glob("*.rq"))[0]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("#+ summary: ", "#+ summary: Again, ", 1), encoding="utf-8")
    _build(project)


def _soak(project: Path, seconds: float, into: Path | None) -> int:
    port = _free_port()
    log = (project / "log").open("wb")
    command = [sys.executable, "-m", "hostagegraph", "--root", str(project), "serve"]
    service = subprocess.Popen([*command, "--port", str(port)], stdout=log, stderr=log)
    stop = threading.Event()
    try:
        queries, things = _offered(port, service)
        wanted = asks(queries, things)
        clients = [Client(port, wanted, seed, stop) for seed in range(HONEST)]
        attackers = [Attacker(port, seed, stop) for seed in range(HOSTILE)]
        watch = Watch(service.pid, stop)
        for thread in (*clients, *attackers, watch):
            thread.start()
        time.sleep(seconds / 2)
        _publish_another(project)
        time.sleep(seconds / 2)
        stop.set()
        for thread in (*clients, *attackers, watch):
            thread.join(90)
        alive = service.poll() is None
        stopped = _stop(service)
    finally:
        stop.set()
        service.kill()
        service.wait()
        log.close()
    report = _report(clients, attackers, watch)
    report |= {"alive at the end": alive, "seconds to stop": stopped, "minutes": seconds / 60}
    if into:
        into.write_text(json.dumps(report, indent=2))
    print(
        json.dumps({name: value for name, value in report.items() if name != "samples"}, indent=2)
    )
    return 0 if alive and not report["failed"] and report["flat"] else 1


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _offered(port: int, service: "subprocess.Popen[bytes]") -> tuple[list[str], list[str]]:
    """Wait for the service; list its queries that need no parameters, and some things."""
    for _ in range(300):
        if service.poll() is not None:
            sys.exit("the service did not start")
        try:
            _get(port, "/readyz", "application/json")
            break
        except OSError:
            time.sleep(0.1)
    told = json.loads(_get(port, "/queries", "application/json"))["queries"]
    queries = [
        query["name"]
        for query in told
        if query["kind"] == "solutions"
        and not any(each["required"] and not each["default"] for each in query["parameters"])
    ]
    base = json.loads(_get(port, "/version", "application/json"))["base"]
    lines = _get(port, "/data/dataset.nq", "*/*").decode().splitlines()
    subjects = sorted({line.partition(" ")[0].strip("<>") for line in lines})
    things = [iri.removeprefix(base) for iri in subjects if iri.startswith(f"{base}id/agent/")]
    return queries, [f"/{thing}" for thing in things[:10]]


def _get(port: int, path: str, accept: str) -> bytes:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=30) as response:
        return bytes(response.read())


def _stop(service: "subprocess.Popen[bytes]") -> float:
    began = time.monotonic()
    service.send_signal(signal.SIGTERM)
    try:
        service.wait(30)
    except subprocess.TimeoutExpired:
        service.kill()
    return round(time.monotonic() - began, 1)


def _report(clients: list[Client], attackers: list[Attacker], watch: Watch) -> dict[str, object]:
    seconds: dict[str, list[float]] = defaultdict(list)
    attacks: Counter[str] = Counter()
    for client in clients:
        for kind, taken in client.tally.seconds.items():
            seconds[kind] += taken
    for attacker in attackers:
        attacks += attacker.tally
    failures = [failure for client in clients for failure in client.tally.failures]
    early, late = _quarters(watch.samples)
    return {
        "processors": os.cpu_count(),
        "honest requests": {kind: _spread(taken) for kind, taken in sorted(seconds.items())},
        "failed": len(failures),
        "failures": failures[:20],
        "asked to come again": sum(client.tally.waits for client in clients),
        "data versions seen": sorted({v for client in clients for v in client.tally.versions}),
        "attacks": dict(sorted(attacks.items())),
        "workers started": len(watch.workers),
        "service MB, second quarter and last": [early, late],
        "service and workers MB, at most": round(
            max((each.service + each.workers for each in watch.samples), default=0.0)
        ),
        "open files, at most and at last": [
            max((each.files for each in watch.samples), default=0),
            watch.samples[-1].files if watch.samples else 0,
        ],
        "flat": late <= early * GROWTH + SLACK,
        "samples": [
            (round(s.at), round(s.service, 1), round(s.workers), s.files) for s in watch.samples
        ],
    }


def _quarters(samples: list[Sample]) -> tuple[float, float]:
    """Give the median memory of the service in the second quarter, after warming up, and last."""
    size = max(1, len(samples) // 4)
    parts = samples[size : 2 * size], samples[-size:]
    early, late = (
        round(statistics.median(each.service for each in part), 1) if part else 0.0
        for part in parts
    )
    return early, late


def _spread(taken: list[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {
        "requests": len(ordered),
        "p50 ms": round(1000 * ordered[len(ordered) // 2], 1),
        "p99 ms": round(1000 * ordered[int(len(ordered) * 0.99)], 1),
    }


if __name__ == "__main__":
    sys.exit(main())
