"""`python -m bench.service`: measure this service beside its peers, and print tables."""

import argparse
import dataclasses
import json
import platform
import statistics
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.service.data import AGGREGATE, EXPORT, STAR, Data, lookup, made
from bench.service.engines import JSON, Engine, ours, oxigraph, rdflib_endpoint
from bench.service.load import Ask, exported, pressed
from bench.service.processes import Server

_SAVED = "/queries/first-claims.json"
_LOOKUPS = 1000  # more than any memory of queries holds

Rows = dict[tuple[str, str], list[dict[str, float]]]


def main() -> int:
    """Run all rounds and print the medians."""
    parser = argparse.ArgumentParser(prog="python -m bench.service", description=__doc__)
    parser.add_argument("--quads", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3, help="the median of so many is told")
    parser.add_argument("--seconds", type=int, default=3, help="for each kind of request")
    parser.add_argument("--wrk", default="wrk", help="the load generator")
    parser.add_argument("--oxigraph", help="the program of the Oxigraph server")
    parser.add_argument("--rdflib-endpoint", help="the program of rdflib-endpoint")
    parser.add_argument("--rdflib-most", type=int, default=10_000, help="its largest data (quads)")
    parser.add_argument("--only", nargs="*", help="these kinds of request alone")
    parser.add_argument("--json", type=Path, help="write the figures of all rounds there too")
    options = parser.parse_args()
    told: dict[int, Any] = {}
    for quads in options.quads:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            told[quads] = _compared(made(quads), quads, Path(name), options)
        _print(quads, told[quads])
    if options.json:
        plain = {n: [{"row": key, "rounds": r} for key, r in t.items()] for n, t in told.items()}
        options.json.write_text(json.dumps({"machine": platform.platform(), **plain}, indent=1))
    return 0


def _compared(data: Data, quads: int, folder: Path, options: argparse.Namespace) -> Rows:
    """Measure all engines in turn, as often as there are rounds."""
    file = folder / "data.nq"
    file.write_bytes(data.quads)
    engines = [ours(data, folder / "project", log=True)]
    if options.oxigraph:
        engines.append(oxigraph(options.oxigraph, file, folder))
    if options.rdflib_endpoint and quads <= options.rdflib_most:
        engines.append(rdflib_endpoint(options.rdflib_endpoint, file, folder))
    found: Rows = {}
    for number in range(options.rounds):
        for engine in engines:
            with engine.start() as server:
                for kind, figures in _measured(engine, server, data, options):
                    found.setdefault((kind, engine.name), []).append(figures)
            print(f"round {number + 1} of {options.rounds}: {engine.name}", file=sys.stderr)
    return found


def _measured(
    engine: Engine, server: Server, data: Data, options: argparse.Namespace
) -> Iterator[tuple[str, dict[str, float]]]:
    if not options.only or "export" in options.only:
        yield "export", dataclasses.asdict(exported(server, engine.path(EXPORT), JSON))
    for kind, ask in _asks(engine, server, data):
        if options.only and kind not in options.only:
            continue
        pressed(options.wrk, server, ask, 1)  # a start that is not counted
        yield kind, dataclasses.asdict(pressed(options.wrk, server, ask, options.seconds))


def _asks(engine: Engine, server: Server, data: Data) -> Iterator[tuple[str, Ask]]:
    step = max(1, data.claims // _LOOKUPS)
    lookups = [engine.path(lookup(claim)) for claim in range(0, data.claims, step)]
    yield "point lookup", Ask(lookups, JSON)
    yield "point lookup, the same again", Ask(lookups[:1], JSON)
    yield "star join", Ask([engine.path(STAR)], JSON)
    yield "aggregate", Ask([engine.path(AGGREGATE)], JSON, clients=2)
    if engine.name.startswith("hostagegraph"):
        tag = _tag(server)
        yield "cached saved query", Ask([_SAVED], {})
        yield "304", Ask([_SAVED], {"If-None-Match": tag})


def _tag(server: Server) -> str:
    address = f"http://127.0.0.1:{server.port}{_SAVED}"
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.headers["ETag"])


def _print(quads: int, rows: Rows) -> None:
    """Print the medians as tables of Markdown."""
    print(f"\n### {quads:,} quads\n")
    head = ("requests/s", "p50 ms", "p99 ms", "CPU µs each", "memory MB", "failed")
    _table(("request", "server", *head), (row for row in rows.items() if row[0][0] != "export"))
    print()
    head = ("first byte ms", "total ms", "bytes", "added MB")
    _table(("request", "server", *head), (row for row in rows.items() if row[0][0] == "export"))


def _table(head: Sequence[str], rows: Any) -> None:
    print("| " + " | ".join(head) + " |")
    print("|---|---|" + "--:|" * (len(head) - 2))
    for (kind, name), rounds in sorted(rows):
        medians = [statistics.median(each[field] for each in rounds) for field in rounds[0]]
        print(f"| {kind} | {name} | " + " | ".join(map(_short, medians)) + " |")


def _short(value: float) -> str:
    return f"{value:,.1f}" if value < 10 else f"{value:,.0f}"  # noqa: PLR2004 - digits that count


if __name__ == "__main__":
    sys.exit(main())
