"""Tell whether the service lives, whether it is ready, and what is in force."""

import logging
from typing import Any

from fastapi import APIRouter, Request, Response

from hostagegraph import __version__
from hostagegraph.service.answers import json_response
from hostagegraph.service.edge.metrics import CONTENT_TYPE, Metrics
from hostagegraph.service.edge.swap import InService
from hostagegraph.service.negotiation import JSON
from hostagegraph.service.serving import Serving, reading, serving
from hostagegraph.workers import Limits, WorkerPool

router = APIRouter()


@reading(router, "/healthz", (JSON,), summary="Tell that the service lives")
async def healthz() -> Response:
    """Answer as long as the service runs at all."""
    return json_response({"status": "alive"}, {"Cache-Control": "no-store"})


@reading(router, "/readyz", (JSON,), summary="Tell whether queries are answered")
async def readyz(request: Request) -> Response:
    """Answer 200 when each pool has a worker, 503 otherwise."""
    here = serving(request)
    workers = {pool.name: _workers(pool) for pool in (here.saved, here.adhoc)}
    ready = all(counts["alive"] for counts in workers.values())
    told = {
        "status": "ready" if ready else "not ready",
        "data": here.snapshot.name,
        "workers": workers,
        **_refused(request),
    }
    response = json_response(told, {"Cache-Control": "no-store"})
    response.status_code = 200 if ready else 503
    return response


@reading(router, "/version", (JSON,), summary="Tell program, data and limits")
async def version(request: Request) -> Response:
    """Say which program serves which data, within which limits, and what workers are denied."""
    here = serving(request)
    manifest = here.snapshot.manifest
    told = {
        "version": __version__,
        "data": here.snapshot.name,
        "digest": manifest.digest,
        "base": manifest.base,
        "ontology": manifest.ontology,
        "counts": dict(manifest.counts),
        **_refused(request),
        **in_force(here),
    }
    return json_response(told, {"Cache-Control": "no-cache", "X-Data-Version": here.snapshot.name})


@reading(router, "/metrics", ("text/plain",), summary="Count requests, workers and kept answers")
async def metrics(request: Request) -> Response:
    """Tell what was counted, in the text format of Prometheus."""
    counts: Metrics = request.app.state.metrics
    return Response(counts.text(), headers={"Content-Type": CONTENT_TYPE})


def in_force(here: Serving) -> dict[str, Any]:
    """Say within which limits queries run, and what their workers are denied."""
    return {
        "default_graph": "union" if here.union else "own",
        "limits": {
            "query": {
                "text_bytes": here.ceilings.text_bytes,
                "nesting": here.ceilings.nesting,
                "operators": here.ceilings.operators,
                "patterns": here.ceilings.patterns,
            },
            **{pool.name: _limits(pool.limits) for pool in here.pools},
        },
        "sandbox": _sandbox(here.adhoc),
    }


def log_start(log: logging.Logger, here: Serving) -> None:
    """Log which data are served, and what is in force."""
    told = in_force(here)
    log.info("serving data %s, hostagegraph %s", here.snapshot.name, __version__, extra=told)
    if open_ways := [name for name, came in told["sandbox"].items() if came != "denied"]:
        log.warning("this system does not deny its workers: %s", ", ".join(open_ways))


def _refused(request: Request) -> dict[str, Any]:
    in_service: InService = request.app.state.in_service
    refused = in_service.refused
    return {"refused": {"data": refused.snapshot, "why": refused.why}} if refused else {}


def _workers(pool: WorkerPool) -> dict[str, int]:
    return {"alive": len(pool.pids), "free": pool.ready}


def _limits(limits: Limits) -> dict[str, Any]:
    return {
        "workers": limits.workers,
        "most_workers": limits.most,
        "deadline_seconds": limits.deadline,
        "memory_bytes": limits.memory,
        "result_bytes": limits.result,
        "queue": limits.queue,
    }


def _sandbox(pool: WorkerPool) -> dict[str, str]:
    """Say what came of the worker's own attempts to open sockets and a file."""
    tried = {**pool.sandbox.get("network", {}), "files": pool.sandbox.get("files", "unknown")}
    return {name: "denied" if came == "denied" else "none in force" for name, came in tried.items()}
