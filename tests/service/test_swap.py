"""A new snapshot takes over while the service runs, and no request notices but by its data."""

import asyncio
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from hostagegraph.service.app import create_app
from hostagegraph.service.edge.swap import InService, Publication
from hostagegraph.workers import Limits
from tests.service.conftest import Service, running
from tests.service.test_hostile import BLOCK, DIRECT, ENDLESS, lives, until
from tests.service.world import QUERIES, catalogue_in, snapshot_in

# 10,000 rows of about 300 bytes: some of the answer waits in the worker until the client reads on.
STREAMED = f"SELECT * {{ {' '.join(BLOCK[:2])} BIND('{'x' * 3000}' AS ?long) }}"


def in_service(service: Service) -> InService:
    found = service.app.state.in_service
    assert isinstance(found, InService)
    return found


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@dataclass
class World:
    """A service that follows a folder of snapshots."""

    folder: Path
    service: Service

    def publish(self, label: str) -> str:
        return snapshot_in(self.folder / "snapshots", label).name

    def follows(self, name: str) -> None:
        until(lambda: self.service.serving.snapshot.name == name)

    def refused(self) -> object:
        return self.service.client.get("/readyz").json().get("refused")


@contextmanager
def following(folder: Path) -> Iterator[World]:
    first = snapshot_in(folder / "snapshots")
    app = create_app(
        first,
        catalogue_in(folder / "queries"),
        adhoc=Limits(workers=2, most=4, deadline=5),
        saved=Limits(workers=1, most=1, deadline=5),
        publication=Publication(folder / "snapshots", folder / "queries", 0.1),
    )
    for service in running(app):
        yield World(folder, service)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with following(tmp_path) as found:
        yield found


@dataclass
class Load:
    """Clients that ask without a pause and note every answer."""

    url: str
    seen: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    order: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def ask(self, path: str) -> None:
        with httpx.Client(base_url=self.url, timeout=30) as client:
            while not self.ended.is_set():
                try:
                    answer = client.get(path)
                except httpx.HTTPError as error:
                    self.failed.append(f"{path}: {error!r}")
                    continue
                version = answer.headers.get("x-data-version", "none")
                self.seen[path, answer.status_code, version] += 1
                if path.startswith("/sparql"):
                    self.order.append(version)
                if answer.status_code != 200:
                    self.failed.append(f"{path}: {answer.status_code} {answer.text}")


@contextmanager
def load(service: Service) -> Iterator[Load]:
    asked = Load(service.url)
    paths = (
        "/queries/agents.csv",
        "/sparql?query=SELECT+*+%7B+%3Fs+a+%3Ftype+%7D",
        "/queries/any-claim.csv",
        "/id/agent/example-gazette.ttl",
    )
    threads = [threading.Thread(target=asked.ask, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    try:
        yield asked
    finally:
        asked.ended.set()
        for thread in threads:
            thread.join(30)


def test_no_request_fails_while_a_new_snapshot_takes_over(world: World) -> None:
    service = world.service
    old, before = service.serving.snapshot.name, service.pids
    with load(service) as asked:
        until(lambda: len(asked.order) > 20)
        new = world.publish("A newcomer")
        world.follows(new)
        count = len(asked.order)
        until(lambda: len(asked.order) > count + 20)
    assert asked.failed == []
    assert {version for _, _, version in asked.seen} == {old, new}
    assert asked.order == sorted(asked.order, key=[old, new].index)
    assert "A newcomer" in service.client.get("/queries/agents.csv").text
    until(lambda: not any(map(lives, before)))
    assert in_service(service).swaps == {"done": 1}


def test_an_answer_under_way_is_finished_on_the_old_data(world: World) -> None:
    service = world.service
    old, before = service.serving.snapshot.name, service.serving.adhoc.pids
    with service.client.stream("POST", "/sparql", content=STREAMED, headers=DIRECT) as response:
        assert response.headers["x-data-version"] == old
        parts = response.iter_bytes()
        got = len(next(parts))
        new = world.publish("A newcomer")
        world.follows(new)
        assert any(map(lives, before))
        assert in_service(service).leaving == 1
        got += sum(map(len, parts))
    assert got > 10_000 * 3000
    assert service.sparql("ASK {}").headers["x-data-version"] == new
    until(lambda: not any(map(lives, before)))


@pytest.mark.slow
def test_a_runaway_query_does_not_keep_the_old_snapshot(world: World) -> None:
    service, before = world.service, world.service.pids
    found: list[int] = []

    def ask() -> None:
        found.append(service.client.post("/sparql", content=ENDLESS, headers=DIRECT).status_code)

    asking = threading.Thread(target=ask)
    asking.start()
    until(lambda: service.serving.adhoc.ready == 1)
    world.follows(world.publish("A newcomer"))
    asking.join(30)
    assert found == [504]
    until(lambda: not any(map(lives, before)))


def test_nothing_is_left_after_many_snapshots(world: World) -> None:
    service = world.service
    world.follows(world.publish("Number 0"))
    until(lambda: not in_service(service).leaving)
    before, seen = descriptors(), set(service.pids)
    for number in range(1, 6):
        world.follows(world.publish(f"Number {number}"))
        assert service.sparql("ASK {}").status_code == 200
        seen |= service.pids
    until(lambda: not in_service(service).leaving)
    until(lambda: {pid for pid in seen if lives(pid)} == service.pids)
    assert len(service.pids) == 3
    until(lambda: descriptors() <= before + 2)


def test_saved_queries_come_with_their_snapshot(world: World) -> None:
    (world.folder / "queries" / "agents.rq").unlink()
    newer = QUERIES["agents"].replace("All agents", "Everybody")
    (world.folder / "queries" / "everybody.rq").write_text(newer)
    assert world.service.client.get("/queries/agents.csv").status_code == 200
    world.follows(world.publish("A newcomer"))
    assert world.service.client.get("/queries/agents.csv").status_code == 404
    assert "A newcomer" in world.service.client.get("/queries/everybody.csv").text


def break_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")


def break_store(folder: Path) -> None:
    for path in (folder / "store").iterdir():
        path.write_bytes(b"broken")


def swap_manifest(folder: Path) -> None:
    other = next(path for path in folder.parent.iterdir() if path.is_dir() and path != folder)
    shutil.copy(other / "manifest.json", folder / "manifest.json")


@pytest.mark.parametrize("breaking", [break_manifest, break_store, swap_manifest])
def test_a_damaged_snapshot_is_refused_and_the_old_one_stays(
    world: World, tmp_path: Path, breaking: object
) -> None:
    service = world.service
    old, before = service.serving.snapshot.name, service.pids
    snapshots = tmp_path / "snapshots"
    there = snapshot_in(tmp_path / "elsewhere", "A newcomer").folder
    shutil.copytree(there, snapshots / there.name)
    assert callable(breaking)
    breaking(snapshots / there.name)
    point(snapshots, there.name)
    until(world.refused)
    assert world.refused() == {"data": there.name, "why": "it cannot be served; the log says why"}
    assert service.client.get("/version").json()["refused"]["data"] == there.name
    answer = service.client.get("/readyz")
    assert (answer.status_code, answer.json()["data"]) == (200, old)
    assert service.sparql("ASK {}").headers["x-data-version"] == old
    assert service.pids == before
    time.sleep(0.5)  # so long, several looks are taken
    assert in_service(service).swaps["refused"] == 1  # it is not tried again …
    shutil.rmtree(snapshots / there.name)
    shutil.copytree(there, snapshots / there.name)
    point(snapshots, there.name)
    world.follows(there.name)  # … until the pointer is set anew
    assert world.refused() is None


def point(snapshots: Path, name: str) -> None:
    (snapshots / ".new").symlink_to(name)
    (snapshots / ".new").replace(snapshots / "current")


def test_going_back_clears_a_refusal(world: World) -> None:
    snapshots, old = world.folder / "snapshots", world.service.serving.snapshot.name
    nobody = "0" * 16
    (snapshots / nobody).mkdir()
    point(snapshots, nobody)
    until(world.refused)
    point(snapshots, old)
    until(lambda: world.refused() is None)
    assert world.service.serving.snapshot.name == old
    (snapshots / "current").unlink()
    assert world.service.sparql("ASK {}").status_code == 200


def test_a_query_file_that_does_not_load_keeps_the_old_snapshot(world: World) -> None:
    old = world.service.serving.snapshot.name
    (world.folder / "queries" / "broken.rq").write_text("#+ summary: [\nSELECT")
    world.publish("A newcomer")
    until(world.refused)
    assert world.service.serving.snapshot.name == old


def test_a_look_that_is_asked_for_tries_again(tmp_path: Path) -> None:
    """What SIGHUP does: the cause of a refusal may be mended without a new pointer."""
    first = snapshot_in(tmp_path / "snapshots")
    publication = Publication(tmp_path / "snapshots", tmp_path / "queries", 3600)
    app = create_app(first, catalogue_in(tmp_path / "queries"), publication=publication)
    found = app.state.in_service
    broken = tmp_path / "queries" / "broken.rq"

    async def looks() -> list[str]:
        await found.start()
        try:
            broken.write_text("#+ summary: [\nSELECT")
            await found.look()
            snapshot_in(tmp_path / "snapshots", "A newcomer")
            names = [found.serving.snapshot.name]
            await found.look()
            names.append(found.serving.snapshot.name)
            broken.unlink()
            await found.look()
            names.append(found.serving.snapshot.name)
            await found.look(again=True)
            names.append(found.serving.snapshot.name)
        finally:
            await found.close()
        return names

    first_name, *rest, last = asyncio.run(looks())
    assert first_name == first.name
    assert rest == [first.name, first.name]
    assert last != first.name
