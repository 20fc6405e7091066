"""What is counted, for Prometheus: requests, workers, kept answers and snapshots."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from hostagegraph import __version__
from hostagegraph.service.edge.swap import InService

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
_SECONDS: Final = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
_BOUNDS: Final = (*map(str, _SECONDS), "+Inf")


class Metrics:
    """The counts of one application; labels take few values, whatever clients send."""

    def __init__(self, in_service: InService) -> None:
        self._requests = _Requests()
        self._registry = CollectorRegistry()
        self._registry.register(self._requests)
        self._registry.register(_State(in_service))
        ProcessCollector(registry=self._registry)

    def answered(self, route: str, status: int, pool: str, seconds: float) -> None:
        """Count one request."""
        self._requests.add(route, status, pool, seconds)

    def text(self) -> bytes:
        """Write all counts in the text format of Prometheus."""
        return generate_latest(self._registry)


class _Requests(Collector):
    """Requests and their times; counted on one thread, so without locks, and told when asked."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, int]] = Counter()
        self._times: dict[tuple[str, str], list[int]] = {}
        self._sums: defaultdict[tuple[str, str], float] = defaultdict(float)

    def add(self, route: str, status: int, pool: str, seconds: float) -> None:
        self._counts[route, status] += 1
        if (times := self._times.get((route, pool))) is None:
            times = self._times[route, pool] = [0] * len(_BOUNDS)
        times[bisect_left(_SECONDS, seconds)] += 1
        self._sums[route, pool] += seconds

    def collect(self) -> Iterator[Metric]:
        """Write what was counted."""
        requests = CounterMetricFamily(
            "hostagegraph_requests",
            "Requests by the template of their address; status 0: the client left before it.",
            labels=("route", "status"),
        )
        for (route, status), count in self._counts.items():
            requests.add_metric((route, str(status)), count)
        yield requests
        seconds = HistogramMetricFamily(
            "hostagegraph_request_seconds",
            "Time to the end of the answer, by template and by the pool that worked for it.",
            labels=("route", "pool"),
        )
        for (route, pool), times in self._times.items():
            buckets = list(zip(_BOUNDS, accumulate(times), strict=True))
            seconds.add_metric((route, pool or "none"), buckets, self._sums[route, pool])
        yield seconds


class _State(Collector):
    """What the service knows of itself, read when it is asked for."""

    def __init__(self, in_service: InService) -> None:
        self._in_service = in_service

    def collect(self) -> Iterator[Metric]:
        """Read the state of pools, kept answers and snapshots."""
        yield from self._pools()
        yield from self._kept()
        yield from self._snapshots()

    def _pools(self) -> Iterator[Metric]:
        pools = self._in_service.serving.pools
        workers = GaugeMetricFamily(
            "hostagegraph_workers", "Worker processes now.", labels=("pool", "state")
        )
        waiting = GaugeMetricFamily(
            "hostagegraph_waiting", "Queries that wait for a worker now.", labels=("pool",)
        )
        ended = CounterMetricFamily(
            "hostagegraph_workers_ended",
            "Workers ended: deadline, died (crash or memory), let go (nobody waits), renewed.",
            labels=("pool", "reason"),
        )
        for pool in pools:
            workers.add_metric((pool.name, "alive"), len(pool.pids))
            workers.add_metric((pool.name, "free"), pool.ready)
            waiting.add_metric((pool.name,), pool.waiting)
            for reason in ("deadline", "died", "let go", "renewed"):
                ended.add_metric((pool.name, reason), pool.endings[reason])
        yield from (workers, waiting, ended)

    def _kept(self) -> Iterator[Metric]:
        kept = self._in_service.serving.kept
        looks = CounterMetricFamily(
            "hostagegraph_kept_looks", "Looks for an answer that was kept.", labels=("found",)
        )
        looks.add_metric(("yes",), kept.tally.hits)
        looks.add_metric(("no",), kept.tally.misses)
        yield looks
        yield GaugeMetricFamily("hostagegraph_kept_bytes", "Bytes of kept answers.", kept.size)
        yield GaugeMetricFamily("hostagegraph_kept_answers", "Kept answers.", len(kept.answers))

    def _snapshots(self) -> Iterator[Metric]:
        here = self._in_service
        swaps = CounterMetricFamily(
            "hostagegraph_swaps", "Snapshots that followed, or were refused.", labels=("outcome",)
        )
        for outcome in ("done", "refused"):
            swaps.add_metric((outcome,), here.swaps[outcome])
        yield swaps
        about = {"data": here.serving.snapshot.name, "version": __version__}
        yield InfoMetricFamily("hostagegraph_snapshot", "The data and the program.", about)
        yield GaugeMetricFamily(
            "hostagegraph_snapshots_leaving", "Earlier snapshots still in use.", here.leaving
        )
        refused = int(here.refused is not None)
        yield GaugeMetricFamily(
            "hostagegraph_snapshot_refused", "1 while the published snapshot is refused.", refused
        )
