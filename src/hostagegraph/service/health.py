"""Tell whether the service lives, whether it is ready, and what is in force."""

from typing import Any

from fastapi import APIRouter, Request, Response

from hostagegraph import __version__
from hostagegraph.service.answers import json_response
from hostagegraph.service.serving import reading, serving
from hostagegraph.workers import Limits, WorkerPool

router = APIRouter()


@reading(router, "/healthz", summary="Tell that the service lives")
async def healthz() -> Response:
    """Answer as long as the service runs at all."""
    return json_response({"status": "alive"}, {"Cache-Control": "no-store"})


@reading(router, "/readyz", summary="Tell whether queries are answered")
async def readyz(request: Request) -> Response:
    """Answer 200 when each pool has a worker, 503 otherwise."""
    here = serving(request)
    workers = {pool.name: _workers(pool) for pool in (here.saved, here.adhoc)}
    ready = all(counts["alive"] for counts in workers.values())
    told = {"status": "ready" if ready else "not ready", "workers": workers}
    response = json_response(told, {"Cache-Control": "no-store"})
    response.status_code = 200 if ready else 503
    return response


@reading(router, "/version", summary="Tell program, data and limits")
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
        "default_graph": "union" if here.union else "own",
        "limits": {
            "query": {
                "text_bytes": here.ceilings.text_bytes,
                "nesting": here.ceilings.nesting,
                "operators": here.ceilings.operators,
                "patterns": here.ceilings.patterns,
            },
            **{pool.name: _limits(pool.limits) for pool in (here.saved, here.adhoc)},
        },
        "sandbox": _sandbox(here.adhoc),
    }
    return json_response(told, {"Cache-Control": "no-cache", "X-Data-Version": here.snapshot.name})


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
